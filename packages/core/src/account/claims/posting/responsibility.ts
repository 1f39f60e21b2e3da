import { payerIdFrom } from '../../../documents/identity.ts'
import { type Cents, minCents, sumOf, toCents, ZERO } from '../../../kernel/cents.ts'
import { netContra, PATIENT, type Party } from '../../../kernel/effects.ts'
import type { AdjustmentId, CoverageId, HoldingId, LineId } from '../../../kernel/ids.ts'
import type { Facts } from '../../../rules/facts.ts'
import type { Coverage } from '../../coverage/state.ts'
import type { TransferReason } from '../../ledger/events.ts'
import { type Moved, together } from '../../ledger/working.ts'
import { evidenceOf, patientGate } from '../advice/gates.ts'
import { type ClaimPlan, type Component, components, totalOf } from '../advice/lines.ts'
import { nettedShares, type Share } from '../advice/patient-share.ts'
import {
  dollars,
  emit,
  hold,
  isForwarded,
  lineOf,
  newLayer,
  nextCoverage,
  notePassed,
  type Posting,
  partyOf,
  raise,
  type Unit,
} from '../advice/unit.ts'
import { COMPLETE_COVERAGE } from '../follow.ts'
import { recordDenial } from './denials.ts'

interface Blocked extends Share {
  readonly blockedBy: readonly string[]
}

/** Where a line's patient share goes: the next coverage, a crossover carrier not on file yet, or the patient. */
const destination = (
  unit: Unit,
  posting: Posting,
  lineId: LineId,
): { readonly party: Party; readonly reason: (carc: string) => TransferReason } => {
  const forwarded = isForwarded(posting.claim)
  const next = nextCoverage(unit, posting.coverage.coverageId, lineOf(unit, lineId).dosFrom)
  if (next)
    return { party: partyOf(next), reason: (carc) => (forwarded ? { kind: 'forwarded' } : { kind: 'pr', carc }) }
  if (forwarded) return { party: partyOf(stubCoverage(unit, posting)), reason: () => ({ kind: 'forwarded' }) }
  return { party: PATIENT, reason: (carc) => ({ kind: 'pr', carc }) }
}

/** An unknown crossover carrier becomes a stub coverage and a work item: never the patient. */
const stubCoverage = (unit: Unit, { claim, coverage }: Posting): Coverage => {
  const known = [...unit.coverages.values()].find((other) => other.stub && other.patientId === coverage.patientId)
  if (known) return known
  const stub: Coverage = {
    coverageId: unit.context.newId('coverage') as CoverageId,
    patientId: coverage.patientId,
    payerId: payerIdFrom(claim.crossover?.id, claim.crossover?.name ?? ''),
    payerName: claim.crossover?.name ?? '(crossover carrier not named)',
    order: coverage.order + 1,
    capitated: false,
    stub: true,
  }
  unit.coverages.set(stub.coverageId, stub)
  emit(unit, { type: 'CoverageAdded', effectiveDate: unit.on, ...stub })
  raise(unit, {
    code: COMPLETE_COVERAGE,
    coverageId: stub.coverageId,
    message: `crossed over to ${stub.payerName}: complete this coverage`,
  })
  return stub
}

/**
 * Row 8 or 9 for every share of patient responsibility. To another payer it moves freely, on a denial only with evidence
 * or forwarded (clarification 8); to the patient only through the gates. Else it is held and stays at the coverage. `limited` lines move no more than is left at the coverage.
 */
export const moveResponsibility = (
  unit: Unit,
  posting: Posting,
  plan: ClaimPlan,
  limited: Pick<ReadonlySet<LineId>, 'has'>,
): { readonly findings: readonly string[] } => {
  const evidence = evidenceOf(unit, posting)
  const verdicts = new Map<string, readonly string[]>()
  const gate = (component: Component, onDenial: boolean): readonly string[] => {
    const key = `${component.group} ${component.carc} ${onDenial}`
    const known = verdicts.get(key)
    if (known) return known
    const { hits, passed } = patientGate(unit, evidence, component, onDenial)
    const blockedBy = [...new Set(hits.map((hit) => hit.rule))]
    if (blockedBy.length === 0) notePassed(unit, passed)
    verdicts.set(key, blockedBy)
    return blockedBy
  }
  const moving: (Share & { readonly to: Party; readonly reason: TransferReason })[] = []
  const blocked: Blocked[] = []
  for (const line of plan.lines) {
    for (const share of nettedShares(line)) {
      const { party, reason } = destination(unit, posting, line.lineId)
      const free = share.onDenial ? isForwarded(posting.claim) : party !== PATIENT
      const blockedBy = free ? [] : gate(share.component, share.onDenial)
      if (blockedBy.length > 0) blocked.push({ ...share, blockedBy })
      else moving.push({ ...share, to: party, reason: reason(share.component.carc) })
    }
    for (const component of components(line, 'regulatory')) {
      blocked.push({ plan: line, component, amount: component.amount, blockedBy: ['AR-05'], onDenial: false })
    }
  }
  const findings = transfer(unit, posting, moving, stayingOf(plan, blocked, limited))
  holdShares(unit, posting, plan, blocked, evidence)
  return { findings }
}

