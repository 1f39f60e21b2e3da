import { type AccountEvent, type AccountState, foldAccount, newAccount } from '@daybook/core/account'
import {
  clearText,
  type Day,
  type EncryptedLeaf,
  type Instant,
  isPosting,
  isReceivable,
  type Party,
  partyKey,
} from '@daybook/core/kernel'
import { foldPerson, newPerson, type PersonEvent } from '@daybook/core/person'
import type { RemittanceEvent } from '@daybook/core/remittance'
import { labelOf, type PartyLabel } from '../summary/index.ts'
import { eventsOf, type Grounds, groundsOf, plainFields, type ReadBack } from './recorded.ts'
import { type Tell, tellBy } from './tell.ts'
import { accountWords } from './words/account.ts'
import { personWords, type TellPerson, tellOfPerson } from './words/person.ts'
import { remittanceWords } from './words/remittance.ts'

/** One event as people read it: when by both clocks, who, what, why. */
export interface HistoryEntry {
  readonly position: number
  readonly version: number
  readonly id: string
  readonly type: string
  /** The day from which it counts. */
  readonly effectiveDate: Day
  /** The writer's clock: a claim. */
  readonly recordedAt: Instant
  /** The store's clock: since when the book has known it. */
  readonly committedAt: Instant
  readonly actor: string
  readonly what: string
  readonly why: Grounds & { readonly reason?: string }
}

/** An event of an account, with what it did to the balance and how the account stood after it. Cents. */
export interface AccountHistoryEntry extends HistoryEntry {
  /** Change of the receivable; 0 when money only moved within it. */
  readonly moved: number
  /** After it, in order of recording: receivable by responsible party, parties at zero left out. */
  readonly balances: readonly (PartyLabel & { readonly amount: number })[]
  readonly unapplied: number
  /** Σ balances − unapplied. */
  readonly net: number
}

const leafText = (value: unknown): string =>
  typeof value === 'string' || (typeof value === 'object' && value !== null && '$enc' in value)
    ? clearText(value as string | EncryptedLeaf)
    : ''

const entryOf = <E extends object>(recorded: ReadBack<E>, what: (event: E) => string): HistoryEntry => {
  const { stored, event } = recorded
  const reason = event && 'reason' in event ? leafText(event.reason) : ''
  return {
    position: stored.position,
    version: stored.version,
    id: stored.id,
    type: stored.type,
    effectiveDate: stored.effectiveDate,
    recordedAt: stored.recordedAt,
    committedAt: stored.committedAt,
    actor: stored.actor,
    what: event ? what(event) : `${stored.type}, which this version can not read: ${plainFields(stored)}`,
    why: { ...groundsOf(stored), ...(reason === '' ? {} : { reason }) },
  }
}

/** Running balances: effects and the unapplied account added up event by event. */
const runningBalances = () => {
  const byParty = new Map<string, { readonly party: Party; amount: number }>()
  let unapplied = 0
  return {
    /** Adds an event; gives the change of the receivable. */
    add: (event: AccountEvent): number => {
      if (!isPosting(event)) return 0
      let moved = 0
      for (const { party, stage, amount } of event.effects) {
        if (!isReceivable(stage)) continue
        const key = partyKey(party)
        const total = byParty.get(key) ?? { party, amount: 0 }
        total.amount += amount
        byParty.set(key, total)
        moved += amount
      }
      for (const { account, amount } of event.contra) if (account === 'unapplied') unapplied -= amount
      return moved
    },
    show: (state: AccountState, on: Day) => {
      const balances = [...byParty.values()]
        .filter(({ amount }) => amount !== 0)
        .map(({ party, amount }) => ({ ...labelOf(state, party, on), amount }))
      return { balances, unapplied, net: balances.reduce((sum, { amount }) => sum + amount, 0) - unapplied }
    },
  }
}

const say = (event: AccountEvent, tell: Tell): string =>
  (accountWords[event.type] as (event: AccountEvent, tell: Tell) => string)(event, tell)

/**
 * The history of an account: every event of a prefix of its stream, in order of recording. Known-at is the prefix that
 * is handed in; names are those of its end. A part of it can be shown by slicing the answer, never the input.
 */
export const historyOf = (recorded: readonly ReadBack<AccountEvent>[]): readonly AccountHistoryEntry[] => {
  const state = foldAccount(newAccount, eventsOf(recorded))
  const running = runningBalances()
  return recorded.map((one) => {
    const moved = one.event ? running.add(one.event) : 0
    const on = one.stored.effectiveDate
    return { ...entryOf(one, (event) => say(event, tellBy(state, on))), moved, ...running.show(state, on) }
  })
}

const sayOfRemittance = (event: RemittanceEvent): string =>
  (remittanceWords[event.type] as (event: RemittanceEvent) => string)(event)

/** The history of a remittance stream. */
export const remittanceHistoryOf = (recorded: readonly ReadBack<RemittanceEvent>[]): readonly HistoryEntry[] =>
  recorded.map((one) => entryOf(one, sayOfRemittance))

const sayOfPerson = (event: PersonEvent, tell: TellPerson): string =>
  (personWords[event.type] as (event: PersonEvent, tell: TellPerson) => string)(event, tell)

/** The history of a person: every contact and what stood against it, every consent, every word; names are those of its end. */
export const personHistoryOf = (recorded: readonly ReadBack<PersonEvent>[]): readonly HistoryEntry[] => {
  const tell = tellOfPerson(foldPerson(newPerson, eventsOf(recorded)))
  return recorded.map((one) => entryOf(one, (event) => sayOfPerson(event, tell)))
}
