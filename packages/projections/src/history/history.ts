import { type AccountEvent, type AccountState, foldAccount, newAccount } from '@daybook/core/account'
import type { DepositEvent } from '@daybook/core/deposit'
import {
  clearText,
  type Day,
  type EncryptedLeaf,
  type Instant,
  isPosting,
  isReceivable,
  type Of,
  type Party,
  partyKey,
} from '@daybook/core/kernel'
import { foldPerson, newPerson, type PersonEvent } from '@daybook/core/person'
import type { RemittanceEvent } from '@daybook/core/remittance'
import type { SubmissionEvent } from '@daybook/core/submission'
import { labelOf, type PartyLabel } from '../summary/index.ts'
import { eventsOf, type Grounds, groundsOf, plainFields, type ReadBack } from './recorded.ts'
import { type Tell, tellBy } from './tell.ts'
import { accountWords } from './words/account.ts'
import { depositWords } from './words/deposit.ts'
import { personWords, type TellPerson, tellOfPerson } from './words/person.ts'
import { remittanceWords } from './words/remittance.ts'
import { submissionWords } from './words/submission.ts'

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

/** The history of a stream whose events are told one by one, each in its own words. */
const historyBy =
  <E extends { readonly type: string }>(words: { readonly [K in E['type']]: (event: Of<E, K>) => string }) =>
  (recorded: readonly ReadBack<E>[]): readonly HistoryEntry[] =>
    recorded.map((one) => entryOf(one, (event) => (words[event.type as E['type']] as (event: E) => string)(event)))

/** The history of a remittance stream. */
export const remittanceHistoryOf = historyBy<RemittanceEvent>(remittanceWords)

/** The history of a line of the bank's statement: what is said to be in it, and what of a difference was explained. */
export const depositHistoryOf = historyBy<DepositEvent>(depositWords)

/** The history of a claim of an 837 that was not taken at once: why, and what became of it. */
export const submissionHistoryOf = historyBy<SubmissionEvent>(submissionWords)

const sayOfPerson = (event: PersonEvent, tell: TellPerson): string =>
  (personWords[event.type] as (event: PersonEvent, tell: TellPerson) => string)(event, tell)

/** The history of a person: every contact and what stood against it, every consent, every word; names are those of its end. */
export const personHistoryOf = (recorded: readonly ReadBack<PersonEvent>[]): readonly HistoryEntry[] => {
  const tell = tellOfPerson(foldPerson(newPerson, eventsOf(recorded)))
  return recorded.map((one) => entryOf(one, (event) => sayOfPerson(event, tell)))
}
