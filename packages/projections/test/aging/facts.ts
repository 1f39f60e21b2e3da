import { type AccountEvent, accountCodec } from '@daybook/core/account'

/** Money events as `decide` would write them: figures in cents, effects and contra by postings.md. */

type Stage = 'active' | 'placed' | 'badDebt'
interface Effect {
  readonly line: string
  readonly layer: string
  readonly party: string
  readonly amount: number
  readonly stage?: Stage
}
interface Opening {
  readonly line: string
  readonly layer: string
  readonly party: string
  readonly agingFrom: string
}

/** `patient`, or the id of a coverage. */
const partyOf = (party: string) => (party === 'patient' ? 'patient' : { coverageId: party })
const effectsOf = (effects: readonly Effect[]) =>
  effects
    .filter(({ amount }) => amount !== 0)
    .map(({ line, layer, party, amount, stage = 'active' }) => ({
      lineId: line,
      layerId: layer,
      party: partyOf(party),
      stage,
      amount,
    }))
const opened = (layers: readonly Opening[]) =>
  layers.map(({ line, layer, party, agingFrom }) => ({
    layerId: layer,
    lineId: line,
    party: partyOf(party),
    agingFrom,
  }))
const contraOf = (contra: Readonly<Record<string, number>>) =>
  Object.entries(contra)
    .filter(([, amount]) => amount !== 0)
    .map(([account, amount]) => ({ account, amount }))

/** Checked against the wire contract, so that no test rests on an event that could not be. */
const event = (type: string, effectiveDate: string, fields: object): AccountEvent => {
  const schema = accountCodec.definitions.get(type)?.schema
  if (!schema) throw new RangeError(`no event ${type}`)
  return schema.parse({ type, effectiveDate, ...fields }) as AccountEvent
}

const visitId = 'visit'

export interface ChargeFacts {
  readonly on: string
  readonly line: string
  readonly party: string
  readonly amount: number
  readonly layer?: string
  readonly agingFrom?: string
  readonly dos?: string
  readonly financialClass?: string
  readonly location?: string
  readonly provider?: string
}
export const charge = ({
  on,
  line,
  party,
  amount,
  layer = `${line}-1`,
  agingFrom = on,
  dos = on,
  ...more
}: ChargeFacts) =>
  event('ChargePosted', on, {
    visitId,
    lineId: line,
    code: '99213',
    modifiers: [],
    units: '1',
    dosFrom: dos,
    dosTo: dos,
    amount,
    party: partyOf(party),
    ...more,
    effects: effectsOf([{ line, layer, party, amount }]),
    contra: contraOf({ revenue: -amount }),
    opens: opened([{ line, layer, party, agingFrom }]),
  })

export interface Taken {
  readonly line: string
  readonly layer: string
  readonly amount: number
}
const taken = (parts: readonly Taken[], sign: 1 | -1) =>
  effectsOf(parts.map(({ line, layer, amount }) => ({ line, layer, party: 'patient', amount: sign * amount })))
const allocations = (parts: readonly Taken[]) =>
  parts.map(({ line, layer, amount }) => ({ lineId: line, layerId: layer, amount }))
const total = (parts: readonly { readonly amount: number }[]) => parts.reduce((sum, { amount }) => sum + amount, 0)

export const patientPayment = (on: string, payment: string, amount: number, ...parts: readonly Taken[]) =>
  event('PatientPaymentPosted', on, {
    paymentId: payment,
    tender: 'check',
    source: 'guarantor',
    receivedDate: on,
    amount,
    allocations: allocations(parts),
    effects: taken(parts, -1),
    contra: contraOf({ cash: amount, unapplied: total(parts) - amount }),
  })

export const applied = (on: string, payment: string, ...parts: readonly Taken[]) =>
  event('UnappliedApplied', on, {
    paymentId: payment,
    allocations: allocations(parts),
    effects: taken(parts, -1),
    contra: contraOf({ unapplied: total(parts) }),
  })

export const paymentReversed = (
  on: string,
  payment: string,
  mode: 'economic' | 'correction',
  ...parts: readonly Taken[]
) =>
  event('PaymentReversed', on, {
    paymentId: payment,
    amount: total(parts),
    kind: mode === 'economic' ? 'nsf' : 'misposted',
    mode,
    released: allocations(parts),
    reason: 'test',
    effects: taken(parts, 1),
    contra: contraOf({ cash: -total(parts) }),
  })

