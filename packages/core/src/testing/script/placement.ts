import type { PlacementCommand } from '../../account/placement/commands.ts'
import { addDays, type Day } from '../../kernel/day.ts'
import type { FactValues } from '../../rules/facts.ts'
import type { Random } from '../random.ts'
import { vouchedFor } from '../vouched.ts'
import type { Ways } from './moment.ts'
import { type Generate, type Moment, none, oneOf, ownLines, recently, slip } from './moment.ts'

// What goes to an agency and comes back.

/** One of the answers of a clean case, the other way round: no, yes, or long ago. */
const otherwise = (random: Random, clean: FactValues, today: Day): FactValues => {
  const name = random.pick(Object.keys(clean) as (keyof FactValues)[])
  const value = clean[name]
  if (typeof value === 'boolean') return { [name]: !value }
  return { [name]: typeof value === 'number' ? 0 : addDays(today, name.includes('eligibility') ? -400 : -1) }
}

/** A clean case; now and then something stands against it, or nobody has looked for a hold. */
const attestedBy = (random: Random, today: Day): FactValues => {
  const { 'hold.open': _hold, ...clean } = vouchedFor(today)
  return {
    ...clean,
    'assistance.pending': random.oneIn(12),
    ...(random.oneIn(12) ? {} : { 'hold.open': random.oneIn(12) }),
    ...(random.oneIn(4) ? otherwise(random, clean, today) : {}),
  }
}

/** The checklist as the desk fills it in; most often for all lines. */
const checklist = (random: Random, moment: Moment, lines: readonly string[]) => ({
  on: random.oneIn(4) ? recently(random, moment.today) : moment.today,
  attested: attestedBy(random, moment.today),
  approval: { by: 'dora', roles: random.oneIn(16) ? [] : ['supervisor' as const] },
  ...(random.oneIn(2) && lines.length > 0 ? { lines: slip(random, [random.pick(lines)]) } : {}),
})

export const review: Generate<'ReviewForPlacement'> = (random, moment) => {
  const lines = ownLines(moment)
  if (none(random, lines)) return undefined
  return { type: 'ReviewForPlacement', ...checklist(random, moment, lines) }
}

export const place: Generate<'PlaceAccount'> = (random, moment) => {
  const lines = ownLines(moment)
  if (none(random, lines)) return undefined
  const known = [...moment.state.placement.known.keys()]
  return {
    type: 'PlaceAccount',
    placement: random.oneIn(8) && known.length > 0 ? random.pick(known) : `pl${moment.number}`,
    agency: random.pick(['north', 'south']),
    kind: random.pick(['primary', 'secondary']),
    ...checklist(random, moment, lines),
  }
}

export const recall: Generate<'RecallAccount'> = (random, moment) => {
  const placed = [...moment.state.placement.placements.keys()]
  if (none(random, placed)) return undefined
  return {
    type: 'RecallAccount',
    on: moment.today,
    placement: oneOf(random, placed, 'pl-unknown'),
    reason: random.pick(['error', 'insurance', 'paid']),
  }
}

export const tell: Generate<'TellAgency'> = (random, moment) => {
  const waiting = [...moment.state.placement.toTell.keys()]
  if (none(random, waiting)) return undefined
  return {
    type: 'TellAgency',
    on: moment.today,
    how: random.pick(['file', 'phone']),
    ...(random.oneIn(2) ? {} : { notices: [oneOf(random, waiting, 'notice-unknown')] }),
  }
}

/** How its commands come into random lives. */
export const placementWays: Ways<PlacementCommand> = {
  ReviewForPlacement: { make: review, often: 1, collecting: 1 },
  PlaceAccount: { make: place, often: 3, collecting: 5, planning: 1 },
  RecallAccount: { make: recall, often: 2, collecting: 4, instead: 'PlaceAccount' },
  TellAgency: { make: tell, often: 1, collecting: 2, instead: 'PlaceAccount' },
}
