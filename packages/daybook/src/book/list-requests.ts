import type { Asking } from './requests.ts'

/** Which part of a list. */
export interface ListRequest extends Asking {
  /** At most so many; 50 when not given, 1,000 at most. */
  readonly limit?: number
  /** The `next` of an earlier part. */
  readonly after?: string
}

/** Which accounts. */
export interface AccountsRequest extends ListRequest {
  /**
   * Words of a name, a birth day (`1980-02-01`, `2/1/1980`, `1980-02`), a member id, a claim number, an account id: each
   * must be there, whole or as a beginning, in any case and with or without marks. All accounts where not given.
   */
  readonly search?: string
  /** Only whole words. */
  readonly exact?: boolean
}

/** Which patient payments. */
export interface PaymentsRequest extends ListRequest {
  readonly account?: string
  /** First and last day on which they were received. */
  readonly from?: string
  readonly to?: string
}

/** Which plans. */
export interface PlansRequest extends ListRequest {
  readonly account?: string
  readonly status?: 'proposed' | 'active' | 'defaulted' | 'completed' | 'cancelled'
}

/** Which remittances. */
export interface RemittancesRequest extends ListRequest {
  /** `held`: those of which anything is held, as a whole or claim by claim. All where not given. */
  readonly standing?: 'held' | 'open' | 'closed' | 'rejected'
  /** First and last day on which they came. */
  readonly from?: string
  readonly to?: string
}
