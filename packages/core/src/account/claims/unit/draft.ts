import type { Cents } from '../../../kernel/cents.ts'
import { type Day, maxDay } from '../../../kernel/day.ts'
import { precondition, type RuleHit, type RuleRef } from '../../../kernel/decision.ts'
import { PATIENT } from '../../../kernel/effects.ts'
import type { CoverageId, PatientId, PayerId, RemittanceId, VisitId, WorkItemId } from '../../../kernel/ids.ts'
import type { Context } from '../../context.ts'
import type { Coverage } from '../../coverage/state.ts'
import { movedBack, type StandingMove } from '../../credits/move-back.ts'
import { linesOfVisit } from '../../ledger/balances.ts'
import type { Line } from '../../ledger/state.ts'
import { type WorkingLedger, workingOn } from '../../ledger/working.ts'
import type { AccountRecalled } from '../../placement/events.ts'
import { recallParts, type Wanted } from '../../placement/recall-parts.ts'
import type { AccountEvent, AccountState } from '../../rooms.ts'
import type { ClaimWorkItemRaised } from '../work-item-events.ts'
import { type Movements, movements } from './movements.ts'
import { newLayer, type UnitOf, type UnitSoFar } from './so-far.ts'

/** What a unit opens before it posts: a coverage, a person, a visit and its charges that nobody had on file. */
export interface Opened {
  readonly events: readonly AccountEvent[]
  readonly charges: readonly Line[]
  readonly coverages: readonly Coverage[]
}

export type WithoutDay<Event> = Event extends unknown ? Omit<Event, 'effectiveDate'> : never

/** Something for a person to do. */
type Work = Omit<ClaimWorkItemRaised, 'type' | 'effectiveDate' | 'visitId' | 'workItemId'>

/** Why a unit can not be posted. */
export interface Held {
  readonly rule: string
  readonly reason: string
  readonly requiredAction: string
  /** The figure by which something does not add up, cents. */
  readonly amount?: number | undefined
}

export const heldHit = ({ rule, reason, requiredAction, amount }: Held): RuleHit => ({
  ...precondition(rule, reason, requiredAction),
  ...(amount === undefined ? {} : { amount: amount as Cents }),
})

/**
 * A posting unit while it is being decided: it collects. All that is written of a unit is written by these verbs, and
 * by nothing else: `emit` `keepPlace` `raise` `cover` `move` `recall` `bringBack`
 * `pass` `hold`. Lives inside one decision.
 */
export class Draft implements UnitSoFar {
  readonly state: AccountState
  readonly context: Context
  readonly on: Day
  readonly remittanceId: RemittanceId
  readonly payer: { readonly payerId: PayerId; readonly payerName: string }
  readonly capitation: boolean
  readonly visitId: VisitId
  readonly patientId: PatientId
  readonly named: boolean
  readonly charges: readonly Line[]
  readonly layers: WorkingLedger['layers']
  readonly owed: WorkingLedger['owed']
  /** Money moves: through the layers as the unit sees them. */
  readonly move: Movements
  readonly #working: WorkingLedger
  readonly #coverages: Map<CoverageId, Coverage>
  readonly #events: AccountEvent[]
  readonly #opened: number
  readonly #passed = new Map<string, RuleRef>()
  readonly #hits: RuleHit[] = []

