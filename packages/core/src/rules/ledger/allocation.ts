import { gateRule, type RuleVector, sinceBefore } from '../rule.ts'
import { blocked, vector } from '../vectors.ts'
import { block, pass } from '../verdicts.ts'

const free = {
  'amount.stage': 'active',
  'dispute.open': false,
  'bankruptcy.open': false,
  'assistance.pending': false,
  'patient.qmb': false,
} as const
/** A vector that says only in what it differs from an amount that money may go to. */
const unless = (name: string, facts: RuleVector['facts'], expected: RuleVector['expected']): RuleVector =>
  vector(name, { ...free, ...facts }, expected)

/** Skips a target of automatic allocation. Directed money is applied all the same (errata 22). */
export const allocationTargets = gateRule({
  id: 'AR-14',
  version: 1,
  title: 'Undirected money skips disputed, stayed, pending-charity, protected and placed items',
  capability: 'ledger',
  jurisdiction: 'policy',
  citation: 'analogous to 15 U.S.C. 1692h (reference §1.8, errata 22)',
  provenance: 'POLICY',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  gates: ['allocatePayment'],
  reads: 'today',
  needs: ['amount.stage', 'dispute.open', 'bankruptcy.open', 'assistance.pending', 'patient.qmb'],
  judge: (facts) => {
    const reasons = [
      ...(facts['amount.stage'] === 'active' ? [] : [`${facts['amount.stage']}`]),
      ...(facts['dispute.open'] ? ['in dispute'] : []),
      ...(facts['bankruptcy.open'] ? ['under a bankruptcy stay'] : []),
      ...(facts['assistance.pending'] ? ['waiting for a charity decision'] : []),
      ...(facts['patient.qmb'] ? ['protected as QMB'] : []),
    ]
    return reasons.length === 0 ? pass : block(`the item is ${reasons.join(', ')}: undirected money passes it by`)
  },
  vectors: [
    unless('an open item', {}, 'pass'),
    unless('placed with an agency', { 'amount.stage': 'placed' }, blocked),
    unless('disputed', { 'dispute.open': true }, blocked),
    unless('in bankruptcy', { 'bankruptcy.open': true }, blocked),
    unless('charity pending', { 'assistance.pending': true }, blocked),
    unless('QMB', { 'patient.qmb': true }, blocked),
  ],
})
