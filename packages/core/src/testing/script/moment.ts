import type { AccountCommandInput } from '../../account/commands.ts'
import type { AccountState } from '../../account/index.ts'
import { owedOn } from '../../account/ledger/state.ts'
import type { Payment } from '../../account/payments/state.ts'
import { addDays, type Day } from '../../kernel/day.ts'
import { coverageParty, PATIENT, type Party } from '../../kernel/effects.ts'
import type { LineId } from '../../kernel/ids.ts'
import type { Random } from '../random.ts'

/** What a generator sees: the account so far, the day, and how many commands were given. */
export interface Moment {
  readonly state: AccountState
  readonly today: Day
  readonly number: number
}

export type Generate = (random: Random, moment: Moment) => AccountCommandInput

export const visits = ['v1', 'v2', 'v3'] as const
export const coverages = ['cov1', 'cov2'] as const
/** A figure that is often round, sometimes one cent, sometimes odd. */
export const amount = (random: Random): number => random.pick([10_000, 5_000, 1, 999, 333, random.int(1, 60_000)])
export const recently = (random: Random, today: Day): Day =>
  addDays(today, -random.pick([0, 0, 1, 5, random.int(0, 60)]))

/** What somebody owes now, and who: most commands aim at one of these. */
export const openItems = ({
  state,
}: Moment): readonly { readonly line: LineId; readonly party: Party; readonly owed: number }[] =>
  [...state.ledger.lines.values()].flatMap(({ lineId }) =>
    [PATIENT, ...[...state.coverage.coverages.keys()].map(coverageParty)].flatMap((party) => {
      const owed = owedOn(state.ledger, lineId, party)
      return owed > 0 ? [{ line: lineId, party, owed }] : []
    }),
  )

/** One of the list, or now and then, and where there is none, something that is not on file. */
export const oneOf = <T extends string>(random: Random, known: Iterable<T>, unknown: string): string => {
  const list = [...known]
  return list.length === 0 || random.oneIn(16) ? unknown : random.pick(list)
}
export const someLine = (random: Random, { state }: Moment): string =>
  oneOf(random, state.ledger.lines.keys(), 'l-unknown')
export const someParty = (random: Random): 'patient' | { coverageId: string } =>
  random.pick(['patient', { coverageId: 'cov1' }, { coverageId: 'cov2' }])
export const somePayment = (random: Random, { state }: Moment, wanted: (payment: Payment) => boolean): string => {
  const all = [...state.payments.payments.values()]
  const fitting = all.filter(wanted)
  return oneOf(
    random,
    (fitting.length > 0 ? fitting : all).map((payment) => payment.paymentId),
    'p-unknown',
  )
}

/** A line on which a party owes, and part of it, all of it, or some figure. */
export const share = (random: Random, moment: Moment, of: Party | undefined) => {
  const open = openItems(moment).filter(({ party }) => of === undefined || party === of)
  const item = open.length > 0 && !random.oneIn(10) ? random.pick(open) : undefined
  const line = item?.line ?? someLine(random, moment)
  return random.pick([{ line }, { line, amount: random.int(1, item?.owed ?? 100) }, { line, amount: amount(random) }])
}
