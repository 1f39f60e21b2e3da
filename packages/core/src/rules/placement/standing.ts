import { toDay } from '../../kernel/day.ts'
import type { FactName, FactTypes } from '../facts.ts'
import { type Demand, type GateRule, gateRule, type Provenance, sinceBefore } from '../rule.ts'
import { blocked, today } from '../vectors.ts'
import { block, pass } from '../verdicts.ts'

// PC-01, the pre-placement checklist of reference §9.1: the checks that ask one yes-or-no question. Each is a rule of
// its own, so that each failure is a hit with its own reason; the figure after `PC-01.` is the reference's number.

type YesNo = { [K in FactName]: FactTypes[K] extends boolean ? K : never }[FactName]

interface Check {
  readonly id: string
  readonly title: string
  readonly fact: YesNo
  /** The answer that lets the account go. */
  readonly wanted: boolean
  readonly reason: string
  readonly requiredAction?: string
  /** Law, where the check is more than the practice's own. */
  readonly law?: { readonly jurisdiction: string; readonly citation: string; readonly provenance: Provenance }
  /** Law that asks it of some practices. */
  readonly demands?: readonly Demand[]
}

/** Billing stops while a patient's report of a billing error is reviewed (reference §4.8, MN). */
const minnesotaReview: Demand = {
  jurisdiction: 'MN',
  citation: 'Minn. Stat. 62J.808',
  provenance: 'V',
  from: toDay('2024-10-01'),
  reason: 'in Minnesota nothing of an item is billed while a billing error is reviewed',
  of: ({ state }) => state === 'MN',
}

/** Reasonable efforts to find out who is eligible, before any extraordinary collection action (reference §3.3). */
const hospitalAssistance: Demand = {
  jurisdiction: 'federal (501(c)(3) hospitals)',
  citation: '26 CFR 1.501(r)-6(c)',
  provenance: 'V',
  from: toDay('2016-01-01'),
  reason: 'a 501(c)(3) hospital makes reasonable efforts to find out who is eligible for assistance',
  of: ({ entityType }) => entityType === 'hospital_501c3',
}

