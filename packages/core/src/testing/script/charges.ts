import type { AccountState } from '../../account/index.ts'
import type { LedgerCommand } from '../../account/ledger/commands.ts'
import { addDays, type Day } from '../../kernel/day.ts'
import type { AdjustmentId, VisitId } from '../../kernel/ids.ts'
import type { Random } from '../random.ts'
import type { Ways } from './moment.ts'
import {
  amount,
  type Generate,
  none,
  oneOf,
  openItems,
  recently,
  share,
  shares,
  slip,
  someLine,
  someParty,
  visits,
} from './moment.ts'

// Charges, and what moves or gives up a balance without money.

/** A visit that is not open yet is of any of the account's patients. */
export const charge = ((random, { state, today, number }) => {
  const visit = random.pick(visits)
  const patients = [...state.registration.patients.keys()]
  const opens = patients.length > 1 && !state.registration.visits.has(visit as VisitId)
  return {
    type: 'PostCharge',
    on: recently(random, today),
    visit,
    line: random.oneIn(15) ? 'l1' : `l${number}`,
    lineControlNumber: `l${number}`,
    code: random.pick(['99213', '99214', '80053']),
    amount: amount(random),
    ...(opens ? { patient: random.pick(patients) } : {}),
    ...(random.oneIn(3) ? { party: 'patient' as const } : {}),
  }
}) satisfies Generate<'PostCharge'>

/** What an older book still had open when this one begins. */
export const bringForward = ((random, { today }) => ({
  type: 'BringForward',
  booksBegin: today,
  visit: 'v1',
  source: 'old system',
  lines: [
    { line: 'l-old1', code: '99213', dos: addDays(today, -40), party: 'patient', amount: amount(random) },
    { line: 'l-old2', code: '99214', dos: addDays(today, -9), party: 'patient', amount: -amount(random) },
  ],
})) satisfies Generate<'BringForward'>

const grounds = (random: Random, on: Day) => ({
  bankruptcy: {
    chapter: '7' as const,
    caseNumber: '26-40001',
    court: 'D. Minn.',
    petitionedOn: addDays(on, -random.int(0, 20)),
  },
  estate: { diedOn: addDays(on, -random.int(0, 20)), because: 'noEstate' as const, reference: 'search 1' },
  qmb: { checkedOn: addDays(on, -random.int(0, 20)), reference: '271 of the day' },
})

export const writeOff: Generate<'WriteOff'> = (random, moment) => {
  const open = openItems(moment)
  if (none(random, open)) return undefined
  const item = open.length > 0 ? random.pick(open) : undefined
  const visit = item && moment.state.ledger.lines.get(item.line)?.visitId
  const on = recently(random, moment.today)
  const grounded = random.oneIn(16)
  const onPlan = item && [...moment.state.plans.plans.values()].some(({ lines }) => lines.includes(item.line))
  return {
    type: 'WriteOff',
    on,
    visit: visit ?? 'v1',
    party: item?.party ?? 'patient',
    category: grounded
      ? random.pick(['bankruptcy', 'estate', 'qmb', 'medicaid', 'nsa'])
      : onPlan && random.oneIn(2)
        ? 'statutoryPlan'
        : random.pick(['administrative', 'charity', 'timeLimit', 'smallDebit']),
    approval: {
      by: 'dora',
      roles: random.oneIn(12) ? [] : ['director', 'faSupervisor'],
      ...(random.oneIn(4) ? {} : { determination: 'fap-1' }),
      ...(grounded ? grounds(random, on) : {}),
    },
    reason: 'given up',
    ...(random.oneIn(2) && item
      ? { lines: slip(random, [{ line: item.line, amount: random.int(1, item.owed + 1) }]) }
      : {}),
  }
}

