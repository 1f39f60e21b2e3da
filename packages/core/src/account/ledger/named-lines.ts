import { precondition, type RuleHit } from '../../kernel/decision.ts'
import type { LineId } from '../../kernel/ids.ts'

/** A command names each line once: twice would move its money twice. One hit for each line that is named again. */
export const twiceHits = (named: Iterable<LineId>): readonly RuleHit[] => {
  const seen = new Set<LineId>()
  const twice = new Set<LineId>()
  for (const line of named) {
    if (seen.has(line)) twice.add(line)
    seen.add(line)
  }
  return [...twice].map((line) => precondition('ledger.lineTwice', `line ${line} is named twice`))
}
