import type { Desk } from '@daybook/core/service'
import type { OpenBook } from './open-book.ts'
import type { Asking } from './requests.ts'

/** The desk with who sits at it: whoever the call names, else who opened the book. */
export const deskOf = ({ desk }: OpenBook, { actor }: Asking): Desk =>
  actor ? { ...desk, actor: { id: actor.id, roles: actor.roles ?? [] } } : desk
