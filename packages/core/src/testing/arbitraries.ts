import type { AccountCommandInput } from '../account/rooms.ts'
import { addDays, type Day, toDay } from '../kernel/day.ts'
import { emptyHistory, type History, issue, type Office } from './history.ts'
import type { Random } from './random.ts'
import { atTheDesk, overdue } from './script/beginnings.ts'
import type { Moment } from './script/moment.ts'
import { draw } from './script/ways.ts'

/** One command for an account as it stands, good or bad. */
export const someCommand = (random: Random, moment: Moment): AccountCommandInput => draw('often', random, moment)

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
  const collects = random.oneIn(4)
  const begin = collects ? overdue : atTheDesk
  let history = begin(random, today).reduce(
    (done, { on, command }) => issue(done, command, on, options.office),
    emptyHistory,
  )
  for (let number = 1; number <= (options.longest ?? 40) && !random.exhausted(); number += 1) {
    today = addDays(today, random.pick(collects ? [0, 0, 1, 10, 25] : [0, 0, 1, 3, random.int(0, 30)]))
    const moment = { state: history.state, today, number }
    const command = draw(collects ? 'collecting' : 'often', random, moment)
    if (options.only && !options.only(command, today)) continue
    history = issue(history, command, today, options.office)
  }
  return history
}
