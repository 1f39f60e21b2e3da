import type { AccountEvent } from '@daybook/core/account'
import { clearOf, type Day, type EncryptedLeaf } from '@daybook/core/kernel'
import type { RemittanceEvent } from '@daybook/core/remittance'
import { nameWords, wordOf } from './words.ts'

// What the view keeps: a document for each account and remittance under the name of its stream, and an index of keys.

/** Somebody of an account, as far as the names are readable. */
export interface PersonListed {
  readonly id: string
  readonly name?: string
  /** `YYYY-MM-DD`. */
  readonly born?: string
}

/** By what an account is found. */
export interface AccountListed {
  readonly kind: 'account'
  readonly account: string
  readonly guarantor: Omit<PersonListed, 'id'>
  readonly patients: readonly PersonListed[]
  readonly memberIds: readonly string[]
  /** Patient control numbers, and the payers' own numbers of the claims. */
  readonly claims: readonly string[]
}

/** How a remittance stands. Amounts in cents. */
export interface RemittanceListed {
  readonly kind: 'remittance'
  readonly remittance: string
  readonly payer: string
  readonly trace: string
  /** What the payer says it pays. */
  readonly amount: number
  readonly receivedOn: Day
  /** The payer's payment date, where the advice names one. */
  readonly paymentDate?: Day
  readonly standing: 'receiving' | 'held' | 'open' | 'rejected' | 'closed'
  /** Why the whole is held. */
  readonly reasons: readonly string[]
  readonly claims: number
  /** Claims held alone: numbers by their unit, with the unit's money. */
  readonly held: readonly { readonly claims: readonly number[]; readonly amount: number; readonly reason: string }[]
}

/** By what a person may look like another: as much of their own file as is readable. */
export interface PersonListing {
  readonly kind: 'person'
  readonly person: string
  readonly name?: string
  /** Phones and e-mails that are in use, by the id of the datum. */
  readonly reach: readonly { readonly datum: string; readonly kind: 'phone' | 'email'; readonly value: string }[]
}

/** What an index key leads to: the account, or the person, that it is of. */
export interface Indexed {
  readonly kind: 'index'
  readonly account: string
}

/** A coverage, or a payer, by its name. */
export interface Named {
  readonly kind: 'named'
  readonly payerName: string
  /** Of a coverage. */
  readonly account?: string
  readonly patient?: string
}

export type ListDocument = AccountListed | RemittanceListed | PersonListing | Indexed | Named

export const textOf = (leaf: string | EncryptedLeaf | undefined): string | undefined =>
  clearOf(leaf)?.trim() || undefined

const person = (name: string | undefined, born: string | undefined) => ({
  ...(name === undefined ? {} : { name }),
  ...(born === undefined ? {} : { born }),
})

const fullName = (...parts: readonly (string | EncryptedLeaf | undefined)[]): string | undefined => {
  const known = parts.map(textOf).filter((part) => part !== undefined)
  return known.length > 0 ? [...new Set(known)].join(' ') : undefined
}

const withOne = (list: readonly string[], one: string | undefined): readonly string[] =>
  one === undefined || list.includes(one) ? list : [...list, one]

/** An account's document after one more event. */
export const accountAfter = (before: AccountListed | undefined, event: AccountEvent): AccountListed | undefined => {
  if (event.type === 'AccountOpened') {
    const { name, born } = event.guarantor
    const guarantor = person(textOf(name), textOf(born))
    return { kind: 'account', account: event.accountId, guarantor, patients: [], memberIds: [], claims: [] }
  }
  if (!before) return undefined
  switch (event.type) {
    case 'GuarantorConfirmed': {
      const { name, born } = before.guarantor
      return { ...before, guarantor: person(textOf(event.name) ?? name, textOf(event.born) ?? born) }
    }
    case 'PatientRegistered': {
      const others = before.patients.filter(({ id }) => id !== event.patientId)
      const patient = { id: event.patientId, ...person(fullName(event.first, event.last), textOf(event.born)) }
      return { ...before, patients: [...others, patient] }
    }
    case 'CoverageAdded':
      return { ...before, memberIds: withOne(before.memberIds, textOf(event.memberId)) }
    case 'VisitOpened':
    case 'ClaimSubmitted':
      return { ...before, claims: withOne(before.claims, event.patientControlNumber) }
    case 'ClaimAdjudicated': {
      const { patientControlNumber, payerControlNumber } = event.claimKey
      return { ...before, claims: withOne(withOne(before.claims, patientControlNumber), payerControlNumber) }
    }
    default:
      return before
  }
}

/** By what a word leads to an account. */
export type FoundBy = 'name' | 'born' | 'memberId' | 'claim' | 'account'

/** The words of an account, each with what it is. */
export const wordsOf = ({ account, guarantor, patients, memberIds, claims }: AccountListed) => {
  const words = new Map<string, FoundBy>()
  const add = (word: string, by: FoundBy) => {
    if (word !== '' && !words.has(word)) words.set(word, by)
  }
  for (const { name, born } of [guarantor, ...patients]) {
    for (const word of nameWords(name ?? '')) add(word, 'name')
    if (born !== undefined) add(born, 'born')
  }
  for (const id of memberIds) add(wordOf(id), 'memberId')
  for (const claim of claims) add(wordOf(claim), 'claim')
  add(wordOf(account), 'account')
  return words
}

/** A remittance's document after one more event. */
export const remittanceAfter = (
  before: RemittanceListed | undefined,
  event: RemittanceEvent,
): RemittanceListed | undefined => {
  if (event.type === 'RemittanceReceived') {
    return {
      kind: 'remittance',
      remittance: event.remittanceId,
      payer: event.payerName,
      trace: event.trace,
      amount: event.amount,
      receivedOn: event.effectiveDate,
      ...(event.paymentDate === undefined ? {} : { paymentDate: event.paymentDate }),
      standing: 'receiving',
      reasons: [],
      claims: event.claims,
      held: [],
    }
  }
  if (!before) return undefined
  const without = (claims: readonly number[]) =>
    before.held.filter((one) => !one.claims.some((n) => claims.includes(n)))
  switch (event.type) {
    case 'RemittanceHeld':
      return { ...before, standing: 'held', reasons: event.reasons }
    case 'RemittanceOpened':
      return { ...before, standing: 'open', reasons: [] }
    case 'RemittanceRejected':
      return { ...before, standing: 'rejected' }
    case 'RemittanceClosed':
      return { ...before, standing: 'closed' }
    case 'RemittanceClaimHeld': {
      const { claims, amount, reasons } = event
      return { ...before, held: [...without(claims), { claims, amount, reason: reasons[0]?.reason ?? '' }] }
    }
    case 'RemittanceClaimPosted':
    case 'RemittanceClaimRejected':
      return { ...before, held: without(event.claims) }
    default:
      return before
  }
}
