import { sumOf, ZERO } from '../../../kernel/cents.ts'
import { netContra } from '../../../kernel/effects.ts'
import type { AdjustmentId, DenialId } from '../../../kernel/ids.ts'
import { together } from '../../ledger/working.ts'
import { type ClaimPlan, type Component, components, type LinePlan } from '../advice/lines.ts'
import { emit, type Posting, partyOf, type Unit } from '../advice/unit.ts'

interface Entry {
  readonly plan: LinePlan
  readonly component: Component
}

const entries = (plan: ClaimPlan, disposition: 'denial' | 'pending'): readonly Entry[] =>
  plan.lines.flatMap((line) => components(line, disposition).map((component) => ({ plan: line, component })))

const byCategory = (list: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> => {
  const grouped = new Map<string, Entry[]>()
  for (const entry of list) {
    const category = entry.component.category ?? 'unlisted'
    const group = grouped.get(category)
    if (group) group.push(entry)
    else grouped.set(category, [entry])
  }
  return grouped
}

/** Nobody will pay it (clarification 11): a bundle that is paid on another line, a penalty on the payment alone (B4). */
const nobodyPays = (plan: ClaimPlan, category: string, list: readonly Entry[]): boolean =>
  (category === 'bundled' && plan.lines.some((line) => line.paid > 0 && list.every((entry) => entry.plan !== line))) ||
  list.every((entry) => entry.component.carc === 'B4')

/** Row 7: one record a category, money stays at the coverage. */
export const recordDenials = (unit: Unit, posting: Posting, plan: ClaimPlan): void => {
  for (const disposition of ['denial', 'pending'] as const) {
    for (const [category, list] of byCategory(entries(plan, disposition))) {
      recordDenial(unit, posting, plan, category, list, {
        pending: disposition === 'pending',
        amountHeld: false,
        expectedZero: disposition === 'denial' && nobodyPays(plan, category, list),
      })
    }
  }
}

export const recordDenial = (
  unit: Unit,
  posting: Posting,
  plan: ClaimPlan,
  category: string,
  list: readonly Entry[],
  kind: { readonly pending: boolean; readonly amountHeld: boolean; readonly expectedZero: boolean },
): DenialId => {
  const denialId = unit.context.newId('denial') as DenialId
  emit(unit, {
    type: 'DenialRecorded',
    effectiveDate: unit.on,
    visitId: unit.visitId,
    denialId,
    adjudicationId: posting.adjudicationId,
    coverageId: posting.coverage.coverageId,
    category,
    lines: list.map(({ plan: line, component }) => ({
      lineId: line.lineId,
      group: component.group,
      carc: component.carc,
      remarks: [...(plan.remarksByLine.get(line.lineId) ?? [])],
      amount: component.amount,
    })),
    pending: kind.pending,
    amountHeld: kind.amountHeld,
    ...(kind.expectedZero ? { expected: ZERO } : {}),
  })
  if (kind.expectedZero && unit.context.policy.policy.posting.expectedZero === 'writeOff') {
    writeOff(unit, posting, denialId, list)
  }
  return denialId
}

/** By named policy, in the same unit: what nobody will pay is written off, and the denial is closed with it. */
const writeOff = (unit: Unit, { coverage }: Posting, denialId: DenialId, list: readonly Entry[]): void => {
  const party = partyOf(coverage)
  const taken = list.map(({ plan, component }) => ({
    lineId: plan.lineId,
    moved: unit.working.take(plan.lineId, party, component.amount),
  }))
  const lines = taken.filter(({ moved }) => moved.taken > 0)
  if (lines.length === 0) return
  const adjustmentId = unit.context.newId('adjustment') as AdjustmentId
  emit(unit, {
    type: 'WriteOffPosted',
    effectiveDate: unit.on,
    visitId: unit.visitId,
    adjustmentId,
    category: 'administrative',
    party,
    lines: lines.map(({ lineId, moved }) => ({ lineId, amount: moved.taken })),
    authority: { policy: 'posting.expectedZero' },
    avoidable: false,
    reason: 'nobody will pay it: bundled into a paid line, or a penalty on the payment alone',
    ...together(lines.map(({ moved }) => moved)),
    contra: netContra([{ account: 'writeOff:administrative', amount: sumOf(lines, ({ moved }) => moved.taken) }]),
  })
  emit(unit, {
    type: 'DenialResolved',
    effectiveDate: unit.on,
    visitId: unit.visitId,
    denialId,
    outcome: { kind: 'writtenOff', adjustmentId, avoidable: false },
    reason: 'policy posting.expectedZero',
  })
}
