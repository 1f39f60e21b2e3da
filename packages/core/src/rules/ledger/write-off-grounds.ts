import type { WriteOffCategory } from '../../kernel/write-off-categories.ts'
import { type GateRule, gateRule, type RuleVector, sinceBefore } from '../rule.ts'
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
  needs: ['writeOff.category', 'bankruptcy.open'],
  judge: ({ 'writeOff.category': category, 'bankruptcy.open': open }) => {
    if (category !== 'bankruptcy') return notApplicable
    return open
      ? pass
      : block('no bankruptcy of the guarantor is known', {
          requiredAction: 'name the case: approval {"determination": …}',
        })
  },
  vectors: [
    vector('no case is known', { 'writeOff.category': 'bankruptcy', 'bankruptcy.open': false }, blocked),
    vector('a case is known', { 'writeOff.category': 'bankruptcy', 'bankruptcy.open': true }, 'pass'),
    vector('another category', { 'writeOff.category': 'courtesy', 'bankruptcy.open': false }, 'notApplicable'),
  ],
})

export const writeOffGrounds: readonly GateRule[] = [costShareWaiver, charityGround, bankruptcyGround]
