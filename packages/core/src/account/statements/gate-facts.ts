import type { Day } from '../../kernel/day.ts'
import type { LineId } from '../../kernel/ids.ts'
import { known } from '../../rules/facts.ts'
import { type Question, scopeOf } from '../facts.ts'
import type { AccountState } from '../rooms.ts'
import { returnedOn } from './state.ts'

/** A statement as its gate sees it. */
export interface StatementTerms {
  readonly on: Day
  readonly lines: readonly LineId[]
  readonly kind: 'statement' | 'letter'
  readonly amountDue: number
  readonly dueOn: Day | undefined
  readonly resumedOn: Day | undefined
  readonly pausedBy: readonly string[]
  readonly mentions: readonly string[]
  readonly profileMissing: readonly string[]
  readonly assistanceNamed: boolean
}

/** A statement or a letter is to go out. */
export const statementQuestion = (state: AccountState, terms: StatementTerms): Question => ({
  gate: 'issueStatement',
  on: terms.on,
  scope: scopeOf(state, terms.lines),
  own: {
    'statement.amountDue': known(terms.amountDue),
    'statement.assistanceNamed': known(terms.assistanceNamed),
    'statement.dueOn': known(terms.dueOn ?? 'never'),
    'statement.kind': known(terms.kind),
    'statement.lastOn': known(state.statements.lastStatement?.effectiveDate ?? 'never'),
    'statement.mentions': known([...terms.mentions]),
    'statement.pausedBy': known([...terms.pausedBy]),
    'statement.profileMissing': known([...terms.profileMissing]),
    'statement.resumedOn': known(terms.resumedOn ?? 'never'),
    'statement.returnedOn': known(returnedOn(state.statements) ?? 'never'),
  },
})
