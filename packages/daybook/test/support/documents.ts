import { type ClaimSubmission, claimSubmission } from '@daybook/core/account'
import { type RemittanceAdvice, remittanceAdvice } from '@daybook/core/remittance'

// Claims and remittances of invented parties as typed documents, from the few figures that a test is about. Cents.

export type Triple = readonly [group: string, carc: string, amount: number]

export interface LineOf {
  readonly code?: string
  readonly modifiers?: readonly string[]
  readonly charge: number
  readonly paid?: number
  readonly cas?: readonly Triple[]
  readonly remarks?: readonly string[]
  /** SVC06, where the payer adjudicated another code than the one submitted. */
  readonly submitted?: string
  readonly controlNumber?: string
  readonly on?: string
  /** The last day, where it is of several. */
  readonly until?: string
  readonly units?: string
  /** SV201, SVC04: of a facility's claim. */
  readonly revenueCode?: string
}

export interface ClaimOf {
  readonly pcn: string
  readonly status?: string
  readonly charge?: number
  readonly paid?: number
  readonly pr?: number
  readonly icn?: string
  readonly patient?: {
    readonly id?: string
    readonly last?: string
    readonly first?: string
    readonly suffix?: string
  }
  /** NM1 74. */
  readonly corrected?: ClaimOf['patient']
  readonly filing?: string
  readonly cas?: readonly Triple[]
  readonly remarks?: readonly string[]
  readonly lines?: readonly LineOf[]
  readonly originalReference?: string
  readonly crossover?: string
  readonly patientPaid?: number
}

export interface AdviceOf {
  readonly trace?: string
  readonly date?: string
  readonly payer?: string
  readonly payerName?: string
  /** BPR02; Σ CLP04 − Σ PLB where absent. */
  readonly amount?: number
  readonly method?: string
  readonly claims: readonly ClaimOf[]
  readonly plb?: readonly (readonly [code: string, reference: string, amount: number])[]
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)
const triples = (list: readonly Triple[] = []) => list.map(([group, carc, amount]) => ({ group, carc, amount }))
const procedure = (code: string, modifiers: readonly string[] = []) => ({
  qualifier: 'HC',
  code,
  modifiers: [...modifiers],
})

/** CLP04 of a claim: as given, else Σ SVC03 less its claim-level adjustments. */
const paidOf = (claim: ClaimOf): number =>
  claim.paid ??
  sum((claim.lines ?? []).map(({ paid = 0 }) => paid)) - sum((claim.cas ?? []).map(([, , amount]) => amount))

const lineDocument = (line: LineOf, index: number, on: string) => ({
  number: index + 1,
  adjudicated: procedure(line.code ?? '99213', line.modifiers),
  ...(line.submitted ? { submitted: procedure(line.submitted, line.modifiers) } : {}),
  charge: line.charge,
  paid: line.paid ?? 0,
  unitsPaid: line.units ?? '1',
  serviceFrom: line.on ?? on,
  ...(line.until ? { serviceTo: line.until } : {}),
  ...(line.revenueCode ? { revenueCode: line.revenueCode } : {}),
  ...(line.controlNumber ? { lineControlNumber: line.controlNumber } : {}),
  adjustments: triples(line.cas),
  remarks: [...(line.remarks ?? [])],
})

/** Day of service of every document here, unless a line says otherwise. */
export const SERVED = '2026-01-10'

const claimDocument = (claim: ClaimOf, index: number) => ({
  number: index + 1,
  segment: index + 1,
  patientControlNumber: claim.pcn,
  status: claim.status ?? '1',
  charge: claim.charge ?? sum((claim.lines ?? []).map(({ charge }) => charge)),
  paid: paidOf(claim),
  ...(claim.pr === undefined ? {} : { patientResponsibility: claim.pr }),
  filingIndicator: claim.filing ?? '12',
  payerControlNumber: claim.icn ?? `ICN-${claim.pcn}`,
  patient: claim.patient ?? { id: `M-${claim.pcn}`, last: 'DOE', first: 'JANE' },
  ...(claim.corrected ? { corrected: claim.corrected } : {}),
  adjustments: triples(claim.cas),
  remarks: [...(claim.remarks ?? [])],
  ...(claim.originalReference ? { originalReference: claim.originalReference } : {}),
  ...(claim.crossover ? { crossover: { name: claim.crossover } } : {}),
  ...(claim.patientPaid === undefined ? {} : { patientPaid: claim.patientPaid }),
  lines: (claim.lines ?? []).map((line, at) => lineDocument(line, at, SERVED)),
  defects: [],
  findings: [],
})

