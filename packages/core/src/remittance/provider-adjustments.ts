import type { ProviderAdjustment } from '../documents/advice.ts'
import type { ControlAccount } from '../kernel/effects.ts'
import type { PayerId } from '../kernel/ids.ts'

/**
 * Where a PLB pair goes (postings.md, table and clarification 17). PLB amounts enter debit-positive, unchanged. It never
 * touches a claim: a payer's takeback is on the claim as CLP02 22 already (errata 1).
 */
export const accountOf = (adjustment: Pick<ProviderAdjustment, 'code'>, payer: PayerId): ControlAccount => {
  switch (adjustment.code) {
    case 'WO':
    case '72':
    case 'OB':
      return `payerRecoupment:${payer}`
    case 'FB':
      return `forwardBalance:${payer}`
    case 'L6':
      return 'interestIncome'
    case 'CT':
    case 'CR':
      return 'capitationIncome'
    case 'E3':
      return `withholdReceivable:${payer}`
    case 'IR':
      return 'taxReceivable'
    case 'LE':
      return 'levyReceivable'
    default:
      return `providerAdjustment:${adjustment.code}`
  }
}

/** PLB codes that pay per head: CO-24 lines of such a remittance are capitated, not denied (clarification 3). */
export const paysCapitation = (adjustments: readonly ProviderAdjustment[]): boolean =>
  adjustments.some((adjustment) => adjustment.code === 'CT' || adjustment.code === 'CR')

/**
 * The names by which a reference may be known (clarification 32): the whole, then its parts at blanks, then at
 * punctuation, each once.
 */
export const namesIn = (reference: string): readonly string[] => {
  const whole = reference.trim()
  const parts = [...whole.split(/\s+/), ...whole.split(/[^\p{L}\p{N}]+/u)]
  return [...new Set([whole, ...parts])].filter((name) => name !== '')
}

const plain = (name: string): string => name.toUpperCase().replace(/[^A-Z0-9]+/g, '')

/** Whether a reference names what a person calls by this name: whole, or as one of its parts, however it is punctuated. */
export const isNamedIn = (name: string, reference: string): boolean =>
  [reference, ...namesIn(reference)].some((part) => plain(part) === plain(name))

const carries = (code: string): 'recoupment' | 'forwardBalance' | undefined =>
  code === 'WO' || code === '72' || code === 'OB' ? 'recoupment' : code === 'FB' ? 'forwardBalance' : undefined

/** What an earlier payment of the payer may have left, under which name; undefined for PLB codes that carry nothing. */
export const carriedUnder = (
  adjustment: { readonly code: string; readonly reference: string },
  payer: string,
): { readonly kind: 'recoupment' | 'forwardBalance'; readonly value: string } | undefined => {
  const kind = carries(adjustment.code)
  if (kind === undefined) return undefined
  // A forwarded balance is the payer's as a whole: its reference is a trace or a note, never a claim (errata 1).
  return { kind, value: kind === 'forwardBalance' ? payer : `${payer}|${adjustment.reference}` }
}
