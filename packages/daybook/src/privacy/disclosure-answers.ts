import type { DisclosurePurpose } from '@daybook/core/account'
import type { Day } from '@daybook/core/kernel'
import type { Asking } from '../book/requests.ts'

/** Whose disclosures. */
export interface DisclosuresRequest extends Asking {
  readonly account: string
  /** Of one patient of the account, and those of the whole account. */
  readonly patient?: string
  /** Also those that the law does not ask to be told: for treatment, payment and operations, and by the patient's own word. */
  readonly all?: boolean
}

/** Somebody outside was given health information. */
export interface Disclosure {
  readonly disclosure: string
  readonly on: Day
  readonly patient?: string
  /** `(protected)` where it is encrypted. */
  readonly to: string
  readonly address?: string
  readonly purpose: DisclosurePurpose
  readonly summary: string
  readonly reason: string
  /** Told to the patient who asks (45 CFR 164.528). */
  readonly accounted: boolean
  /** Who wrote it down. */
  readonly by: string
}

/** The accounting of disclosures of an account: as far back as policy says, six years at least. */
export interface Disclosures {
  readonly account: string
  readonly from: string
  readonly to: Day
  readonly items: readonly Disclosure[]
  /** How many of these days are not told, unless `all` is asked. */
  readonly untold: number
}
