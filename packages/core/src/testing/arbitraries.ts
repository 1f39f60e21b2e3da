import type { AccountCommandInput } from '../account/rooms.ts'
import { addDays, type Day, toDay } from '../kernel/day.ts'
import { emptyHistory, type History, issue, type Office } from './history.ts'
import type { Random } from './random.ts'
import { atTheDesk, type Given, overdue } from './script/beginnings.ts'
import type { Moment } from './script/moment.ts'
import { nextOnPlan, onAPlan } from './script/on-a-plan.ts'
import { type DeskKind, draw } from './script/ways.ts'

/** One command for an account as it stands, good or bad. */
export const someCommand = (random: Random, moment: Moment): AccountCommandInput => draw('often', random, moment)

/** How a life begins at a desk, and when something is done there next. */
interface DeskLife {
  readonly begins: (random: Random, today: Day) => readonly Given[]
  readonly next: (random: Random, history: History, today: Day) => Day
}

const lives: Readonly<Record<DeskKind, DeskLife>> = {
  often: {
    begins: atTheDesk,
    next: (random, _history, today) => addDays(today, random.pick([0, 0, 1, 3, random.int(0, 30)])),
  },
  collecting: {
    begins: overdue,
    next: (random, _history, today) => addDays(today, random.pick([0, 0, 1, 10, 25])),
  },
  planning: { begins: onAPlan, next: (random, { state }, today) => nextOnPlan(random, state, today) },
}

const someDesk = (random: Random): DeskKind =>
  random.pick(['often', 'often', 'often', 'often', 'often', 'collecting', 'collecting', 'planning'])

export interface ScriptOptions {
  readonly office: Office
  /** Day of the first command. */
  readonly from?: string
  readonly longest?: number
  /** Only commands that this lets through are given. */
  readonly only?: (command: AccountCommandInput, today: Day) => boolean
}

/** The life of an account from random choices: each command is made for the account as it then is, good or bad. */
export const randomHistory = (random: Random, options: ScriptOptions): History => {
  let today = toDay(options.from ?? '2026-03-02')
  const desk = someDesk(random)
  const { begins, next } = lives[desk]
  let history = begins(random, today).reduce(
    (done, { on, command }) =>
      options.only && !options.only(command, on) ? done : issue(done, command, on, options.office),
    emptyHistory,
  )
  for (let number = 1; number <= (options.longest ?? 40) && !random.exhausted(); number += 1) {
    today = next(random, history, today)
    const moment = { state: history.state, today, number }
    const command = draw(desk, random, moment)
    if (options.only && !options.only(command, today)) continue
    history = issue(history, command, today, options.office)
  }
  return history
}
