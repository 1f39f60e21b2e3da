import { formatCents } from '../../kernel/cents.ts'
import { addDays, toDay } from '../../kernel/day.ts'
import { gateRule, type RuleVector, sinceBefore } from '../rule.ts'
import { mayBe } from '../scope.ts'
import { blocked, vector } from '../vectors.ts'
import { block, notApplicable, notBefore, pass } from '../verdicts.ts'

const small = {
  'writeOff.category': 'smallDebit',
  'balance.inScope': 999,
  'activity.lastOn': toDay('2026-01-01'),
  'plan.active': false,
  'dispute.open': false,
  'costShare.federal': false,
  'assistance.determined': false,
  'collection.effortExhausted': false,
} as const
/** A vector that says only in what it differs from a balance that may be given up. */
const unless = (name: string, facts: RuleVector['facts'], expected: RuleVector['expected'], on?: string): RuleVector =>
  vector(name, { ...small, ...facts }, expected, on)

/** Debit balances only: writing a small credit to income would be an unclaimed-property violation (errata 13, law F2). */
export const smallBalance = gateRule({
  id: 'WO-02',
  version: 2,
  title: 'Small balances: debits, within the threshold, inactive, under no plan or dispute, no federal cost share',
  capability: 'ledger',
  jurisdiction: 'policy',
  citation: 'practice policy, small balances (reference §1.9, errata 13; law F2; id of the house)',
  provenance: 'POLICY',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  gates: ['writeOff'],
  reads: 'today',
  appliesTo: (facts) => mayBe(facts, 'writeOff.category', 'smallDebit'),
  needs: [
    ...(['writeOff.category', 'balance.inScope', 'activity.lastOn', 'plan.active', 'dispute.open'] as const),
    ...(['costShare.federal', 'assistance.determined', 'collection.effortExhausted'] as const),
  ],
  judge: (facts, at) => {
    if (facts['writeOff.category'] !== 'smallDebit') return notApplicable
    const { smallBalance: threshold, smallBalanceInactiveDays: wait } = at.policy.policy.writeOff
    const balance = facts['balance.inScope']
    if (balance <= 0) {
      return block(`${formatCents(balance)} is no debit: small credits are refunded, never written off`, {
        requiredAction: 'RefundCredit',
      })
    }
    if (balance > threshold) return block(`${formatCents(balance)} is above the threshold ${formatCents(threshold)}`)
    if (facts['plan.active']) return block('a payment plan is active on it')
    if (facts['dispute.open']) return block('a dispute is open on it')
    if (facts['costShare.federal'] && !facts['assistance.determined'] && !facts['collection.effortExhausted']) {
      return block('it is a cost share of a federal program: that is waived by need or after effort, never by routine')
    }
    const last = facts['activity.lastOn']
    return last === 'never' ? pass : notBefore(addDays(last, wait), at.today, `active until ${last}, then ${wait} days`)
  },
  vectors: [
    unless('9.99, inactive for 60 days', {}, 'pass', '2026-03-02'),
    unless('9.99, inactive for 59 days', {}, { blocked: true, earliest: toDay('2026-03-02') }, '2026-03-01'),
    unless('10.00 is above the threshold', { 'balance.inScope': 1_000 }, blocked),
    unless('a credit of 9.99', { 'balance.inScope': -999 }, blocked),
    unless('nothing is open', { 'balance.inScope': 0 }, blocked),
    unless('on a plan', { 'plan.active': true }, blocked),
    unless('in dispute', { 'dispute.open': true }, blocked),
    unless("Medicare's coinsurance of 8.50", { 'balance.inScope': 850, 'costShare.federal': true }, blocked),
    unless(
      'the same, after reasonable effort',
      { 'balance.inScope': 850, 'costShare.federal': true, 'collection.effortExhausted': true },
      'pass',
      '2026-03-02',
    ),
    unless('another category', { 'writeOff.category': 'charity', 'balance.inScope': 5_000 }, 'notApplicable'),
  ],
})
