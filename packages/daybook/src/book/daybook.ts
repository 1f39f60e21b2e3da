import * as Effect from 'effect/Effect'
import type { Scope } from 'effect/Scope'
import { checkIn } from '../check/check.ts'
import { accessesIn } from '../privacy/accesses.ts'
import { lookedAt } from '../privacy/looked-at.ts'
import { whole } from '../privacy/looks.ts'
import { ofHandOver, questions } from '../privacy/questions.ts'
import { notForReaders } from '../privacy/reading-roles.ts'
import { findIn } from './accounts.ts'
import { executeIn, openIn } from './commands.ts'
import { cashIn, controlAccountsIn } from './controls.ts'
import { delegateIn, delegationsIn, revokeDelegationIn } from './delegations.ts'
import { depositIn } from './deposits.ts'
import { handOverIn } from './hand-over.ts'
import { healthIn } from './health.ts'
import { dismissIn } from './held-claims.ts'
import { refundIn, rejectIn, releaseIn } from './held-remittances.ts'
import { importContentIn, importFileIn, importPathsIn } from './imports.ts'
import { todayOf } from './moments.ts'
import { openBook } from './open-book.ts'
import { executeOnPersonIn, openPersonIn } from './persons.ts'
import { publishPolicyIn } from './policy.ts'
import { agingIn } from './questions.ts'
import { rebuildIn } from './rebuild.ts'
import type { OpenOptions } from './requests.ts'
import type { DaybookShape, OpenError } from './shape.ts'

/** Opens a book with everything that can be asked of it; the scope closes it. The one implementation of both APIs. */
export const openShape = (url: string, options: OpenOptions): Effect.Effect<DaybookShape, OpenError, Scope> =>
  Effect.map(openBook(url, options), (book) => ({
    url: book.url,
    notices: book.notices,
    policy: book.refreshPolicy,
    publishPolicy: notForReaders(book, publishPolicyIn(book)),
    today: Effect.sync(() => todayOf(book)),
    open: notForReaders(book, openIn(book)),
    execute: notForReaders(book, executeIn(book)),
    openPerson: notForReaders(book, openPersonIn(book)),
    executeOnPerson: notForReaders(book, executeOnPersonIn(book)),
    aging: agingIn(book),
    controlAccounts: controlAccountsIn(book),
    cash: cashIn(book),
    importFile: notForReaders(book, importFileIn(book)),
    importContent: notForReaders(book, importContentIn(book)),
    importPaths: notForReaders(book, importPathsIn(book)),
    release: notForReaders(book, releaseIn(book)),
    reject: notForReaders(book, rejectIn(book)),
    dismiss: notForReaders(book, dismissIn(book)),
    refund: notForReaders(book, refundIn(book)),
    deposit: notForReaders(book, depositIn(book)),
    find: findIn(book),
    check: checkIn(book),
    delegate: notForReaders(book, delegateIn(book)),
    revokeDelegation: notForReaders(book, revokeDelegationIn(book)),
    delegations: delegationsIn(book),
    handOver: notForReaders(book, whole(book, questions.handOver, handOverIn(book), ofHandOver)),
    rebuild: rebuildIn(book),
    health: healthIn(book),
    accesses: accessesIn(book),
    ...lookedAt(book),
  }))
