import { toCents } from '@daybook/core/kernel'
import type { AdviceAdjustment, AdviceClaim, AdviceLine } from '@daybook/core/remittance'
import type { Settlement } from './books.ts'
import type { Payer } from './payers.ts'
import { chargeOf, type Visit, type VisitLine } from './visit.ts'

/**
 * What an adjustment means for the books, as the payer means it: it lowers what is owed, names the patient's share,
 * leaves the amount where it is (a denial, an undecided amount), leaves it there because the patient may not be asked,
 * or repeats what an earlier payer did.
 */
export type Meaning = 'reduces' | 'share' | 'stays' | 'protected' | 'prior'

/** One CAS triple; amounts in cents, signed. */
export interface Cas {
  readonly group: string
  readonly carc: string
  readonly amount: number
  readonly meaning: Meaning
}

export const reduces = (amount: number, carc = '45', group = 'CO'): Cas => ({ group, carc, amount, meaning: 'reduces' })
export const share = (carc: string, amount: number): Cas => ({ group: 'PR', carc, amount, meaning: 'share' })
export const denied = (carc: string, amount: number, group = 'CO'): Cas => ({ group, carc, amount, meaning: 'stays' })
export const shielded = (carc: string, amount: number, group = 'PR'): Cas => ({
  group,
  carc,
  amount,
  meaning: 'protected',
})
export const priorPayer = (amount: number): Cas => ({ group: 'OA', carc: '23', amount, meaning: 'prior' })

/** What a payer says of one line, or of a part of one. */
export interface Ruling {
  readonly line: VisitLine
  readonly charge: number
  readonly paid: number
  readonly cas: readonly Cas[]
  readonly remarks?: readonly string[]
  /** SVC01, where the payer changed the code; the submitted one then stands in SVC06. */
  readonly adjudicatedCode?: string
}

/** One claim of an advice before it is written: who rules, and how the rulings are put on paper. */
export interface Judgement {
  readonly visit: Visit
  readonly payer: Payer
  readonly controlNumber: string
  readonly rulings: readonly Ruling[]
  readonly status?: string
  readonly claimCas?: readonly Cas[]
  /** No SVC at all: everything is said at claim level. */
  readonly withoutLines?: boolean
  readonly crossover?: { readonly name: string; readonly id?: string }
  readonly remarks?: readonly string[]
  readonly interest?: number
  readonly originalReference?: string
}

const total = (cas: readonly Cas[], meaning?: Meaning): number =>
  cas.reduce((sum, { amount, meaning: own }) => (meaning === undefined || own === meaning ? sum + amount : sum), 0)
const allCas = ({ rulings, claimCas = [] }: Judgement): readonly Cas[] => [
  ...rulings.flatMap((ruling) => ruling.cas),
  ...claimCas,
]
/** CLP04: what the lines say, less what is taken off at claim level (B4). */
const paidOf = ({ rulings, claimCas = [] }: Judgement): number =>
  rulings.reduce((sum, ruling) => sum + ruling.paid, 0) - total(claimCas)

const adjustment = ({ group, carc, amount }: Cas): AdviceAdjustment => ({ group, carc, amount: toCents(amount) })

/** Neighbours of one group and code become one triple. */
const summed = (cas: readonly Cas[]): readonly AdviceAdjustment[] => {
  const sums = new Map<string, Cas>()
  for (const each of cas) {
    const key = `${each.group} ${each.carc}`
    sums.set(key, { ...each, amount: (sums.get(key)?.amount ?? 0) + each.amount })
  }
  return [...sums.values()].map(adjustment)
}

