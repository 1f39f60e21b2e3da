import { type AccountEvent, accountCodec } from '@daybook/core/account'
import type { Of } from '@daybook/core/kernel'

/** A plain event as a test writes it: unbranded texts and numbers. */
type Plain<T> = T extends number
  ? number
  : T extends string
    ? string
    : T extends readonly (infer I)[]
      ? readonly Plain<I>[]
      : T extends object
        ? { readonly [K in keyof T]: Plain<T[K]> }
        : T

/** An event of the account, checked by the codec, so that a script can only tell what can be stored. */
export const event = <K extends AccountEvent['type']>(
  type: K,
  on: string,
  fields: Omit<Plain<Of<AccountEvent, K>>, 'type' | 'effectiveDate'>,
): AccountEvent => {
  const schema = accountCodec.definitions.get(type)?.schema
  if (!schema) throw new RangeError(`no event ${type}`)
  return schema.parse({ type, effectiveDate: on, ...fields }) as AccountEvent
}

export type PlainParty = 'patient' | { readonly coverageId: string }
export const plan: PlainParty = { coverageId: 'cov1' }
export const secondPlan: PlainParty = { coverageId: 'cov2' }

const base = (party: PlainParty): string => (party === 'patient' ? 'pat' : party.coverageId)
/** The layer of a line at a party; a further one of the same pair takes a suffix. */
export const layerId = (line: string, party: PlainParty, suffix = ''): string => `${line}-${base(party)}${suffix}`
export const effect = (line: string, party: PlainParty, amount: number, stage = 'active', suffix = '') => ({
  lineId: line,
  layerId: layerId(line, party, suffix),
  party,
  stage: stage as 'active' | 'placed' | 'badDebt',
  amount,
})

/** An account of one patient with one or two payers and one visit. */
export const opened = (on: string, options: { readonly secondary?: boolean; readonly filing?: string } = {}) => {
  const filing = options.filing ?? '12'
  const coverage = (coverageId: string, payerName: string, order: number) =>
    event('CoverageAdded', on, {
      coverageId,
      patientId: 'p1',
      payerId: payerName.replaceAll(' ', '-'),
      payerName,
      filingIndicator: order === 1 ? filing : 'CI',
      order,
      capitated: false,
      stub: false,
    })
  return [
    event('AccountOpened', on, {
      accountId: 'a1',
      guarantor: { name: 'Jo Roe', state: 'MN', standing: 'confirmed' },
      openedFrom: 'desk',
      converted: false,
    }),
    event('PatientRegistered', on, {
      patientId: 'p1',
      first: 'Jane',
      last: 'Doe',
      relationshipToGuarantor: 'self',
    }),
    coverage('cov1', 'SAMPLE HEALTH PLAN', 1),
    ...(options.secondary ? [coverage('cov2', 'SECOND PLAN', 2)] : []),
    event('VisitOpened', on, {
      visitId: 'v1',
      patientId: 'p1',
      patientControlNumber: 'ACC-A',
      kind: 'professional',
    }),
  ]
}

export const charge = (line: string, on: string, code: string, amount: number, party: PlainParty = plan) =>
  event('ChargePosted', on, {
    visitId: 'v1',
    lineId: line,
    code,
    modifiers: [],
    units: '1',
    dosFrom: on,
    dosTo: on,
    amount,
    party,
    effects: [effect(line, party, amount)],
    contra: [{ account: 'revenue', amount: -amount }],
    opens: [{ layerId: layerId(line, party), lineId: line, party, agingFrom: on }],
  })

export interface PlainAdjustment {
  readonly group: string
  readonly carc: string
  readonly amount: number
  readonly disposition: 'contractual' | 'transfer' | 'denial' | 'pending' | 'held' | 'priorPayer' | 'withheld'
  readonly derived?: boolean
}

export interface PlainLine {
  readonly line: string
  readonly charge: number
  readonly paid: number
  readonly adjustments: readonly PlainAdjustment[]
  readonly derived?: boolean
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)
const of = (line: PlainLine, disposition: PlainAdjustment['disposition']) =>
  line.adjustments.filter((one) => one.disposition === disposition)

