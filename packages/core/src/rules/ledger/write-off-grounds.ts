import type { WriteOffCategory } from '../../kernel/write-off-categories.ts'
import { type GateRule, gateRule, type RuleVector, sinceBefore } from '../rule.ts'
import { mayBe } from '../scope.ts'
import { blocked, vector } from '../vectors.ts'
import { block, notApplicable, pass } from '../verdicts.ts'

// What a write-off has to rest on, by its category (reference §1.9).

const atTheWriteOff = {
  version: 1,
  capability: 'ledger',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  gates: ['writeOff'],
  reads: 'today',
} as const

/** Categories by which the practice gives up what it might ask for. The others rest on a law, or on a determination. */
const waivers: readonly WriteOffCategory[] = [
  ...(['smallDebit', 'administrative', 'courtesy', 'promptPay', 'selfPayDiscount', 'settlement', 'timeLimit'] as const),
]

const medicare = (over: RuleVector['facts']): RuleVector['facts'] => ({
  'writeOff.category': 'promptPay',
  'costShare.federal': true,
  'assistance.determined': false,
  'collection.effortExhausted': false,
  ...over,
})

export const costShareWaiver = gateRule({
  ...atTheWriteOff,
  id: 'AR-07',
  title: 'A cost share of a federal program is not waived by routine',
  jurisdiction: 'federal',
  citation: '42 U.S.C. 1320a-7a(i)(6)(A) (reference §1.9)',
  provenance: 'K',
  needs: ['writeOff.category', 'costShare.federal', 'assistance.determined', 'collection.effortExhausted'],
  judge: (facts) => {
    if (!waivers.includes(facts['writeOff.category'])) return notApplicable
    if (!facts['costShare.federal'] || facts['assistance.determined'] || facts['collection.effortExhausted'])
      return pass
    return block('a cost share of a federal program: neither need was determined, nor has reasonable effort failed', {
      requiredAction: 'name the determination of need, or the effort: approval {"determination": …} or {"effort": …}',
    })
  },
  vectors: [
    vector("Medicare's coinsurance for prompt payment", medicare({}), blocked),
    vector('the same in a settlement', medicare({ 'writeOff.category': 'settlement' }), blocked),
    vector('need was determined', medicare({ 'assistance.determined': true }), 'pass'),
    vector('reasonable effort has failed', medicare({ 'collection.effortExhausted': true }), 'pass'),
    vector("a commercial plan's coinsurance", medicare({ 'costShare.federal': false }), 'pass'),
    vector('the statute leaves no choice: QMB', medicare({ 'writeOff.category': 'qmb' }), 'notApplicable'),
  ],
})

export const charityGround = gateRule({
  ...atTheWriteOff,
  id: 'WO-03',
  title: 'Charity care rests on a determination',
  jurisdiction: 'policy',
  citation: 'practice policy, financial assistance (reference §1.9, §6; id of the house)',
  provenance: 'POLICY',
  needs: ['writeOff.category', 'assistance.determined'],
  judge: ({ 'writeOff.category': category, 'assistance.determined': determined }) => {
    if (category !== 'charity' && category !== 'presumptive') return notApplicable
    return determined
      ? pass
      : block(`${category}: no determination of financial need is named`, {
          requiredAction: 'name the determination: approval {"determination": …}',
        })
  },
  vectors: [
    vector('charity without one', { 'writeOff.category': 'charity', 'assistance.determined': false }, blocked),
    vector('presumptive without one', { 'writeOff.category': 'presumptive', 'assistance.determined': false }, blocked),
    vector('charity by one', { 'writeOff.category': 'charity', 'assistance.determined': true }, 'pass'),
    vector('courtesy', { 'writeOff.category': 'courtesy', 'assistance.determined': false }, 'notApplicable'),
  ],
})

export const bankruptcyGround = gateRule({
  ...atTheWriteOff,
  id: 'WO-04',
  title: 'A bankruptcy write-off rests on a bankruptcy',
  jurisdiction: 'policy',
  citation: 'practice policy, write-offs (reference §1.9, §8.1; id of the house)',
  provenance: 'POLICY',
  appliesTo: (facts) => mayBe(facts, 'writeOff.category', 'bankruptcy'),
  needs: ['writeOff.category', 'bankruptcy.open'],
  judge: ({ 'writeOff.category': category, 'bankruptcy.open': open }) => {
    if (category !== 'bankruptcy') return notApplicable
    return open
      ? pass
      : block(
          'no bankruptcy of the guarantor is known that covers it: a case covers what was served before its petition',
          {
            requiredAction:
              'name the case: approval {"bankruptcy": {"chapter": …, "caseNumber": …, "court": …, "petitionedOn": …}}',
          },
        )
  },
  vectors: [
    vector('no case is known', { 'writeOff.category': 'bankruptcy', 'bankruptcy.open': false }, blocked),
    vector('a case is known', { 'writeOff.category': 'bankruptcy', 'bankruptcy.open': true }, 'pass'),
    vector('another category', { 'writeOff.category': 'courtesy', 'bankruptcy.open': false }, 'notApplicable'),
  ],
})

