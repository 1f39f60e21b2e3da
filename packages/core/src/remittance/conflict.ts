import { canonicalJson } from '../kernel/canonical.ts'
import { type Cents, sumOf, toCents } from '../kernel/cents.ts'
import type { AdviceClaim } from './advice.ts'
import type { Difference } from './events.ts'
import { patientOf } from './identity.ts'
import type { RemittanceState } from './state.ts'

/** What a claim says, without its place in the file and how a reader fared with it. */
const contentOf = ({
  number: _number,
  segment: _segment,
  findings: _findings,
  defects: _defects,
  ...claim
}: AdviceClaim) => canonicalJson(claim)

/** Claims that may be the same one in two advices: by the payer's key and status; the n-th of a key meets the n-th. */
const byKey = (claims: Iterable<AdviceClaim>): ReadonlyMap<string, readonly AdviceClaim[]> => {
  const grouped = new Map<string, AdviceClaim[]>()
  for (const claim of claims) {
    const key = [claim.patientControlNumber, claim.payerControlNumber, patientOf(claim), claim.status].join('|')
    const list = grouped.get(key)
    if (list) list.push(claim)
    else grouped.set(key, [claim])
  }
  return grouped
}

const difference = (level: Difference['level'], reference: string, amount: number): Difference => ({
  level,
  reference,
  rule: 'conflict',
  amount: toCents(amount) as Cents,
})

/**
 * What makes the second advice of one payment another than the first: one difference a claim that is new, gone or
 * changed, `amount` being what it pays more (0 where other figures than CLP04 differ), and one for the PLB pairs.
 */
export const conflictDifferences = (first: RemittanceState, second: RemittanceState): readonly Difference[] => {
  const before = byKey(first.claims.values())
  const after = byKey(second.claims.values())
  const found: Difference[] = []
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const old = before.get(key) ?? []
    const now = after.get(key) ?? []
    for (let at = 0; at < Math.max(old.length, now.length); at += 1) {
      const [a, b] = [old[at], now[at]]
      if (a && b && contentOf(a) === contentOf(b)) continue
      found.push(difference('claim', (b ?? a)?.patientControlNumber ?? '', (b?.paid ?? 0) - (a?.paid ?? 0)))
    }
  }
  const [plbBefore, plbAfter] = [first, second].map((state) => state.received?.providerAdjustments ?? [])
  if (canonicalJson(plbBefore) !== canonicalJson(plbAfter)) {
    const total = (pairs: typeof plbBefore) => sumOf(pairs ?? [], (pair) => pair.amount)
    found.push(difference('transaction', 'provider adjustments', total(plbAfter) - total(plbBefore)))
  }
  return found
}
