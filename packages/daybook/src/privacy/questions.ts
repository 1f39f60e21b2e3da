import type { FieldSet } from '@daybook/core/policy'
import type {
  AccountPage,
  DayReport,
  HandedOver,
  History,
  Listed,
  StatementFile,
  StatementReply,
} from '../book/answers.ts'
import type { MayReply, PersonPage } from '../book/person-answers.ts'

// The questions that show somebody's data: what fields each is made of, and whom its answer is about. A row a question.

/** Whom an answer is about: ids. */
export interface Subjects {
  readonly accounts?: readonly string[]
  readonly persons?: readonly string[]
  readonly remittances?: readonly string[]
}

/** A question: the field sets that its whole answer is made of. */
export interface Question {
  /** As the access log names it. */
  readonly name: string
  readonly needs: readonly FieldSet[]
}

const all: readonly FieldSet[] = ['identity', 'contact', 'clinical', 'money', 'payer', 'notes']
const question = (name: string, needs: readonly FieldSet[]): Question => ({ name, needs })

export const questions = {
  account: question('account', ['identity', 'contact', 'clinical', 'money', 'payer']),
  history: question('history', all),
  explain: question('explain', ['clinical', 'money', 'payer']),
  worklist: question('worklist', ['identity', 'contact', 'clinical', 'money', 'payer']),
  // One of its queues that is about payers and their money: no reason of it says anything of how somebody is reached.
  worklistOfPayers: question('worklist', ['identity', 'clinical', 'money', 'payer']),
  accounts: question('accounts', ['identity', 'money', 'payer']),
  payments: question('payments', ['money', 'clinical']),
  plans: question('plans', ['money']),
  remittances: question('remittances', ['money', 'payer']),
  may: question('may', ['identity', 'contact']),
  person: question('person', ['identity', 'contact']),
  statement: question('statement', ['identity', 'contact', 'clinical', 'money']),
  statementFile: question('statementFile', ['identity', 'contact', 'clinical', 'money']),
  events: question('events', all),
  disclosures: question('disclosures', ['identity', 'contact', 'notes']),
  view: question('view', all),
  day: question('day', ['identity', 'contact', 'money']),
  handOver: question('handOver', []),
  export: question('export', all),
  backup: question('backup', all),
} as const
export type QuestionName = keyof typeof questions

const distinct = (ids: readonly (string | undefined)[]): readonly string[] => [
  ...new Set(ids.filter((id) => id !== undefined)),
]

/** Of a question about one account, by its id. */
export const theAccount = (id: string): Subjects => ({ accounts: [id] })

/** Of the page of an account: it, and whoever stands behind it by name. */
export const ofAccount = (page: AccountPage, id: string): Subjects => {
  const named = page.beforeTheBooks ? [] : (page.persons ?? []).filter(({ name }) => name !== undefined)
  return { ...theAccount(id), ...(named.length === 0 ? {} : { persons: named.map(({ person }) => person) }) }
}

/** Of a list: every account and remittance that has a row. */
export const listed = ({
  items,
}: Pick<
  Listed<{ readonly account?: string; readonly remittance?: string; readonly person?: string }>,
  'items'
>): Subjects => ({
  accounts: distinct(items.map(({ account }) => account)),
  remittances: distinct(items.map(({ remittance }) => remittance)),
  persons: distinct(items.map(({ person }) => person)),
})

export const ofHistory = ({ kind, id }: History): Subjects => {
  switch (kind) {
    case 'account':
      return { accounts: [id] }
    case 'person':
      return { persons: [id] }
    case 'remittance':
      return { remittances: [id] }
    // A claim that is in nobody's books yet, a line of the bank's: their events name nobody.
    case 'submission':
    case 'deposit':
      return {}
  }
}

export const ofMay = ({ account, person }: MayReply): Subjects => ({
  accounts: [account],
  ...(person === undefined ? {} : { persons: [person] }),
})

export const ofPerson = ({ person, accounts }: PersonPage): Subjects => ({
  persons: [person],
  accounts: distinct(accounts.map(({ account }) => account)),
})

export const ofStatement = ({ account }: StatementReply): Subjects => ({ accounts: [account] })

export const ofFile = ({ documents }: StatementFile): Subjects => ({
  accounts: distinct(documents.map(({ account }) => account)),
})

/** What somebody has, piece by piece; where they have nothing nobody is shown anything. */
export const ofHandOver = ({ pieces }: HandedOver): Subjects | undefined =>
  pieces.length === 0 ? undefined : { accounts: distinct(pieces.map(({ account }) => account)) }

export const ofDay = ({ steps }: DayReport): Subjects => ({
  accounts: distinct(steps.map(({ account }) => account)),
  persons: distinct(steps.flatMap(({ person }) => person ?? [])),
})