const adviceLine = ({ visit, payer }: Judgement, ruling: Ruling, at: number): AdviceLine => {
  const { line, adjudicatedCode } = ruling
  const qualifier = line.code === undefined ? 'NU' : 'HC'
  const own = { qualifier, code: line.code ?? line.revenueCode ?? '', modifiers: [...line.modifiers] }
  const allowed = ruling.charge - total(ruling.cas, 'reduces')
  return {
    number: at + 1,
    adjudicated: adjudicatedCode === undefined ? own : { qualifier: 'HC', code: adjudicatedCode, modifiers: [] },
    ...(adjudicatedCode === undefined ? {} : { submitted: own }),
    charge: toCents(ruling.charge),
    paid: toCents(ruling.paid),
    ...(line.revenueCode === undefined ? {} : { revenueCode: line.revenueCode }),
    unitsPaid: String(line.units),
    serviceFrom: visit.serviceDay,
    serviceTo: visit.serviceDay,
    ...(payer.echoesLines ? { lineControlNumber: line.control } : {}),
    adjustments: ruling.cas.map(adjustment),
    remarks: [...(ruling.remarks ?? [])],
    ...(ruling.paid > 0 ? { allowed: toCents(allowed) } : {}),
  }
}

/** The claim as the payer writes it. Its place in the transaction is given when the transaction is put together. */
export const adviceOf = (judgement: Judgement): AdviceClaim => {
  const { visit, payer, rulings, claimCas = [] } = judgement
  const { patient } = visit.insured
  const member = visit.insured.coverages.find((coverage) => coverage.payer === payer)?.memberId
  const lines = judgement.withoutLines ? [] : rulings.map((ruling, at) => adviceLine(judgement, ruling, at))
  return {
    number: 1,
    segment: 1,
    patientControlNumber: visit.controlNumber,
    status: judgement.status ?? '1',
    charge: toCents(chargeOf(rulings)),
    paid: toCents(paidOf(judgement)),
    patientResponsibility: toCents(total(allCas(judgement).filter(({ group }) => group === 'PR'))),
    filingIndicator: payer.filingIndicator,
    payerControlNumber: judgement.controlNumber,
    facilityType: visit.kind === 'institutional' ? '13' : '11',
    frequency: '1',
    patient: { last: patient.last, first: patient.first, ...(member === undefined ? {} : { id: member }) },
    ...(judgement.crossover ? { crossover: judgement.crossover } : {}),
    adjustments: judgement.withoutLines ? [...summed(allCas(judgement))] : claimCas.map(adjustment),
    remarks: [...(judgement.remarks ?? [])],
    ...(judgement.originalReference ? { originalReference: judgement.originalReference } : {}),
    ...(judgement.withoutLines ? { statementFrom: visit.serviceDay, statementTo: visit.serviceDay } : {}),
    ...(judgement.interest === undefined ? {} : { interest: toCents(judgement.interest) }),
    lines,
    defects: [],
    findings: [],
  }
}

const negated = (adjustments: readonly AdviceAdjustment[]): AdviceAdjustment[] =>
  adjustments.map((each) => ({ ...each, amount: toCents(-each.amount) }))

/** CLP02 22: the claim with every amount turned round (B9). */
export const reversalOf = (claim: AdviceClaim): AdviceClaim => {
  const { patientResponsibility: _share, interest: _interest, crossover: _crossover, ...rest } = claim
  return {
    ...rest,
    status: '22',
    charge: toCents(-(claim.charge ?? 0)),
    paid: toCents(-(claim.paid ?? 0)),
    adjustments: negated(claim.adjustments),
    lines: claim.lines.map(({ allowed: _allowed, ...line }) => ({
      ...line,
      charge: toCents(-line.charge),
      paid: toCents(-line.paid),
      unitsPaid: `-${line.unitsPaid ?? '1'}`,
      adjustments: negated(line.adjustments),
    })),
  }
}

/** What the claim does to the books, for the payer that is first asked. */
export const settlementOf = (judgement: Judgement, next: string): Settlement => {
  const cas = allCas(judgement)
  return {
    payer: judgement.payer.name,
    next,
    paid: paidOf(judgement),
    contractual: total(cas, 'reduces'),
    share: total(cas, 'share'),
    held: total(cas, 'protected'),
  }
}

/**
 * The same for a later payer: whatever reduction it reports, only what is still open with it can be given up (rule N).
 */
export const laterSettlementOf = (judgement: Judgement, open: number, next: string): Settlement => {
  const settlement = settlementOf(judgement, next)
  const stays = total(allCas(judgement), 'stays')
  return { ...settlement, contractual: open - settlement.paid - settlement.share - stays }
}
