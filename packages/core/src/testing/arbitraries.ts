import type { AccountCommandInput } from '../account/commands.ts'
import type { AccountState } from '../account/index.ts'
import { owedOn } from '../account/ledger/state.ts'
import { type Payment, remainingOf, unappliedOf } from '../account/payments/state.ts'
import { addDays, type Day, toDay } from '../kernel/day.ts'
import { coverageParty, PATIENT, type Party } from '../kernel/effects.ts'
import type { AdjustmentId, CoverageId, LineId, PaymentId, VisitId } from '../kernel/ids.ts'
import { emptyHistory, type History, issue, type Office } from './history.ts'
import type { Random } from './random.ts'

/** What a generator sees: the account so far, the day, and how many commands were given. */
interface Moment {
  readonly state: AccountState
  readonly today: Day
  readonly number: number
}

type Generate = (random: Random, moment: Moment) => AccountCommandInput

const visits = ['v1', 'v2', 'v3'] as const
const coverages = ['cov1', 'cov2'] as const
/** A figure that is often round, sometimes one cent, sometimes odd. */
const amount = (random: Random): number => random.pick([10_000, 5_000, 1, 999, 333, random.int(1, 60_000)])
const recently = (random: Random, today: Day): Day => addDays(today, -random.pick([0, 0, 1, 5, random.int(0, 60)]))

/** What somebody owes now, and who: most commands aim at one of these. */
const openItems = ({
  state,
}: Moment): readonly { readonly line: LineId; readonly party: Party; readonly owed: number }[] =>
  [...state.ledger.lines.values()].flatMap(({ lineId }) =>
    [PATIENT, ...[...state.coverage.coverages.keys()].map(coverageParty)].flatMap((party) => {
      const owed = owedOn(state.ledger, lineId, party)
      return owed > 0 ? [{ line: lineId, party, owed }] : []
    }),
  )

/** One of the list, or now and then, and where there is none, something that is not on file. */
const oneOf = <T extends string>(random: Random, known: Iterable<T>, unknown: string): string => {
  const list = [...known]
  return list.length === 0 || random.oneIn(16) ? unknown : random.pick(list)
}
const someLine = (random: Random, { state }: Moment): string => oneOf(random, state.ledger.lines.keys(), 'l-unknown')
const someParty = (random: Random): 'patient' | { coverageId: string } =>
  random.pick(['patient', { coverageId: 'cov1' }, { coverageId: 'cov2' }])
const somePayment = (random: Random, { state }: Moment, wanted: (payment: Payment) => boolean): string => {
  const all = [...state.payments.payments.values()]
  const fitting = all.filter(wanted)
  return oneOf(
    random,
    (fitting.length > 0 ? fitting : all).map((payment) => payment.paymentId),
    'p-unknown',
  )
}

/** A line on which a party owes, and part of it, all of it, or some figure. */
const share = (random: Random, moment: Moment, of: Party | undefined) => {
  const open = openItems(moment).filter(({ party }) => of === undefined || party === of)
  const item = open.length > 0 && !random.oneIn(10) ? random.pick(open) : undefined
  const line = item?.line ?? someLine(random, moment)
  return random.pick([{ line }, { line, amount: random.int(1, item?.owed ?? 100) }, { line, amount: amount(random) }])
}

const charge: Generate = (random, { today, number }) => ({
  type: 'PostCharge',
  on: recently(random, today),
  visit: random.pick(visits),
  line: random.oneIn(15) ? 'l1' : `l${number}`,
  lineControlNumber: `l${number}`,
  code: random.pick(['99213', '99214', '80053']),
  amount: amount(random),
  ...(random.oneIn(3) ? { party: 'patient' as const } : {}),
})

const coverage: Generate = (random, { today }) => ({
  type: 'AddCoverage',
  on: today,
  coverage: random.pick(coverages),
  payer: random.pick(['acme', 'medicaid']),
  filingIndicator: random.pick(['12', 'MC', 'MB']),
  ...(random.oneIn(3) ? { from: recently(random, today) } : {}),
})

