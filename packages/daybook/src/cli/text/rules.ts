import { firstDay } from '@daybook/core/kernel'
import type { DescribedRule, RuleAnswer } from '../../book/rules.ts'
import { tableLines, wrapped } from '../table.ts'
import { lineWidth, paint } from '../terminal.ts'
import { fromWhen } from './words.ts'

/** What a rule decides, for people. */
export const decisionLines = (answer: RuleAnswer, zone: string) => {
  const { rule, decision, reason, citation, requiredAction, parts } = answer
  return [
    `${paint('bold', rule)}: ${decision}${fromWhen(answer, zone)}`,
    ...wrapped(reason, '  ', '  ', lineWidth),
    ...wrapped(citation, '  ', '  ', lineWidth),
    ...(requiredAction === undefined ? [] : [`  → ${requiredAction}`]),
    ...(parts ?? []).map((part) => `  ${part.rule}: ${part.decision}`),
  ]
}

/** What a rule asks for, under the names by which `--facts` takes it. */
const factLines = (rule: DescribedRule | undefined): readonly string[] =>
  rule === undefined || rule.facts.length === 0
    ? []
    : wrapped(
        `needs ${rule.facts.map(({ name, words }) => `${name} (${words})`).join(', ')}`,
        '    ',
        '      ',
        lineWidth,
      )

/** Rules, one a line, with what each asks for. */
export const catalogueLines = (found: readonly DescribedRule[]): readonly string[] => {
  const rows = found.map(({ id, title, status, effective, jurisdiction, citation }) => [
    id,
    status,
    `${effective.from === firstDay ? '' : effective.from}–${effective.to ?? ''}`,
    jurisdiction,
    title,
    citation,
  ])
  const [head = '', ...lines] = tableLines(
    ['rule', 'status', 'effective', 'reach', 'title', 'citation'].map((title) => ({ title })),
    rows,
  )
  return [head, ...lines.flatMap((line, at) => [line, ...factLines(found[at])])]
}
