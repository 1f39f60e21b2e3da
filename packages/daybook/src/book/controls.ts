import { isControlAccount, shown } from '@daybook/core/kernel'
import { cashReport, controlAccounts } from '@daybook/projections/controls'
import * as Effect from 'effect/Effect'
import { invalidQuery } from './errors.ts'
import { cashAsked, controlAccountsAsked, questionGiven } from './given.ts'
import { dayAsked, momentsOf } from './moments.ts'
import type { OpenBook } from './open-book.ts'
import { inBook } from './questions.ts'
import type { DaybookShape } from './shape.ts'

const isAccountOfBooks = (name: string): boolean => isControlAccount(name) || /^receivable(:|$)/.test(name)

/** The account of that name, or those of which it is the name before the colon. */
const isNamed = (account: string, name: string): boolean => account === name || account.startsWith(`${name}:`)

export const controlAccountsIn = (book: OpenBook): DaybookShape['controlAccounts'] =>
  Effect.fn('Daybook.controlAccounts')(function* (request = {}) {
    yield* questionGiven(controlAccountsAsked, request)
    const { account } = request
    if (account !== undefined && !isAccountOfBooks(account)) {
      const message = `${shown(account)} is no account of the books, such as cash, unapplied, payerClearing, receivable`
      return yield* invalidQuery('account', message)
    }
    const { asOf, position, knownAt } = yield* momentsOf(book, request)
    const report = yield* inBook(book, controlAccounts({ asOf, knownAtPosition: position }))
    const accounts = report.accounts.filter((row) => account === undefined || isNamed(row.account, account))
    return { ...report, accounts, knownAt }
  })

export const cashIn = (book: OpenBook): DaybookShape['cash'] =>
  Effect.fn('Daybook.cash')(function* (request = {}) {
    yield* questionGiven(cashAsked, request)
    const to = yield* dayAsked(book, 'to', request.to)
    const from = yield* dayAsked(book, 'from', request.from ?? `${to.slice(0, 7)}-01`)
    if (from > to) return yield* invalidQuery('from', `${from} is after ${to}`)
    const { position, knownAt } = yield* momentsOf(
      book,
      request.knownAt === undefined ? {} : { knownAt: request.knownAt },
    )
    return { ...(yield* inBook(book, cashReport({ from, to, knownAtPosition: position }))), knownAt }
  })
