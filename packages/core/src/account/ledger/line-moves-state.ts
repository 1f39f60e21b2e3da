import type { Cents } from '../../kernel/cents.ts'
import { addedUp, type Chained } from '../../kernel/chain.ts'
import type { Day } from '../../kernel/day.ts'
import { type Effect, PATIENT, type Party, partyKey, sameParty } from '../../kernel/effects.ts'
import type { CoverageId, LayerId, LineId } from '../../kernel/ids.ts'
import { type ReadonlyVersionedMap, VersionedMap } from '../../kernel/versioned-map.ts'
import type { AdjudicationReversed } from '../claims/takeback-events.ts'
import type { ResponsibilityTransferred } from './events.ts'

// What transfers did to a line, and decisions taken back. Four questions need it: how much of a payer's share has gone on
// already (postings.md, clarification 39), which layer an amount belongs to that comes back to the patient, what transfers
// have brought the patient, and what of the patient's was turned over to a payer. A fold links the events to their lines; the answers are added up where one is asked.

type Moving = ResponsibilityTransferred | AdjudicationReversed

/** An event that moved a line's responsibility. */
interface LineMove extends Chained<LineMove> {
  readonly event: Moving
  readonly lineId: LineId
}

/** The last move of each line. */
export type LineMoves = VersionedMap<LineId, LineMove>
export type ReadonlyLineMoves = ReadonlyVersionedMap<LineId, LineMove>

/** Takes an event into account, once for each of its lines. Runs in every fold. */
export const link = (moves: LineMoves, event: Moving): void => {
  for (const { lineId } of event.effects) {
    const before = moves.get(lineId)
    if (before?.event !== event) moves.set(lineId, { event, lineId, before })
  }
}

/** The moves of lines that counted by the end of a day. */
export const movesBy = (moves: ReadonlyLineMoves, lines: readonly LineId[], on: Day): LineMoves => {
  const then: LineMoves = new VersionedMap()
  for (const lineId of lines) {
    const events: Moving[] = []
    for (let move = moves.get(lineId); move; move = move.before) events.push(move.event)
    for (const event of events.reverse()) {
      if (event.effectiveDate <= on) then.set(lineId, { event, lineId, before: then.get(lineId) })
    }
  }
  return then
}

/** A part of a layer that is at another party now, cents. */
export interface Departed {
  readonly layerId: LayerId
  /** The party that it went to. */
  readonly to: string
  readonly amount: Cents
}

/** What the moves of one line come to. */
interface Moved {
  /** What left each party, by its key, and has not come back; in the order in which it left. */
  readonly departed: ReadonlyMap<string, readonly Departed[]>
  /** What has been brought to the patient, less what was taken from there, cents: paid or not. */
  readonly broughtToPatient: number
}

/** Splits off the last that left, up to an amount, of what is meant. */
const splitOff = (
  all: readonly Departed[],
  amount: number,
  isMeant: (part: Departed) => boolean,
): { readonly stays: readonly Departed[]; readonly back: readonly Departed[] } => {
  const stays: Departed[] = []
  const back: Departed[] = []
  let left = amount
  for (const part of all.toReversed()) {
    const share = isMeant(part) ? Math.min(left, part.amount) : 0
    if (share > 0) back.push({ ...part, amount: share as Cents })
    if (share < part.amount) stays.push({ ...part, amount: (part.amount - share) as Cents })
    left -= share
  }
  return { stays: stays.toReversed(), back }
}

/** To the patient an amount comes back from whichever payer has it by now; to a payer, from where it had sent it. */
const isMeantFor =
  (to: Party, from: Party) =>
  (part: Departed): boolean =>
    to === PATIENT || part.to === partyKey(from)

const total = (parts: readonly { readonly amount: number }[]): number =>
  parts.reduce((sum, { amount }) => sum + amount, 0)

/** Of the parts in their order, those after the first `skipped` cents. */
const after = (parts: readonly Departed[], skipped: number): readonly Departed[] => {
  let left = skipped
  return parts.flatMap((part) => {
    const skips = Math.min(left, part.amount)
    left -= skips
    return skips === part.amount ? [] : [{ ...part, amount: (part.amount - skips) as Cents }]
  })
}

type Departures = Moved['departed']