const checks: readonly Check[] = [
  {
    id: 'PC-01.2.insurancePending',
    title: 'No payer still owes',
    fact: 'insurance.pending',
    wanted: false,
    reason: 'insurance is pending: a payer still owes on it',
    requiredAction: 'FollowUpPayer',
  },
  {
    id: 'PC-01.2.unbilledCoverage',
    title: 'No coverage is unbilled',
    fact: 'insurance.unbilledCoverage',
    wanted: false,
    reason: 'a coverage on file was not billed',
    requiredAction: 'BillCoverage',
  },
  {
    id: 'PC-01.2.denialOpen',
    title: 'No denial or appeal is open',
    fact: 'insurance.denialOpen',
    wanted: false,
    reason: 'a denial is open on it',
    requiredAction: 'WorkDenial',
  },
  {
    id: 'PC-01.2.correctionPending',
    title: 'No reversal waits for its correction',
    fact: 'credit.provisional',
    wanted: false,
    reason: 'a reversal waits for its correction',
    requiredAction: 'FollowUpPayer',
  },
  {
    id: 'PC-01.3.address',
    title: 'The address is valid',
    fact: 'billing.addressValid',
    wanted: true,
    reason: 'mail came back: the notices may never have arrived',
    requiredAction: 'StartSkipTrace',
  },
  {
    id: 'PC-01.5.plan',
    title: 'No plan in good standing',
    fact: 'plan.inGoodStanding',
    wanted: false,
    reason: 'a payment plan is in good standing',
  },
  {
    id: 'PC-01.5.promise',
    title: 'No open promise',
    fact: 'promise.open',
    wanted: false,
    reason: 'a promise to pay is open',
  },
  {
    id: 'PC-01.5.dispute',
    title: 'No open dispute',
    fact: 'dispute.open',
    wanted: false,
    reason: 'a dispute is open',
    requiredAction: 'ResolveDispute',
    demands: [minnesotaReview],
  },
  {
    id: 'PC-01.5.assistancePending',
    title: 'No application for assistance is open',
    fact: 'assistance.pending',
    wanted: false,
    reason: 'an application for financial assistance is open',
    requiredAction: 'DetermineAssistance',
    demands: [hospitalAssistance],
  },
  {
    id: 'PC-01.5.assistanceApproved',
    title: 'Assistance was not approved in full',
    fact: 'assistance.approvedInFull',
    wanted: false,
    reason: 'financial assistance was approved in full: nothing is owed',
    requiredAction: 'PostCharity',
    demands: [hospitalAssistance],
  },
  {
    id: 'PC-01.5.bankruptcy',
    title: 'No bankruptcy stay or discharge',
    fact: 'bankruptcy.open',
    wanted: false,
    reason: 'a bankruptcy covers the debt',
    law: { jurisdiction: 'federal', citation: '11 U.S.C. 362(a), 524(a) (BK-01, BK-03)', provenance: 'K' },
  },
  {
    id: 'PC-01.5.deceased',
    title: 'The guarantor lives, or the estate has a path',
    fact: 'person.deceased',
    wanted: false,
    reason: 'the guarantor has died and no estate path is set',
    requiredAction: 'WorkEstate',
  },
  {
    id: 'PC-01.5.attorney',
    title: 'No attorney represents the guarantor',
    fact: 'person.attorney',
    wanted: false,
    reason: 'an attorney represents the guarantor: the legal queue works it',
    requiredAction: 'SendToLegalQueue',
  },
  {
    id: 'PC-01.5.qmb',
    title: 'Not a Qualified Medicare Beneficiary',
    fact: 'patient.qmb',
    wanted: false,
    reason: 'the patient is a Qualified Medicare Beneficiary',
    law: { jurisdiction: 'federal', citation: '42 U.S.C. 1396a(n)(3)(B) (AR-05)', provenance: 'P' },
  },
  {
    id: 'PC-01.5.servicemember',
    title: 'Not on active military duty',
    fact: 'person.servicemember',
    wanted: false,
    reason: 'the guarantor is on active duty: the protections of 50 U.S.C. 3901 are reviewed first',
    requiredAction: 'ReviewServicemember',
  },
  {
    id: 'PC-01.5.identityTheft',
    title: 'No identity theft was reported',
    fact: 'person.identityTheft',
    wanted: false,
    reason: 'identity theft was reported: the debt may not be placed',
    law: { jurisdiction: 'federal', citation: '15 U.S.C. 1681m(f) (reference §7.1)', provenance: 'K' },
  },
  {
    id: 'PC-01.5.protected',
    title: 'Not protected by policy',
    fact: 'person.protected',
    wanted: false,
    reason: 'the practice protects this person',
  },
  {
    id: 'PC-01.5.hold',
    title: 'No hold is open',
    fact: 'hold.open',
    wanted: false,
    reason: 'a hold is open',
  },
  {
    id: 'PC-01.6.screened',
    title: 'Assistance was screened for and offered',
    fact: 'assistance.screened',
    wanted: true,
    reason: 'financial assistance was not screened for and offered',
    requiredAction: 'ScreenFinancialAssistance',
    demands: [hospitalAssistance],
  },
  {
    id: 'PC-01.8.itemised',
    title: 'An itemisation is on file',
    fact: 'file.itemised',
    wanted: true,
    reason: 'no itemisation is on file',
    requiredAction: 'ProvideItemisation',
  },
  {
    id: 'PC-01.8.agreementSigned',
    title: 'A signed financial agreement is on file',
    fact: 'file.agreementSigned',
    wanted: true,
    reason: 'no signed financial agreement is on file',
  },
  {
    id: 'PC-01.9.agreement',
    title: 'The business associate agreement is active',
    fact: 'agency.agreementActive',
    wanted: true,
    reason: 'no business associate agreement with the agency is active',
    law: { jurisdiction: 'federal', citation: '45 CFR 164.502(e), 164.504(e) (PR-01)', provenance: 'K' },
  },
  {
    id: 'PC-01.9.licence',
    title: "The agency is licensed in the guarantor's state",
    fact: 'agency.licensedInState',
    wanted: true,
    reason: "the agency is not licensed in the guarantor's state",
    law: {
      jurisdiction: 'state',
      citation: 'state collection agency licensing acts (reference §9.1)',
      provenance: 'K',
    },
  },
  {
    id: 'PC-01.11.minimumNecessary',
    title: 'The file holds the minimum necessary',
    fact: 'file.minimumNecessary',
    wanted: true,
    reason: 'the file holds more health information than necessary',
    law: { jurisdiction: 'federal', citation: '45 CFR 164.502(b) (PR-01)', provenance: 'K' },
  },
  {
    id: 'DS-06',
    title: 'No patient-provider dispute resolution is pending',
    fact: 'ppdr.pending',
    wanted: false,
    reason: 'a patient-provider dispute resolution is pending',
    law: { jurisdiction: 'federal', citation: '45 CFR 149.620 (reference §7.3)', provenance: 'K' },
  },
]

export const standingRules: readonly GateRule[] = checks.map(
  ({ id, title, fact, wanted, reason, requiredAction, law, demands }) =>
    gateRule({
      id,
      version: 1,
      title,
      capability: 'placement',
      jurisdiction: law?.jurisdiction ?? 'policy',
      citation: law?.citation ?? 'pre-placement checklist (reference §9.1)',
      provenance: law?.provenance ?? 'POLICY',
      status: 'in force',
      effective: sinceBefore,
      kind: 'gate',
      gates: ['placeAccount'],
      reads: 'today',
      needs: [fact],
      ...(law ? {} : { setAsideBy: 'placement' as const }),
      ...(demands ? { demands } : {}),
      judge: (facts) => (facts[fact] === wanted ? pass : block(reason, requiredAction ? { requiredAction } : {})),
      vectors: [
        { name: 'as it must be', facts: { [fact]: wanted }, today, expected: 'pass' },
        { name: reason, facts: { [fact]: !wanted }, today, expected: blocked },
      ],
    }),
)
