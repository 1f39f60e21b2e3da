import {
  type AccountState,
  account as aggregate,
  contentOf,
  type IssuedDocument,
  type PrintedContent,
  printed,
  review,
  type StatementReview,
} from '@daybook/core/account'
import { type AccountId, type DocumentId, shown } from '@daybook/core/kernel'
import { accountContext, accountStream, type Desk, guarantorOf, load, writingTo } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import type { StatementReply } from './answers.ts'
import { deskOf } from './desk.ts'
import { invalidQuery, NotFound, noAccount } from './errors.ts'
import { questionGiven, statementAsked } from './given.ts'
import type { OpenBook } from './open-book.ts'
import type { StatementRequest } from './requests.ts'
import type { DaybookShape } from './shape.ts'

// Statements and letters: what would go out today, and what was printed, printed again.

/** In a list it is not asked whether each guarantor may be written to: that is asked when something goes out. */
export const askedLater = (state: AccountState) =>
  guarantorOf(state) === undefined ? undefined : () => ({ hits: [], warnings: [], passed: [], confidential: false })

const given = (desk: Desk, writing?: ReturnType<typeof askedLater>) => {
  const { world } = desk.service
  const now = world.now()
  return accountContext(desk, writing)({ commandId: '', stream: '', now, today: world.dayOf(now), actor: desk.actor })
}

const bytesOf = (content: PrintedContent) => {
  const bytes = printed(content)
  return bytes
    ? Effect.succeed(bytes)
    : invalidQuery(
        'document',
        `it was printed with version ${content.templateVersion} of the template: by a newer Daybook`,
      )
}

const again = (book: OpenBook, account: AccountId, { documentId, event, deliveries }: IssuedDocument) =>
  Effect.gen(function* () {
    const { sha256 } = book.desk.service.world
    const content = contentOf(event)
    const { text, html } = yield* bytesOf(content)
    const reply: StatementReply = {
      account,
      document: documentId,
      content,
      text,
      html,
      asPrinted: sha256(text) === event.textHash && sha256(html) === event.htmlHash,
      deliveries: deliveries.map(({ stage, effectiveDate: on, reference }) => ({
        stage,
        on,
        ...(reference === undefined ? {} : { reference }),
      })),
    }
    return reply
  })

const draft = (account: AccountId, found: StatementReview) =>
  Effect.map(bytesOf(found.content), ({ text, html }): StatementReply => {
    const { content, pass, hits, warnings, dueOn, earliest } = found
    return {
      account,
      content,
      text,
      html,
      allowed: pass,
      hits,
      warnings,
      ...(earliest === undefined ? {} : { earliest }),
      ...(dueOn === undefined ? {} : { dueOn }),
    }
  })

/** What a document was: by its whole id, or the last statement or letter. */
const named = ({ statements }: AccountState, id: string): IssuedDocument | undefined =>
  id === 'last'
    ? statements.last && statements.documents.get(statements.last.documentId)
    : statements.documents.get(id as DocumentId)

export const statementIn = (book: OpenBook): DaybookShape['statement'] =>
  Effect.fn('Daybook.statement')(function* (request: StatementRequest) {
    yield* questionGiven(statementAsked, request)
    const { account, document: id, actor } = request
    yield* book.refreshPolicy
    const desk = deskOf(book, { ...(actor ? { actor } : {}) })
    const { state } = yield* load(desk.service, aggregate, accountStream(account))
    if (!state.registration.account) return yield* noAccount(account)
    if (id === undefined) {
      const writing = yield* writingTo(desk, account as AccountId, state)
      return yield* draft(account as AccountId, review('issueStatement', state, { ...given(desk), writing }))
    }
    const document = named(state, id)
    if (!document) {
      const message = `account ${shown(account)} has no document ${shown(id)}`
      return yield* new NotFound({ kind: 'document', id, message })
    }
    return yield* again(book, account as AccountId, document)
  })