/** An 835. It balances unless `amount` or a claim's own figures say otherwise. */
export const advice = (of: AdviceOf): RemittanceAdvice => {
  const plb = (of.plb ?? []).map(([code, reference, amount]) => ({
    provider: '1234567893',
    fiscalPeriodEnd: '20261231',
    code,
    reference,
    amount,
  }))
  const amount = of.amount ?? sum(of.claims.map(paidOf)) - sum(plb.map((pair) => pair.amount))
  const date = of.date ?? '2026-02-20'
  const payer = of.payer ?? 'ACME'
  return remittanceAdvice.parse({
    controlNumber: '0001',
    version: '005010X221A1',
    payer: { name: of.payerName ?? `${payer} HEALTH`, idQualifier: 'XV', id: payer },
    payee: { name: 'SAMPLE CLINIC', idQualifier: 'XX', id: '1234567893' },
    payment: {
      handling: 'I',
      amount,
      creditOrDebit: 'C',
      method: of.method ?? (amount === 0 ? 'NON' : 'ACH'),
      dateWritten: date.replaceAll('-', ''),
      trace: of.trace ?? 'TRACE1',
      originator: `1${payer}`,
    },
    date,
    dateSource: 'BPR16',
    claims: of.claims.map(claimDocument),
    providerAdjustments: plb,
  })
}

export interface PayerOf {
  readonly payer: string
  readonly payerName?: string
  readonly sequence?: string
  readonly member?: string
  readonly filing?: string
  readonly statedPaid?: number
}

export interface SubmittedOf {
  readonly pcn: string
  readonly kind?: 'professional' | 'institutional' | 'dental'
  readonly charge?: number
  readonly frequency?: string
  readonly patient?: {
    readonly id?: string
    readonly last?: string
    readonly first?: string
    readonly suffix?: string
    readonly born?: string
  }
  readonly to?: PayerOf
  readonly others?: readonly PayerOf[]
  readonly lines: readonly LineOf[]
  readonly patientPaid?: number
  readonly originalReference?: string
}

const coverageDocument = (payer: PayerOf, pcn: string, patient: object) => ({
  sequence: payer.sequence ?? 'P',
  relationship: '18',
  filingIndicator: payer.filing ?? '12',
  payerName: payer.payerName ?? `${payer.payer} HEALTH`,
  payerId: payer.payer,
  payerIdQualifier: 'PI',
  memberId: payer.member ?? `M-${pcn}`,
  subscriber: patient,
  ...(payer.statedPaid === undefined ? {} : { statedPaid: payer.statedPaid }),
})

/** An 837: of a practitioner, unless its claims say another kind. */
export const submission = (
  claims: readonly SubmittedOf[],
  of: { readonly created?: string; readonly version?: string } = {},
): ClaimSubmission =>
  claimSubmission.parse({
    controlNumber: '0001',
    version: of.version ?? '005010X222A1',
    reference: 'BATCH1',
    created: of.created ?? '2026-01-12',
    purpose: '00',
    claims: claims.map((claim, index) => {
      const patient = { last: 'DOE', first: 'JANE', ...claim.patient }
      return {
        number: index + 1,
        segment: index + 1,
        kind: claim.kind ?? 'professional',
        patientControlNumber: claim.pcn,
        charge: claim.charge ?? sum(claim.lines.map(({ charge }) => charge)),
        placeOfService: '11',
        frequency: claim.frequency ?? '1',
        ...(claim.originalReference ? { originalReference: claim.originalReference } : {}),
        ...(claim.patientPaid === undefined ? {} : { patientPaid: claim.patientPaid }),
        billingProvider: { name: 'SAMPLE CLINIC', id: '1234567893' },
        diagnoses: ['Z000'],
        patient,
        destination: coverageDocument(claim.to ?? { payer: 'ACME' }, claim.pcn, patient),
        otherCoverages: (claim.others ?? []).map((payer) => coverageDocument(payer, claim.pcn, patient)),
        lines: claim.lines.map((line, at) => ({
          number: at + 1,
          code: line.code ?? '99213',
          modifiers: [...(line.modifiers ?? [])],
          charge: line.charge,
          units: line.units ?? '1',
          diagnosisPointers: [1],
          serviceFrom: line.on ?? SERVED,
          serviceTo: line.until ?? line.on ?? SERVED,
          ...(line.revenueCode ? { revenueCode: line.revenueCode } : {}),
          ...(line.controlNumber ? { lineControlNumber: line.controlNumber } : {}),
        })),
        defects: [],
        findings: [],
      }
    }),
  })
