import type { Acting } from '../book/requests.ts'
import type { ImportFindings } from './findings.ts'

/** How a file is to be taken in. */
export interface ImportOptions extends Acting {
  /** Opens accounts for claims never seen; else such a claim is held. */
  readonly openMissing?: boolean
  readonly onProgress?: (progress: ImportProgress) => void
}

/** What somebody has of a file: its bytes, its text, or pieces of bytes as they come, such as an upload. */
export type ImportContent = Uint8Array | string | AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** How what is given of a file is to be taken in. */
export interface ContentOptions extends ImportOptions {
  /** What the report calls it, such as the name of the uploaded file. */
  readonly name?: string
}

export interface ImportProgress {
  readonly path: string
  /** Files done of all. */
  readonly file: number
  readonly files: number
  /** Claims taken in so far, of all files. */
  readonly claims: number
}

/** Something wrong with a file, in plain words, and what to do. An `error` can not be used; a `finding` was used. */
export interface ImportProblem {
  readonly code: string
  readonly severity: 'error' | 'finding'
  readonly message: string
  /** Place of the segment within its interchange; null where it is about no one segment. */
  readonly segment: number | null
  readonly doWhat: string
}

export type TransactionOutcome = 'posted' | 'partial' | 'held' | 'duplicate' | 'rejected' | 'skipped'

/** A claim, or claims that only post together, held alone. */
export interface HeldClaims {
  readonly claims: readonly number[]
  readonly patientControlNumber: string
  /** Σ CLP04 of an 835, the charge of an 837: cents. */
  readonly amount: number
  readonly reasons: readonly { readonly rule: string; readonly reason: string; readonly requiredAction?: string }[]
}

/**
 * Law L5: every claim, and its money, is in exactly one of these; so is their sum in what came in. Money is Σ CLP04 of
 * an 835 and Σ CLM02 of an 837.
 */
export type Where = 'posted' | 'held' | 'duplicate' | 'rejected' | 'skipped'
export type Split = Readonly<Record<Where, number>>

/** What became of one transaction set. Amounts in cents. */
export interface TransactionReport {
  readonly kind: string
  /** ST02. */
  readonly controlNumber: string
  /** TRN02 of an 835, BHT03 of an 837. */
  readonly trace: string | null
  readonly payer: string | null
  /** BPR02; null where the kind pays nothing. */
  readonly paymentAmount: number | null
  readonly claims: number
  readonly lines: number
  readonly reversals: number
  readonly charged: number
  readonly paid: number
  /** Σ PLB: positive reduces the payment. */
  readonly providerAdjustments: number
  readonly outcome: TransactionOutcome
  readonly heldClaims: number
  readonly heldAmount: number
  readonly differences: readonly {
    readonly level: 'transaction' | 'claim' | 'line'
    readonly reference: string
    readonly amount: number
    readonly rule: string
  }[]
  readonly problems: readonly ImportProblem[]
  /** The remittance's stream in the book; null for other kinds. */
  readonly remittance: string | null
  /** Why the whole is held: outOfBalance, conflict, noDate, tooFarAhead, currency. */
  readonly reasons: readonly string[]
  readonly held: readonly HeldClaims[]
  /** Of the claims that this import posted, and of the transaction itself; what could not be read is a problem. */
  readonly findings: ImportFindings
  /** Accounts that something was posted to. */
  readonly accounts: readonly string[]
  readonly split: { readonly claims: Split; readonly amount: Split }
}

export interface FileReport {
  readonly path: string
  /** `835`, `837`, `mixed`, another kind's number, or `unknown`. */
  readonly kind: string
  readonly transactions: readonly TransactionReport[]
  /** Of the file or its envelopes: not X12, cut off, a count that does not agree. */
  readonly problems: readonly ImportProblem[]
}

export interface ImportTotals {
  readonly files: number
  readonly transactions: Readonly<Record<TransactionOutcome, number>> & { readonly in: number }
  readonly claims: Split & { readonly in: number }
  readonly amount: Split & { readonly in: number }
  readonly lines: number
  readonly reversals: number
  readonly charged: number
  readonly paid: number
  readonly providerAdjustments: number
  /** Problems that are errors: something could not be read. */
  readonly errors: number
  /** What checks found wrong without holding anything. */
  readonly findings: number
}

export interface ImportReport {
  readonly files: readonly FileReport[]
  readonly totals: ImportTotals
}

export const places: readonly Where[] = ['posted', 'held', 'duplicate', 'rejected', 'skipped']
export const nowhere: Split = { posted: 0, held: 0, duplicate: 0, rejected: 0, skipped: 0 }
export const addSplits = (a: Split, b: Split): Split => ({
  posted: a.posted + b.posted,
  held: a.held + b.held,
  duplicate: a.duplicate + b.duplicate,
  rejected: a.rejected + b.rejected,
  skipped: a.skipped + b.skipped,
})
export const splitTotal = (split: Split): number => places.reduce((sum, place) => sum + split[place], 0)

export const totalsOf = (files: readonly FileReport[]): ImportTotals => {
  const all = files.flatMap(({ transactions }) => transactions)
  const sum = (amount: (one: TransactionReport) => number): number => all.reduce((total, one) => total + amount(one), 0)
  const outcomes = { in: all.length, posted: 0, partial: 0, held: 0, duplicate: 0, rejected: 0, skipped: 0 }
  for (const { outcome } of all) outcomes[outcome] += 1
  const claims = all.reduce((split, one) => addSplits(split, one.split.claims), nowhere)
  const amount = all.reduce((split, one) => addSplits(split, one.split.amount), nowhere)
  return {
    files: files.length,
    transactions: outcomes,
    claims: { in: sum((one) => one.claims), ...claims },
    amount: { in: sum(incoming), ...amount },
    lines: sum((one) => one.lines),
    reversals: sum((one) => one.reversals),
    charged: sum((one) => one.charged),
    paid: sum((one) => one.paid),
    providerAdjustments: sum((one) => one.providerAdjustments),
    errors: [...files, ...all].flatMap(({ problems }) => problems).filter(({ severity }) => severity === 'error')
      .length,
    findings: sum((one) => one.findings.count),
  }
}

/** The money that came in with a transaction, on the basis on which it is split. */
const incoming = (one: TransactionReport): number => (one.kind === '835' ? one.paid : one.charged)
