import type { RuleHit } from '@daybook/core/kernel'
import { paint } from '../terminal.ts'
import { hitLines } from './remittance.ts'
import { fromWhen } from './words.ts'

interface Answer {
  readonly hits?: readonly RuleHit[]
  readonly warnings?: readonly RuleHit[]
  readonly asPrinted?: boolean
  readonly earliest?: Parameters<typeof fromWhen>[0]['earliest']
}

/** What stands against a statement, or is to be known of it, for people. The page itself comes after. */
export const statementLines = (answer: Answer, zone: string): readonly string[] => {
  const { hits = [], warnings = [], asPrinted = true } = answer
  return [
    ...(hits.length === 0 ? [] : [`${paint('red', 'not sent')}${fromWhen(answer, zone)}`, ...hitLines({ hits }, zone)]),
    ...(warnings.length === 0 ? [] : [paint('yellow', 'warning'), ...hitLines({ hits: warnings }, zone)]),
    ...(asPrinted ? [] : [paint('red', 'what is printed here is not what was printed then')]),
  ]
}
