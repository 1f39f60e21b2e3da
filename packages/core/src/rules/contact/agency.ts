import { addBusinessDays } from '../../kernel/business-days.ts'
import { addDays, type Day, toDay } from '../../kernel/day.ts'
import { type ComputationRule, type GateRule, gateRule } from '../rule.ts'
import { blocked, vector } from '../vectors.ts'
import { block, notBefore } from '../verdicts.ts'

// What agencies owe the people whose debts they collect: reference §4.3, §4.4. Catalogue alone: no command asks here yet.

const regF = {
  version: 1,
  capability: 'contact',
  jurisdiction: 'federal (debt collectors)',
  status: 'in force',
  effective: { from: toDay('2021-11-30') },
} as const

const OPT_OUT_DAYS = 35
const notice = toDay('2026-10-01')

/** The creditor's procedure for handing an e-mail address to an agency. */
export const agencyEmail: GateRule = gateRule({
  ...regF,
  id: 'CT-08',
  title: 'An agency uses an e-mail address 35 days after the notice that named it',
  citation: '12 CFR 1006.6(d)(4)(ii)',
  provenance: 'P',
  kind: 'gate',
  gates: ['emailAsAgency'],
  reads: 'today',
  needs: ['email.transferNoticeOn', 'email.optedOut'],
  judge: ({ 'email.transferNoticeOn': sent, 'email.optedOut': optedOut }, { today }) =>
    optedOut
      ? block('the person opted out of e-mail by the agency')
      : notBefore(addDays(sent, OPT_OUT_DAYS), today, `the notice of ${sent} gives ${OPT_OUT_DAYS} days to opt out`),
  vectors: [
    vector(
      'notice 2026-10-01, on 2026-11-04',
      { 'email.transferNoticeOn': notice, 'email.optedOut': false },
      { blocked: true, earliest: toDay('2026-11-05') },
      '2026-11-04',
    ),
    vector('on 2026-11-05', { 'email.transferNoticeOn': notice, 'email.optedOut': false }, 'pass', '2026-11-05'),
    vector('opted out', { 'email.transferNoticeOn': notice, 'email.optedOut': true }, blocked, '2026-11-05'),
  ],
})

/** The day on which a validation notice is taken for received, and the last day of the validation period (CT-09). */
export const validationPeriod = (provided: Day): { readonly received: Day; readonly ends: Day } => {
  const received = addBusinessDays('FED_6103A', provided, 5)
  return { received, ends: addDays(received, 30) }
}

/** The last day for the validation notice after the first communication (CT-10): calendar days, weekends too. */
export const validationNoticeDue = (firstCommunication: Day): Day => addDays(firstCommunication, 5)

export const agencyComputations: readonly ComputationRule[] = [
  {
    ...regF,
    id: 'CT-09',
    title: 'When the validation period of a debt ends',
    citation: '12 CFR 1006.34(b)(5)',
    provenance: 'V',
    kind: 'computation',
    computes:
      'five days without Saturdays, Sundays and holidays of 5 U.S.C. 6103(a) after the notice, and 30 days more',
  },
  {
    ...regF,
    id: 'CT-10',
    title: 'When the validation notice is due',
    citation: '12 CFR 1006.34(a)(1)(i)(B)',
    provenance: 'V',
    kind: 'computation',
    computes: 'five calendar days after the first communication',
  },
]