const endCoverage: Generate = (random, { state, today }) => ({
  type: 'TerminateCoverage',
  on: today,
  coverage: oneOf(random, state.coverage.coverages.keys(), 'cov9'),
  lastDay: recently(random, today),
  reason: 'ended',
})

const payment: Generate = (random, moment) => ({
  type: 'PostPayment',
  on: recently(random, moment.today),
  payment: `p${moment.number}`,
  amount: amount(random),
  tender: random.pick(['cash', 'check', 'card']),
  ...random.pick([
    {},
    {},
    { designation: { visitId: random.pick(visits) } },
    { designation: { lines: [someLine(random, moment)] } },
    { allocations: [share(random, moment, PATIENT)] },
    { externalRef: random.pick(['r1', 'r2']) },
    { source: 'agency' as const },
  ]),
})

const apply: Generate = (random, moment) => ({
  type: 'ApplyUnapplied',
  payment: somePayment(random, moment, (payment) => unappliedOf(payment) > 0),
  ...(random.oneIn(2) ? { allocations: [share(random, moment, PATIENT)] } : {}),
})

const deallocate: Generate = (random, moment) => {
  const payment = somePayment(random, moment, (one) => one.allocations.length > 0)
  const parts = moment.state.payments.payments.get(payment as PaymentId)?.allocations ?? []
  const part = parts.length > 0 && random.oneIn(2) ? random.pick(parts) : undefined
  return {
    type: 'DeallocatePayment',
    payment,
    reason: 'redirected',
    ...(part ? { lines: [{ line: part.lineId, amount: random.int(1, part.amount) }] } : {}),
  }
}

const reverse: Generate = (random, moment) => ({
  type: 'ReversePayment',
  on: recently(random, moment.today),
  payment: somePayment(random, moment, (payment) => remainingOf(payment) > 0),
  kind: random.pick(['nsf', 'chargeback', 'misposted', 'duplicate']),
  reason: 'went back',
  ...(random.oneIn(3) ? { amount: amount(random) } : {}),
})

const writeOff: Generate = (random, moment) => {
  const open = openItems(moment)
  const item = open.length > 0 ? random.pick(open) : undefined
  const visit = item && moment.state.ledger.lines.get(item.line)?.visitId
  return {
    type: 'WriteOff',
    on: recently(random, moment.today),
    visit: visit ?? 'v1',
    party: item?.party ?? 'patient',
    category: random.pick(['administrative', 'charity', 'timeLimit', 'smallDebit']),
    approval: { by: 'dora', roles: ['director', 'faSupervisor'] },
    reason: 'given up',
    ...(random.oneIn(2) && item ? { lines: [{ line: item.line, amount: random.int(1, item.owed + 1) }] } : {}),
  }
}

const undoWriteOff: Generate = (random, moment) => {
  const adjustment = oneOf(random, moment.state.ledger.adjustments.keys(), 'adjustment-unknown')
  const parts = moment.state.ledger.adjustments.get(adjustment as AdjustmentId)?.parts ?? []
  const part = parts.length > 0 && random.oneIn(2) ? random.pick(parts) : undefined
  return {
    type: 'ReverseAdjustment',
    on: recently(random, moment.today),
    adjustment,
    mode: random.pick(['correction', 'economic']),
    reason: 'restored',
    ...(part ? { lines: [{ line: part.lineId, amount: random.int(1, part.amount) }] } : {}),
  }
}

const transfer: Generate = (random, moment) => {
  const open = openItems(moment)
  const item = open.length > 0 ? random.pick(open) : undefined
  return {
    type: 'TransferResponsibility',
    on: recently(random, moment.today),
    from: item?.party ?? someParty(random),
    to: someParty(random),
    lines: [share(random, moment, item?.party)],
    because: random.pick(['manual', 'cobChanged', 'coverageTermed', 'coverageFound']),
    reason: 'moved',
    ...(random.oneIn(4) ? {} : { evidence: { group: random.pick(['PR', 'PR', 'CO']), carc: random.pick(['1', '3']) } }),
  }
}

