import { z } from 'zod'
import { type Day, day } from '../kernel/day.ts'
import { writeOffCategory } from '../kernel/write-off-categories.ts'

/**
 * The vocabulary in which rules speak of the world. A fact is known, with a value, or unknown, with the reason. Facets
 * supply facts (`account/facts.ts`); what no facet supplies yet is unknown, and a gate that needs it blocks.
 * Rules never see events or state: only these. Amounts are cents, ages and counts whole numbers.
 */
const text = z.string().min(1).max(80)
const texts = z.array(text)
const yes = z.boolean()
const money = z.int()
/** Something that is there only where somebody raised it: at a gate on evidence silence means that it is not. */
const raised = <const Words extends string>(words: Words) => [yes, words, 'raised'] as const
const count = z.int().nonnegative()
const dayOrNever: z.ZodType<Day | 'never', string> = z.union([z.literal('never'), day])
const coverageType = z.enum(['medicare', 'medicaid', 'commercial', 'workersComp', 'tricare', 'other', 'none'])
export type CoverageType = z.infer<typeof coverageType>

/** Every fact: what it looks like, and its name in plain words, as hits say it. */
const vocabulary = {
  // the practice and the law's reach
  'practice.entityType': [text, 'the kind of provider'],
  'practice.state': [text, 'the state where care is given'],
  'guarantor.state': [text, 'the state where the guarantor lives'],
  'guarantor.confirmed': [yes, 'whether the guarantor is confirmed'],
  'guarantor.age': [count, 'the age of the guarantor'],
  'patient.age': [count, 'the age of the youngest patient concerned'],
  // the amount in question
  'amount.party': [text, 'who owes the amount'],
  'amount.stage': [text, 'where the amount is worked'],
  'amount.cents': [money, 'the amount'],
  'balance.patientActive': [money, 'what the patient owes on these items, not placed'],
  'balance.inScope': [money, 'what the party owes on the visit'],
  'activity.lastOn': [dayOrNever, 'the day of the last activity on the visit'],
  // an adjustment that wants to become the patient's; group `none`: no payer's reason code stands behind the move
  'adjustment.group': [text, 'the CAS group'],
  'adjustment.carc': [text, 'the reason code'],
  'adjustment.remarks': [texts, 'the remark codes'],
  'adjustment.denial': [yes, 'whether the reason code is a denial'],
  'adjustment.cents': [money, 'the adjusted amount'],
  'adjustment.charge': [money, 'the charge of the adjusted line'],
  'coverage.type': [coverageType, 'the kind of coverage'],
  'patient.qmb': [yes, 'whether the patient is a Qualified Medicare Beneficiary'],
  'case.workersCompOpen': [yes, "whether a workers' compensation case is open"],
  'case.liabilityOpen': [yes, 'whether another party may be liable'],
  'service.nsaProtected': [yes, 'whether the No Surprises Act protects the service'],
  'service.nsaCostShare': [money, 'the cost share of the payer’s first notice'],
  'denial.patientLiableByNotice': [yes, 'whether a valid notice made the patient liable'],
  // insurance
  'insurance.pending': [yes, 'whether a payer still owes'],
  'insurance.denialOpen': [yes, 'whether a denial is open'],
  'insurance.unbilledCoverage': [yes, 'whether a coverage was not billed'],
  'insurance.eligibilityCheckedOn': [day, 'the day eligibility was last checked'],
  // billing so far
  'billing.firstBillOn': [day, 'the day of the first bill to the patient'],
  'billing.noticesSent': [count, 'how many statements and letters were sent'],
  'billing.finalNoticeOn': [day, 'the day of the final notice'],
  'billing.addressValid': [yes, 'whether the address is valid'],
  'payment.lastOn': [dayOrNever, 'the day of the last payment'],
  // standing of the person and the debt
  'plan.inGoodStanding': [yes, 'whether a payment plan is in good standing'],
  'plan.active': [yes, 'whether a payment plan is active'],
  'promise.open': raised('whether a promise to pay is open'),
  'dispute.open': raised('whether a dispute is open'),
  'assistance.pending': raised('whether an application for financial assistance is open'),
  'assistance.screened': [yes, 'whether financial assistance was screened for and offered'],
  'assistance.approvedInFull': [yes, 'whether assistance was approved in full'],
  'assistance.qualifiedPatient': [yes, 'whether the household is at or below 250 % of the poverty guideline'],
  'bankruptcy.open': raised('whether a bankruptcy stay or discharge covers the debt'),
  'person.deceased': raised('whether the guarantor has died with no estate path'),
  'person.attorney': raised('whether an attorney represents the guarantor'),
  'person.servicemember': raised('whether the guarantor is on active military duty'),
  'person.identityTheft': raised('whether identity theft was reported'),
  'person.protected': raised('whether the practice protects the person (employee, policy)'),
  'hold.open': raised('whether a hold is open'),
  'credit.provisional': [yes, 'whether a reversal waits for its correction'],
  'ppdr.pending': raised('whether a patient-provider dispute resolution is pending'),
  // the agency
  'agency.agreementActive': [yes, 'whether a business associate agreement with the agency is active'],
  'agency.licensedInState': [yes, "whether the agency is licensed in the guarantor's state"],
  'file.minimumNecessary': [yes, 'whether the file holds no more than the minimum necessary'],
  'file.itemised': [yes, 'whether an itemisation is on file'],
  'file.agreementSigned': [yes, 'whether a signed financial agreement is on file'],
  // approvals; an empty list of roles: nobody
  'maker.roles': [texts, 'the roles of who asks'],
  'approval.roles': [texts, 'the roles of who approved'],
  'approval.distinct': [yes, 'whether another person than the maker approved'],
  'writeOff.category': [writeOffCategory, 'the category of the write-off'],
  // plans: instalments without the down payment; monthly: what falls due in a month
  'plan.total': [money, 'the amount of the plan'],
  'plan.months': [count, 'the term in months'],
  'plan.largestMonthly': [money, 'the largest monthly burden of the plan'],
  'plan.smallestInstalment': [money, 'the smallest instalment but the last'],
  'plan.otherInstalments': [money, 'the other medical instalments of a month'],
  'plan.amendmentsInYear': [count, 'how often the plan was amended within twelve months'],
  'income.monthly': [money, 'the gross monthly household income'],
  'income.afterEssentials': [money, 'the monthly family income after essential expenses'],
  'service.professional': [yes, 'whether a professional bills for the service, not the facility'],
} as const satisfies Record<string, readonly [z.ZodType, words: string, kind?: 'raised']>

