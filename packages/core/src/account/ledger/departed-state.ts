import type { Cents } from '../../kernel/cents.ts'
import { type Effect, PATIENT, type Party, partyKey, sameParty } from '../../kernel/effects.ts'
import type { CoverageId, LayerId, LineId } from '../../kernel/ids.ts'
import type { ReadonlyVersionedMap, VersionedMap } from '../../kernel/versioned-map.ts'
import type { ResponsibilityTransferred } from './events.ts'

// What left a party by transfers and has not come back. Two questions need it: how much of a payer's share has gone on
// already (postings.md, clarification 39), and which layer an amount belongs to that comes back to the patient.

/** A part of a layer that is at another party now, cents. */
export interface Departed {
  readonly layerId: LayerId
  /** The party that it went to. */
  readonly to: string
  readonly amount: Cents
}

/** By line and party, in the order in which it left. */
export type Departures = VersionedMap<string, readonly Departed[]>
export type ReadonlyDepartures = ReadonlyVersionedMap<string, readonly Departed[]>

const keyOf = (line: LineId, party: Party): string => `${line} ${partyKey(party)}`

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

/** What of an amount on its way to a party is that party's own coming back, the last that left first. */
export const comingBack = (
  departures: ReadonlyDepartures,
  line: LineId,
  { from, to }: { readonly from: Party; readonly to: Party },
  amount: number,
): readonly Departed[] => splitOff(departures.get(keyOf(line, to)) ?? [], amount, isMeantFor(to, from)).back

/** What has gone on from a coverage on a line, to whomever, and has not come back. Cents. */
export const goneOn = (departures: ReadonlyDepartures, line: LineId, coverageId: CoverageId): number =>
  (departures.get(keyOf(line, { coverageId })) ?? []).reduce((sum, part) => sum + part.amount, 0)

const total = (parts: readonly { readonly amount: number }[]): number =>
  parts.reduce((sum, { amount }) => sum + amount, 0)

const takeBack = (
  departures: Departures,
  line: LineId,
  between: { readonly from: Party; readonly to: Party },
  amount: number,
): number => {
  const key = keyOf(line, between.to)
  const { stays, back } = splitOff(departures.get(key) ?? [], amount, isMeantFor(between.to, between.from))
  if (back.length > 0) departures.set(key, stays)
  return total(back)
}

/** Of the parts in their order, those after the first `skipped` cents. */
const after = (parts: readonly Departed[], skipped: number): readonly Departed[] => {
  let left = skipped
  return parts.flatMap((part) => {
    const skips = Math.min(left, part.amount)
    left -= skips
    return skips === part.amount ? [] : [{ ...part, amount: (part.amount - skips) as Cents }]
  })
}

/**
 * A transfer: what it takes to a party that had sent as much is a return. Between two payers a return is all that it is;
 * between a payer and the patient it counts as gone on as well, since each time is by a payer's word of its own.
 */
export const depart = (
  departures: Departures,
  { from, to, effects }: Pick<ResponsibilityTransferred, 'effects' | 'from' | 'to'>,
): void => {
  const leaving = effects.filter((effect) => effect.amount < 0 && sameParty(effect.party, from))
  for (const [line, ofLine] of Map.groupBy(leaving, ({ lineId }) => lineId)) {
    const parts = ofLine.map(
      ({ layerId, amount }): Departed => ({ layerId, to: partyKey(to), amount: -amount as Cents }),
    )
    const returned = takeBack(departures, line, { from, to }, total(parts))
    const gone = from === PATIENT || to === PATIENT ? parts : after(parts, returned)
    if (gone.length === 0) continue
    const key = keyOf(line, from)
    departures.set(key, [...(departures.get(key) ?? []), ...gone])
  }
}

/** A decision is taken back (rule R): what had gone on by it has not. */
export const departNot = (departures: Departures, coverageId: CoverageId, effects: readonly Effect[]): void => {
  const own: Party = { coverageId }
  for (const { lineId, party, amount } of effects) {
    if (amount >= 0 || sameParty(party, own)) continue
    const key = keyOf(lineId, own)
    const { stays, back } = splitOff(departures.get(key) ?? [], -amount, ({ to }) => to === partyKey(party))
    if (back.length > 0) departures.set(key, stays)
  }
}
