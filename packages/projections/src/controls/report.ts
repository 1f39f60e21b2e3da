import { controlAccountNames, type Day, formatCents, remittanceStream } from '@daybook/core/kernel'
import { EventStore, type ViewStore } from '@daybook/core/ports'
import { type RemittanceState, remittance, remittanceCodec, unsettled } from '@daybook/core/remittance'
import * as Effect from 'effect/Effect'
import { type Labels, ownerLabels, payerLabels } from '../lists/labels.ts'
import type { ProjectionError } from '../runner/index.ts'
import { foldStream } from '../worklist/streams.ts'
import { suffixOf } from './entries.ts'
import { eachEvent, moneyTypes } from './log.ts'
import type { Matter } from './matter.ts'
import { type Piece, Tally } from './tally.ts'

export interface ControlAccountsQuery {
  readonly asOf: Day
  /** Position that the answer knows the log to; its head when not given, and never beyond it. */
  readonly knownAtPosition?: number | undefined
}

/** A part of a balance: what it is of, and since when it stands. Cents, on the side that the account is told on. */
export type Explained = Matter & {
  readonly amount: number
  readonly since: Day
  /** In words, with names where the book has them. */
  readonly says: string
}

/** An account of the books. Its explanation adds up to its balance. */
export interface ControlAccountRow {
  /** `receivable:active`, or a control account: `cash`, `withhold:<payer>`; `payerClearing` of all remittances. */
  readonly account: string
  /** The payer's name, where the account is of one and the book knows it. */
  readonly label?: string
  /** Cents: clearing credit-positive, every other account debit-positive (clarification 17). */
  readonly balance: number
  readonly side: 'debit' | 'credit'
  /** The largest part first. */
  readonly explanation: readonly Explained[]
}

/** The trial balance: every account of which anything stands, and why. */
export interface ControlAccountsReport {
  readonly asOf: Day
  readonly knownAtPosition: number
  readonly accounts: readonly ControlAccountRow[]
  /** Debits less credits, cents: anything but 0 says that the books are out of balance. */
  readonly outOfBalance: number
}

const order = ['receivable', ...controlAccountNames] as readonly string[]
const placeOf = (account: string): number => order.indexOf(account.split(':', 1)[0] ?? '')

const byPlace = (a: string, b: string): number => placeOf(a) - placeOf(b) || (a < b ? -1 : 1)

/** `ContractualAdjustmentPosted`: contractual adjustment posted. */
const eventWords = (type: string): string => type.replace(/\B[A-Z]/g, (letter) => ` ${letter}`).toLowerCase()

/** What a remittance still has to post, in words; where it has nothing more, what it had on the day. */
const clearingWords = (state: RemittanceState | undefined, open: number): string => {
  if (!state) return 'not received'
  const claims = unsettled(state)
  const held = claims.filter(({ number }) => state.outcomes.get(number)?.kind === 'held')
  const paid = (of: typeof claims) => of.reduce((sum, claim) => sum + (claim.paid ?? 0), 0)
  if (paid(claims) !== open) return 'posted or rejected since'
  const rest = claims.length - held.length
  return [
    ...(held.length > 0 ? [`${held.length} held ${held.length === 1 ? 'claim' : 'claims'}`] : []),
    ...(rest > 0 ? [`${rest} not posted yet, ${formatCents(paid(claims) - paid(held))}: import the file again`] : []),
  ].join(', ')
}

interface Names {
  readonly owners: Labels
  readonly payers: Labels
  readonly remittances: ReadonlyMap<string, RemittanceState>
}

const refundWords = (account: string, amount: number): string => {
  if (account === 'refundsPayable')
    return amount < 0 ? 'a refund that is not cashed' : 'a refund cashed before it was written'
  return account.startsWith('refundReceivable') ? 'a refund that is owed again' : 'a refund that the payer has shown'
}

/** A payer's money under one reference; debit: the payer has taken it. */
const referenceWords = (amount: number): string =>
  amount > 0 ? 'taken, and no reversal explains it' : 'to be taken from a later payment'

const partyWords = { insurance: 'owed by payers', patient: 'owed by patients' } as const

