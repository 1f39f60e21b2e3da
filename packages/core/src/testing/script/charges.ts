import type { AccountCommandInput } from '../../account/commands.ts'
import { addDays, type Day } from '../../kernel/day.ts'
import type { AdjustmentId } from '../../kernel/ids.ts'
import type { Random } from '../random.ts'
import {
  amount,
  coverages,
  type Generate,
  oneOf,
  openItems,
  recently,
  share,
  someLine,
  someParty,
  visits,
} from './moment.ts'

// Charges, coverages, and what moves or gives up a balance without money.

export const charge: Generate = (random, { today, number }) => ({
  type: 'PostCharge',
  on: recently(random, today),
  visit: random.pick(visits),
  line: random.oneIn(15) ? 'l1' : `l${number}`,
  lineControlNumber: `l${number}`,
  code: random.pick(['99213', '99214', '80053']),
  amount: amount(random),
  ...(random.oneIn(3) ? { party: 'patient' as const } : {}),
})

/** What an older book still had open when this one begins. */
export const bringForward = (random: Random, booksBegin: Day): AccountCommandInput => ({
  type: 'BringForward',
  booksBegin,
  visit: 'v1',
  source: 'old system',
  lines: [
    { line: 'l-old1', code: '99213', dos: addDays(booksBegin, -40), party: 'patient', amount: amount(random) },
    { line: 'l-old2', code: '99214', dos: addDays(booksBegin, -9), party: 'patient', amount: -amount(random) },
  ],
})

export const coverage: Generate = (random, { today }) => ({
  type: 'AddCoverage',
  on: today,
  coverage: random.pick(coverages),
  payer: random.pick(['acme', 'medicaid']),
  filingIndicator: random.pick(['12', 'MC', 'MB']),
  ...(random.oneIn(3) ? { from: recently(random, today) } : {}),
})

export const endCoverage: Generate = (random, { state, today }) => ({
  type: 'TerminateCoverage',
  on: today,
  coverage: oneOf(random, state.coverage.coverages.keys(), 'cov9'),
  lastDay: recently(random, today),
  reason: 'ended',
})

export const writeOff: Generate = (random, moment) => {
  const open = openItems(moment)
  if (open.length === 0 && !random.oneIn(8)) return charge(random, moment)
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

export const undoWriteOff: Generate = (random, moment) => {
  if (moment.state.ledger.adjustments.size === 0 && !random.oneIn(8)) return writeOff(random, moment)
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

export const transfer: Generate = (random, moment) => {
  const open = openItems(moment)
  if (open.length === 0 && !random.oneIn(8)) return coverage(random, moment)
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

/** A person ends a holding: to the patient with or without a notice, to the next payer, or to nobody. */
export const release: Generate = (random, moment) => {
  const open = [...moment.state.ledger.holdings.values()].filter((holding) => holding.open)
  if (open.length === 0 && !random.oneIn(8)) return charge(random, moment)
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
      { kind: 'writtenOff' as const, category: 'administrative' as const },
    ]),
    reason: 'reviewed',
  }
}

export const cancel: Generate = (random, moment) => ({
  type: 'VoidCharge',
  on: recently(random, moment.today),
  line: someLine(random, moment),
  mode: random.pick(['correction', 'economic']),
  reason: 'not performed',
})
