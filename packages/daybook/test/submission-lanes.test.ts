import { memoryEventStore } from '@daybook/adapters/memory'
import type { ClaimSubmission } from '@daybook/core/account'
import { receiveRemittance, type SubmissionReport, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLog } from './support/books.ts'
import { byStream } from './support/by-stream.ts'
import { deskOn } from './support/desk.ts'
import { ahead, onFile, smallSubmission } from './support/small-submissions.ts'
import { turns, waiting } from './support/waiting-store.ts'

const none = { openMissing: false }

/** The book after the file, so many claims at once, and what the import told of it. */
const submitted = async (
  claims: ClaimSubmission,
  concurrency: number,
  waits: readonly number[] = [0],
): Promise<{ readonly report: SubmissionReport; readonly book: ReturnType<typeof byStream> }> => {
  const desk = deskOn(waiting(await Effect.runPromise(memoryEventStore()), waits))
  const report = await Effect.runPromise(
    Effect.gen(function* () {
      yield* submitClaims(desk, onFile.submitted)
      yield* receiveRemittance(desk, onFile.remitted, none)
      yield* receiveRemittance(desk, ahead, none)
      return yield* submitClaims(desk, claims, { concurrency })
    }),
  )
  return { report, book: byStream(await readLog(desk)) }
}

/** Outcomes of a remittance stand in the order in which they were found out; everything else is in order. */
const settled = (book: ReturnType<typeof byStream>) =>
  Object.fromEntries(
    Object.entries(book).map(([stream, events]) => [
      stream,
      stream.startsWith('remittance-') ? [...events].sort() : events,
    ]),
  )

describe('the claims of one 837, side by side', () => {
  it('P4 post what they post one after the other: the same events on every account, the same references and report', {
    tags: ['P4'],
  }, async () => {
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(
        smallSubmission(9),
        fc.integer({ min: 2, max: 12 }),
        turns,
        async (claims, concurrency, waits) => {
          const one = await submitted(claims, 1)
          const many = await submitted(claims, concurrency, waits)
          expect(many.report).toEqual(one.report)
          expect(settled(many.book)).toEqual(settled(one.book))
          for (const { outcome } of one.report.claims) seen.add(outcome)
        },
      ),
      { numRuns: 500 },
    )
    expect([...seen].sort()).toEqual(['duplicate', 'held', 'posted', 'replaced', 'submitted', 'voided'])
  })
})