const wordsOf = (account: string, { matter, amount }: Piece, { owners, payers, remittances }: Names): string => {
  switch (matter.kind) {
    case 'remittance': {
      const whose = owners.get(matter.remittance) ?? `remittance ${matter.remittance}`
      if (account !== 'payerClearing') return `${whose}: put here by a person, or not told apart yet`
      return `${whose}: ${clearingWords(remittances.get(matter.remittance), -amount)}`
    }
    case 'payment':
      return `${owners.get(matter.account) ?? matter.account}: payment ${matter.payment}`
    case 'refund':
      return `${owners.get(matter.account) ?? matter.account}: ${refundWords(account, amount)}`
    case 'reference':
      return `${payers.get(matter.payer) ?? matter.payer} ${matter.reference}: ${referenceWords(amount)}`
    case 'payer':
      return payers.get(matter.payer) ?? matter.payer
    case 'party':
      return partyWords[matter.party]
    case 'event':
      return eventWords(matter.event)
  }
}

const ofPayer = /^(withhold|payerRecoupment|forwardBalance|withholdReceivable):/

/** What the words need of the book: names of today, and how remittances stand as known at the position. */
const namesFor = (
  accounts: ReadonlyMap<string, readonly Piece[]>,
  upTo: number,
): Effect.Effect<Names, ProjectionError, EventStore | ViewStore> =>
  Effect.gen(function* () {
    const events = yield* EventStore
    const matters = [...accounts.values()].flatMap((pieces) => pieces.map(({ matter }) => matter))
    const owners = yield* ownerLabels({
      accounts: matters.flatMap((matter) => ('account' in matter ? [matter.account] : [])),
      remittances: matters.flatMap((matter) => ('remittance' in matter ? [matter.remittance] : [])),
    })
    const payers = yield* payerLabels([
      ...new Set([
        ...matters.flatMap((matter) => ('payer' in matter ? [matter.payer] : [])),
        ...[...accounts.keys()].filter((account) => ofPayer.test(account)).map(suffixOf),
      ]),
    ])
    const remittances = new Map<string, RemittanceState>()
    for (const { matter } of accounts.get('payerClearing') ?? []) {
      if (matter.kind !== 'remittance') continue
      const place = { stream: remittanceStream(matter.remittance), upTo }
      const state = yield* foldStream(place, events, remittanceCodec, remittance.initial, (before, page) =>
        remittance.fold(
          before,
          page.map(({ event }) => event),
        ),
      )
      if (state.received) remittances.set(matter.remittance, state)
    }
    return { owners, payers, remittances }
  })

const largestFirst = (a: Explained, b: Explained): number =>
  Math.abs(b.amount) - Math.abs(a.amount) || (a.since < b.since ? -1 : a.since > b.since ? 1 : a.says < b.says ? -1 : 1)

const rowOf = (account: string, pieces: readonly Piece[], names: Names): ControlAccountRow => {
  const side = account === 'payerClearing' ? 'credit' : 'debit'
  const sign = side === 'credit' ? -1 : 1
  const label = ofPayer.test(account) ? names.payers.get(suffixOf(account)) : undefined
  return {
    account,
    ...(label === undefined ? {} : { label }),
    balance: sign * pieces.reduce((sum, { amount }) => sum + amount, 0),
    side,
    explanation: pieces
      .map(
        (piece): Explained => ({
          ...piece.matter,
          amount: sign * piece.amount,
          since: piece.since,
          says: wordsOf(account, piece, names),
        }),
      )
      .toSorted(largestFirst),
  }
}

/**
 * Every account of the books as of a day, as known at a position, with what explains its balance. Reads the log up to
 * there: it costs by events, and memory holds what is open.
 */
export const controlAccounts = ({
  asOf,
  knownAtPosition,
}: ControlAccountsQuery): Effect.Effect<ControlAccountsReport, ProjectionError, EventStore | ViewStore> =>
  Effect.gen(function* () {
    const head = (yield* (yield* EventStore).head).position
    const upTo = Math.min(knownAtPosition ?? head, head)
    const tally = new Tally(asOf)
    yield* eachEvent([...moneyTypes, 'ProviderAdjustmentRecorded'], upTo, (stream, event) => tally.add(stream, event))
    const accounts = tally.accounts()
    const names = yield* namesFor(accounts, upTo)
    const rows = [...accounts.keys()]
      .toSorted(byPlace)
      .map((account) => rowOf(account, accounts.get(account) ?? [], names))
    return {
      asOf,
      knownAtPosition: upTo,
      accounts: rows,
      outOfBalance: rows.reduce((sum, { balance, side }) => sum + (side === 'credit' ? -balance : balance), 0),
    }
  })
