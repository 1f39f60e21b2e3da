import type { Actor, Catalogue, Given } from '../account/context.ts'
import {
  type AccountCommand,
  type AccountEvent,
  type AccountState,
  decideAccount,
  foldAccount,
  newAccount,
} from '../account/index.ts'
import { type AccountCommandInput, accountCommand } from '../account/rooms.ts'
import { type Day, type Instant, instant, toDay } from '../kernel/day.ts'
import type { Decision } from '../kernel/decision.ts'
import type { Sha256 } from '../kernel/leaf.ts'
import { isUnknownZone, type LocalTimes } from '../kernel/local-time.ts'
import type { PolicyVersion } from '../policy/policy.ts'

/** One command, what was decided, and the account before and after. A rejected command leaves it as it was (law A6). */
export interface Step {
  readonly command: AccountCommand
  readonly recordedOn: Day
  readonly now: Instant
  readonly before: AccountState
  readonly decision: Decision<AccountEvent>
  readonly after: AccountState
}

/** The life of one account, decision by decision, rejected commands too. Every history built here is reachable. */
export interface History {
  readonly steps: readonly Step[]
  readonly state: AccountState
}

/** What decisions are made with. `sha256` comes from outside: core has no cryptography of its own; and no clock. */
export interface Office {
  readonly policy: PolicyVersion
  readonly catalogue: Catalogue
  readonly sha256: Sha256
  readonly actor: Actor
  /** The clocks of the world: `usZones`, or the machine's. */
  readonly localTime: LocalTimes
  /** Whether guarantors may be written to; absent: nobody looks. */
  readonly writing?: Given['writing']
}

export const emptyHistory: History = { steps: [], state: newAccount }

/**
 * A day at the office, or an instant of one. Of a day alone it is 18:00 UTC, when offices are open from New York to
 * Honolulu. @throws when the text is neither, or the clocks do not know the office's zone.
 */
export const whenAt = (
  { localTime, policy }: Pick<Office, 'localTime' | 'policy'>,
  on: string,
): { readonly today: Day; readonly now: Instant } => {
  if (on.length === 10) return { today: toDay(on), now: `${on}T18:00:00.000Z` as Instant }
  const now = instant.parse(on)
  const local = localTime.at(now, policy.policy.practice.timeZone)
  if (isUnknownZone(local)) throw new RangeError(`the office's clocks do not know ${local.unknownZone}`)
  return { today: local.day, now }
}

/** The context of the n-th decision, as the service would give it: ids derive from the command. */
export const contextOf = (office: Office, on: string, number: number): Given => {
  const counts = new Map<string, number>()
  return {
    ...office,
    ...whenAt(office, on),
    commandId: `c${number}`,
    keyedHash: (kind, value) => office.sha256(`${kind} ${value}`),
    newId: (kind) => {
      const count = (counts.get(kind) ?? 0) + 1
      counts.set(kind, count)
      return `${kind}-${String(number).padStart(5, '0')}-${count}`
    },
  }
}

/** The context in which the n-th step was decided. */
export const contextOfStep = (office: Office, { recordedOn, now }: Step, number: number): Given => ({
  ...contextOf(office, recordedOn, number),
  now,
})

/**
 * Gives one command on one day, or at an instant where the time of day matters, and folds what is decided.
 * @throws ZodError when the input is no command: a script must fail loudly, not run short.
 */
export const issue = (history: History, input: AccountCommandInput, on: string, office: Office): History => {
  const command = accountCommand.parse(input)
  const context = contextOf(office, on, history.steps.length + 1)
  const before = history.state
  const decision = decideAccount(before, command, context)
  const after = decision.ok ? foldAccount(before, decision.events) : before
  const { today: recordedOn, now } = context
  return { steps: [...history.steps, { command, recordedOn, now, before, decision, after }], state: after }
}

/** The events of a history with the day on which each was recorded. */
export const eventsOf = (history: History): readonly { readonly event: AccountEvent; readonly recordedOn: Day }[] =>
  history.steps.flatMap(({ decision, recordedOn }) =>
    decision.ok ? decision.events.map((event) => ({ event, recordedOn })) : [],
  )

/** The prefix known at the end of a day: steps recorded by then. */
export const knownBy = (history: History, on: Day): History => {
  const steps = history.steps.filter((step) => step.recordedOn <= on)
  return { steps, state: steps.at(-1)?.after ?? newAccount }
}
