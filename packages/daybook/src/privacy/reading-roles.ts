import { readingRoles } from '@daybook/core/policy'
import type { InvalidCommand } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { invalidCommand } from '../book/errors.ts'
import type { OpenBook } from '../book/open-book.ts'
import { rolesIn } from './looks.ts'

/** A command, for everybody but those whose roles only look (reference §11.8: auditor, vendor). */
export const notForReaders =
  <Given extends readonly unknown[], A, E>(book: OpenBook, give: (...given: Given) => Effect.Effect<A, E>) =>
  (...given: Given): Effect.Effect<A, E | InvalidCommand> =>
    Effect.suspend((): Effect.Effect<A, E | InvalidCommand> => {
      const roles = rolesIn(book, given)
      if (roles.length === 0 || roles.some((role) => !readingRoles.includes(role))) return give(...given)
      return Effect.fail(
        invalidCommand('actor.roles', `${roles.join(', ')} looks at the book and changes nothing in it`),
      )
    })
