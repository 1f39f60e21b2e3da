import type { DayReport, DayStep } from '../../book/answers.ts'
import { tableLines } from '../table.ts'
import { counted, shortId } from './words.ts'

/** What may come of looking at a plan or a promise, in words. */
const words: Readonly<Record<string, string>> = {
  CorrespondenceIssued: 'letter',
  DocumentPartKept: 'part of a long document',
  DraftPresented: 'drawn',
  InstalmentMissed: 'instalment missed',
  PersonLikenessHinted: 'may be the same as another person',
  PlanCancelled: 'proposal expired',
  PlanCureOffered: 'cure offered',
  PlanCured: 'cured',
  PlanDefaulted: 'in default',
  LetterIssued: 'letter',
  PromiseBroken: 'promise broken',
  PromisePartiallyKept: 'promise kept in part',
  StatementIssued: 'statement',
}

const outcomes: Readonly<Record<DayStep['outcome'], string>> = {
  before: 'recorded before',
  done: 'recorded',
  refused: 'refused',
  waits: 'waits',
  would: 'would be recorded',
}

const what = ({ events }: DayStep): string => {
  const counts = new Map<string, number>()
  for (const event of events) counts.set(event, (counts.get(event) ?? 0) + 1)
  return [...counts].map(([event, count]) => `${words[event] ?? event}${count > 1 ? ` ×${count}` : ''}`).join(', ')
}

const columns = ['account', 'guarantor', 'of', 'what', ''].map((title) => ({ title }))

/** A day's run for people: what it brought, to whom. */
export const dayLines = (report: DayReport): readonly string[] => {
  const { date, dryRun, plans, promises, drafts, statements, letters, noStatements, steps } = report
  const promised = promises === 0 ? '' : ` and ${counted(promises, 'promise')}`
  const drawn = drafts === 0 ? '' : `, ${counted(drafts, 'draft')} due`
  const printed = statements === 0 ? drawn : `${drawn}, ${counted(statements, 'statement')} due`
  const due = letters === 0 ? printed : `${printed}, ${counted(letters, 'letter')} owed`
  const head = `Day ${date}${dryRun ? ' (dry run: nothing was written)' : ''}: ${counted(plans, 'plan')}${promised} looked at${due}`
  const without = noStatements === undefined ? [] : [`No statements: ${noStatements}`]
  if (steps.length === 0) return [`${head}, nothing to record`, ...without]
  const rows = steps.map((step) => [
    shortId(step.account),
    step.guarantor ?? 'no name',
    step.statement
      ? 'statement'
      : (step.letter ?? shortId(step.plan ?? step.promise ?? step.autopay ?? step.person ?? '')),
    step.outcome === 'refused' || step.outcome === 'waits'
      ? (step.hits ?? []).map(({ rule, reason }) => `${rule}: ${reason}`).join('; ')
      : what(step),
    outcomes[step.outcome],
  ])
  return [head, ...without, ...tableLines(columns, rows)]
}