/** The name of a fact of the vocabulary. */
export type FactName = keyof typeof vocabulary
/** What each fact is, when it is known. */
export type FactTypes = { readonly [K in FactName]: z.output<(typeof vocabulary)[K][0]> }

/** A value, or why there is none. */
export type Fact<T> = { readonly known: true; readonly value: T } | { readonly known: false; readonly why: string }

/** What is known. A name that is absent is unknown: no facet supplies it. */
export type Facts = { readonly [K in FactName]?: Fact<FactTypes[K]> }

/** A fact with its value. */
export const known = <T>(value: T): Fact<T> => ({ known: true, value })
/** A fact that nobody knows, and why: what the desk reads. */
export const unknown = (why: string): Fact<never> => ({ known: false, why })

/** All names of the vocabulary, in its order. */
export const factNames = Object.keys(vocabulary) as readonly FactName[]
export const isFactName = (name: string): name is FactName => Object.hasOwn(vocabulary, name)
/** Facts that are there only where somebody raised them. */
export const raisedFacts = factNames.filter((name) => vocabulary[name].length === 3)
/** A fact in plain words: `the day of the first bill to the patient`. */
export const factWords = (name: FactName): string => vocabulary[name][1]

type ValueShape = { [K in FactName]: z.ZodOptional<(typeof vocabulary)[K][0]> }

/** Facts given as plain values, for commands and files: a name that is no fact is refused with its path. */
export const factValues = z.strictObject(
  Object.fromEntries(
    Object.entries(vocabulary).map(([name, [schema]]) => [name, (schema as z.ZodType).optional()]),
  ) as ValueShape,
)
export type FactValues = z.output<typeof factValues>

/** The given values as known facts. */
export const knownFacts = (values: FactValues | Partial<FactTypes>): Facts =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, known(value)]),
  )

export type ParsedFacts =
  | { readonly ok: true; readonly facts: Facts }
  | { readonly ok: false; readonly issues: readonly { readonly path: string; readonly message: string }[] }

/** Reads facts from JSON: `{"patient.qmb": true, "billing.firstBillOn": "2026-02-01"}`. */
export const parseFacts = (json: unknown): ParsedFacts => {
  const parsed = factValues.safeParse(json)
  if (parsed.success) return { ok: true, facts: knownFacts(parsed.data) }
  return {
    ok: false,
    issues: parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ path: key, message: 'not the name of a fact' }))
        : [{ path: issue.path.join('.'), message: issue.message }],
    ),
  }
}
