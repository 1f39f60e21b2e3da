import { depositStream, formatCents } from '@daybook/core/kernel'
import { bankDifferences } from '@daybook/projections/controls'
import { type WorkContext, worklist } from '@daybook/projections/worklist'
import * as Effect from 'effect/Effect'
import type { OpenBook } from '../book/open-book.ts'
import { inBook } from '../book/questions.ts'
import type { Finding } from './finding.ts'

/**
 * Lines of the bank that differ from the books today, by the log, and are not on the list of the day with so much (law Q6). What
 * keeps the list from being read is told with its view.
 */
export const bankFindings = (book: OpenBook, today: WorkContext, head: number) =>
  Effect.gen(function* () {
    const lines = yield* inBook(book, bankDifferences(today.asOf, head))
    if (lines.length === 0) return []
    const { items } = yield* inBook(book, worklist({ ...today, knownAtPosition: head, queue: 'bankDifferences' }))
    const listed = new Map(items.map(({ deposit, amount }) => [deposit, amount]))
    return lines.flatMap(({ deposit, unexplained }): readonly Finding[] => {
      if (listed.get(deposit) === unexplained) return []
      const stream = depositStream(deposit)
      const message = `${stream}: ${formatCents(unexplained)} between the bank and the books is on no list of the day, and nobody has explained it`
      return [{ check: 'watched', message, stream, amount: unexplained }]
    })
  }).pipe(
    Effect.catchTag(['Integrity', 'Unavailable', 'UnreadableEvent'], () => Effect.succeed<readonly Finding[]>([])),
  )
