import type { AdviceClaim } from '../../../documents/advice.ts'
import { isCrossedOver } from '../../../documents/claim-status.ts'
import { type Cents, formatCents } from '../../../kernel/cents.ts'
import { type Day, maxDay } from '../../../kernel/day.ts'
import { precondition, type RuleHit, type RuleRef } from '../../../kernel/decision.ts'
import { coverageParty, type Party } from '../../../kernel/effects.ts'
import type {
  AdjudicationId,
  CoverageId,
  LineId,
  PatientId,
  PayerId,
  RemittanceId,
  VisitId,
  WorkItemId,
} from '../../../kernel/ids.ts'
import type { Context } from '../../context.ts'
import { type Coverage, nextAmong } from '../../coverage/state.ts'
import { transferAgingFrom } from '../../ledger/aging-from.ts'
import { linesOfVisit } from '../../ledger/balances.ts'
import type { Line } from '../../ledger/state.ts'
import { type NewLayer, type WorkingLedger, workingLedger } from '../../ledger/working.ts'
import type { AccountEvent, AccountState } from '../../rooms.ts'
import type { ClaimKey } from '../adjudication-events.ts'
import type { ClaimWorkItemRaised } from '../work-item-events.ts'

/**
 * One posting unit while it is being decided: what is on file, what the unit has opened itself, the layers as the
 * effects decided so far leave them, and the events in order. Lives inside one decision.
 */
export interface Unit {
  readonly state: AccountState
  readonly context: Context
  readonly working: WorkingLedger
  readonly remittanceId: RemittanceId
  readonly payer: { readonly payerId: PayerId; readonly payerName: string }
  readonly capitation: boolean
  readonly visitId: VisitId
  readonly patientId: PatientId
  /** The visit's charges, those opened by this unit included. */
  readonly charges: readonly Line[]
  /** The patient's coverages, on file and added by this unit. */
  readonly coverages: Map<CoverageId, Coverage>
  /** The day from which the unit's postings count: BPR16, never before what they touch was there (`countsFrom`). */
  readonly on: Day
  readonly events: AccountEvent[]
  /** What a reversal of this unit took off each layer: a correction puts it back there first, age and all. */
  readonly takenBack: Map<string, number>
  /** Rules that were asked and let something pass, by id (design §3.11). */
  readonly passed: Map<string, RuleRef>
  /** Reasons why the unit can not be posted; any holds it whole. */
  readonly hits: RuleHit[]
}

export const emit = (unit: Unit, event: AccountEvent): void => {
  unit.events.push(event)
}

/** Rules that let a part of the unit pass: recorded with the decision. */
export const notePassed = (unit: Unit, rules: readonly RuleRef[]): void => {
  for (const rule of rules) unit.passed.set(rule.id, rule)
}

/** Leaves something for a person to do. */
export const raise = (
  unit: Unit,
  item: Omit<ClaimWorkItemRaised, 'type' | 'effectiveDate' | 'visitId' | 'workItemId'>,
): void =>
  emit(unit, {
    type: 'ClaimWorkItemRaised',
    effectiveDate: unit.on,
    visitId: unit.visitId,
    workItemId: unit.context.newId('workItem') as WorkItemId,
    ...item,
  })

export const hold = (unit: Unit, rule: string, reason: string, requiredAction: string, amount?: number): void => {
  unit.hits.push({
    ...precondition(rule, reason, requiredAction),
    ...(amount === undefined ? {} : { amount: amount as Cents }),
  })
}

export const dollars = formatCents

/** Coverage that pays after one on a line's day of service, the unit's own additions included. */
export const nextCoverage = (unit: Unit, after: CoverageId, on: Day): Coverage | undefined => {
  const current = unit.coverages.get(after)
  return current && nextAmong(unit.coverages.values(), current, on)
}

/** Where the age of a new layer starts, by policy (two-clocks, `agingFrom`). */
export const newLayer = (unit: Unit, line: Line, to: Party): NewLayer => ({
  on: unit.on,
  agingFrom: transferAgingFrom(unit.state, to, line, unit.on, unit.context),
})

export const lineOf = (unit: Unit, id: LineId): Line => {
  const line = unit.charges.find((charge) => charge.lineId === id)
  if (!line) throw new RangeError(`no line ${id} on this visit`)
  return line
}

/** What a command hands over: the claims of one unit and where they belong. */
export interface UnitInput {
  readonly on: Day
  readonly remittanceId: RemittanceId
  readonly payer: Unit['payer']
  readonly capitation: boolean
  readonly visitId: VisitId
  readonly patientId: PatientId
}

export const openUnit = (
  state: AccountState,
  context: Context,
  input: UnitInput,
  opened: {
    readonly charges: readonly Line[]
    readonly coverages: readonly Coverage[]
    readonly events: readonly AccountEvent[]
  },
): Unit => {
  const filed = linesOfVisit(state.ledger, input.visitId)
  const charges = [...filed, ...opened.charges]
  const working = workingLedger(state.ledger, () => context.newId('layer'))
  for (const event of opened.events) if ('effects' in event) working.record(event)
  return {
    state,
    context,
    working,
    ...input,
    charges,
    coverages: new Map(
      [...state.coverage.coverages.by('patient', input.patientId), ...opened.coverages].map((coverage) => [
        coverage.coverageId,
        coverage,
      ]),
    ),
    events: [...opened.events],
    takenBack: new Map(),
    passed: new Map(),
    hits: [],
  }
}

/**
 * The day from which a decided unit may count (law C4): not before the layers that its effects touch were opened, nor
 * before the charges that its decisions speak of. A line that it leaves alone moves nothing.
 */
export const countsFrom = ({ on, working, events }: Unit, opened: readonly AccountEvent[]): Day => {
  const own = events.slice(opened.length)
  const touched = working.notBefore(
    on,
    own.flatMap((event) => ('effects' in event ? event.effects : [])),
  )
  return own
    .flatMap((event) => (event.type === 'ClaimAdjudicated' ? event.lines : []))
    .flatMap(({ lineId }) => working.layers(lineId).toSorted((a, b) => a.sequence - b.sequence)[0] ?? [])
    .reduce((latest, first) => maxDay(latest, first.openedOn), touched)
}

/** One claim of the unit with the coverage that adjudicated it. */
export interface Posting {
  readonly claim: AdviceClaim
  readonly claimKey: ClaimKey
  readonly coverage: Coverage
  readonly adjudicationId: AdjudicationId
}

export const partyOf = (coverage: Coverage): Party => coverageParty(coverage.coverageId)

/** CLP02 19–21, or a crossover carrier named. CLP02 23 forwards a claim that was never this payer's. */
export const isForwarded = (claim: AdviceClaim): boolean => isCrossedOver(claim.status) || claim.crossover !== undefined
