import { addDays, addMonths, type Day, toDay } from '../../kernel/day.ts'
import { type ComputationRule, type GateRule, gateRule } from '../rule.ts'
import { blocked, vector } from '../vectors.ts'
import { block, pass } from '../verdicts.ts'

// What HIPAA asks of whoever hands information on: reference §4.7. Catalogue alone, where nothing hands any on yet.

const hipaa = {
  version: 1,
  capability: 'privacy',
  jurisdiction: 'federal',
  provenance: 'K',
  status: 'in force',
  effective: { from: toDay('2003-04-14') },
} as const

const recipient = { 'disclosure.toAssociate': true, 'disclosure.agreementActive': true } as const
const kept = { 'plan.keptFrom': true, 'plan.paidInFull': true } as const

export const privacyRules: readonly GateRule[] = [
  gateRule({
    ...hipaa,
    id: 'PR-01',
    title: 'A business associate is told nothing without an agreement in force',
    citation: '45 CFR 164.502(e), 164.504(e)',
    kind: 'gate',
    gates: ['discloseInformation'],
    reads: 'today',
    needs: ['disclosure.toAssociate', 'disclosure.agreementActive'],
    judge: ({ 'disclosure.toAssociate': associate, 'disclosure.agreementActive': active }) =>
      associate && !active
        ? block('no business associate agreement is in force', { requiredAction: 'SignAgreement' })
        : pass,
    vectors: [
      vector('an agency with an agreement', recipient, 'pass'),
      vector('an agency without', { ...recipient, 'disclosure.agreementActive': false }, blocked),
      vector('a payer', { 'disclosure.toAssociate': false, 'disclosure.agreementActive': false }, 'pass'),
    ],
  }),
  gateRule({
    ...hipaa,
    id: 'PR-01.fields',
    title: 'Nobody is told more than the fields of their role',
    citation: '45 CFR 164.502(b), 164.514(d)',
    kind: 'gate',
    gates: ['discloseInformation'],
    reads: 'today',
    needs: ['disclosure.beyondRole'],
    judge: ({ 'disclosure.beyondRole': beyond }) =>
      beyond.length === 0 ? pass : block(`more than the role is told: ${beyond.join(', ')}`),
    vectors: [
      vector('what the role is told', { 'disclosure.beyondRole': [] }, 'pass'),
      vector('a diagnosis beside it', { 'disclosure.beyondRole': ['diagnosis'] }, blocked),
    ],
  }),
  gateRule({
    ...hipaa,
    id: 'PR-02',
    title: 'What the patient has paid in full and keeps from the plan is not sent to it',
    citation: '45 CFR 164.522(a)(1)(vi)',
    effective: { from: toDay('2013-09-23') },
    kind: 'gate',
    gates: ['sendToPlan'],
    reads: 'today',
    needs: ['plan.keptFrom', 'plan.paidInFull'],
    judge: ({ 'plan.keptFrom': asked, 'plan.paidInFull': paid }) =>
      asked && paid ? block('the patient has paid it in full and keeps it from the plan') : pass,
    vectors: [
      vector('kept from the plan and paid in full', kept, blocked),
      vector('kept from the plan, and one cent is open', { ...kept, 'plan.paidInFull': false }, 'pass'),
      vector('paid in full, and nobody asked', { ...kept, 'plan.keptFrom': false }, 'pass'),
    ],
  }),
]

const ACCOUNTING_DAYS = 60
const MORE_DAYS = 30
const YEARS = 6

/** The last day of an accounting of disclosures, with the one extension that is allowed, and how far it looks back (PR-04). */
export const accountingOf = (requested: Day): { readonly due: Day; readonly extended: Day; readonly from: Day } => ({
  due: addDays(requested, ACCOUNTING_DAYS),
  extended: addDays(requested, ACCOUNTING_DAYS + MORE_DAYS),
  from: addMonths(requested, -12 * YEARS),
})

/** The last day on which a required record must be there still (PR-05). */
export const keptUntil = (created: Day): Day => addMonths(created, 12 * YEARS)

export const privacyComputations: readonly ComputationRule[] = [
  {
    ...hipaa,
    id: 'PR-04',
    title: 'When an accounting of disclosures is due',
    citation: '45 CFR 164.528',
    kind: 'computation',
    computes: 'request + 60, once + 30 more; it looks back six years',
  },
  {
    ...hipaa,
    id: 'PR-05',
    title: 'How long what must be on record is kept',
    citation: '45 CFR 164.316(b)(2), 164.530(j)',
    kind: 'computation',
    computes: 'six years from the day on which it was made or was last in effect',
  },
]
