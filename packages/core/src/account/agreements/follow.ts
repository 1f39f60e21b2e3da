import { sumOf } from '../../kernel/cents.ts'
import { maxDay } from '../../kernel/day.ts'
import { coverageParty, PATIENT } from '../../kernel/effects.ts'
import type { CoverageId, LineId } from '../../kernel/ids.ts'
import { correctionPending } from '../claims/corrections-state.ts'
import type { Context } from '../context.ts'
import type { Follow } from '../follow.ts'
import { layersOf, owedOn } from '../ledger/balances.ts'
import { receivableOf } from '../ledger/state.ts'
import { together, type WorkingLedger, workingOn } from '../ledger/working.ts'
import { allocate, designatedLines } from '../payments/allocate.ts'
import { spendable } from '../payments/on-account.ts'
import { unappliedEvents } from '../payments/post.ts'
import type { Payment } from '../payments/state.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import { endEvents } from './end.ts'
import type { SelfPayEnded, SelfPayHolds } from './events.ts'
import { planKnows } from './gate-facts.ts'
import type { Election } from './state.ts'

/** The lines of an election that still have a charge. */
const live = (state: AccountState, { event }: Election): readonly LineId[] =>
  event.lines.filter((line) => state.ledger.lines.get(line)?.voided === false)

/** Why an election runs no longer; undefined where it does. */
const endOf = (state: AccountState, election: Election): SelfPayEnded['because'] | undefined => {
  const lines = live(state, election)
  if (lines.length === 0) return 'voided'
  if (election.status === 'waiting') {
    return planKnows(state, election.event.visitId, lines) ? 'planKnows' : undefined
  }
  return lines.some((line) => owedOn(state.ledger, line, PATIENT) > 0) ? 'notPaidInFull' : undefined
}

/** Money without an item that was given for these lines, or for their visit; the oldest first. */
const meantFor = (state: AccountState, { event }: Election): readonly Payment[] =>
  state.payments.payments
    .where('unapplied')
    .filter(({ event: { designation } }) => {
      const lines = designatedLines(state, designation)
      return lines !== undefined && event.lines.some((line) => lines.has(line))
    })
    .sort((a, b) => (a.receivedOn < b.receivedOn ? -1 : 1))

/** What each coverage owes on a line, taken off it. */
const takenFrom = (state: AccountState, working: WorkingLedger, lineId: LineId) => {
  const payers = new Set(
    layersOf(state.ledger, lineId).flatMap(({ party }) => (party === PATIENT ? [] : party.coverageId)),
  )
  return [...payers].flatMap((coverageId: CoverageId) => {
    const party = coverageParty(coverageId)
    const taken = working.take(lineId, party, owedOn(state.ledger, lineId, party))
    return taken.taken === 0 ? [] : [{ lineId, coverageId, taken }]
  })
}

/** The lines of an election become the patient's, from the first day on which all of it is there to move. */
const holding = (
  state: AccountState,
  { event: { electionId, visitId, effectiveDate } }: Election,
  lines: readonly LineId[],
  context: Context,
): SelfPayHolds => {
  const working = workingOn(state, context)
  const all = lines.flatMap((line) => takenFrom(state, working, line))
  const effects = all.flatMap(({ taken }) => taken.effects)
  const on = working.openFrom(maxDay(effectiveDate, context.today), effects)
  const opened = all.map(({ lineId, taken }) => working.openLayer(lineId, PATIENT, taken.taken, { on, agingFrom: on }))
  return {
    type: 'SelfPayHolds',
    effectiveDate: on,
    visitId,
    electionId,
    lines: all.map(({ lineId, coverageId, taken }) => ({ lineId, coverageId, amount: taken.taken })),
    ...together([...all.map(({ taken }) => taken), ...opened]),
    contra: [],
  }
}

/** What payers owe on the lines is not settled: a reversal waits for its correction, or a payer was paid too much. */
const isUnsettled = ({ claims, ledger }: AccountState, { event: { visitId } }: Election, lines: readonly LineId[]) =>
  correctionPending({ claims, ledger }, visitId) ||
  lines.some((line) => layersOf(ledger, line).some((layer) => layer.party !== PATIENT && receivableOf(layer) < 0))

/** Where there is money for all of it, the lines are the patient's, and paid in the same unit; else it waits. */
const hold = (state: AccountState, election: Election, context: Context): readonly AccountEvent[] => {
  const lines = live(state, election)
  const asked = sumOf(lines, (line) => Math.max(0, owedOn(state.ledger, line)))
  const purses = meantFor(state, election).map((payment) => ({ payment, amount: spendable(state, payment) }))
  if (isUnsettled(state, election, lines)) return []
  if (asked === 0 || sumOf(purses, ({ amount }) => amount) < asked) return []
  const holds = holding(state, election, lines, context)
  const working = workingOn(state, context)
  working.record(holds)
  const applied = purses.flatMap(({ payment: { paymentId, receivedOn, dated, event }, amount }) => {
    const directed = lines.map((line) => ({ line }))
    const money = { amount, receivedOn, dated, source: event.source, directed }
    return unappliedEvents(paymentId, allocate(state, working, money, context).applied)
  })
  return [holds, ...applied]
}

/**
 * An election holds for as long as its lines are paid in full, and no longer: it begins in the unit in which the money
 * for all of them is there, and ends in the one in which a part of it goes back (45 CFR 164.522(a)(1)(vi)).
 */
export const follow: Follow = (_before, after, _events, context) =>
  after.agreements.elections.where('running').flatMap((election) => {
    const because = endOf(after, election)
    if (because !== undefined) return endEvents(after, election, { on: context.today, because }, context)
    return election.status === 'waiting' ? hold(after, election, context) : []
  })
