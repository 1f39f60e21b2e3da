import { type Day, toDay } from '../../kernel/day.ts'
import { type Facts, known } from '../facts.ts'
import { type GateRule, gateRule, type RuleVector, sinceBefore } from '../rule.ts'
import { blocked, vector } from '../vectors.ts'
import { block, notApplicable, pass } from '../verdicts.ts'

// PL-04, reference §5.4: when a plan is credit under Regulation Z, and what the patient has to have seen before it binds.

/** More instalments than this by written agreement, a down payment not counted, make a creditor (12 CFR 1026.2(a)(17)(i)). */
const FOUR = 4
/** Credit extended more often than this in a calendar year is extended regularly (12 CFR 1026.2(a)(17)(v)). */
export const REGULARLY = 25

export const isLong = (written: boolean, instalments: number): boolean => written && instalments > FOUR

/** Whether credit is extended regularly: in the year before, else in this one. What nobody has counted may be. */
const mayBeRegular = (all: Facts): boolean => {
  const counts = [all['credit.extendedLastYear'], all['credit.extendedThisYear']]
  return counts.some((count) => !count?.known || count.value > REGULARLY)
}

/**
 * Whether what is to bind was shown. Other dates and amounts for the same debt, an instalment put off, are a change of the
 * obligation that there is, and what was disclosed of it stands; charges that come on it are credit that was never disclosed,
 * as where an obligation is satisfied and replaced by a new one (12 CFR 1026.20(a), comment 20(a)-1). A plan in default that
 * a new one replaces is disclosed as a new one, though a workout that adds nothing need not be (1026.20(a)(4)).
 */
const isShown = (disclosedOn: Day | 'never', all: Facts): boolean => {
  const [adds, shown] = [all['plan.addsCharges'], all['plan.amendmentShown']]
  if (!adds?.known || !adds.value) return disclosedOn !== 'never'
  return shown?.known === true && shown.value
}
/** Whether credit is extended: what changes the dates and amounts of credit that was extended, extends none. */
const mayExtend = ({ 'plan.extendsCredit': extending }: Facts): boolean => !extending?.known || extending.value

const words = (all: Facts): string => {
  const adds = all['plan.addsCharges']
  return adds?.known && adds.value ? 'the terms with the charges that come on it' : 'the terms'
}

const needs = ['plan.written', 'plan.instalments', 'plan.financeCharge', 'plan.disclosedOn'] as const

const plan = (
  instalments: number,
  lastYear: number | undefined,
  over: RuleVector['facts'] = {},
): RuleVector['facts'] => ({
  'plan.written': true,
  'plan.instalments': instalments,
  'plan.financeCharge': 0,
  'plan.disclosedOn': 'never',
  ...(lastYear === undefined ? {} : { 'credit.extendedLastYear': lastYear, 'credit.extendedThisYear': 0 }),
  ...over,
})

const before = { 'plan.disclosedOn': toDay('2026-03-05') }
const amended = (adds: boolean, shown: boolean): RuleVector['facts'] => ({
  'plan.addsCharges': adds,
  'plan.amendmentShown': shown,
})

export const truthInLending = gateRule({
  id: 'PL-04',
  version: 3,
  title: 'Regulation Z: the terms of credit are disclosed before the patient is bound',
  capability: 'plan',
  jurisdiction: 'federal',
  citation: '12 CFR 1026.2(a)(17)(i), (v); 1026.17–.18; 1026.20(a)',
  provenance: 'P',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  gates: ['agreePlan', 'amendPlan'],
  reads: 'today',
  needs,
  judge: (terms, _at, all) => {
    const isCredit = terms['plan.financeCharge'] > 0 || isLong(terms['plan.written'], terms['plan.instalments'])
    if (!isCredit || !mayExtend(all) || !mayBeRegular(all)) return notApplicable
    if (isShown(terms['plan.disclosedOn'], all)) return pass
    const counts = [all['credit.extendedLastYear'], all['credit.extendedThisYear']]
    const counted = counts.every((count) => count?.known) ? '' : ', and nobody has counted how often that is done'
    const why =
      terms['plan.financeCharge'] > 0
        ? 'a finance charge is asked'
        : `${terms['plan.instalments']} instalments by written agreement`
    return block(`${why}${counted}: ${words(all)} have to be disclosed first`, { requiredAction: 'DisclosePlan' })
  },
  vectors: [
    vector('4 instalments, no fee, 1,000 such plans', plan(4, 1_000), 'notApplicable'),
    vector('5 instalments, written, 26 last year', plan(5, 26), blocked),
    vector('5 instalments, written, 25 last year', plan(5, 25), 'notApplicable'),
    vector(
      '5 instalments, written, none last year, 26 in this one',
      plan(5, 0, { 'credit.extendedThisYear': 26 }),
      blocked,
    ),
    vector('12 instalments, no written agreement', plan(12, 1_000, { 'plan.written': false }), 'notApplicable'),
    vector('3 instalments with 1 % a month, 40 last year', plan(3, 40, { 'plan.financeCharge': 1_000 }), blocked),
    vector('5 instalments, written, nobody has counted', plan(5, undefined), blocked),
    vector('5 instalments, written, disclosed', plan(5, 26, { 'plan.disclosedOn': toDay('2026-03-05') }), 'pass'),
    vector(
      'other dates for the same debt, as it was disclosed',
      plan(8, 26, { ...before, ...amended(false, false) }),
      'pass',
    ),
    vector(
      'other dates for the same debt, which was agreed when that was done seldom',
      plan(8, 26, { ...amended(false, false), 'plan.extendsCredit': false }),
      'notApplicable',
    ),
    vector(
      'charges come on it, and what was disclosed is without them',
      plan(8, 26, { ...before, ...amended(true, false) }),
      blocked,
    ),
    vector(
      'charges come on it, and the new terms were shown',
      plan(8, 26, { ...before, ...amended(true, true) }),
      'pass',
    ),
    vector(
      'charges come on it, and it is no credit',
      plan(4, 26, { ...before, ...amended(true, false) }),
      'notApplicable',
    ),
  ],
})

export const writtenPlansDisclosed = gateRule({
  id: 'PL-04.policy',
  version: 3,
  title: 'Every written plan of more than four instalments is disclosed, where policy says so',
  capability: 'plan',
  jurisdiction: 'policy',
  citation: 'practice policy, plans (reference §5.4)',
  provenance: 'POLICY',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  gates: ['agreePlan', 'amendPlan'],
  reads: 'today',
  needs,
  judge: (terms, { policy }, all) => {
    if (!policy.policy.plans.discloseWritten) return notApplicable
    if (!isLong(terms['plan.written'], terms['plan.instalments'])) return notApplicable
    return isShown(terms['plan.disclosedOn'], all)
      ? pass
      : block(
          `${terms['plan.instalments']} instalments by written agreement: policy has ${words(all)} disclosed first`,
          {
            requiredAction: 'DisclosePlan',
          },
        )
  },
  vectors: [
    vector('5 instalments, written, none last year', plan(5, 0), blocked),
    vector('4 instalments, written', plan(4, 0), 'notApplicable'),
    vector('5 instalments, disclosed', plan(5, 0, { 'plan.disclosedOn': toDay('2026-03-05') }), 'pass'),
    vector('charges come on it, not shown', plan(5, 0, { ...before, ...amended(true, false) }), blocked),
  ],
})

/** The charges that Daybook's plans ask: none. No interest is computed anywhere in it. */
export const noFinanceCharge = known(0)

export const disclosureRules: readonly GateRule[] = [truthInLending, writtenPlansDisclosed]
