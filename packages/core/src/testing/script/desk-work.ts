import { activeOn } from '../../account/plans/terms.ts'
import { addDays, type Day } from '../../kernel/day.ts'
import type { FactValues } from '../../rules/facts.ts'
import type { Random } from '../random.ts'
import { charge } from './charges.ts'
import { amount, type Generate, type Moment, oneOf, recently } from './moment.ts'

// What a desk agrees, gives away and closes: payment plans, placements, denials, work items.

/** Lines on which the patient owes and no agency has anything. */
const ownLines = ({ state }: Moment): readonly string[] =>
  [...state.ledger.lines.keys()].filter((line) => activeOn(state, line) > 0)

const plans = ({ state }: Moment, ...wanted: readonly string[]): readonly string[] =>
  [...state.plans.plans.values()].filter((plan) => wanted.includes(plan.status)).map((plan) => plan.planId)

const divide = (random: Random) =>
  random.pick([{ instalments: random.int(1, 6) }, { amount: random.int(2_500, 20_000) }, { instalments: 2 }])

export const proposePlan: Generate = (random, moment) => {
  const lines = ownLines(moment)
  if (lines.length === 0 && !random.oneIn(8)) return charge(random, moment)
  return {
    type: 'ProposePlan',
    on: moment.today,
    plan: `q${moment.number}`,
    divide: divide(random),
    firstDue: addDays(moment.today, random.int(15, 40)),
    household: { monthlyIncome: 900_000 },
    writtenAgreement: true,
    ...(random.oneIn(2) && lines.length > 0 ? { lines: [random.pick(lines)] } : {}),
    ...(random.oneIn(6) ? { downPayment: { amount: amount(random), due: addDays(moment.today, 3) } } : {}),
    ...(random.oneIn(6) ? { every: random.pick(['week', 'twoWeeks'] as const) } : {}),
  }
}

/** The next thing that a plan may meet: it is accepted, looked at, changed, cured or given up. */
export const planStep: Generate = (random, moment) => {
  const { today } = moment
  const proposed = plans(moment, 'proposed')
  if (proposed.length > 0 && !random.oneIn(6)) return { type: 'AcceptPlan', on: today, plan: proposed.at(-1) ?? '' }
  const standing = plans(moment, 'active', 'defaulted')
  if (standing.length === 0 && !random.oneIn(8)) return proposePlan(random, moment)
  const plan = oneOf(random, standing, 'q-unknown')
  const firstDue = addDays(today, random.int(10, 60))
  const designation = { planId: plan }
  const evaluate = { type: 'EvaluatePlan', on: today, plan } as const
  return random.pick([
    evaluate,
    evaluate,
    evaluate,
    { type: 'CurePlan', on: today, plan },
    { type: 'AmendPlan', on: today, plan, divide: divide(random), firstDue, reason: 'asked' },
    { type: 'CancelPlan', on: today, plan, reason: 'asked' },
    { type: 'PostPayment', on: today, amount: random.pick([30_000, amount(random)]), tender: 'check', designation },
  ])
}

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

export const place: Generate = (random, moment) => {
  const { state, today, number } = moment
  const lines = [...state.ledger.lines.keys()].filter((line) => activeOn(state, line) > 0)
  if (lines.length === 0 && !random.oneIn(8)) return charge(random, moment)
  const known = [...state.placement.known]
  const checklist = {
    on: random.oneIn(4) ? recently(random, today) : today,
    attested: vouchedFor(random, today),
    approval: { by: 'dora', roles: ['supervisor' as const] },
    ...(random.oneIn(2) && lines.length > 0 ? { lines: [random.pick(lines)] } : {}),
  }
  if (random.oneIn(6)) return { type: 'ReviewForPlacement', ...checklist }
  return {
    type: 'PlaceAccount',
    placement: random.oneIn(8) && known.length > 0 ? random.pick(known) : `pl${number}`,
    agency: random.pick(['north', 'south']),
    kind: random.pick(['primary', 'secondary']),
    ...checklist,
  }
}

export const recall: Generate = (random, moment) => {
  const placed = [...moment.state.placement.placements.keys()]
  if (placed.length === 0 && !random.oneIn(8)) return place(random, moment)
  return {
    type: 'RecallAccount',
    on: moment.today,
    placement: oneOf(random, placed, 'pl-unknown'),
    reason: random.pick(['error', 'insurance', 'paid']),
  }
}

/** A person closes a denial in one of the four ways. */
export const resolveDenial: Generate = (random, moment) => {
  const open = [...moment.state.claims.denials.values()].filter((denial) => !denial.resolved)
  if (open.length === 0 && !random.oneIn(8)) return charge(random, moment)
  const denial = oneOf(
    random,
    open.map(({ event }) => event.denialId),
    'denial-unknown',
  )
  return {
    type: 'ResolveDenial',
    on: random.oneIn(4) ? recently(random, moment.today) : moment.today,
    denial,
    outcome: random.pick([
      { kind: 'appealWon' as const, reference: 'appeal 1' },
      { kind: 'rebilledNext' as const },
      {
        kind: 'writtenOff' as const,
        category: 'administrative' as const,
        avoidable: random.oneIn(2),
        approval: { by: 'dora', roles: ['director' as const] },
      },
      {
        kind: 'movedToPatient' as const,
        evidence: { group: 'PR', carc: '204', denial: true, notice: 'signed waiver' },
      },
      { kind: 'movedToPatient' as const, evidence: { group: 'PR', carc: '1' } },
    ]),
    reason: 'worked',
  }
}

/** A person has dealt with what a payer's paper left to do. */
export const resolveWorkItem: Generate = (random, moment) => {
  const open = [...moment.state.claims.workItems.keys()]
  if (open.length === 0 && !random.oneIn(8)) return charge(random, moment)
  return { type: 'ResolveWorkItem', on: moment.today, workItem: oneOf(random, open, 'item-unknown'), reason: 'done' }
}
