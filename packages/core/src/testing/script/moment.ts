import type { AccountState } from '../../account/index.ts'
import { owedOn } from '../../account/ledger/balances.ts'
import type { Payment } from '../../account/payments/state.ts'
import { activeOn } from '../../account/plans/terms.ts'
import type { AccountCommandInput } from '../../account/rooms.ts'
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

export type CommandType = AccountCommandInput['type']

/**
 * Makes a command of one kind for the account as it stands, good or bad. Undefined where the account has nothing that
 * the command could be about; now and then one about something that is not on file.
 */
export type Generate<T extends CommandType> = (
  random: Random,
  moment: Moment,
) => Extract<AccountCommandInput, { type: T }> | undefined

/** How one kind of command comes into the life of an account. */
export interface Way<T extends CommandType> {
  readonly make: Generate<T>
  /** How often it is drawn at a desk, beside the others; 0: only where a life begins. */
  readonly often: number
  /** The same at a collections desk. */
  readonly collecting: number
  /** The same at a desk that keeps plans; absent: never. */
  readonly planning?: number
  /** What is given where the account has nothing for this: what has to come before it. Absent: a charge. */
  readonly instead?: CommandType
}
/** A way for each command of a facet. */
export type Ways<C extends { readonly type: CommandType }> = { readonly [T in C['type']]: Way<T> }

export const visits = ['v1', 'v2', 'v3'] as const
/** `cov3` is the first that a second patient has. */
export const coverages = ['cov1', 'cov2', 'cov3'] as const
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

/** Lines on which the patient owes and no agency has anything. */
export const ownLines = ({ state, today }: Moment): readonly string[] =>
  [...state.ledger.lines.keys()].filter((line) => activeOn(state, line, today) > 0)

/** True where there is nothing to choose from, but for a few times: then what is chosen is not on file. */
export const none = (random: Random, list: readonly unknown[] | ReadonlySet<unknown>): boolean =>
  ('length' in list ? list.length : list.size) === 0 && !random.oneIn(16)

/** The list; seldom with its first entry named twice, as a slip of the desk would. */
export const slip = <T>(random: Random, list: readonly T[]): T[] =>
  random.oneIn(8) ? [...list.slice(0, 1), ...list] : [...list]

/** One of the list, or now and then, and where there is none, something that is not on file. */
export const oneOf = <T extends string>(random: Random, known: Iterable<T>, unknown: string): string => {
  const list = [...known]
  return list.length === 0 || random.oneIn(16) ? unknown : random.pick(list)
}
export const someLine = (random: Random, { state }: Moment): string =>
  oneOf(random, state.ledger.lines.keys(), 'l-unknown')
export const someParty = (random: Random, { state }: Moment): 'patient' | { coverageId: string } =>
  state.coverage.coverages.size === 0 || random.oneIn(3)
    ? 'patient'
    : { coverageId: oneOf(random, state.coverage.coverages.keys(), 'cov9') }
/** A payment that fits, seldom another one or one that is not on file; undefined where none is. */
export const somePayment = (
  random: Random,
  { state }: Moment,
  wanted: (payment: Payment) => boolean,
): string | undefined => {
  const all = [...state.payments.payments.values()]
  if (none(random, all)) return undefined
  const fitting = all.filter(wanted)
  if (fitting.length === 0 && !random.oneIn(4)) return undefined
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

/** What a command names of what a party owes: a line, seldom two, seldom one twice. */
export const shares = (random: Random, moment: Moment, of: Party | undefined) =>
  slip(random, random.oneIn(8) ? [share(random, moment, of), share(random, moment, of)] : [share(random, moment, of)])
