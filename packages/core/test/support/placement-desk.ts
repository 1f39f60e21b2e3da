import type { AccountCommandInput } from '../../src/account/index.ts'
import { toDay } from '../../src/kernel/day.ts'
import { vouchedFor } from '../../src/testing/vouched.ts'

type Place = Extract<AccountCommandInput, { type: 'PlaceAccount' }>
type Attested = NonNullable<Place['attested']>

/** Everything that no facet keeps, as a desk with a clean case would vouch for it. */
export const clean: Attested = {
  ...vouchedFor(toDay('2026-07-31')),
  'insurance.eligibilityCheckedOn': '2026-07-15',
  'billing.firstBillOn': '2026-02-01',
}

export const place = (on: string, over: Partial<Place> = {}): Place => ({
  type: 'PlaceAccount',
  on,
  placement: 'pl1',
  agency: 'acme-collect',
  kind: 'primary',
  attested: clean,
  ...over,
})
