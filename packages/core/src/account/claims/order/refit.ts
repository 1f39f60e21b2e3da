import { sumOf, toCents } from '../../../kernel/cents.ts'
import { coverageParty, netContra, type Party } from '../../../kernel/effects.ts'
import type { CoverageId, LineId } from '../../../kernel/ids.ts'
import { together } from '../../ledger/working.ts'
import type { AdjudicatedAdjustment } from '../adjudication-events.ts'
import { type LinePlan, totalOf } from '../advice/lines.ts'
import { netResponsibility } from '../advice/patient-share.ts'
import { dollars, emit, lineOf, newLayer, nextCoverage, type Posting, partyOf, type Unit } from '../advice/unit.ts'
import { type Adjudication, type AdjudicationPosting, adjudicationsOf } from '../state.ts'
import { moveBetweenPayers } from './between-payers.ts'
import { type ExplainedAhead, explainedBy, takenOff } from './explained-ahead.ts'

/** A later payer's word on one line that was posted before an earlier payer's. Cents. */
interface LaterLine {
  readonly lineId: LineId
  readonly adjudication: Adjudication
  readonly coverageId: CoverageId
  readonly party: Party
  /** The reduction that it reported, and how much of it has been posted. */
  readonly reported: number
  readonly posted: number
  /** The reduction's largest component, whose reason code a refit carries. */
  readonly largest?: AdjudicatedAdjustment | undefined
  /** What it explained beside its reduction: paid, capitated, withheld. */
  readonly fixed: number
  /** What it left unpaid at its own coverage (denied, pending, held), as far as that is open. */
  readonly stays: number
  /** What goes on from it to the next party: all of its share or, to the patient, as much as has gone. */
  readonly share: number
}

const staying: ReadonlySet<string> = new Set(['denial', 'pending', 'held', 'regulatory'])

const laterLine = (unit: Unit, adjudication: Adjudication, lineId: LineId): LaterLine => {
  const adjustments = adjudication.event.lines
    .filter((line) => line.lineId === lineId)
    .flatMap((line) => line.adjustments)
  const total = (of: (disposition: string) => boolean) =>
    sumOf(
      adjustments.filter(({ disposition }) => of(disposition)),
      ({ amount }) => amount,
    )
  const { coverageId } = adjudication.event
  const own = new Set([coverageId])
  const offBy = (of: (posting: AdjudicationPosting) => boolean) =>
    takenOff({ postings: adjudication.postings.filter(of) }, lineId, own)
  const party = coverageParty(coverageId)
  const posted = offBy(
    ({ type, contra }) => type === 'ContractualAdjustmentPosted' && contra[0]?.account === 'contractual',
  )
  const moved = offBy(({ type }) => type === 'ResponsibilityTransferred')
  const next = nextCoverage(unit, coverageId, lineOf(unit, lineId).dosFrom)
  const share = next
    ? Math.max(
        0,
        total((disposition) => disposition === 'transfer'),
      )
    : moved
  const unmoved = next ? 0 : Math.max(0, total((disposition) => disposition === 'transfer') - moved)
  return {
    lineId,
    adjudication,
    coverageId,
    party,
    reported: total((disposition) => disposition === 'contractual'),
    posted,
    largest: adjustments
      .filter(({ disposition }) => disposition === 'contractual')
      .toSorted((a, b) => b.amount - a.amount)[0],
    fixed: takenOff(adjudication, lineId, own) - posted - moved,
    stays: Math.max(0, Math.min(unit.working.owed(lineId, party), total((each) => staying.has(each)) + unmoved)),
    share,
  }
}

/** Posts more (or less, below zero) of the reduction that the later payer had reported. */
const refit = (unit: Unit, later: LaterLine, amount: number): void => {
  const { lineId, party, adjudication, coverageId, largest } = later
  if (!largest || amount === 0) return
  const fresh = newLayer(unit, lineOf(unit, lineId), party)
  const moved = amount > 0 ? unit.working.take(lineId, party, amount) : unit.working.put(lineId, party, -amount, fresh)
  emit(unit, {
    type: 'ContractualAdjustmentPosted',
    effectiveDate: unit.on,
    visitId: unit.visitId,
    adjudicationId: adjudication.event.adjudicationId,
    coverageId,
    lines: [{ lineId, group: largest.group, carc: largest.carc, amount: toCents(amount), reported: largest.amount }],
    ...together([moved]),
    contra: netContra([{ account: 'contractual', amount }]),
  })
}

/** What a line would be, had its payers spoken in the order of benefits. */
interface InOrder {
  /** What each coverage would owe, in their order. */
  readonly owed: Map<CoverageId, number>
  /** How much of each later payer's reduction would be posted more, or less, than is. */
  readonly refits: ReadonlyMap<LaterLine, number>
}

