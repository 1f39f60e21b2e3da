import { isOfPayers } from '@daybook/projections/worklist'
import type * as Effect from 'effect/Effect'
import { explanationIn, historyIn, summaryOf } from '../book/accounts.ts'
import type { WorkOfDay } from '../book/answers.ts'
import { backupIn } from '../book/backup.ts'
import { dayIn } from '../book/day.ts'
import { accountsIn, paymentsIn, plansIn, remittancesIn } from '../book/lists.ts'
import type { OpenBook } from '../book/open-book.ts'
import { mayIn, personIn } from '../book/persons.ts'
import { worklistIn } from '../book/questions.ts'
import type { WorklistRequest } from '../book/requests.ts'
import type { DaybookShape } from '../book/shape.ts'
import { statementFileIn } from '../book/statement-file.ts'
import { statementIn } from '../book/statements.ts'
import type { EventPage } from '../events/contract.ts'
import { ownViewIn } from '../events/own-view.ts'
import { eventPageIn } from '../events/pages.ts'
import { exportIn } from '../move/export.ts'
import { disclosuresIn } from './disclosures.ts'
import type { Limited } from './limited.ts'
import { givenOut, type LookError, limited, whole } from './looks.ts'
import {
  listed,
  ofAccount,
  ofDay,
  ofFile,
  ofHistory,
  ofMay,
  ofPerson,
  ofStatement,
  type Question,
  questions,
  type Subjects,
  theAccount,
} from './questions.ts'

// The questions that show somebody's data, as callers have them: each is written down before it is answered.

/** A question in both its forms. */
const both = <Given extends readonly unknown[], A, E>(
  book: OpenBook,
  question: Question,
  ask: (...given: Given) => Effect.Effect<A, E>,
  subjectsOf: (answer: A, ...given: Given) => Subjects,
): {
  readonly whole: (...given: Given) => Effect.Effect<A, E | LookError>
  readonly limited: (...given: Given) => Effect.Effect<Limited<A>, E | LookError>
} => ({ whole: whole(book, question, ask, subjectsOf), limited: limited(book, question, ask, subjectsOf) })

/** Accounts and remittances of a page of events; where there are none nobody is shown anything. */
const ofEvents = ({ events }: EventPage): Subjects | undefined =>
  events.length === 0
    ? undefined
    : {
        accounts: [...new Set(events.flatMap(({ account }) => account ?? []))],
        remittances: [...new Set(events.flatMap(({ remittance }) => remittance ?? []))],
      }

/** A view of a product's own: what its documents hold is the product's to know, so all of them are. */
const viewIn = (book: OpenBook): DaybookShape['view'] => {
  const define = ownViewIn(book)
  return (definition) => {
    const { get, list, rebuild } = define(definition)
    return {
      get: whole(book, questions.view, get, () => ({})),
      list: whole(book, questions.view, list, () => ({})),
      rebuild,
    }
  }
}

/** What is looked at through an open book. */
export const lookedAt = (book: OpenBook) => {
  const account = both(book, questions.account, summaryOf(book), ofAccount)
  const history = both(book, questions.history, historyIn(book), (answer) => ofHistory(answer))
  const explain = both(book, questions.explain, explanationIn(book), (_, id) => theAccount(id))
  const ofList = (answer: WorkOfDay, ..._given: [request?: WorklistRequest]): Subjects => listed(answer)
  const worklistAs = (question: Question) => both(book, question, worklistIn(book), ofList)
  const [worklist, worklistOfPayers] = [worklistAs(questions.worklist), worklistAs(questions.worklistOfPayers)]
  const listOf = (options?: WorklistRequest) => (isOfPayers(options?.queue) ? worklistOfPayers : worklist)
  const accounts = both(book, questions.accounts, accountsIn(book), (answer) => listed(answer))
  const payments = both(book, questions.payments, paymentsIn(book), (answer) => listed(answer))
  const plans = both(book, questions.plans, plansIn(book), (answer) => listed(answer))
  const remittances = both(book, questions.remittances, remittancesIn(book), (answer) => listed(answer))
  const may = both(book, questions.may, mayIn(book), (answer) => ofMay(answer))
  const person = both(book, questions.person, personIn(book), (answer) => ofPerson(answer))
  const statement = both(book, questions.statement, statementIn(book), (answer) => ofStatement(answer))
  return {
    account: account.whole,
    history: history.whole,
    explain: explain.whole,
    worklist: (options?: WorklistRequest) => listOf(options).whole(options),
    accounts: accounts.whole,
    payments: payments.whole,
    plans: plans.whole,
    remittances: remittances.whole,
    may: may.whole,
    person: person.whole,
    statement: statement.whole,
    statementFile: whole(book, questions.statementFile, statementFileIn(book), (answer) => ofFile(answer)),
    day: whole(book, questions.day, dayIn(book), (answer) => (answer.steps.length === 0 ? undefined : ofDay(answer))),
    eventPage: whole(book, questions.events, eventPageIn(book), (answer) => ofEvents(answer)),
    disclosures: whole(book, questions.disclosures, disclosuresIn(book), (_, { account: id }) => theAccount(id)),
    view: viewIn(book),
    export: givenOut(book, questions.export, exportIn(book), (_, options) =>
      options?.account === undefined ? {} : theAccount(options.account),
    ),
    backup: givenOut(book, questions.backup, backupIn(book), () => ({})),
    limited: {
      account: account.limited,
      history: history.limited,
      explain: explain.limited,
      worklist: (options?: WorklistRequest) => listOf(options).limited(options),
      accounts: accounts.limited,
      payments: payments.limited,
      plans: plans.limited,
      remittances: remittances.limited,
      may: may.limited,
      person: person.limited,
      statement: statement.limited,
    },
  }
}
