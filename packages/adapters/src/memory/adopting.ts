import type { Adoption, AppendError, Head, LogPart, TakingLog } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { adoptionFault } from '../adopting.ts'
import { headOf, keep, type MemoryBook } from './book.ts'

const headIn = ({ events }: MemoryBook): Head => {
  const last = events.at(-1)
  return last ? { position: last.position, committedAt: last.committedAt } : { position: 0 }
}

const takingLog = (book: MemoryBook): TakingLog => ({
  name: 'the log in memory',
  begun: book.adopting,
  origin: book.origin,
  hasSecret: book.secretCheck !== undefined,
  head: headIn(book),
  headOf: (stream) => ({ ...headOf(book, stream), closed: book.closed.has(stream) }),
  hasEvent: (id) => book.eventIds.has(id),
})

const take = (book: MemoryBook, part: LogPart): Head | AppendError => {
  const fault = adoptionFault(part, takingLog(book))
  if (fault) return fault
  book.origin = part.origin
  book.adopting = true
  for (const { fingerprint, events } of part.commands) keep(book, events, fingerprint)
  book.grown.ring()
  return headIn(book)
}

export const memoryAdoption = (book: MemoryBook): Adoption => ({
  begun: Effect.sync(() => book.adopting),
  take: (part) =>
    Effect.suspend(() => {
      const taken = take(book, part)
      return '_tag' in taken ? Effect.fail(taken) : Effect.succeed(taken)
    }),
  finish: (secretCheck) =>
    Effect.sync(() => {
      if (!book.adopting) return
      book.secretCheck = secretCheck
      book.adopting = false
    }),
})