  constructor(state: AccountState, context: Context, of: UnitOf, opened: Opened) {
    this.state = state
    this.context = context
    this.on = of.on
    this.remittanceId = of.remittanceId
    this.payer = of.payer
    this.capitation = of.capitation
    this.visitId = of.visitId
    this.patientId = of.patientId
    this.named = of.named
    this.charges = [...linesOfVisit(state.ledger, of.visitId), ...opened.charges]
    this.#working = workingOn(state, context)
    for (const event of opened.events) if ('effects' in event) this.#working.record(event)
    this.layers = this.#working.layers
    this.owed = this.#working.owed
    this.move = movements(this.#working, (line, party) => newLayer(this, line, party))
    const coverages = [...state.coverage.coverages.by('patient', of.patientId), ...opened.coverages]
    this.#coverages = new Map(coverages.map((coverage) => [coverage.coverageId, coverage]))
    this.#events = [...opened.events]
    this.#opened = opened.events.length
  }

  get coverages(): ReadonlyMap<CoverageId, Coverage> {
    return this.#coverages
  }

  get events(): readonly AccountEvent[] {
    return this.#events
  }

  /** Rules that were asked and let a part of the unit pass (design §3.11). */
  get passed(): readonly RuleRef[] {
    return [...this.#passed.values()]
  }

  /** Reasons why the unit can not be posted; any holds it whole (decision 0005). */
  get hits(): readonly RuleHit[] {
    return this.#hits
  }

  get held(): boolean {
    return this.#hits.length > 0
  }

  /**
   * The day from which the unit may count, as it is decided (law C4): not before the layers that its effects touch were
   * opened, nor before the charges that its decisions speak of. A line that it leaves alone moves nothing.
   */
  get countsFrom(): Day {
    const own = this.#events.slice(this.#opened)
    const opened = this.#working.notBefore(
      this.on,
      own.flatMap((event) => ('effects' in event ? event.effects : [])),
    )
    // What comes back from the patient must have stood there (clarification 35).
    const touched = own
      .flatMap((event) => (event.type === 'ResponsibilityTransferred' && event.from === PATIENT ? event.effects : []))
      .filter(({ party }) => party === PATIENT)
      .reduce((latest, effect) => this.#working.openFrom(latest, [effect]), opened)
    return own
      .flatMap((event) => (event.type === 'ClaimAdjudicated' ? event.lines : []))
      .flatMap(({ lineId }) => this.layers(lineId).toSorted((a, b) => a.sequence - b.sequence)[0] ?? [])
      .reduce((latest, first) => maxDay(latest, first.openedOn), touched)
  }

  /** The next event of the unit; it counts from the unit's day, or from a later one on which what it undoes began. */
  emit(event: WithoutDay<AccountEvent>, from: Day = this.on): void {
    this.#events.push({ ...this.#dated(event), effectiveDate: maxDay(this.on, from) })
  }

  /** Amounts come back from agencies, not before they were placed. Says what came back. */
  recall(wanted: readonly Wanted[], reason: AccountRecalled['reason']): AccountRecalled['items'] {
    const recalled = recallParts(this.state, this.#working, wanted, this.on, reason)
    this.#events.push(...recalled)
    return recalled.flatMap(({ items }) => items)
  }

  /** Keeps a place in the order of events for one that those after it have to be decided for. Returns its `emit`. */
  keepPlace(): (event: WithoutDay<AccountEvent>) => void {
    const at = this.#events.length
    return (event) => {
      this.#events.splice(at, 0, this.#dated(event))
    }
  }

  /** A credit that was used for another item stands where it was again. */
  bringBack(move: StandingMove, reason: string): void {
    this.#events.push(movedBack(this.#working, move, this.on, reason))
  }

  /** Leaves something for a person to do. */
  raise(work: Work): void {
    const workItemId = this.context.newId('workItem') as WorkItemId
    this.emit({ type: 'ClaimWorkItemRaised', visitId: this.visitId, workItemId, ...work })
  }

  /** A coverage that nobody had on file. */
  cover(coverage: Coverage): void {
    this.#coverages.set(coverage.coverageId, coverage)
    this.emit({ type: 'CoverageAdded', ...coverage })
  }

  /** Rules that let a part of the unit pass: recorded with the decision. */
  pass(rules: readonly RuleRef[]): void {
    for (const rule of rules) this.#passed.set(rule.id, rule)
  }

  /** The unit can not be posted, for this reason. */
  hold(why: Held): void {
    this.#hits.push(heldHit(why))
  }

  #dated(event: WithoutDay<AccountEvent>): AccountEvent {
    const { type, ...fields } = event
    return { type, effectiveDate: this.on, ...fields } as AccountEvent
  }
}
