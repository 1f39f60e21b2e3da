import { shown } from '@daybook/core/kernel'
import { UsageError } from './options.ts'

/** The number of a claim within its remittance, as the command line gives it. */
export const claimNumber = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text)
  throw new UsageError(`--claim takes the number of a claim in the remittance, not ${shown(text)}`)
}
