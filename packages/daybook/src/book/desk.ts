import { actsFor, DELEGATION_STREAM, delegations } from '@daybook/core/delegation'
import { precondition } from '@daybook/core/kernel'
import type { ReadError, UnreadableEvent } from '@daybook/core/ports'
import { type Desk, load } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { todayOf } from './moments.ts'
import type { OpenBook } from './open-book.ts'
import type { Acting, Asking } from './requests.ts'

/** The desk with who sits at it: whoever the call names, else who opened the book. */
export const deskOf = ({ desk }: OpenBook, { actor }: Asking): Desk =>
  actor ? { ...desk, actor: { id: actor.id, roles: actor.roles ?? [] } } : desk

const notDelegated = (other: string) =>
  precondition(
    'delegation.none',
    `no delegation lets the actor do the work of ${other} today`,
    'delegate it (daybook delegate), or act in your own name',
  )

/** The same for a command, which may be given for another: by a delegation of today, or it is refused (reference §11.8). */
export const deskFor = (book: OpenBook, asking: Acting): Effect.Effect<Desk, ReadError | UnreadableEvent> =>
  Effect.gen(function* () {
    const desk = deskOf(book, asking)
    const other = asking.actor ? asking.actor.onBehalfOf : book.onBehalfOf
    if (other === undefined) return desk
    const { state } = yield* load(desk.service, delegations, DELEGATION_STREAM)
    const delegation = actsFor(state, desk.actor.id, other, todayOf(book))
    const acted = delegation
      ? { id: delegation.from, delegation: delegation.delegationId, hits: [] }
      : { id: other, hits: [notDelegated(other)] }
    return { ...desk, actor: { ...desk.actor, onBehalfOf: acted } }
  })