/** Of the limited lines, what the payer denies, has not decided, or a rule holds: it stays, and is no share to move. */
const stayingOf = (
  plan: ClaimPlan,
  blocked: readonly Blocked[],
  limited: Pick<ReadonlySet<LineId>, 'has'>,
): ReadonlyMap<LineId, Cents> =>
  new Map(
    plan.lines
      .filter(({ lineId }) => limited.has(lineId))
      .map((line) => {
        const held = sumOf(
          blocked.filter((share) => share.plan === line),
          ({ amount }) => amount,
        )
        return [line.lineId, toCents(totalOf(line, 'denial', 'pending') + held)]
      }),
  )

const transfer = (
  unit: Unit,
  posting: Posting,
  moving: readonly (Share & { readonly to: Party; readonly reason: TransferReason })[],
  limited: ReadonlyMap<LineId, Cents>,
): readonly string[] => {
  const findings: string[] = []
  const groups = new Map<string, (typeof moving)[number][]>()
  for (const share of moving) {
    const key = share.to === PATIENT ? PATIENT : share.to.coverageId
    const group = groups.get(key)
    if (group) group.push(share)
    else groups.set(key, [share])
  }
  for (const group of groups.values()) {
    const byLine = new Map<LineId, Cents>()
    for (const share of group)
      byLine.set(share.plan.lineId, toCents((byLine.get(share.plan.lineId) ?? 0) + share.amount))
    const [largest] = [...group].sort((a, b) => b.amount - a.amount)
    if (!largest) continue
    const moves: Moved[] = []
    const lines: { lineId: LineId; amount: Cents }[] = []
    for (const [lineId, amount] of byLine) {
      const left = unit.working.owed(lineId, partyOf(posting.coverage)) - (limited.get(lineId) ?? 0)
      const wanted = limited.has(lineId) ? minCents(amount, toCents(Math.max(0, left))) : amount
      if (wanted < amount)
        findings.push(`of a patient share of ${dollars(amount)} only ${dollars(wanted)} is left to move`)
      if (wanted === 0) continue
      const taken = unit.working.take(lineId, partyOf(posting.coverage), wanted)
      if (taken.taken < wanted) {
        hold(
          unit,
          'open',
          `a patient share of ${dollars(wanted)}, and ${dollars(taken.taken)} is left at the payer to move`,
          'compare the advice with the account; correct the books or reject the claim',
          wanted - taken.taken,
        )
      }
      if (taken.taken === 0) continue
      moves.push(taken, ...arrive(unit, lineId, largest.to, taken.taken))
      lines.push({ lineId, amount: taken.taken })
    }
    if (lines.length === 0) continue
    emit(unit, {
      type: 'ResponsibilityTransferred',
      effectiveDate: unit.on,
      visitId: unit.visitId,
      from: partyOf(posting.coverage),
      to: largest.to,
      lines,
      reason: largest.reason,
      adjudicationId: posting.adjudicationId,
      mode: 'economic',
      ...together(moves),
      contra: [],
    })
  }
  return findings
}

/**
 * An amount reaches its new party: layers that a reversal drew below zero come first (money already paid on them),
 * then those that a reversal of this unit had emptied keep their age, and only the rest opens a layer (two-clocks).
 */
