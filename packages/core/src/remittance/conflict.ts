import type { AdviceClaim } from '../documents/advice.ts'
import { patientOf } from '../documents/identity.ts'
import { canonicalJson } from '../kernel/canonical.ts'
import { type Cents, sumOf, toCents } from '../kernel/cents.ts'
import type { Difference, RemittanceReceived } from './events.ts'
import type { RemittanceState } from './state.ts'

/** What a claim says, without its place in the file and how a reader fared with it. */
const contentOf = ({
  number: _number,
  segment: _segment,
  findings: _findings,
  defects: _defects,
  ...claim
}: AdviceClaim) => canonicalJson(claim)

/** What a claim is known by in two advices: the payer's key and the status. */
const keyOf = (claim: AdviceClaim): string =>
  [claim.patientControlNumber, claim.payerControlNumber, patientOf(claim), claim.status].join('|')

/** Claims that may be the same one in two advices; the n-th of a key meets the n-th. */
const byKey = (claims: Iterable<AdviceClaim>): ReadonlyMap<string, readonly AdviceClaim[]> => {
  const grouped = new Map<string, AdviceClaim[]>()
  for (const claim of claims) {
    const key = keyOf(claim)
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

const claimDifferences = (first: RemittanceState, second: RemittanceState): readonly Difference[] => {
  const before = byKey(first.claims.values())
  const after = byKey(second.claims.values())
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const old = before.get(key) ?? []
    const now = after.get(key) ?? []
    return Array.from({ length: Math.max(old.length, now.length) }, (_, at) => [old[at], now[at]] as const)
      .filter(([a, b]) => !(a && b && contentOf(a) === contentOf(b)))
      .map(([a, b]) => difference('claim', (b ?? a)?.patientControlNumber ?? '', (b?.paid ?? 0) - (a?.paid ?? 0)))
  })
}

const inOrder = ({ claims }: RemittanceState): readonly string[] =>
  [...claims.values()].sort((a, b) => a.number - b.number).map(keyOf)

/** The same claims, and they come in another order. */
const isReordered = (first: RemittanceState, second: RemittanceState): boolean => {
  const [before, after] = [inOrder(first), inOrder(second)]
  const same = (a: readonly string[], b: readonly string[]) => canonicalJson(a) === canonicalJson(b)
  return same(before.toSorted(), after.toSorted()) && !same(before, after)
}

/** What the book keeps of the payment besides its identity, by the element that says it. */
const elements: readonly (readonly [name: string, of: (received: RemittanceReceived) => unknown])[] = [
  ['name of the payer (N1 PR)', ({ payerName }) => payerName],
  ['name of the payee (N1 PE)', ({ payeeName }) => payeeName],
  ['payment method (BPR04)', ({ method }) => method],
  ['currency (CUR02)', ({ currency }) => currency ?? 'USD'],
  // The date itself belongs to the identity; one that stood in for what was written is a finding.
  ['payment date as written (BPR16)', ({ findings }) => findings.filter((finding) => finding.includes('BPR16'))],
]

const elementDifferences = (first: RemittanceReceived, second: RemittanceReceived): readonly Difference[] => {
  const total = (pairs: RemittanceReceived['providerAdjustments']) => sumOf(pairs, (pair) => pair.amount)
  const [before, after] = [first.providerAdjustments, second.providerAdjustments]
  return [
    ...(canonicalJson(before) === canonicalJson(after)
      ? []
      : [difference('transaction', 'provider adjustments', total(after) - total(before))]),
    ...elements
      .filter(([, of]) => canonicalJson(of(first)) !== canonicalJson(of(second)))
      .map(([name]) => difference('transaction', name, 0)),
  ]
}

/** The hash is of the whole advice, the book keeps less: the segments before the claims say more of the two parties. */
const notKept = 'another element of BPR, TRN, N1 or REF before the claims, of which the book keeps only the hash'

/**
 * What makes the second advice of one payment another than the first, never nothing: one difference a claim that is
 * new, gone or changed, `amount` being what it pays more (0 where other figures than CLP04 differ), one for the order
 * of the claims, for the PLB pairs, and for each element of the payment.
 */
export const conflictDifferences = (first: RemittanceState, second: RemittanceState): readonly Difference[] => {
  const found = [
    ...claimDifferences(first, second),
    ...(isReordered(first, second) ? [difference('transaction', 'order of the claims', 0)] : []),
    ...(first.received && second.received ? elementDifferences(first.received, second.received) : []),
  ]
  return found.length > 0 ? found : [difference('transaction', notKept, 0)]
}