const cancel: Generate = (random, moment) => ({
  type: 'VoidCharge',
  on: recently(random, moment.today),
  line: someLine(random, moment),
  mode: random.pick(['correction', 'economic']),
  reason: 'not performed',
})

const refund: Generate = (random, { state, today, number }) => {
  const credits = [...state.credits.credits.values()]
  const payments = [...state.payments.payments.values()].filter((payment) => unappliedOf(payment) > 0)
  const credit = credits.length > 0 && !random.oneIn(3) ? random.pick(credits) : undefined
  const payment = credit === undefined && payments.length > 0 ? random.pick(payments) : undefined
  const patients = payment !== undefined || credit?.owner === 'patient'
  return {
    type: 'ApproveRefund',
    on: today,
    refund: `r${number}`,
    payee: patients === random.oneIn(8) ? 'payer' : 'guarantor',
    method: random.pick(['card', 'check']),
    reason: 'overpaid',
    ...(credit ? { credit: credit.creditId } : {}),
    ...(payment ? { payment: payment.paymentId } : {}),
    ...(random.oneIn(3) ? { amount: amount(random) } : {}),
  }
}

const refundStep: Generate = (random, { state, today }) => {
  const alive = [...state.credits.refunds].filter(([, { status }]) => status === 'approved' || status === 'issued')
  const refund = oneOf(
    random,
    alive.map(([id]) => id),
    'r-unknown',
  )
  const step = { on: today, refund }
  return random.pick([
    { type: 'IssueRefund' as const, ...step },
    { type: 'IssueRefund' as const, ...step },
    { type: 'ClearRefund' as const, ...step },
    { type: 'VoidRefund' as const, ...step, reason: 'not cashed' },
  ])
}

/** One payer's advice on a visit: pays, reduces and passes on shares of each charge that this coverage still bears. */
const remit: Generate = (random, { state, today, number }) => {
  const billed = [...state.ledger.lines.values()].flatMap(({ lineId, visitId, voided }) =>
    [...state.coverage.coverages.keys()]
      .filter((coverage) => !voided && owedOn(state.ledger, lineId, coverageParty(coverage)) > 0)
      .map((coverage) => ({ visit: visitId, coverage })),
  )
  const target = billed.length > 0 ? random.pick(billed) : { visit: 'v1', coverage: 'cov1' }
  const { visit } = target
  const known = state.coverage.coverages.get(target.coverage as CoverageId)
  const lines = (state.ledger.linesByVisit.get(visit as VisitId) ?? [])
    .flatMap((id) => state.ledger.lines.get(id) ?? [])
    .filter(
      (line) => !line.voided && owedOn(state.ledger, line.lineId, coverageParty(target.coverage as CoverageId)) > 0,
    )
  const back = random.oneIn(16) ? -1 : 1
  const adviceLines = lines.map((line, index) => {
    const paid = random.pick([0, line.amount, random.int(0, line.amount)])
    const reduced = random.int(0, line.amount - paid)
    const passedOn = line.amount - paid - reduced
    return {
      number: index + 1,
      adjudicated: { qualifier: 'HC', code: line.code, modifiers: [] },
      charge: back * line.amount,
      paid: back * paid,
      lineControlNumber: line.lineId,
      adjustments: [
        { group: 'CO', carc: '45', amount: back * reduced },
        { group: 'PR', carc: random.pick(['1', '2', '3']), amount: back * passedOn },
      ],
      remarks: [],
    }
  })
  const total = (of: 'charge' | 'paid') => adviceLines.reduce((sum, line) => sum + line[of], 0)
  return {
    type: 'PostRemittedClaims',
    on: today,
    remittanceId: `remit-${number}`,
    payer: { payerId: known?.payerId ?? 'acme', payerName: 'Acme Health' },
    capitation: false,
    visit: { known: visit },
    claims: [
      {
        number: 1,
        segment: 1,
        patientControlNumber: visit,
        status: back < 0 ? '22' : '1',
        charge: total('charge'),
        paid: total('paid'),
        filingIndicator: known?.filingIndicator ?? '12',
        payerControlNumber: `P${number}`,
        patient: { id: 'M1' },
        adjustments: [],
        remarks: [],
        lines: adviceLines,
        defects: [],
        findings: [],
      },
    ],
  }
}

