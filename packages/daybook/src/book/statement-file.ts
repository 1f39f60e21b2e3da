import { account as aggregate } from '@daybook/core/account'
import type { DocumentId } from '@daybook/core/kernel'
import { accountStream, load } from '@daybook/core/service'
import { type VendorDocument, vendorFile } from '@daybook/projections/statements'
import { worklist } from '@daybook/projections/worklist'
import * as Effect from 'effect/Effect'
import type { StatementFile } from './answers.ts'
import { questionGiven, statementFileAsked } from './given.ts'
import { askedOn, todayOf } from './moments.ts'
import type { OpenBook } from './open-book.ts'
import { inBook } from './questions.ts'
import type { StatementFileRequest } from './requests.ts'
import type { DaybookShape } from './shape.ts'
import { isThere } from './there.ts'

/** Documents that nobody has said were sent, as the worklist has them, oldest first. */
const unsentOn = (book: OpenBook, account: string | undefined) =>
  Effect.gen(function* () {
    const { localTime } = book.desk.service.world
    const { policy } = yield* book.refreshPolicy
    const asOf = todayOf(book)
    const { now } = yield* askedOn(book, { asOf })
    const queue = 'statementFollowUp:unsent'
    const { items } = yield* inBook(book, worklist({ asOf, now, localTime, policy, queue }))
    return items
      .flatMap((item) =>
        item.account !== undefined ? [{ account: item.account, id: item.subject, since: item.since }] : [],
      )
      .filter((each) => account === undefined || each.account === account)
      .sort((a, b) => (`${a.since} ${a.account} ${a.id}` < `${b.since} ${b.account} ${b.id}` ? -1 : 1))
  })

export const statementFileIn = (book: OpenBook): DaybookShape['statementFile'] =>
  Effect.fn('Daybook.statementFile')(function* (request: StatementFileRequest = {}) {
    yield* questionGiven(statementFileAsked, request)
    yield* isThere(book, request.account)
    const unsent = yield* unsentOn(book, request.account)
    const found: VendorDocument[] = []
    for (const { account, id } of unsent) {
      const { state } = yield* load(book.desk.service, aggregate, accountStream(account))
      const document = state.statements.documents.get(id as DocumentId)
      if (document) found.push({ account, document })
      yield* Effect.yieldNow
    }
    const file: StatementFile = {
      documents: found.map(({ account, document }) => ({ account, document: document.documentId })),
      csv: vendorFile(found),
    }
    return file
  })
