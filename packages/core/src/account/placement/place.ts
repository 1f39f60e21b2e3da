import { toCents } from '../../kernel/cents.ts'
import { clearText } from '../../kernel/classes.ts'
import type { Day } from '../../kernel/day.ts'
import {
  accept,
  type Decision,
  type Of,
  precondition,
  type RuleHit,
  reject,
  rejectIfAny,
} from '../../kernel/decision.ts'
import { PATIENT } from '../../kernel/effects.ts'
import type { ActorId, LineId, PlacementId } from '../../kernel/ids.ts'
import { type Context, earliestDay } from '../context.ts'
import { attestedText, type Vouching } from '../facts.ts'
import { isPlaced, openLines, owedOn } from '../ledger/balances.ts'
import { notYetOwed } from '../ledger/owed-by-day.ts'
import { together, workingOn } from '../ledger/working.ts'
import { datingHits, twiceHits } from '../preconditions.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { PlacementCommand } from './commands.ts'
import type { PrePlacementReviewed } from './events.ts'
import { type PlacementReview, reviewPlacement } from './review.ts'

type Review = Of<PlacementCommand, 'ReviewForPlacement'>
type Place = Of<PlacementCommand, 'PlaceAccount'>
type Recall = Of<PlacementCommand, 'RecallAccount'>

/** What is named and not owed yet; where nothing is named and nothing owed, what will be. */
const earlyHits = (
  { ledger }: AccountState,
  { items }: PlacementReview,
  named: readonly LineId[] | undefined,
  on: Day,
): readonly RuleHit[] => {
  const lines = named ?? (items.length > 0 ? [] : openLines(ledger).map(({ lineId }) => lineId))
  return lines.flatMap((line) => {
    if (items.some(({ lineId }) => lineId === line) || isPlaced(ledger, line)) return []
    return notYetOwed(ledger, { line, party: PATIENT, amount: owedOn(ledger, line, PATIENT), on })
  })
}

/**
 * What no rule has to say: the lines exist, each is named once, something is open on them, and no agency has them (laws
 * J2, J3).
 */
const itemHits = (
  state: AccountState,
  review: PlacementReview,
  { lines: named, on }: Review | Place,
): readonly RuleHit[] => {
  const hits: RuleHit[] = [...twiceHits(named ?? [])]
  for (const line of named ?? []) {
    if (!state.ledger.lines.has(line)) {
      hits.push(precondition('placement.lineUnknown', `line ${line} is not on this account`))
    }
  }
  for (const placed of state.placement.placements.values()) {
    for (const line of new Set(placed.items.map((item) => item.lineId))) {
      if (!review.lines.includes(line)) continue
      hits.push(
        precondition(
          'placement.itemPlaced',
          `line ${line} is with agency ${placed.agencyId} under ${placed.placementId}`,
          'recall it first',
        ),
      )
    }
  }
  hits.push(...earlyHits(state, review, named, on))
  if (review.items.length === 0 && hits.length === 0) {
    const agencies = [...new Set([...state.placement.placements.values()].map(({ agencyId }) => agencyId))]
    const reason =
      agencies.length === 0
        ? 'the patient owes nothing to be placed'
        : `what the patient owes is with ${agencies.join(', ')} already`
    hits.push(precondition('placement.nothing', reason))
  }
  return hits
}

/** The record of the checklist, and what the decision took on somebody's word. */
const reviewed = (review: PlacementReview, command: Review | Place, context: Context): PrePlacementReviewed => ({
  type: 'PrePlacementReviewed',
  effectiveDate: command.on,
  pass: review.pass,
  failures: [...new Set(review.hits.map((hit) => hit.rule))],
  unknown: [...review.unknown],
  notInUse: [...review.notInUse],
  attested: attestedText(command).map((each) => ({ ...each })),
  earliest: review.earliest && earliestDay(review.earliest, context),
})

