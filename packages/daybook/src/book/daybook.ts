import * as Effect from 'effect/Effect'
import type { Scope } from 'effect/Scope'
import { checkIn } from '../check/check.ts'
import { ownViewIn } from '../events/own-view.ts'
import { eventPageIn } from '../events/pages.ts'
import { exportIn } from '../move/export.ts'
import { explanationIn, findIn, historyIn, summaryOf } from './accounts.ts'
import { backupIn } from './backup.ts'
import { executeIn, openIn } from './commands.ts'
import { cashIn, controlAccountsIn } from './controls.ts'
import { dayIn } from './day.ts'
import { handOverIn } from './hand-over.ts'
import { healthIn } from './health.ts'
import { refundIn, rejectIn, releaseIn } from './held-remittances.ts'
import { importContentIn, importFileIn, importPathsIn } from './imports.ts'
import { accountsIn, paymentsIn, plansIn, remittancesIn } from './lists.ts'
import { todayOf } from './moments.ts'
import { openBook } from './open-book.ts'
import { executeOnPersonIn, mayIn, openPersonIn, personIn } from './persons.ts'
import { publishPolicyIn } from './policy.ts'
import { agingIn, worklistIn } from './questions.ts'
import { rebuildIn } from './rebuild.ts'
import type { OpenOptions } from './requests.ts'
import type { DaybookShape, OpenError } from './shape.ts'
import { statementFileIn } from './statement-file.ts'
import { statementIn } from './statements.ts'

/** Opens a book with everything that can be asked of it; the scope closes it. The one implementation of both APIs. */
export const openShape = (url: string, options: OpenOptions): Effect.Effect<DaybookShape, OpenError, Scope> =>
  Effect.map(openBook(url, options), (book) => ({
    url: book.url,
    notices: book.notices,
    policy: book.refreshPolicy,
    publishPolicy: publishPolicyIn(book),
    today: Effect.sync(() => todayOf(book)),
    open: openIn(book),
    execute: executeIn(book),
    openPerson: openPersonIn(book),
    executeOnPerson: executeOnPersonIn(book),
    may: mayIn(book),
    person: personIn(book),
    statement: statementIn(book),
    statementFile: statementFileIn(book),
    aging: agingIn(book),
    controlAccounts: controlAccountsIn(book),
    cash: cashIn(book),
    worklist: worklistIn(book),
    account: summaryOf(book),
    history: historyIn(book),
    explain: explanationIn(book),
    importFile: importFileIn(book),
    importContent: importContentIn(book),
    importPaths: importPathsIn(book),
    release: releaseIn(book),
    reject: rejectIn(book),
    refund: refundIn(book),
    find: findIn(book),
    accounts: accountsIn(book),
    payments: paymentsIn(book),
    plans: plansIn(book),
    remittances: remittancesIn(book),
    eventPage: eventPageIn(book),
    view: ownViewIn(book),
    check: checkIn(book),
    day: dayIn(book),
    handOver: handOverIn(book),
    rebuild: rebuildIn(book),
    health: healthIn(book),
    backup: backupIn(book),
    export: exportIn(book),
  }))