const arrive = (unit: Unit, lineId: LineId, to: Party, amount: Cents): readonly Moved[] => {
  const moves: Moved[] = []
  let left: number = amount
  for (const layer of unit.working.layers(lineId, to)) {
    const part = Math.min(left, -layer.active)
    if (part <= 0) continue
    moves.push(unit.working.restore(layer.layerId, 'active', part))
    left -= part
  }
  for (const layer of unit.working.layers(lineId, to)) {
    const emptied = Math.min(left, unit.takenBack.get(layer.layerId) ?? 0)
    if (emptied <= 0) continue
    moves.push(unit.working.restore(layer.layerId, 'active', emptied))
    unit.takenBack.set(layer.layerId, (unit.takenBack.get(layer.layerId) ?? 0) - emptied)
    left -= emptied
  }
  if (left > 0) moves.push(unit.working.open(lineId, to, left, newLayer(unit, lineOf(unit, lineId), to)))
  return moves
}

/** Row 9, one event for shares that the same rules block; a denial reason code also gets its denial (clarification 8). */
const holdShares = (
  unit: Unit,
  posting: Posting,
  plan: ClaimPlan,
  blocked: readonly Blocked[],
  evidence: Facts,
): void => {
  const qmb = evidence['patient.qmb']
  const groups = new Map<string, Blocked[]>()
  for (const share of blocked) {
    const key = `${share.blockedBy.join(' ')} ${share.onDenial ? share.component.category : ''}`
    const group = groups.get(key)
    if (group) group.push(share)
    else groups.set(key, [share])
  }
  for (const group of groups.values()) {
    const onDenial = group.filter((share) => share.onDenial)
    const denialId =
      onDenial.length > 0
        ? recordDenial(
            unit,
            posting,
            plan,
            onDenial[0]?.component.category ?? 'unlisted',
            onDenial.map(({ plan: line, component, amount }) => ({ plan: line, component: { ...component, amount } })),
            { pending: false, amountHeld: true, expectedZero: false },
          )
        : undefined
    const holdingId = unit.context.newId('holding') as HoldingId
    emit(unit, {
      type: 'ResponsibilityHeld',
      effectiveDate: unit.on,
      visitId: unit.visitId,
      holdingId,
      coverageId: posting.coverage.coverageId,
      adjudicationId: posting.adjudicationId,
      ...(denialId ? { denialId } : {}),
      lines: group.map(({ plan: line, component, amount }) => ({
        lineId: line.lineId,
        group: component.group,
        carc: component.carc,
        amount,
      })),
      blockedBy: [...(group[0]?.blockedBy ?? [])],
    })
    const isProtected = qmb?.known && qmb.value && group.every((share) => share.blockedBy.includes('AR-05'))
    if (isProtected) writeOffProtected(unit, posting, holdingId, group)
  }
}

/** A QMB's cost share with no payer after this one may be written off, by policy (postings.md, row OA-209). */
const writeOffProtected = (unit: Unit, posting: Posting, holdingId: HoldingId, group: readonly Blocked[]): void => {
  if (unit.context.policy.policy.posting.qmbWithoutNextPayer !== 'writeOff') return
  const party = partyOf(posting.coverage)
  const shares = group
    .filter(({ plan }) => !nextCoverage(unit, posting.coverage.coverageId, lineOf(unit, plan.lineId).dosFrom))
    .map(({ plan, amount }) => ({ lineId: plan.lineId, moved: unit.working.take(plan.lineId, party, amount) }))
    .filter(({ moved }) => moved.taken > ZERO)
  if (shares.length === 0) return
  emit(unit, {
    type: 'WriteOffPosted',
    effectiveDate: unit.on,
    visitId: unit.visitId,
    adjustmentId: unit.context.newId('adjustment') as AdjustmentId,
    category: 'qmb',
    party,
    lines: shares.map(({ lineId, moved }) => ({ lineId, amount: moved.taken })),
    authority: { policy: 'posting.qmbWithoutNextPayer' },
    reason: 'may not be collected from the patient, and no payer follows (42 U.S.C. 1396a(n)(3)(B))',
    ...together(shares.map(({ moved }) => moved)),
    contra: netContra([{ account: 'writeOff:qmb', amount: sumOf(shares, ({ moved }) => moved.taken) }]),
  })
  emit(unit, {
    type: 'ResponsibilityReleased',
    effectiveDate: unit.on,
    visitId: unit.visitId,
    holdingId,
    outcome: 'writtenOff',
    reason: 'policy posting.qmbWithoutNextPayer',
  })
}