const inputsOf = (vouching: Vouching, review: PlacementReview): Readonly<Record<string, string>> =>
  Object.fromEntries([
    ...attestedText(vouching).map(({ fact, value }) => [`attested ${fact}`, value]),
    ...review.notInUse.map((name) => [`not in use ${name}`, 'policy placement.notInUse']),
  ])

/** A review that finds something is a fact like one that does not; what can not be attested is refused. */
export const reviewForPlacement = (state: AccountState, command: Review, context: Context): Decision<AccountEvent> => {
  const review = reviewPlacement(state, context, command)
  const refused = rejectIfAny([
    ...datingHits(state, command.on, context),
    ...itemHits(state, review, command),
    ...review.hits.filter(({ rule }) => rule.startsWith('facts.')),
  ])
  if (refused) return refused
  return accept<AccountEvent>([reviewed(review, command, context)], {
    allowedBy: review.passed,
    warnings: [...review.hits, ...review.warnings],
    inputs: inputsOf(command, review),
  })
}

/** Moves what the patient owes from active to placed, layer by layer; age and party stay (errata 10). */
export const placeAccount = (state: AccountState, command: Place, context: Context): Decision<AccountEvent> => {
  const review = reviewPlacement(state, context, command)
  const known = command.placement !== undefined && state.placement.known.has(command.placement)
  const refused = rejectIfAny([
    ...datingHits(state, command.on, context),
    ...(known ? [precondition('placement.known', `placement ${command.placement} was used before`)] : []),
    ...itemHits(state, review, command),
    // Of nothing there is nothing to ask.
    ...(review.items.length === 0 ? [] : review.hits),
  ])
  if (refused) return refused
  const working = workingOn(state, context)
  const moved = together(
    review.items.flatMap(({ layerId, amount }) => [
      working.restore(layerId, 'active', -amount),
      working.restore(layerId, 'placed', amount),
    ]),
  )
  return accept<AccountEvent>(
    [
      reviewed(review, command, context),
      {
        type: 'AccountPlaced',
        effectiveDate: working.openFrom(command.on, moved.effects),
        placementId: command.placement ?? (context.newId('placement') as PlacementId),
        agencyId: command.agency,
        kind: command.kind,
        items: review.items.map((item) => ({ ...item })),
        approver: command.approval?.by ?? (context.actor.id as ActorId),
        effects: moved.effects,
        contra: [],
      },
    ],
    { allowedBy: review.passed, warnings: review.warnings, inputs: inputsOf(command, review) },
  )
}

/** Takes back whatever the agency still works of a placement: what was paid meanwhile is paid. */
export const recallAccount = (state: AccountState, command: Recall, context: Context): Decision<AccountEvent> => {
  const dating = datingHits(state, command.on, context)
  const placement = state.placement.placements.get(command.placement)
  if (!placement) {
    return reject([precondition('placement.unknown', `no placement ${command.placement} is in force`), ...dating])
  }
  const early =
    command.on < placement.effectiveDate
      ? [precondition('placement.beforePlaced', `it was placed on ${placement.effectiveDate}, not before`)]
      : []
  const unsaid =
    command.reason === 'other' && clearText(command.note).trim() === ''
      ? [precondition('placement.recallNote', 'another reason than those of the list is said in words', 'give a note')]
      : []
  const refused = rejectIfAny([...dating, ...early, ...unsaid])
  if (refused) return refused
  const working = workingOn(state, context)
  const layers = placement.items.flatMap(({ layerId }) => state.ledger.layers.get(layerId) ?? [])
  const moved = together(
    layers.flatMap(({ layerId, placed }) => [
      working.restore(layerId, 'placed', -placed),
      working.restore(layerId, 'active', placed),
    ]),
  )
  return accept<AccountEvent>([
    {
      type: 'AccountRecalled',
      effectiveDate: working.openFrom(command.on, moved.effects),
      placementId: command.placement,
      items: layers
        .filter((layer) => layer.placed > 0)
        .map(({ lineId, layerId, placed }) => ({ lineId, layerId, amount: toCents(placed) })),
      reason: command.reason,
      whole: true,
      note: command.note,
      effects: moved.effects,
      contra: [],
    },
  ])
}
