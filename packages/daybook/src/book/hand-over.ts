import type { AccountId } from '@daybook/core/kernel'
import { executeOnAccount, guarded } from '@daybook/core/service'
import { assignedPieces } from '@daybook/projections/worklist'
import * as Effect from 'effect/Effect'
import type { HandedOver } from './answers.ts'
import { deskFor } from './desk.ts'
import { invalidQuery, orFault } from './errors.ts'
import { handOverAsked, questionGiven } from './given.ts'
import { todayOf } from './moments.ts'
import type { OpenBook } from './open-book.ts'
import { inBook } from './questions.ts'
import type { DaybookShape } from './shape.ts'

/** Everything that one has goes to another, today: each piece as it was assigned (reference §11.8). */
export const handOverIn = (book: OpenBook): DaybookShape['handOver'] =>
  Effect.fn('Daybook.handOver')(function* (request) {
    yield* questionGiven(handOverAsked, request)
    const { from, to, dryRun = false } = request
    if (from === to) return yield* invalidQuery('to', 'is who has it already')
    yield* book.refreshPolicy
    if (!dryRun) yield* book.beforeWriting
    const desk = yield* deskFor(book, request)
    const { world } = desk.service
    const commandId = request.commandId ?? world.uuid()
    const on = todayOf(book)
    const pieces: HandedOver['pieces'][number][] = []
    for (const piece of yield* inBook(book, assignedPieces(from))) {
      const { account, queue, subject } = piece
      if (dryRun) {
        pieces.push({ ...piece, outcome: 'would' })
        continue
      }
      const command = { type: 'AssignWork', on, queue, subject, to }
      // Of one hand-over and one piece: run again with the same id, after it was killed, nothing is done twice.
      const id = `${commandId}:${world.sha256(`${account} ${queue ?? ''} ${subject ?? ''}`).slice(0, 32)}`
      const outcome = yield* orFault(guarded(executeOnAccount(desk, account as AccountId, command, id)))
      pieces.push(outcome.ok ? { ...piece, outcome: 'done' } : { ...piece, outcome: 'refused', hits: outcome.hits })
    }
    const report: HandedOver = { from, to, on, dryRun, pieces }
    return report
  })
