import type { ClaimState } from './claims/state.ts'
import type { CoverageState } from './coverage/state.ts'
import type { CreditState } from './credits/state.ts'
import type { LedgerState } from './ledger/state.ts'
import type { PaymentState } from './payments/state.ts'
import type { PlacementState } from './placement/state.ts'
import type { PlanState } from './plans/state.ts'
import type { RegistrationState } from './registration/state.ts'

/** One slice a facet. A facet's evolve may read any event and writes only its own slice. */
export interface AccountState {
  readonly registration: RegistrationState
  readonly coverage: CoverageState
  readonly ledger: LedgerState
  readonly payments: PaymentState
  readonly claims: ClaimState
  readonly credits: CreditState
  readonly plans: PlanState
  readonly placement: PlacementState
}