/** A payer that decided the line and took that back: nothing of it stands. */
const tookBack = ({ state, visitId }: Unit, id: CoverageId, line: LineId): boolean =>
  adjudicationsOf(state.claims, visitId).some(
    ({ event, reversed }) => reversed && event.coverageId === id && event.lines.some(({ lineId }) => lineId === line),
  )

/** Walks down the payers: each reduces what the one before it left, as rule N says. `left` is what this payer leaves. */
const inOrder = (
  unit: Unit,
  { coverage }: Posting,
  plan: LinePlan,
  later: readonly LaterLine[],
  left: number,
): InOrder => {
  const { dosFrom } = lineOf(unit, plan.lineId)
  const owed = new Map<CoverageId, number>()
  const refits = new Map<LaterLine, number>()
  const stays = totalOf(plan, 'denial', 'pending', 'regulatory')
  let share = Math.min(Math.max(0, netResponsibility(plan)), Math.max(0, left - stays))
  let last = coverage.coverageId
  owed.set(last, left - share)
  for (const [at, each] of later.entries()) {
    const needs = each.fixed + each.reported + each.stays + each.share
    const open = Math.max(0, Math.min(share, needs))
    // A payer between them that has not spoken: what the later one did not explain waits there.
    const between = nextCoverage(unit, last, dosFrom)
    const waits = between && between.coverageId !== each.coverageId ? between.coverageId : undefined
    if (waits && tookBack(unit, waits, plan.lineId)) {
      // Its reversal has settled with those after it already; its next decision will once more.
      const rest = later.slice(at).map(({ adjudication }) => adjudication)
      owed.set(waits, share - explainedBy(unit, rest, plan.lineId))
      return { owed, refits }
    }
    const given = waits ? open : share
    if (waits) owed.set(waits, share - given)
    const wanted = given - each.fixed - each.stays - each.share
    const reduction = each.reported < 0 ? each.posted : Math.max(0, Math.min(wanted, each.reported))
    refits.set(each, reduction - each.posted)
    const rest = given - each.fixed - reduction
    const next = nextCoverage(unit, each.coverageId, dosFrom)
    share = next ? Math.min(each.share, Math.max(0, rest - each.stays)) : each.share
    owed.set(each.coverageId, rest - share)
    last = each.coverageId
  }
  const after = nextCoverage(unit, last, dosFrom)
  if (after && share > 0) owed.set(after.coverageId, share)
  return { owed, refits }
}

/**
 * Clarification 6, its end: rule N once more for the later payers, now that the earlier one has spoken itself. Within
 * what they had reported their reductions give way or take the rest, and what is open stands where it would had all
 * spoken in the order of benefits; what does not fit is a finding. `left` is what this payer's advice left to move.
 */
export const settleInOrder = (
  unit: Unit,
  posting: Posting,
  plans: readonly LinePlan[],
  ahead: ReadonlyMap<LineId, ExplainedAhead>,
  left: ReadonlyMap<LineId, number>,
): readonly string[] =>
  plans.flatMap((plan) => {
    const spoke = ahead.get(plan.lineId)
    if (!spoke) return []
    const { lineId } = plan
    const later = spoke.later.map((adjudication) => laterLine(unit, adjudication, lineId))
    const all = (left.get(lineId) ?? 0) + spoke.explained
    const { owed, refits } = inOrder(unit, posting, plan, later, all)
    for (const [each, amount] of refits) if (amount < 0) refit(unit, each, amount)
    const rising = new Map([...refits].map(([each, amount]) => [each.coverageId, Math.max(0, amount)]))
    const off = (id: CoverageId): number =>
      unit.working.owed(lineId, coverageParty(id)) - (owed.get(id) ?? 0) - (rising.get(id) ?? 0)
    for (const to of owed.keys()) {
      for (const from of owed.keys()) {
        const amount = Math.min(off(from), -off(to))
        if (amount <= 0) continue
        moveBetweenPayers(unit, posting, {
          lineId,
          from: coverageParty(from),
          to: coverageParty(to),
          amount,
          arrives: 'together',
        })
      }
    }
    for (const [each, amount] of refits) if (amount > 0) refit(unit, each, amount)
    const refitted = sumOf([...refits.values()], (amount) => amount)
    const own = unit.working.owed(lineId, partyOf(posting.coverage))
    const unfitted =
      own < 0 ? own : sumOf([...refits.keys()], ({ party, stays }) => unit.working.owed(lineId, party) - stays)
    return [
      ...(refitted === 0 ? [] : [`the later payer's reduction was refitted by ${dollars(refitted)} (rule N)`]),
      ...(unfitted === 0 ? [] : [`the advices of two payers differ by ${dollars(unfitted)} on a line`]),
    ]
  })