export const insurancePaid = (on: string, coverage: string, line: string, amount: number, layer = `${line}-1`) =>
  event('InsurancePaymentPosted', on, {
    visitId,
    adjudicationId: 'adjudication',
    coverageId: coverage,
    lines: [{ lineId: line, amount }],
    effects: effectsOf([{ line, layer, party: coverage, amount: -amount }]),
    contra: contraOf({ 'payerClearing:remittance': amount }),
  })

export const contractual = (on: string, coverage: string, line: string, amount: number, layer = `${line}-1`) =>
  event('ContractualAdjustmentPosted', on, {
    visitId,
    adjudicationId: 'adjudication',
    coverageId: coverage,
    lines: [{ lineId: line, group: 'CO', carc: '45', amount, reported: amount }],
    effects: effectsOf([{ line, layer, party: coverage, amount: -amount }]),
    contra: contraOf({ contractual: amount }),
  })

/** Moves amounts between parties of a line; `opens` where the new party's layer is new. */
export const transferred = (
  on: string,
  line: string,
  amount: number,
  effects: readonly Omit<Effect, 'line'>[],
  opens: readonly Omit<Opening, 'line'>[] = [],
) =>
  event('ResponsibilityTransferred', on, {
    visitId,
    from: partyOf(effects[0]?.party ?? ''),
    to: partyOf(effects.at(-1)?.party ?? ''),
    lines: [{ lineId: line, amount }],
    reason: { kind: 'pr', carc: '3' },
    mode: 'economic',
    effects: effectsOf(effects.map((effect) => ({ ...effect, line }))),
    contra: [],
    opens: opened(opens.map((layer) => ({ ...layer, line }))),
  })

/** The negation of an adjudication: the coverage owes again, what the patient owed is taken back. */
export const adjudicationReversed = (
  on: string,
  coverage: string,
  line: string,
  undone: { readonly paid: number; readonly contractual: number; readonly transferred: number },
  layers: { readonly coverage: string; readonly patient: string },
  pending: boolean,
) =>
  event('AdjudicationReversed', on, {
    visitId,
    adjudicationId: 'adjudication',
    coverageId: coverage,
    source: { manual: 'test' },
    pending,
    residual: [],
    effects: effectsOf([
      { line, layer: layers.coverage, party: coverage, amount: undone.paid + undone.contractual + undone.transferred },
      { line, layer: layers.patient, party: 'patient', amount: -undone.transferred },
    ]),
    contra: contraOf({ 'payerClearing:remittance': -undone.paid, contractual: -undone.contractual }),
  })

export const placed = (on: string, line: string, amount: number, layer = `${line}-1`) =>
  event('AccountPlaced', on, {
    placementId: 'placement',
    agencyId: 'agency',
    kind: 'primary',
    items: [{ lineId: line, layerId: layer, amount }],
    approver: 'boss',
    effects: effectsOf([
      { line, layer, party: 'patient', amount: -amount },
      { line, layer, party: 'patient', amount, stage: 'placed' },
    ]),
    contra: [],
  })

export const claimSubmitted = (on: string, coverage: string, frequency: string, ...lines: readonly string[]) =>
  event('ClaimSubmitted', on, {
    visitId,
    coverageId: coverage,
    patientControlNumber: 'pcn',
    frequency,
    sequence: 'P',
    charge: 1,
    lines,
    findings: [],
  })

export const coverageAdded = (on: string, coverage: string, payer: string, filingIndicator = '12') =>
  event('CoverageAdded', on, {
    coverageId: coverage,
    patientId: 'patient-1',
    payerId: payer,
    payerName: payer,
    filingIndicator,
    order: 1,
    capitated: false,
    stub: false,
  })

export const broughtForward = (on: string, line: string, party: string, amount: number, agingFrom: string) =>
  event('BalanceBroughtForward', on, {
    visitId,
    booksBegin: on,
    lines: [{ lineId: line, code: '99213', dosFrom: agingFrom, party: partyOf(party), amount, agingFrom }],
    source: 'old book',
    effects: effectsOf([{ line, layer: `${line}-1`, party, amount }]),
    contra: contraOf({ openingBalance: -amount }),
    opens: opened([{ line, layer: `${line}-1`, party, agingFrom }]),
  })
