import { count, dayOrNever, type FactWords, type GateWords, money, yes } from '../fact.ts'

// Plans: instalments without the down payment; monthly: what falls due in a month.

export const facts = {
  'credit.extendedLastYear': [count, 'how often the practice extended consumer credit in the calendar year before'],
  'credit.extendedThisYear': [count, 'how often the practice has extended consumer credit in this calendar year'],
  'income.afterEssentials': [money, 'the monthly family income after essential expenses'],
  'income.monthly': [money, 'the gross monthly household income'],
  'plan.active': [yes, 'whether a payment plan is active'],
  'plan.addsCharges': [yes, 'whether charges are added to the plan'],
  'plan.allMissedDays': [count, 'for how many days on end every payment of the plan has failed'],
  'plan.amendmentShown': [yes, 'whether the terms of the amendment were shown to the patient with it'],
  'plan.amendmentsInYear': [count, 'how often the plan was amended within twelve months'],
  'plan.asksMore': [yes, 'whether the plan asks more of a month than was agreed'],
  'plan.consecutivePayments': [count, 'payments in a row, each of an instalment in its time'],
  'plan.consented': [yes, 'whether the patient has agreed to the change'],
  'plan.contactAttemptedOn': [dayOrNever, 'the day on which the patient was last tried to be reached about default'],
  'plan.deferredMonths': [count, 'the months put off within twelve months, these included'],
  'plan.disclosedOn': [dayOrNever, 'the day on which the terms were disclosed'],
  'plan.extendsCredit': [
    yes,
    'whether it is agreed to, gets more charges, or gets more than four instalments by the change',
  ],
  'plan.financeCharge': [money, 'the finance charge'],
  'plan.inGoodStanding': [yes, 'whether a payment plan is in good standing'],
  'plan.instalments': [count, 'the number of instalments, a down payment not counted'],
  'plan.largestMonthly': [money, 'the largest monthly burden of the plan'],
  'plan.months': [count, 'the term in months'],
  'plan.noticeSentOn': [dayOrNever, 'the day on which the cure notice was sent'],
  'plan.otherInstalments': [money, 'the other medical instalments of a month'],
  'plan.reagedInYear': [count, 'how often the plan was made current within twelve months'],
  'plan.renegotiationOfferedOn': [dayOrNever, 'the day on which new terms were offered'],
  'plan.requiredForCare': [yes, 'whether the practice asks for the plan as a condition of care'],
  'plan.smallestInstalment': [money, 'the smallest instalment but the last'],
  'plan.statutoryMonthsPaid': [
    count,
    'the cumulative months paid on the statutory plan of a qualified patient, of the line with the fewest',
  ],
  'plan.total': [money, 'the amount of the plan'],
  'plan.written': [yes, 'whether there is a written agreement'],
  'service.professional': [yes, 'whether a professional bills for the service, not the facility'],
} as const satisfies FactWords

export const gates = {
  agreePlan: 'checklist',
  amendPlan: 'checklist',
  defaultPlan: 'checklist',
  deferPlan: 'checklist',
  proposePlan: 'checklist',
  reagePlan: 'checklist',
} as const satisfies GateWords
