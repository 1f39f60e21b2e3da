import { type Cents, sumOf, toCents } from '../../kernel/cents.ts'
import { leastFrom } from '../../kernel/dated.ts'
import { type Day, minDay } from '../../kernel/day.ts'
import type { Earliest, RuleHit, RuleRef } from '../../kernel/decision.ts'
import { PATIENT } from '../../kernel/effects.ts'
import type { LayerId, LineId } from '../../kernel/ids.ts'
import type { FactName } from '../../rules/facts.ts'
import type { Approval } from '../approval.ts'
import { type Context, latestAt, momentBy } from '../context.ts'
import { attest, factsOf, type Vouching } from '../facts.ts'
import { isPlaced, layersOf, openLines } from '../ledger/balances.ts'
import { datedOf } from '../ledger/layer-changes-state.ts'
import { activeAsOf, activeFrom } from '../ledger/owed-by-day.ts'
import { askedBeyondNet } from '../payments/on-account.ts'
import type { AccountState } from '../rooms.ts'
import { placementQuestion } from './gate-facts.ts'

export interface PlaceableItem {
  readonly lineId: LineId
  readonly layerId: LayerId
  readonly amount: Cents
}

/**
 * What of these lines could go to an agency as of a day: patient-party, active, above zero (law J1), and on no line more than the
 * patient owes there: a credit on one layer is off the youngest of the others (law J2).
 */
export const placeableItems = (state: AccountState, lines: Iterable<LineId>, on: Day): readonly PlaceableItem[] =>
  [...lines].flatMap((line) => {
    let left = activeFrom(state.ledger, line, PATIENT, on)
    return layersOf(state.ledger, line, PATIENT).flatMap((layer) => {
      const { lineId, layerId } = layer
      const amount = Math.min(left, leastFrom(datedOf(layer).active, on))
      if (amount <= 0) return []
      left -= amount
      return { lineId, layerId, amount: toCents(amount) }
    })
  })

/** Every line on which the patient owes as of a day, neither in credit elsewhere on it nor placed. */
export const placeableLines = (state: AccountState, on: Day): readonly LineId[] =>
  openLines(state.ledger)
    .map(({ lineId }) => lineId)
    .filter((line) => !isPlaced(state.ledger, line) && placeableItems(state, [line], on).length > 0)

export interface ReviewRequest extends Vouching {
  readonly lines?: readonly LineId[] | undefined
  readonly approval?: Approval
  /** The day of placement; absent: today. */
  readonly on?: Day
}

/** What stands between an account and placement. */
export interface PlacementReview {
  readonly pass: boolean
  readonly lines: readonly LineId[]
  readonly items: readonly PlaceableItem[]
  readonly amount: Cents
  readonly hits: readonly RuleHit[]
  readonly warnings: readonly RuleHit[]
  readonly passed: readonly RuleRef[]
  /** Facts that a check needed and nobody knew: what the desk has to find out. */
  readonly unknown: readonly FactName[]
  readonly notInUse: readonly FactName[]
  /** From when on all would pass, where every hit names one. */
  readonly earliest?: Earliest | undefined
}

const ON_ACCOUNT = 'placement.onAccount'

/** What the account itself keeps, and what may have come up since the day of the placement. */
const keptHere: readonly FactName[] = [
  'credit.provisional',
  'dispute.open',
  'insurance.denialOpen',
  'insurance.pending',
  'insurance.unbilledCoverage',
  'plan.inGoodStanding',
  'promise.open',
]

/** The checks that ask nothing else. */
const checksOfKept = ({ catalogue }: Context): ReadonlySet<string> =>
  new Set(
    catalogue.rules.flatMap((rule) =>
      rule.kind === 'gate' && rule.needs.every((name) => keptHere.includes(name)) ? rule.id : [],
    ),
  )

/** A placement that is recorded late is judged by its own day, and takes effect now: what has come up since is in the way too. */
const cameUpSince = (
  state: AccountState,
  context: Context,
  request: ReviewRequest,
  { lines, hits }: Pick<PlacementReview, 'lines' | 'hits'>,
): readonly RuleHit[] => {
  if (request.on === undefined || request.on >= context.today) return []
  const today = reviewPlacement(state, context, { ...request, lines, on: context.today })
  const kept = checksOfKept(context)
  return today.hits.filter(
    ({ rule }) => (rule === ON_ACCOUNT || kept.has(rule)) && hits.every((hit) => hit.rule !== rule),
  )
}

/**
 * Goes through the checklist of reference §9.1 and the states' waits, without deciding anything: for the worklist's
 * placement candidates, and for the decision itself. A placement that is recorded late is judged by its own day.
 */
export const reviewPlacement = (
  state: AccountState,
  context: Context,
  request: ReviewRequest = {},
): PlacementReview => {
  const on = request.on ?? context.today
  const lines = [...new Set(request.lines ?? placeableLines(state, on))]
  const items = placeableItems(state, lines, on)
  const amount = toCents(items.reduce((sum, item) => sum + item.amount, 0))
  const question = placementQuestion(state, { lines, amount, approval: request.approval, on }, context)
  const { facts, hits: refused } = attest(factsOf(state, question, context), request, minDay(on, context.today))
  const gate = context.catalogue.check('placeAccount', facts, momentBy(context, on))
  const then = sumOf(lines, (line) => Math.max(0, activeAsOf(state.ledger, line, PATIENT, on)))
  const net = askedBeyondNet(state, amount, ON_ACCOUNT, { ...context, on }, then)
  const own = [...refused, ...net, ...gate.hits]
  const hits = [...own, ...cameUpSince(state, context, request, { lines, hits: own })]
  return {
    pass: hits.length === 0,
    lines,
    items,
    amount,
    hits,
    warnings: gate.warnings,
    passed: gate.passed,
    unknown: gate.unknown,
    notInUse: gate.notInUse,
    earliest: latestAt(hits, context),
  }
}
