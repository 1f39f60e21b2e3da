import type { AccountCommandInput } from '../account/commands.ts'
import { addDays, type Day, toDay } from '../kernel/day.ts'
import { emptyHistory, type History, issue, type Office } from './history.ts'
import type { Random } from './random.ts'
import { remit, takeBack } from './script/advice.ts'
import {
  bringForward,
  cancel,
  charge,
  coverage,
  endCoverage,
  release,
  transfer,
  undoWriteOff,
  writeOff,
} from './script/charges.ts'
import { place, planStep, proposePlan, recall, resolveDenial, resolveWorkItem } from './script/desk-work.ts'
import { type Generate, visits } from './script/moment.ts'
import { apply, deallocate, payment, refund, refundStep, reverse, settle } from './script/money.ts'

/** Charges and payments come often, their undoing seldom, as at a desk. */
const generators: readonly Generate[] = [
  ...[charge, charge, charge, charge, payment, payment, payment, payment, remit, remit, remit, remit, takeBack],
  ...[coverage, apply, apply, deallocate, reverse, reverse, writeOff, writeOff, undoWriteOff, transfer, transfer],
  ...[cancel, refund, refund, refundStep, refundStep, endCoverage, settle, release],
  ...[proposePlan, planStep, planStep, planStep, place, place, recall, resolveDenial, resolveWorkItem],
]

/** The same for an account that is mostly in the hands of the collections desk. */
const collecting: readonly Generate[] = [
  ...[charge, charge, payment, payment, planStep, planStep, planStep, planStep, place, place, place, recall, recall],
  ...[proposePlan, writeOff, cancel, reverse, deallocate, apply, transfer, remit, refund, undoWriteOff],
]

/** One command for an account as it stands, good or bad. */
export const someCommand: Generate = (random, moment) => random.pick(generators)(random, moment)

export interface ScriptOptions {
  readonly office: Office
  /** Day of the first command. */
  readonly from?: string
  readonly longest?: number
  /** Only commands that this lets through are given. */
  readonly only?: (command: AccountCommandInput) => boolean
}

/** How a life begins: the account, often a coverage, now and then a book converted from an older one. */
const beginnings = (
  random: Random,
  today: Day,
): readonly { readonly on: Day; readonly command: AccountCommandInput }[] => {
  const first = addDays(today, -90)
  const opened = {
    on: first,
    command: {
      type: 'OpenAccount' as const,
      accountId: 'a1',
      on: first,
      guarantor: { state: 'MN', born: '1980-02-01' },
    },
  }
  const covered = {
    on: today,
    command: { type: 'AddCoverage' as const, on: today, coverage: 'cov1', payer: 'acme', filingIndicator: '12' },
  }
  const converted = { on: first, command: bringForward(random, first) }
  return random.pick([[opened, covered], [opened, covered], [opened], [opened, converted, covered]])
}

/** Old self-pay charges of an account that the desk begins to collect. */
const overdue = (
  random: Random,
  today: Day,
): readonly { readonly on: Day; readonly command: AccountCommandInput }[] => {
  const on = addDays(today, -200)
  return [
    { on, command: { type: 'OpenAccount', accountId: 'a1', on, guarantor: { state: 'MN', born: '1980-02-01' } } },
    ...['l-a', 'l-b', 'l-c'].map((line, at) => ({
      on,
      command: {
        type: 'PostCharge' as const,
        on,
        visit: visits[at] ?? 'v1',
        line,
        code: '99213',
        amount: random.int(2_500, 40_000),
        party: 'patient' as const,
      },
    })),
  ]
}

/** The life of an account from random choices: each command is made for the account as it then is, good or bad. */
export const randomHistory = (random: Random, options: ScriptOptions): History => {
  let today = toDay(options.from ?? '2026-03-02')
  const collects = random.oneIn(4)
  const begin = collects ? overdue : beginnings
  let history = begin(random, today).reduce(
    (done, { on, command }) => issue(done, command, on, options.office),
    emptyHistory,
  )
  for (let number = 1; number <= (options.longest ?? 40) && !random.exhausted(); number += 1) {
    today = addDays(today, random.pick(collects ? [0, 0, 1, 10, 25] : [0, 0, 1, 3, random.int(0, 30)]))
    const moment = { state: history.state, today, number }
    const command = collects ? random.pick(collecting)(random, moment) : someCommand(random, moment)
    if (options.only && !options.only(command)) continue
    history = issue(history, command, today, options.office)
  }
  return history
}