export const reverseAdjustment: Generate<'ReverseAdjustment'> = (random, { state, today }) => {
  const { adjustments } = state.ledger
  if (none(random, [...adjustments.keys()])) return undefined
  const adjustment = oneOf(random, adjustments.keys(), 'adjustment-unknown')
  const parts = adjustments.get(adjustment as AdjustmentId)?.parts ?? []
  const part = parts.length > 0 && random.oneIn(2) ? random.pick(parts) : undefined
  return {
    type: 'ReverseAdjustment',
    on: recently(random, today),
    adjustment,
    mode: random.pick(['correction', 'economic']),
    reason: 'restored',
    ...(part ? { lines: slip(random, [{ line: part.lineId, amount: random.int(1, part.amount) }]) } : {}),
  }
}

/** What the payer said; seldom that another one answers, or that the service is protected. */
const evidence = (random: Random) => ({
  group: random.pick(['PR', 'PR', 'CO']),
  carc: random.oneIn(16) ? random.pick(['19', '20']) : random.pick(['1', '3']),
  ...(random.oneIn(16) ? { remarks: ['N882'] } : {}),
})

export const transfer: Generate<'TransferResponsibility'> = (random, moment) => {
  const open = openItems(moment)
  if (none(random, open) || none(random, [...moment.state.coverage.coverages.keys()])) return undefined
  const item = open.length > 0 ? random.pick(open) : undefined
  const from = item?.party ?? someParty(random, moment)
  const to = someParty(random, moment)
  return {
    type: 'TransferResponsibility',
    on: recently(random, moment.today),
    from,
    to: to === from && !random.oneIn(8) ? someParty(random, moment) : to,
    lines: random.oneIn(2) ? [share(random, moment, item?.party)] : shares(random, moment, item?.party),
    because: random.pick(['manual', 'cobChanged', 'coverageTermed', 'coverageFound']),
    reason: 'moved',
    ...(random.oneIn(4) ? {} : { evidence: evidence(random) }),
  }
}

/** A person ends a holding: to the patient with or without a notice, to the next payer, or to nobody. */
export const release: Generate<'ReleaseResponsibility'> = (random, moment) => {
  const open = [...moment.state.ledger.holdings.values()].filter((holding) => holding.open)
  if (none(random, open)) return undefined
  const notice = { group: 'PR', carc: '204', denial: true, notice: 'signed waiver' }
  return {
    type: 'ReleaseResponsibility',
    on: moment.today,
    holding: oneOf(
      random,
      open.map((holding) => holding.event.holdingId),
      'h-unknown',
    ),
    outcome: random.pick([
      { kind: 'toPatient' as const, evidence: notice },
      { kind: 'toPatient' as const },
      { kind: 'toNext' as const },
      { kind: 'toNext' as const, coverage: oneOf(random, moment.state.coverage.coverages.keys(), 'cov9') },
      { kind: 'writtenOff' as const, category: 'administrative' as const },
    ]),
    reason: 'reviewed',
  }
}

const paidLines = (state: AccountState): readonly string[] =>
  [...state.claims.adjudications.values()].flatMap(({ event, reversed }) =>
    reversed ? [] : event.lines.flatMap(({ lineId, paid }) => (lineId !== undefined && paid > 0 ? [lineId] : [])),
  )

/** Often a line that a payer has paid: its money is then to be sent back. */
export const voidCharge: Generate<'VoidCharge'> = (random, moment) => {
  const paid = paidLines(moment.state)
  return {
    type: 'VoidCharge',
    on: recently(random, moment.today),
    line: paid.length > 0 && random.oneIn(2) ? random.pick(paid) : someLine(random, moment),
    mode: random.pick(['correction', 'economic']),
    reason: 'not performed',
  }
}

/** How its commands come into random lives. */
export const ledgerWays: Ways<LedgerCommand> = {
  BringForward: { make: bringForward, often: 0, collecting: 0 },
  PostCharge: { make: charge, often: 7, collecting: 4 },
  VoidCharge: { make: voidCharge, often: 2, collecting: 2 },
  TransferResponsibility: { make: transfer, often: 4, collecting: 2, instead: 'AddCoverage' },
  ReleaseResponsibility: { make: release, often: 2, collecting: 0 },
  WriteOff: { make: writeOff, often: 4, collecting: 2, planning: 5 },
  ReverseAdjustment: { make: reverseAdjustment, often: 2, collecting: 2, instead: 'WriteOff' },
}