/** What a payer's decision posts, unit by unit: adjudication, payment, contractual, transfers to the patient, denials. */
export const adjudicated = (
  id: string,
  on: string,
  lines: readonly PlainLine[],
  options: {
    readonly party?: { readonly coverageId: string }
    readonly category?: string
    readonly suffix?: string
  } = {},
): readonly AccountEvent[] => {
  const party = options.party ?? (plan as { coverageId: string })
  const common = { visitId: 'v1', adjudicationId: id, coverageId: party.coverageId }
  const paid = lines.filter(({ paid }) => paid !== 0)
  const contractual = lines.flatMap((line) => of(line, 'contractual').map((one) => ({ line: line.line, ...one })))
  const denied = lines.flatMap((line) =>
    [...of(line, 'denial'), ...of(line, 'pending')].map((one) => ({ line: line.line, ...one })),
  )
  const shares = lines
    .map((line) => ({
      line: line.line,
      first: of(line, 'transfer')[0],
      amount: sum(of(line, 'transfer').map((one) => one.amount)),
    }))
    .filter(({ amount }) => amount > 0)
  return [
    event('ClaimAdjudicated', on, {
      ...common,
      claimKey: {
        payerId: 'SAMPLE',
        patientControlNumber: 'ACC-A',
        payerControlNumber: 'PCN0001',
        patientKey: 'k1',
      },
      source: { remittanceId: 'r1', claim: 1 },
      status: '1',
      chargeTotal: sum(lines.map((line) => line.charge)),
      paidTotal: sum(lines.map((line) => line.paid)),
      remarks: [],
      lines: lines.map((line) => ({
        lineId: line.line,
        matchedBy: 'lineControlNumber' as const,
        charge: line.charge,
        paid: line.paid,
        adjustments: line.adjustments,
        remarks: [],
        derived: line.derived ?? false,
      })),
      predetermination: false,
      findings: [],
    }),
    ...(paid.length > 0
      ? [
          event('InsurancePaymentPosted', on, {
            ...common,
            lines: paid.map((line) => ({ lineId: line.line, amount: line.paid })),
            effects: paid.map((line) => effect(line.line, party, -line.paid)),
            contra: [{ account: 'payerClearing:r1', amount: sum(paid.map((line) => line.paid)) }],
          }),
        ]
      : []),
    ...(contractual.length > 0
      ? [
          event('ContractualAdjustmentPosted', on, {
            ...common,
            lines: contractual.map(({ line, group, carc, amount }) => ({
              lineId: line,
              group,
              carc,
              amount,
              reported: amount,
            })),
            effects: contractual.map(({ line, amount }) => effect(line, party, -amount)),
            contra: [{ account: 'contractual', amount: sum(contractual.map((one) => one.amount)) }],
          }),
        ]
      : []),
    ...shares.map(({ line, first, amount }) =>
      event('ResponsibilityTransferred', on, {
        visitId: 'v1',
        adjudicationId: id,
        from: party,
        to: 'patient',
        lines: [{ lineId: line, amount }],
        reason: { kind: 'pr', carc: first?.carc ?? '1' },
        mode: 'economic',
        effects: [effect(line, party, -amount), effect(line, 'patient', amount, 'active', options.suffix)],
        contra: [],
        opens: [{ layerId: layerId(line, 'patient', options.suffix), lineId: line, party: 'patient', agingFrom: on }],
      }),
    ),
    ...(denied.length > 0
      ? [
          event('DenialRecorded', on, {
            ...common,
            denialId: `${id}-d`,
            category: options.category ?? 'auth',
            lines: denied.map(({ line, group, carc, amount }) => ({
              lineId: line,
              group,
              carc,
              remarks: ['M62'],
              amount,
            })),
            pending: denied.some((one) => one.disposition === 'pending'),
            amountHeld: false,
          }),
        ]
      : []),
  ]
}

const CO = (carc: string, amount: number): PlainAdjustment => ({
  group: 'CO',
  carc,
  amount,
  disposition: 'contractual',
})
const PR = (carc: string, amount: number): PlainAdjustment => ({ group: 'PR', carc, amount, disposition: 'transfer' })

/** Claim ACC-A of reference §12.6: two lines, 350.00 and 150.00, decided by the payer's remittance of 2026-03-02. */
export const accA: readonly AccountEvent[] = [
  ...opened('2026-01-31'),
  charge('L1', '2026-02-01', '99214', 35_000),
  charge('L2', '2026-02-01', '73562', 15_000),
  ...adjudicated('adj1', '2026-03-02', [
    { line: 'L1', charge: 35_000, paid: 14_000, adjustments: [CO('45', 9_000), PR('1', 10_000), PR('2', 2_000)] },
    { line: 'L2', charge: 15_000, paid: 6_000, adjustments: [CO('45', 6_000), PR('2', 3_000)] },
  ]),
]

/** A patient's payment: allocations to patient layers by line, the rest unapplied. */
export const patientPaid = (
  id: string,
  on: string,
  amount: number,
  allocations: readonly { readonly line: string; readonly amount: number; readonly suffix?: string }[],
  designation?: { readonly visitId: string },
) => {
  const rest = amount - sum(allocations.map((one) => one.amount))
  return event('PatientPaymentPosted', on, {
    paymentId: id,
    tender: 'check',
    source: 'guarantor',
    externalRef: '1042',
    receivedDate: on,
    amount,
    ...(designation ? { designation } : {}),
    allocations: allocations.map((one) => ({
      lineId: one.line,
      layerId: layerId(one.line, 'patient', one.suffix),
      amount: one.amount,
    })),
    effects: allocations.map((one) => effect(one.line, 'patient', -one.amount, 'active', one.suffix)),
    contra: [{ account: 'cash', amount }, ...(rest > 0 ? [{ account: 'unapplied' as const, amount: -rest }] : [])],
  })
}
