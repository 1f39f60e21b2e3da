import type { Day } from '@daybook/core/kernel'

// What the view keeps of each stream: small JSON documents, from which the day's work is computed for any day. Amounts
// are cents. `since` is the day from which a matter counts; on an earlier day it is not there yet.

interface Matter {
  readonly amount: number
  readonly since: Day
}

export interface UnappliedMatter extends Matter {
  readonly payment: string
  /** Designated to a visit on which a payer still owes: it waits for that decision (law P5). */
  readonly waitsForVisit?: string
}

export interface CreditMatter extends Matter {
  readonly credit: string
  readonly owner: string
  readonly provisional: boolean
}

export interface DenialMatter extends Matter {
  readonly denial: string
  readonly payer: string
  /** CLP06 / SBR09 of the coverage: which law's appeal deadline applies. */
  readonly filingIndicator?: string
  readonly category: string
  readonly reasons: readonly string[]
  readonly pending: boolean
  readonly amountHeld: boolean
  readonly expected?: number
}

export interface HoldingMatter extends Matter {
  readonly holding: string
  readonly payer: string
  readonly blockedBy: readonly string[]
  readonly reasons: readonly string[]
}

/** What the patient owes, not placed, of one age. `since` is the layer's `agingFrom`. */
export interface SelfPayMatter extends Matter {
  /** On a visit where a reversal waits for its correction: nobody is asked for it meanwhile. */
  readonly correctionPending: boolean
}

export interface PlanMatter {
  readonly plan: string
  readonly status: 'active' | 'defaulted'
  readonly missed: readonly { readonly number: number; readonly due: Day; readonly open: number }[]
  readonly cureBy?: Day
}

export interface StubMatter extends Matter {
  readonly coverage: string
  readonly payer: string
}

export interface ClaimWorkMatter extends Matter {
  readonly workItem: string
  readonly code: string
  readonly message: string
  readonly due?: Day
}

export interface AccountDocument {
  readonly kind: 'account'
  readonly account: string
  readonly guarantorConfirmed: boolean
  readonly unapplied: readonly UnappliedMatter[]
  readonly credits: readonly CreditMatter[]
  readonly denials: readonly DenialMatter[]
  readonly holdings: readonly HoldingMatter[]
  readonly selfPay: readonly SelfPayMatter[]
  readonly plans: readonly PlanMatter[]
  readonly stubs: readonly StubMatter[]
  readonly claimWork: readonly ClaimWorkMatter[]
  readonly lastPaymentOn?: Day
}

export interface Figure {
  readonly level: string
  readonly reference: string
  readonly rule: string
  readonly amount: number
}

/** A unit of claims that is held alone; its money stays in clearing. */
export interface HeldClaim extends Matter {
  readonly claims: readonly number[]
  readonly reasons: readonly { readonly rule: string; readonly reason: string; readonly requiredAction?: string }[]
  readonly differences: readonly Figure[]
}

export interface Recoupment extends Matter {
  readonly reference: string
  readonly exception: 'recoupmentWithoutReversal' | 'recoupmentOutstanding' | 'forwardBalanceWithoutOrigin'
}

export interface RemittanceDocument {
  readonly kind: 'remittance'
  readonly remittance: string
  readonly payer: string
  readonly trace: string
  readonly amount: number
  readonly since: Day
  readonly status: 'received' | 'held' | 'open' | 'rejected' | 'closed'
  readonly held?: {
    readonly reasons: readonly string[]
    readonly differences: readonly Figure[]
    readonly conflictsWith?: string
    readonly since: Day
  }
  readonly heldClaims: readonly HeldClaim[]
  readonly payerId: string
  /** Recoupments and forwarded balances that somebody has to look at (errata 1, clarification 16). */
  readonly recoupments: readonly Recoupment[]
  /** References that this remittance made even: what stood open under them before is done. */
  readonly evened: readonly { readonly reference: string; readonly since: Day }[]
}

export type WorkDocument = AccountDocument | RemittanceDocument
