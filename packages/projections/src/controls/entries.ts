import type { AccountEvent } from '@daybook/core/account'
import {
  accountOfStream,
  isPosting,
  type Of,
  PATIENT,
  type Posting,
  remittanceOfStream,
  remittanceStream,
} from '@daybook/core/kernel'
import { isNamedIn, type RemittanceEvent } from '@daybook/core/remittance'
import type { Entry, Matter } from './matter.ts'
import { ReferenceNames } from './references.ts'

type BookEvent = AccountEvent | RemittanceEvent
type Adjustment = Of<RemittanceEvent, 'ProviderAdjustmentRecorded'>

interface Part {
  readonly amount: number
  readonly matter: Matter
}

/** A pair of a remittance that comes out even by its reference. */
interface Taken {
  readonly code: string
  readonly reference: string
  /** As the payer called the claim first. */
  readonly first: string
}

const CLEARING = 'payerClearing:'
const RECOUPMENT = 'payerRecoupment:'

/** What stands behind the colon of a control account: a payer, a remittance, a code, a category. */
export const suffixOf = (account: string): string => account.slice(account.indexOf(':') + 1)

const isUnapplied = (account: string): boolean => account === 'unapplied' || account.startsWith('unapplied:')

/** Where a payer's money stands until a reference comes out even. */
const isByReference = (account: string): boolean => account.startsWith(RECOUPMENT)

/** Payments whose unapplied money an event moves, each with its part of the entry, where the event says it. */
const paymentParts = (account: string, event: BookEvent, amount: number): readonly Part[] => {
  const of = (payment: string, part: number): Part => ({ amount: part, matter: { kind: 'payment', account, payment } })
  if ('paymentId' in event) return [of(event.paymentId, amount)]
  if (event.type === 'ChargeVoided') return event.released.map((part) => of(part.paymentId, -part.amount))
  if (event.type !== 'RefundIssued' && event.type !== 'RefundVoided') return []
  const sign = event.type === 'RefundIssued' ? 1 : -1
  return event.of.flatMap((source) =>
    'paymentId' in source && source.layerId === undefined ? [of(source.paymentId, sign * source.amount)] : [],
  )
}

const byEvent = ({ type }: BookEvent): Matter => ({ kind: 'event', event: type })

/**
 * Tells of each event what it brings to the accounts of the books, and of what: in the order of the log, for a reference or
 * a takeback is known by what came before. The entries of an event add up to its posting.
 */
export class Entries {
  readonly #names = new ReferenceNames()
  /** Reference of each takeback that a person has pushed: its undoing does not name it. */
  readonly #takebacks = new Map<string, string>()
  /** What each remittance takes or gives back, by its references. */
  readonly #taken = new Map<string, readonly Taken[]>()

  of(stream: string, event: BookEvent): readonly Entry[] {
    if (event.type === 'ProviderAdjustmentRecorded') return this.#recorded(stream, event)
    return isPosting(event) ? [...receivables(event), ...this.#contra(stream, event)] : []
  }

  /** The opening put all pairs of an account there as one amount: each pair takes its own part out of it. */
  #recorded(stream: string, event: Adjustment): readonly Entry[] {
    const { account, payerId, amount, code } = event
    let matter: Matter = { kind: 'payer', payer: payerId }
    if (isByReference(account)) {
      matter = { kind: 'reference', payer: payerId, reference: this.#names.firstOf(event) }
      const taken = { code, reference: event.reference, first: matter.reference }
      this.#taken.set(stream, [...(this.#taken.get(stream) ?? []), taken])
    }
    return [
      { account, amount, matter },
      { account, amount: -amount, matter: ofRemittance(stream) },
    ]
  }

  #contra(stream: string, event: BookEvent & Posting): readonly Entry[] {
    return event.contra.flatMap(({ account, amount }): readonly Entry[] => {
      if (account.startsWith(CLEARING)) {
        return [{ account: 'payerClearing', amount, matter: { kind: 'remittance', remittance: suffixOf(account) } }]
      }
      const parts = this.#parts(stream, event, account, amount)
      const rest = amount - parts.reduce((sum, part) => sum + part.amount, 0)
      const entries = parts.map((part) => ({ account, ...part }))
      return rest === 0 ? entries : [...entries, { account, amount: rest, matter: byEvent(event) }]
    })
  }

  #parts(stream: string, event: BookEvent, account: string, amount: number): readonly Part[] {
    const owner = accountOfStream(stream)
    if (owner === undefined) return account === 'cash' ? [] : [{ amount, matter: ofRemittance(stream) }]
    if (isUnapplied(account)) return paymentParts(owner, event, amount)
    if (isByReference(account)) return this.#referred(owner, event, account, amount)
    const ofRefund = account === 'refundsPayable' || account.startsWith('refundReceivable')
    if (ofRefund && 'refundId' in event) {
      return [{ amount, matter: { kind: 'refund', account: owner, refund: event.refundId } }]
    }
    return []
  }

  /** What an account's event says of a payer's recoupment. */
  #referred(owner: string, event: BookEvent, account: string, amount: number): readonly Part[] {
    const of = (reference: string): readonly Part[] => [
      { amount, matter: { kind: 'reference', payer: suffixOf(account), reference } },
    ]
    const takenBy = (id: string): readonly Taken[] => this.#taken.get(remittanceStream(id)) ?? []
    switch (event.type) {
      case 'PayerTakebackPosted': {
        const { remittanceId, payerControlNumber: name } = event.recoupment
        const known = takenBy(remittanceId).find(({ reference }) => isNamedIn(name, reference))
        const first = known?.first ?? this.#names.firstOf({ account, reference: name })
        this.#takebacks.set(event.takebackId, first)
        return of(first)
      }
      case 'PayerTakebackUndone': {
        const reference = this.#takebacks.get(event.takebackId)
        return reference === undefined ? [] : of(reference)
      }
      case 'RefundAcknowledged': {
        const shown = new Set(takenBy(event.remittanceId).flatMap(({ code, first }) => (code === '72' ? [first] : [])))
        const [only] = shown
        // Of several the event does not say which one it is.
        if (only !== undefined && shown.size === 1) return of(only)
        return [{ amount, matter: { kind: 'refund', account: owner, refund: event.refundId } }]
      }
      default:
        return []
    }
  }
}

const ofRemittance = (stream: string): Matter => ({
  kind: 'remittance',
  remittance: remittanceOfStream(stream) ?? stream,
})

const receivables = ({ effects }: Posting): readonly Entry[] =>
  effects.map(({ stage, party, amount }) => ({
    account: `receivable:${stage}`,
    amount,
    matter: { kind: 'party', party: party === PATIENT ? 'patient' : 'insurance' },
  }))
