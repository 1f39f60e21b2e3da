import type { ApartReason } from '../../documents/statement/content.ts'
import { sumOf } from '../../kernel/cents.ts'
import { amountOn } from '../../kernel/dated.ts'
import { addDays, type Day, minDay } from '../../kernel/day.ts'
import { PATIENT } from '../../kernel/effects.ts'
import type { LayerId, LineId, PatientId, PlanId, VisitId } from '../../kernel/ids.ts'
import type { PracticePolicy } from '../../policy/policy.ts'
import { openLayers } from '../ledger/balances.ts'
import { datedOf } from '../ledger/layer-changes-state.ts'
import { activeAsOf } from '../ledger/owed-by-day.ts'
import type { LayerBalance } from '../ledger/state.ts'
import type { AccountState } from '../rooms.ts'
import { commonOf, isPausedOn, type Pause, pausesOf, resumedOn, stepDay, unionOf } from './pauses.ts'
import { FINAL_NOTICE, LAST_STATEMENT } from './state.ts'

// The ladder of reference §3.1 as a calendar that follows from the account, its pauses and policy. Nothing of it is stored
// but what was sent.

/** What the patient owes on a line that no agency has, and why it is not asked for today. */
export interface OpenLine {
  readonly lineId: LineId
  readonly amount: number
  readonly layers: readonly Pick<Open, 'agingFrom' | 'amount' | 'layerId'>[]
  readonly apart?: ApartReason
}

/** An open layer of the patient, as of a day. */
interface Open extends Pick<LayerBalance, 'agingFrom' | 'lineId' | 'visitId'> {
  readonly layerId: LayerId
  readonly amount: number
}

/** How far the ladder has come with a visit, and what comes next. */
export interface VisitLadder {
  readonly visitId: VisitId
  readonly patientId?: PatientId
  readonly lines: readonly OpenLine[]
  /** The day from which it counts: the oldest open part became the patient's, or the last step. */
  readonly since: Day
  readonly level: number
  /** The day of the next step; absent where none is to come, or a pause has no end. */
  readonly due?: Day
  /** Why all of it waits today, in words; empty where it does not. */
  readonly pausedBy: readonly string[]
  /** All of it was paused until this day, and the days of notice are not over. */
  readonly resumedOn?: Day
}

const offsets = (figures: PracticePolicy['statements']): readonly number[] => [
  figures.firstStatement,
  figures.secondStatement,
  figures.firstLetter,
  figures.secondLetter,
  figures.finalNotice,
]

/** Days between a step and the next; before the first, since it became the patient's. Undefined after the last. */
export const gapAfter = (level: number, figures: PracticePolicy['statements']): number | undefined => {
  const days = offsets(figures)
  const next = days[level]
  return next === undefined ? undefined : next - (level === 0 ? 0 : (days[level - 1] ?? 0))
}

/** Open layers of the patient as of a day; a credit on the same line is off the youngest of them (law J2). */
const openOn = (state: AccountState, on: Day): readonly Open[] => {
  const lines = Map.groupBy(openLayers(state.ledger, PATIENT), ({ lineId }) => lineId)
  return [...lines].flatMap(([lineId, layers]) => {
    let left = activeAsOf(state.ledger, lineId, PATIENT, on)
    return layers.flatMap(({ layerId, visitId, agingFrom, lastChange }) => {
      const amount = Math.min(left, amountOn(datedOf({ lastChange }).active, on))
      if (amount <= 0) return []
      left -= amount
      return [{ layerId: layerId as LayerId, lineId, visitId, agingFrom, amount }]
    })
  })
}

const earliestOf = (days: readonly Day[], other: Day): Day => days.reduce(minDay, days[0] ?? other)

const lineOf = (lineId: LineId, layers: readonly Open[], pauses: readonly Pause[], on: Day): OpenLine => {
  const [pause] = pauses.filter((each) => isPausedOn(each, on))
  return {
    lineId,
    amount: sumOf(layers, ({ amount }) => amount),
    layers: layers.map(({ layerId, agingFrom, amount }) => ({ layerId, agingFrom, amount })),
    ...(pause ? { apart: pause.why } : {}),
  }
}

const visitLadder = (
  state: AccountState,
  visitId: VisitId,
  layers: readonly Open[],
  policy: PracticePolicy,
  on: Day,
): VisitLadder => {
  const figures = policy.statements
  const told = state.statements.rungs.get(visitId)
  // What was told of is settled, and something new is open: it begins again (law K8).
  const rung = told && layers.some(({ layerId }) => told.layers.includes(layerId)) ? told : undefined
  const since =
    rung?.on ??
    earliestOf(
      layers.map(({ agingFrom }) => agingFrom),
      on,
    )
  const level = rung?.level ?? 0
  const byLine = [...Map.groupBy(layers, ({ lineId }) => lineId)].map(([lineId, ofLine]) => {
    const from = earliestOf(
      ofLine.map(({ agingFrom }) => agingFrom),
      on,
    )
    return { lineId, ofLine, pauses: pausesOf(state, lineId, from, policy, on) }
  })
  const held = commonOf(byLine.map(({ pauses }) => unionOf(pauses)))
  const gap = gapAfter(level, figures)
  const due = gap === undefined ? undefined : stepDay(since, gap, held, figures.noticeDays)
  const lines = byLine.map(({ lineId, ofLine, pauses }) => lineOf(lineId, ofLine, pauses, on))
  const isPaused = lines.every(({ apart }) => apart !== undefined)
  const resumed = resumedOn(held, figures.noticeDays, on)
  const patientId = state.registration.visits.get(visitId)?.patientId
  return {
    visitId,
    ...(patientId === undefined ? {} : { patientId }),
    lines,
    since,
    level,
    ...(due === undefined ? {} : { due }),
    pausedBy: isPaused
      ? [
          ...new Set(
            byLine.flatMap(({ pauses }) => pauses.filter((each) => isPausedOn(each, on)).map(({ says }) => says)),
          ),
        ]
      : [],
    ...(resumed === undefined ? {} : { resumedOn: resumed }),
  }
}

