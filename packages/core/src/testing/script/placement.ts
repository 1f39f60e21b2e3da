import { addDays, type Day } from '../../kernel/day.ts'
import type { FactValues } from '../../rules/facts.ts'
import type { Random } from '../random.ts'
import { type Generate, type Moment, none, oneOf, ownLines, recently, slip } from './moment.ts'

// What goes to an agency and comes back.

/** What a desk with a clean case vouches for on a day, because no facet keeps it; now and then something else. */
const vouchedFor = (random: Random, today: Day): FactValues => {
  const before = (days: number): Day => addDays(today, -days)
  return {
    'insurance.eligibilityCheckedOn': before(10),
    'billing.firstBillOn': before(200),
    'billing.noticesSent': 3,
    'billing.finalNoticeOn': before(75),
    'billing.addressValid': true,
    'promise.open': false,
    'dispute.open': random.oneIn(12),
    'assistance.pending': random.oneIn(12),
    'assistance.approvedInFull': false,
    'assistance.screened': true,
    'bankruptcy.open': false,
    'person.deceased': false,
    'person.attorney': false,
    'person.servicemember': false,
    'person.identityTheft': false,
    'person.protected': false,
    'patient.qmb': false,
    'case.workersCompOpen': false,
    'case.liabilityOpen': false,
    ...(random.oneIn(12) ? {} : { 'hold.open': random.oneIn(12) }),
    'ppdr.pending': false,
    'file.itemised': true,
    'file.agreementSigned': true,
    'file.minimumNecessary': true,
    'agency.agreementActive': true,
    'agency.licensedInState': true,
  }
}

/** The checklist as the desk fills it in; most often for all lines. */
const checklist = (random: Random, moment: Moment, lines: readonly string[]) => ({
  on: random.oneIn(4) ? recently(random, moment.today) : moment.today,
  attested: vouchedFor(random, moment.today),
  approval: { by: 'dora', roles: ['supervisor' as const] },
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
  const known = [...moment.state.placement.known]
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
