import type { AccountCommandInput } from '../account/commands.ts'
import { addDays, toDay } from '../kernel/day.ts'
import { emptyHistory, type History, issue, type Office } from './history.ts'
import type { Random } from './random.ts'
import { remit, takeBack } from './script/advice.ts'
import { cancel, charge, coverage, endCoverage, transfer, undoWriteOff, writeOff } from './script/charges.ts'
import type { Generate } from './script/moment.ts'
import { apply, deallocate, payment, refund, refundStep, reverse, settle } from './script/money.ts'

/** Charges and payments come often, their undoing seldom, as at a desk. */
const generators: readonly Generate[] = [
  ...[charge, charge, charge, charge, payment, payment, payment, payment, remit, remit, remit, remit, takeBack],
  ...[coverage, apply, apply, deallocate, reverse, reverse, writeOff, writeOff, undoWriteOff, transfer, transfer],
  ...[cancel, refund, refund, refundStep, refundStep, endCoverage, settle],
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
