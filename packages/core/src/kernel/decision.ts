import type { Cents } from './cents.ts'
import { type Day, type Instant, isInstant } from './day.ts'
import { isUnknownZone, type LocalTimes, MIDNIGHT } from './local-time.ts'

/** The member of a union with a given type. */
export type Of<U extends { readonly type: string }, K extends U['type']> = Extract<U, { readonly type: K }>

/** How a slice of state changes with events. It may read any event and writes only its own slice (a private builder). */
export type Evolve<Slice, E extends { readonly type: string }> = {
  readonly [K in E['type']]?: (slice: Slice, event: Of<E, K>) => void
}

/** Commands to decisions. Pure: the same state, command and context give the same bytes (law B5). */
export type Decide<S, C extends { readonly type: string }, E, Context> = {
  readonly [K in C['type']]: (state: S, command: Of<C, K>, context: Context) => Decision<E>
}

/** A rule that was passed or hit, by id and version. */
export interface RuleRef {
  readonly id: string
  readonly version: number
}

/**
 * From when on something would pass: a civil day of the practice, or where the time of day matters an instant. An instant
 * is told from a day by its shape.
 */
export type Earliest = Day | Instant

/** One reason why a command may not pass, in plain words, with its source. */
export interface RuleHit {
  /** Id of the rule catalogue (`PC-02`), or of a precondition of the command (`ledger.lineUnknown`). */
  readonly rule: string
  readonly reason: string
  readonly citation: string
  readonly jurisdiction: string
  /** From when on this rule alone would let the command pass, where that can be computed. */
  readonly earliest?: Earliest | undefined
  /** What somebody can do about it. */
  readonly requiredAction?: string | undefined
  /** The fact that nobody knows, where that is why; in plain words what it is. */
  readonly unknownFact?: { readonly name: string; readonly words: string } | undefined
  /** The figure by which something does not add up, cents. */
  readonly amount?: Cents | undefined
}

/**
 * What a decision function answers: the events to append, with the rules that let them pass, or every reason against.
 */
export type Decision<E> = Accepted<E> | Rejection

/** The events to append; none where there is nothing to do. */
export interface Accepted<E> {
  readonly ok: true
  readonly events: readonly E[]
  readonly allowedBy: readonly RuleRef[]
  readonly warnings: readonly RuleHit[]
  /** Facts from outside that decided, kept with the first event for the record. */
  readonly inputs?: Readonly<Record<string, string>> | undefined
}

/** Every rule that blocks is listed, never just the first (design §3.11). */
export interface Rejection {
  readonly ok: false
  readonly hits: readonly [RuleHit, ...RuleHit[]]
  /** The latest of the hits' `earliest`; absent when one of them names none. */
  readonly earliest?: Earliest | undefined
  readonly required: readonly string[]
}

/** The command passes. `allowedBy` names the rules that were asked and let it through. */
export const accept = <E>(
  events: readonly E[],
  passed: {
    readonly allowedBy?: readonly RuleRef[]
    readonly warnings?: readonly RuleHit[]
    readonly inputs?: Readonly<Record<string, string>>
  } = {},
): Decision<E> => ({
  ok: true,
  events,
  allowedBy: passed.allowedBy ?? [],
  warnings: passed.warnings ?? [],
  ...(passed.inputs ? { inputs: passed.inputs } : {}),
})

/** When a civil day begins at the practice; undefined where its zone is not known. */
export type DayBegins = (day: Day) => Instant | undefined

/** When civil days begin in a zone. */
export const dayBegins =
  (zone: string, localTime: LocalTimes): DayBegins =>
  (day) => {
    const begin = localTime.from(day, MIDNIGHT, zone)
    return isUnknownZone(begin) ? undefined : begin
  }

/** For people: a day as it is, an instant by a zone's clocks, `2026-11-30 08:00 in America/Denver`. */
export const earliestWords = (earliest: Earliest, zone: string, localTime: LocalTimes): string => {
  if (!isInstant(earliest)) return earliest
  const local = localTime.at(earliest, zone)
  return isUnknownZone(local) ? earliest : `${local.day} ${local.time} in ${zone}`
}

const latest = <E extends Earliest>(a: E, b: E): E => (a < b ? b : a)

/**
 * The latest of what reasons name as their earliest: until then one of them stands. Absent where one names none. A day
 * counts from its first instant at the practice (decision 0011); where nobody tells when that is, days and instants
 * together name none.
 */
export const latestOf = (
  hits: readonly Pick<RuleHit, 'earliest'>[],
  begins: DayBegins = () => undefined,
): Earliest | undefined => {
  let day: Day | undefined
  let instant: Instant | undefined
  for (const { earliest } of hits) {
    if (earliest === undefined) return undefined
    if (isInstant(earliest)) instant = latest(instant ?? earliest, earliest)
    else day = latest(day ?? earliest, earliest)
  }
  if (day === undefined || instant === undefined) return day ?? instant
  const begin = begins(day)
  return begin && (begin < instant ? instant : day)
}

/**
 * The command may not pass, for these reasons. A kernel knows no zone: where days and instants are among them, the
 * account's own decision says which is the latest.
 */
export const reject = (hits: readonly [RuleHit, ...RuleHit[]]): Rejection => {
  const earliest = latestOf(hits)
  return {
    ok: false,
    hits,
    ...(earliest ? { earliest } : {}),
    required: [...new Set(hits.flatMap((hit) => (hit.requiredAction ? [hit.requiredAction] : [])))],
  }
}

/** Rejects when there is a hit; `undefined` lets the decision go on. */
export const rejectIfAny = (hits: readonly RuleHit[]): Rejection | undefined =>
  hits.length > 0 ? reject(hits as [RuleHit, ...RuleHit[]]) : undefined

/** A precondition of a command that no law or policy states: the thing named does not exist, the amount is too large. */
export const precondition = (rule: string, reason: string, requiredAction?: string): RuleHit => ({
  rule,
  reason,
  citation: 'Daybook: precondition of the command',
  jurisdiction: 'daybook',
  ...(requiredAction ? { requiredAction } : {}),
})
