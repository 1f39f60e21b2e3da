import { type Random, seeded } from '../../../../../bench/practice/random.ts'
import { atPractice, dayAfter } from './clock.ts'
import { contactMoves } from './contacts.ts'
import type { DeskDay, Move } from './desk-day.ts'
import { fileMoves } from './files.ts'
import { groupMoves } from './groups.ts'
import { letterMoves } from './letters.ts'
import { moneyMoves } from './money.ts'
import { officeMoves } from './office.ts'
import { type Account, accountOf, childOf, numberIn, type Owing, owing, owingAgain, towns } from './people.ts'
import { planMoves } from './plans.ts'
import { searchMoves } from './search.ts'
import type { Deed, Step } from './step.ts'

// A year of a practice, as its desk works it: accounts are opened, people are charged, written to, called, pay, promise,
// dispute and say how they want to be reached. All from a seed: the same steps on every machine, and no step looks into the
// book.

export interface YearOptions {
  readonly seed: number
  readonly accounts: number
  /** The first day, `YYYY-MM-DD`, of 2026. */
  readonly from: string
  readonly days: number
  /** What the desk does on a day, beside opening accounts. */
  readonly movesADay: number
}

const moves: readonly Move[] = [
  ...[...contactMoves, ...fileMoves, ...groupMoves, ...searchMoves],
  ...[...moneyMoves, ...planMoves, ...officeMoves, ...letterMoves],
].flatMap(([weight, move]) => Array.from({ length: weight }, () => move))

/** `daybook day` comes first, when the office opens; the mail goes in the afternoon. */
const DAY_RUN = 450
const MAIL = 960

interface Draft extends Omit<Step, 'ifDone'> {
  /** Of two at one minute the one that was thought of first. */
  readonly order: number
  readonly ifDone?: number
}

/** A new account, and where it is the first of somebody's, who that is and how they are reached. */
const opens = ({ random, on, put, next }: DeskDay, who: Owing, n: number): Account => {
  const account = accountOf(n)
  const minute = random.between(480, 600)
  const { name, born, person, town } = who
  put(minute, { kind: 'open', account: account.account, name, born, state: town.state })
  // Some answer for a child.
  const child = random.chance(6) ? childOf(who, n) : undefined
  put(minute, { kind: 'meet', person, account: account.account, name, role: child ? 'parent' : 'guarantor' })
  if (child) put(minute, { kind: 'meet', ...child, account: account.account, role: 'patient' })
  const isFirst = who.accounts.length === 0
  who.accounts.push(account)
  const line = `l${next()}`
  const amount = random.between(1_500, 60_000)
  const charge = { type: 'PostCharge', on, visit: `v-${line}`, line, code: '99213', amount, party: 'patient' } as const
  put(minute + 1, { kind: 'account', account: account.account, command: charge })
  account.lines.push({ line, amount })
  if (!isFirst) return account
  const record = (command: Extract<Deed, { kind: 'person' }>['command']) =>
    put(minute + 2, { kind: 'person', person, command })
  const home = {
    type: 'RecordDatum',
    on,
    datum: 'home',
    kind: 'address',
    place: 'home',
    source: 'registration',
  } as const
  if (random.chance(95)) {
    record({ ...home, value: `${random.between(1, 99)} Elm Street, ${town.town}, ${town.state}`, state: town.state })
    who.data.push({ datum: 'home', kind: 'address' })
  }
  const phones = [
    { datum: 'mobile', place: 'mobile', line: 'mobile', percent: 95 },
    { datum: 'work', place: 'work', line: 'landline', percent: 30 },
  ] as const
  for (const { datum, place, line, percent } of phones) {
    if (!random.chance(percent)) continue
    const value = random.chance(85)
      ? place === 'mobile'
        ? who.mobile
        : numberIn(town, random)
      : numberIn(random.pick(towns), random)
    const source = random.pick(['person', 'registration'] as const)
    record({ type: 'RecordDatum', on, datum, kind: 'phone', value, place, line, source })
    who.data.push({ datum, kind: 'phone' })
  }
  if (random.chance(60)) {
    const place = random.chance(90) ? ('home' as const) : ('work' as const)
    const value = `person${n}@example.com`
    record({ type: 'RecordDatum', on, datum: 'mail', kind: 'email', value, place, source: 'registration' })
    who.data.push({ datum: 'mail', kind: 'email' })
  }
  return account
}

export const yearOf = ({ seed, accounts, from, days, movesADay }: YearOptions): readonly Step[] => {
  const random: Random = seeded(seed)
  const byDay = new Map<string, Draft[]>()
  let ids = 0
  let order = 0
  const draft = (day: string, minute: number, deed: Deed, ifDone?: number): number => {
    order += 1
    const one: Draft = {
      at: atPractice(day, minute),
      on: day,
      deed,
      order,
      ...(ifDone === undefined ? {} : { ifDone }),
    }
    byDay.set(day, [...(byDay.get(day) ?? []), one])
    return order
  }
  const people: Owing[] = []
  const all: { readonly who: Owing; readonly account: Account }[] = []
  // In four fifths of the time all accounts are there.
  const opensBy = Math.max(1, Math.floor(days * 0.8))
  for (let n = 0; n < days; n += 1) {
    const on = dayAfter(from, n)
    const day: DeskDay = {
      random,
      on,
      next: () => {
        ids += 1
        return ids
      },
      later: (more) => dayAfter(on, more),
      put: (minute, deed, more = 0, ifDone) => draft(dayAfter(on, more), minute, deed, ifDone),
    }
    draft(on, DAY_RUN, { kind: 'day' })
    draft(on, MAIL, { kind: 'post' })
    // Nobody is worked on the day on which their account is opened.
    const known = [...all]
    const due = Math.min(accounts, Math.ceil((accounts * (n + 1)) / opensBy))
    while (all.length < due) {
      const again = all.length % 8 === 7 ? people.at(-3) : undefined
      const known = all.length % 6 === 5 ? people.at(-random.between(1, 4)) : undefined
      const who = again ?? (known ? owingAgain(known, all.length) : owing(all.length, random))
      if (!again) people.push(who)
      all.push({ who, account: opens(day, who, all.length) })
    }
    // Some people are worked hard in a week, so that what counts calls has something to count.
    const hot = known.filter(({ who }) => who.human.n % 40 === Math.floor(n / 7) % 40)
    for (let move = 0; move < (known.length > 0 ? movesADay : 0); move += 1) {
      const { who, account } = random.pick(random.chance(35) && hot.length > 0 ? hot : known)
      random.pick(moves)(day, who, account)
    }
  }
  const last = dayAfter(from, days - 1)
  const drafts = [...byDay.entries()]
    .filter(([day]) => day <= last)
    .flatMap(([, drafts]) => drafts)
    .sort((a, b) => a.at - b.at || a.order - b.order)
  const place = new Map(drafts.map(({ order }, at) => [order, at]))
  return drafts.map(({ at, on, deed, ifDone }) => {
    const before = ifDone === undefined ? undefined : place.get(ifDone)
    return { at, on, deed, ...(before === undefined ? {} : { ifDone: before }) }
  })
}