/** The same where what had gone on to a party has come back from there. */
const less = (
  departed: Departures,
  key: string,
  amount: number,
  isMeant: (part: Departed) => boolean,
): { readonly departed: Departures; readonly returned: number } => {
  const { stays, back } = splitOff(departed.get(key) ?? [], amount, isMeant)
  return { departed: back.length > 0 ? new Map(departed).set(key, stays) : departed, returned: total(back) }
}

/**
 * A transfer: what it takes to a party that had sent as much is a return. Between two payers a return is all that it is;
 * between a payer and the patient it counts as gone on as well, since each time is by a payer's word of its own.
 */
const transferred = (
  departed: Departures,
  { from, to }: ResponsibilityTransferred,
  effects: readonly Effect[],
): Departures => {
  const parts = effects.flatMap(({ layerId, party, amount }): readonly Departed[] =>
    amount < 0 && sameParty(party, from) ? [{ layerId, to: partyKey(to), amount: -amount as Cents }] : [],
  )
  const back = less(departed, partyKey(to), total(parts), isMeantFor(to, from))
  const gone = from === PATIENT || to === PATIENT ? parts : after(parts, back.returned)
  if (gone.length === 0) return back.departed
  const key = partyKey(from)
  return new Map(back.departed).set(key, [...(back.departed.get(key) ?? []), ...gone])
}

/** A decision is taken back (rule R): what had gone on by it has not. */
const takenBack = (
  departed: Departures,
  { coverageId }: AdjudicationReversed,
  effects: readonly Effect[],
): Departures => {
  const own: Party = { coverageId }
  return effects.reduce(
    (still, { party, amount }) =>
      amount >= 0 || sameParty(party, own)
        ? still
        : less(still, partyKey(own), -amount, ({ to }) => to === partyKey(party)).departed,
    departed,
  )
}

const moved = addedUp<LineMove, Moved>(
  { departed: new Map(), broughtToPatient: 0 },
  ({ departed, broughtToPatient }, { event, lineId }) => {
    const effects = event.effects.filter((effect) => effect.lineId === lineId)
    return {
      departed:
        event.type === 'ResponsibilityTransferred'
          ? transferred(departed, event, effects)
          : takenBack(departed, event, effects),
      broughtToPatient: effects.reduce(
        (sum, { party, amount }) => (party === PATIENT ? sum + amount : sum),
        broughtToPatient,
      ),
    }
  },
)

/** What of an amount on its way to a party is that party's own coming back, the last that left first. */
export const comingBack = (
  moves: ReadonlyLineMoves,
  line: LineId,
  { from, to }: { readonly from: Party; readonly to: Party },
  amount: number,
): readonly Departed[] =>
  splitOff(moved(moves.get(line)).departed.get(partyKey(to)) ?? [], amount, isMeantFor(to, from)).back

/** What has gone on from a coverage on a line, to whomever, and has not come back. Cents. */
export const goneOn = (moves: ReadonlyLineMoves, line: LineId, coverageId: CoverageId): number =>
  total(moved(moves.get(line)).departed.get(coverageId) ?? [])

/** What transfers have brought the patient on a line, less what they took, cents: paid or not, never below 0. */
export const broughtToPatient = (moves: ReadonlyLineMoves, line: LineId): number =>
  Math.max(0, moved(moves.get(line)).broughtToPatient)

/** What of a layer of the patient's was turned over to a payer that comes first, and not by a payer's word. Cents. */
export interface TurnedOver {
  readonly layerId: LayerId
  readonly to: CoverageId
  readonly amount: Cents
}

const turned = addedUp<LineMove, readonly TurnedOver[]>([], (before, { event, lineId }) => {
  if (event.type !== 'ResponsibilityTransferred' || event.adjudicationId !== undefined) return before
  const payer = event.from === PATIENT ? event.to : event.to === PATIENT ? event.from : PATIENT
  if (payer === PATIENT) return before
  const effects = event.effects.filter((effect) => effect.lineId === lineId && effect.party === PATIENT)
  return effects.reduce((all, { layerId, amount }) => {
    const isSame = (each: TurnedOver) => each.layerId === layerId && each.to === payer.coverageId
    const sum = (all.find(isSame)?.amount ?? 0) - amount
    const rest = all.filter((each) => !isSame(each))
    return sum > 0 ? [...rest, { layerId, to: payer.coverageId, amount: sum as Cents }] : rest
  }, before)
})

/** What of the patient's layers of a line was turned over to payers, by the desk or by who turned up, and not given back. */
export const turnedOver = (moves: ReadonlyLineMoves, line: LineId): readonly TurnedOver[] => turned(moves.get(line))
