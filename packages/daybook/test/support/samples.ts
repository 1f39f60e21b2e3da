import { existsSync, readFileSync } from 'node:fs'
import { readX12, type X12Source } from '@daybook/adapters/x12'
import type { ClaimSubmission } from '@daybook/core/account'
import type { RemittanceAdvice } from '@daybook/core/remittance'

/** Real files of other projects, beside the repository; absent on most machines. */
const samples = new URL('../../../../../shared/data/', import.meta.url)
export const hasSamples = existsSync(new URL('MANIFEST.json', samples))
export const sampleText = (name: string): string => readFileSync(new URL(name, samples), 'latin1')

const listed = <T>(name: string): Readonly<Record<string, T>> => (hasSamples ? JSON.parse(sampleText(name)) : {})

/** What an independent program counted in a sample; amounts in dollars as text. */
export interface Counted {
  readonly kind?: string
  readonly clm?: number
  readonly sumCLM02?: string
  readonly lines?: number
  readonly sumLineCharges?: string
  readonly claimsWhereChargeNeLines?: readonly (readonly [string, string])[]
}
export const submissionSamples = (): readonly (readonly [string, Counted])[] =>
  Object.entries(listed<Counted>('MANIFEST.json')).filter(([, counted]) => counted.kind === '837')

/** What an independent program made of one 835 by `postings.md`; integer cents, control accounts debit-positive. */
export interface ExpectedClaim {
  readonly clp01: string
  readonly status: string
  readonly clp04: number
  readonly verdict: 'posted' | 'held' | 'recorded'
  readonly balances?: { readonly coverage: number; readonly next: number; readonly patient: number }
  readonly charge: number
  readonly cash: number
  readonly contractual: number
  readonly capitated: number
  readonly withheld: number
  readonly priorPayerSettled: number
  readonly denied: number
  readonly pending: number
  readonly heldResponsibility: number
  readonly heldOnDenialCarc: number
  readonly lines: readonly Readonly<Record<string, string | number>>[]
  readonly dispositions?: readonly {
    readonly line: number
    readonly group: string
    readonly carc: string
    readonly amount: number
    readonly disposition: string
    readonly derived: boolean
  }[]
  readonly finding: Readonly<Record<string, number>>
  readonly findings?: readonly string[]
}
export interface ExpectedTransaction {
  readonly trace: string
  readonly payerId: string
  readonly paymentAmount: number
  readonly effectiveDate: string
  readonly claims: readonly ExpectedClaim[]
  readonly plb: readonly unknown[]
  readonly findings: readonly string[]
  readonly exceptions: readonly string[]
  readonly verdict: 'posted' | 'partial' | 'held'
  readonly heldClaims: number
  readonly heldAmount: number
  readonly control: Readonly<Record<string, number>>
  readonly payerClearingHeld: number
  readonly receivable: { readonly coverage: number; readonly next: number; readonly patient: number }
}
export const remittanceSamples = (): readonly (readonly [
  string,
  { readonly transactions: readonly ExpectedTransaction[] },
])[] =>
  Object.entries(
    (
      listed<unknown>('EXPECTED-835.json') as {
        readonly files?: Record<string, { readonly transactions: readonly ExpectedTransaction[] }>
      }
    ).files ?? {},
  )

/** The remittances of a text, in order. */
export const advicesOf = async (source: X12Source): Promise<readonly RemittanceAdvice[]> => {
  const found: RemittanceAdvice[] = []
  for await (const item of readX12(source)) if (item.kind === '835' && item.document) found.push(item.document)
  return found
}

/** The submissions of a text, in order. */
export const submissionsOf = async (source: X12Source): Promise<readonly ClaimSubmission[]> => {
  const found: ClaimSubmission[] = []
  for await (const item of readX12(source)) if (item.kind === '837' && item.document) found.push(item.document)
  return found
}
