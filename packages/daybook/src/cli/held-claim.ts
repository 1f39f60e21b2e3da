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

/** Dollars and cents of either sign, such as -40.00, as cents. */
export const signedCents = (name: string, text: string): number => {
  const [, minus = '', dollars = '', cents = ''] = /^(-?)(\d{1,9})\.(\d{2})$/.exec(text) ?? []
  const amount = dollars === '' ? 0 : Number(`${minus}${dollars}${cents}`)
  if (amount !== 0) return amount
  throw new UsageError(`--${name} takes dollars and cents, such as 40.00 or -40.00, not ${shown(text)}`)
}

const methods = ['check', 'ach', 'other'] as const

/** How money went or came. */
export const methodOf = (name: string, text: string | undefined): (typeof methods)[number] | undefined => {
  const method = methods.find((each) => each === text)
  if (text !== undefined && method === undefined) throw new UsageError(`--${name} takes ${methods.join(', ')}`)
  return method
}
