import type { History, Office } from './history.ts'
import { askedLaws } from './laws/asked.ts'
import { bookLaws } from './laws/books.ts'
import { disputeLaws } from './laws/disputes.ts'
import type { Law, Violation } from './laws/law.ts'
import { moneyLaws } from './laws/money.ts'
import { onAccountLaws } from './laws/on-account.ts'
import { placementLaws } from './laws/placement.ts'
import { planLaws } from './laws/plans.ts'
import { promiseLaws } from './laws/promises.ts'
import { statementLaws } from './laws/statements.ts'
import { throughTimeLaws } from './laws/through-time.ts'
import { wholeLaws } from './laws/whole.ts'

export type { Law, Violation } from './laws/law.ts'
export { type LawId, lawIds, lawWords } from './laws/words.ts'

/** The laws that can be asserted of any history, by their ids. */
export const laws: readonly Law[] = [
  ...askedLaws,
  ...bookLaws,
  ...disputeLaws,
  ...moneyLaws,
  ...planLaws,
  ...onAccountLaws,
  ...placementLaws,
  ...promiseLaws,
  ...statementLaws,
  ...throughTimeLaws,
  ...wholeLaws,
]

/** Every violation of every law in a history; empty for a history that Daybook decided. */
export const violationsOf = (history: History, office: Office): readonly Violation[] =>
  laws.flatMap((law) => law.holds(history, office))