/** The ladder of every visit on which the patient owes something that no agency has, as of a day. */
export const laddersOf = (state: AccountState, policy: PracticePolicy, on: Day): readonly VisitLadder[] =>
  [...Map.groupBy(openOn(state, on), ({ visitId }) => visitId)].map(([visitId, layers]) =>
    visitLadder(state, visitId, layers, policy, on),
  )

/** An instalment of a plan that a statement asks for. */
export interface DueInstalment {
  readonly planId: PlanId
  readonly due: Day
  readonly amount: number
}

/** Instalments of running plans that are open and due by a day. */
const instalmentsBy = (state: AccountState, by: Day): readonly DueInstalment[] =>
  state.plans.plans
    .where('running')
    .filter(({ status, suspendedFrom }) => status === 'active' && suspendedFrom === undefined)
    .flatMap(({ planId, schedule }) =>
      schedule.flatMap(({ due, amount, paid }) =>
        due <= by && amount > paid ? [{ planId, due, amount: amount - paid }] : [],
      ),
    )

/** What would be sent on a day. */
export interface NextDocument {
  readonly kind: 'statement' | 'letter'
  /** The lowest step of what it asks for (reference §3.1); 0 where instalments of a plan alone are asked for. */
  readonly level: number
  /** Visits that are asked for. */
  readonly asked: readonly VisitLadder[]
  /** Those of them whose next step has come. */
  readonly due: ReadonlySet<VisitId>
  readonly instalments: readonly DueInstalment[]
  /** The first day on which something is due; absent where nothing is to come. */
  readonly dueOn?: Day
  /** Why nothing at all is asked for, in words. */
  readonly pausedBy: readonly string[]
  /** Nothing is asked for because of the days of notice after a pause that ended on this day. */
  readonly resumedOn?: Day
  readonly visits: readonly VisitLadder[]
}

const isAsked = (visit: VisitLadder, on: Day): boolean =>
  visit.pausedBy.length === 0 &&
  visit.resumedOn === undefined &&
  // What nobody has been told of joins when its first statement is due.
  (visit.level > 0 || (visit.due !== undefined && visit.due <= on))

const first = (days: readonly (Day | undefined)[]): Day | undefined =>
  days.reduce<Day | undefined>((a, b) => (a === undefined ? b : b === undefined ? a : minDay(a, b)), undefined)

/** What the ladder sends next, as of a day: the statement of all that is asked for, at the lowest of its steps. */
export const nextDocument = (state: AccountState, policy: PracticePolicy, on: Day): NextDocument => {
  const { dueDays } = policy.statements
  const visits = laddersOf(state, policy, on)
  const asked = visits.filter((visit) => isAsked(visit, on))
  const isDue = ({ due }: VisitLadder): boolean => due !== undefined && due <= on
  const due = asked.filter(isDue)
  const instalments = instalmentsBy(state, addDays(on, dueDays))
  const steps = asked.map((visit) => (isDue(visit) ? visit.level + 1 : visit.level))
  const level = due.length === 0 ? 0 : Math.min(...steps)
  const instalmentsFrom = first(instalmentsBy(state, '9999-12-31' as Day).map((each) => addDays(each.due, -dueDays)))
  const dueOn = first([...visits.map((visit) => visit.due), instalmentsFrom])
  const nothing = asked.length === 0 && instalments.length === 0
  const noticeFrom = first(visits.map((visit) => visit.resumedOn))
  return {
    kind: level > LAST_STATEMENT ? 'letter' : 'statement',
    level,
    asked,
    due: new Set(due.map(({ visitId }) => visitId)),
    instalments,
    ...(dueOn === undefined ? {} : { dueOn }),
    pausedBy: nothing && noticeFrom === undefined ? [...new Set(visits.flatMap(({ pausedBy }) => pausedBy))] : [],
    ...(nothing && noticeFrom !== undefined ? { resumedOn: noticeFrom } : {}),
    visits,
  }
}

/** The level at which a visit stands once a document of a level is out: it rises by one at most (law K8). */
export const levelAfter = ({ level }: Pick<VisitLadder, 'level'>, document: number): number =>
  Math.max(level, Math.min(level + 1, Math.max(document, LAST_STATEMENT)))

/** The days on which the steps to come of a visit fall, where each goes out on its day and nothing happens meanwhile. */
export const calendarOf = (
  { level, due }: Pick<VisitLadder, 'level' | 'due'>,
  figures: PracticePolicy['statements'],
): readonly { readonly level: number; readonly on: Day }[] => {
  const steps: { level: number; on: Day }[] = []
  let on = due
  for (let next = level + 1; on !== undefined && next <= FINAL_NOTICE; next++) {
    steps.push({ level: next, on })
    const gap = gapAfter(next, figures)
    on = gap === undefined ? undefined : addDays(on, gap)
  }
  return steps
}
