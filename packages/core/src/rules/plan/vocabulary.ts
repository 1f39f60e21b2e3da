import { count, type FactWords, type GateWords, money, yes } from '../fact.ts'

// Plans: instalments without the down payment; monthly: what falls due in a month.

export const facts = {
  'income.afterEssentials': [money, 'the monthly family income after essential expenses'],
  'income.monthly': [money, 'the gross monthly household income'],
  'plan.active': [yes, 'whether a payment plan is active'],
  'plan.amendmentsInYear': [count, 'how often the plan was amended within twelve months'],
  'plan.inGoodStanding': [yes, 'whether a payment plan is in good standing'],
  'plan.largestMonthly': [money, 'the largest monthly burden of the plan'],
  'plan.months': [count, 'the term in months'],
  'plan.otherInstalments': [money, 'the other medical instalments of a month'],
  'plan.smallestInstalment': [money, 'the smallest instalment but the last'],
  'plan.total': [money, 'the amount of the plan'],
  'service.professional': [yes, 'whether a professional bills for the service, not the facility'],
} as const satisfies FactWords

export const gates = {
  agreePlan: 'checklist',
  amendPlan: 'checklist',
  proposePlan: 'checklist',
} as const satisfies GateWords
