import { shown } from '@daybook/core/kernel'
import { UsageError } from './options.ts'

/** The number of a claim within its remittance, as the command line gives it. */
export const claimNumber = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text)
  throw new UsageError(`--claim takes the number of a claim in the remittance, not ${shown(text)}`)
}

/** The number of a refund within its remittance. */
export const refundNumber = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text)
  throw new UsageError(`--void takes the number of a refund of the remittance, not ${shown(text)}`)
}

/** An amount in dollars and cents, such as 40.00, as cents. */
export const centsGiven = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  const [, dollars = '', cents = ''] = /^(\d{1,9})\.(\d{2})$/.exec(text) ?? []
  if (dollars !== '' && Number(`${dollars}${cents}`) > 0) return Number(`${dollars}${cents}`)
  throw new UsageError(`--amount takes dollars and cents, such as 40.00, not ${shown(text)}`)
}
