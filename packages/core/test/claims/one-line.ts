import type { PracticePolicy } from '../../src/policy/policy.ts'
import type { Office } from '../../src/testing/history.ts'
import { type Desk, office } from '../support/desk.ts'
import { all, type ClaimSaid, pays, type Triple, type VisitOf, visitWith } from './visit.ts'

export const withPosting = (posting: Partial<PracticePolicy['posting']>): Office => ({
  ...office,
  policy: {
    version: 1,
    policy: { ...office.policy.policy, posting: { ...office.policy.policy.posting, ...posting } },
  },
})

/** One line of 100.00, adjudicated so. */
export const one = (
  cas: readonly Triple[],
  claim: Omit<ClaimSaid, 'lines'> & { readonly remarks?: readonly string[] } = {},
  visit: Partial<VisitOf> = {},
) => {
  const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }], ...visit })
  const paid = 10_000 - cas.reduce((sum, [, , amount]) => sum + amount, 0)
  desk.does(pays('acme', { ...claim, lines: [{ charge: 10_000, paid, cas }] }, '2026-02-20'), '2026-02-21')
  return desk
}
export const denials = (desk: Desk) =>
  all(desk, 'DenialRecorded').map(({ category, pending, amountHeld, expected, lines }) => ({
    category,
    amount: lines.reduce((sum, line) => sum + line.amount, 0),
    ...(pending ? { pending } : {}),
    ...(amountHeld ? { amountHeld } : {}),
    ...(expected === undefined ? {} : { expected }),
  }))