/** The exact reversal of an adjudication on file, with nothing to correct it: credits are provisional after it. */
const takeBack: Generate = (random, moment) => {
  const standing = [...moment.state.claims.adjudications.values()].filter((one) => !one.reversed)
  if (standing.length === 0) return remit(random, moment)
  const { event } = random.pick(standing)
  return {
    type: 'PostRemittedClaims',
    on: moment.today,
    remittanceId: `remit-${moment.number}`,
    payer: { payerId: event.claimKey.payerId, payerName: 'Acme Health' },
    capitation: false,
    visit: { known: event.visitId },
    claims: [
      {
        number: 1,
        segment: 1,
        patientControlNumber: event.claimKey.patientControlNumber,
        status: '22',
        charge: -event.chargeTotal,
        paid: -event.paidTotal,
        filingIndicator: '12',
        payerControlNumber: event.claimKey.payerControlNumber,
        patient: { id: 'M1' },
        adjustments: [],
        remarks: [],
        lines: event.lines.map((line, index) => ({
          number: index + 1,
          adjudicated: { qualifier: 'HC', code: line.submittedCode ?? '99213', modifiers: [] },
          charge: -line.charge,
          paid: -line.paid,
          lineControlNumber: line.lineId,
          adjustments: line.adjustments.map(({ group, carc, amount: cents }) => ({ group, carc, amount: -cents })),
          remarks: [],
        })),
        defects: [],
        findings: [],
      },
    ],
  }
}

/** Charges and payments come often, their undoing seldom, as at a desk. */
const generators: readonly Generate[] = [
  ...[charge, charge, charge, charge, payment, payment, payment, payment, remit, remit, remit, remit, takeBack],
  ...[coverage, apply, apply, deallocate, reverse, reverse, writeOff, writeOff, undoWriteOff, transfer, transfer],
  ...[cancel, refund, refund, refundStep, refundStep, endCoverage],
]

export interface ScriptOptions {
  readonly office: Office
  /** Day of the first command. */
  readonly from?: string
  readonly longest?: number
  /** Only commands that this lets through are given. */
  readonly only?: (command: AccountCommandInput) => boolean
}

/** The life of an account from random choices: each command is made for the account as it then is, good or bad. */
export const randomHistory = (random: Random, options: ScriptOptions): History => {
  let today = toDay(options.from ?? '2026-03-02')
  let history: History = issue(
    emptyHistory,
    { type: 'OpenAccount', accountId: 'a1', on: addDays(today, -90), guarantor: { state: 'MN' } },
    addDays(today, -90),
    options.office,
  )
  history = random.oneIn(3)
    ? history
    : issue(
        history,
        { type: 'AddCoverage', on: today, coverage: 'cov1', payer: 'acme', filingIndicator: '12' },
        today,
        options.office,
      )
  for (let number = 1; number <= (options.longest ?? 40) && !random.exhausted(); number += 1) {
    today = addDays(today, random.pick([0, 0, 1, 3, random.int(0, 30)]))
    const command = random.pick(generators)(random, { state: history.state, today, number })
    if (options.only && !options.only(command)) continue
    history = issue(history, command, today, options.office)
  }
  return history
}