export const qmbGround = gateRule({
  ...atTheWriteOff,
  id: 'WO-05',
  title: "A QMB write-off is of a Qualified Medicare Beneficiary's Medicare cost share",
  jurisdiction: 'federal',
  citation: '42 U.S.C. 1396a(n)(3)(B) (reference §1.4 gate 2, §1.9; id of the house)',
  provenance: 'P',
  appliesTo: (facts) => mayBe(facts, 'writeOff.category', 'qmb'),
  needs: ['writeOff.category', 'patient.qmb', 'costShare.medicare'],
  judge: ({ 'writeOff.category': category, 'patient.qmb': isQmb, 'costShare.medicare': isShare }) => {
    if (category !== 'qmb') return notApplicable
    if (!isShare)
      return block('it is no Medicare cost share: what a QMB owes else, or a payer owes, is no such write-off')
    return isQmb
      ? pass
      : block('nobody says that the patient is a Qualified Medicare Beneficiary', {
          requiredAction: 'name the eligibility check: approval {"qmb": {"checkedOn": …, "reference": …}}',
        })
  },
  vectors: [
    vector(
      'coinsurance of a QMB',
      { 'writeOff.category': 'qmb', 'patient.qmb': true, 'costShare.medicare': true },
      'pass',
    ),
    vector(
      'coinsurance of another Medicare patient',
      { 'writeOff.category': 'qmb', 'patient.qmb': false, 'costShare.medicare': true },
      blocked,
    ),
    vector(
      "a commercial plan's share of somebody called a QMB",
      { 'writeOff.category': 'qmb', 'patient.qmb': true, 'costShare.medicare': false },
      blocked,
    ),
    vector('another category', { 'writeOff.category': 'courtesy' }, 'notApplicable'),
  ],
})

export const medicaidGround = gateRule({
  ...atTheWriteOff,
  id: 'WO-06',
  title: 'A Medicaid write-off is of services that Medicaid covers',
  jurisdiction: 'federal',
  citation: '42 CFR 447.15 (reference §1.4 gate 3, §11.7; id of the house)',
  provenance: 'K',
  appliesTo: (facts) => mayBe(facts, 'writeOff.category', 'medicaid'),
  needs: ['writeOff.category', 'coverage.medicaid'],
  judge: ({ 'writeOff.category': category, 'coverage.medicaid': covers }) => {
    if (category !== 'medicaid') return notApplicable
    return covers
      ? pass
      : block('no Medicaid coverage of the days of service is on file, or another payer owes it', {
          requiredAction: 'add the coverage (AddCoverage, filing indicator MC), or bill who owes it',
        })
  },
  vectors: [
    vector('covered', { 'writeOff.category': 'medicaid', 'coverage.medicaid': true }, 'pass'),
    vector('a commercial patient', { 'writeOff.category': 'medicaid', 'coverage.medicaid': false }, blocked),
    vector('another category', { 'writeOff.category': 'courtesy' }, 'notApplicable'),
  ],
})

export const nsaGround = gateRule({
  ...atTheWriteOff,
  id: 'WO-07',
  title: 'A write-off by the No Surprises Act is of a service that it protects',
  jurisdiction: 'federal',
  citation: '45 CFR 149.410, 149.420 (reference §7.4; id of the house)',
  provenance: 'K',
  appliesTo: (facts) => mayBe(facts, 'writeOff.category', 'nsa'),
  needs: ['writeOff.category', 'service.nsaProtected'],
  judge: ({ 'writeOff.category': category, 'service.nsaProtected': isProtected }) => {
    if (category !== 'nsa') return notApplicable
    return isProtected
      ? pass
      : block('neither a payer nor a notice says that the Act protects the service', {
          requiredAction: 'record the notice: RecordNotice {"notice": {"kind": "nsaCostShare", …}}',
        })
  },
  vectors: [
    vector('protected', { 'writeOff.category': 'nsa', 'service.nsaProtected': true }, 'pass'),
    vector('any other service', { 'writeOff.category': 'nsa', 'service.nsaProtected': false }, blocked),
    vector('another category', { 'writeOff.category': 'courtesy' }, 'notApplicable'),
  ],
})

export const estateGround = gateRule({
  ...atTheWriteOff,
  id: 'WO-08',
  title: 'An estate write-off rests on a death and an estate that pays nothing',
  jurisdiction: 'policy',
  citation: 'practice policy, write-offs (reference §1.9, §8.4; id of the house)',
  provenance: 'POLICY',
  appliesTo: (facts) => mayBe(facts, 'writeOff.category', 'estate'),
  needs: ['writeOff.category', 'estate.paysNothing'],
  judge: ({ 'writeOff.category': category, 'estate.paysNothing': paysNothing }) => {
    if (category !== 'estate') return notApplicable
    return paysNothing
      ? pass
      : block(
          'no death of the guarantor is known that makes it a debt of an estate: that is what was served until then',
          {
            requiredAction: 'name the estate: approval {"estate": {"diedOn": …, "because": …, "reference": …}}',
          },
        )
  },
  vectors: [
    vector('no estate was found', { 'writeOff.category': 'estate', 'estate.paysNothing': true }, 'pass'),
    vector('nobody has died', { 'writeOff.category': 'estate', 'estate.paysNothing': false }, blocked),
    vector('another category', { 'writeOff.category': 'courtesy' }, 'notApplicable'),
  ],
})

export const writeOffGrounds: readonly GateRule[] = [
  costShareWaiver,
  charityGround,
  bankruptcyGround,
  qmbGround,
  medicaidGround,
  nsaGround,
  estateGround,
]
