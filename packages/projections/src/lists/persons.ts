import { type EventStore, ViewStore } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { catchUp, type ProjectionError } from '../runner/index.ts'
import { SIGNS } from './likeness.ts'
import { listsView } from './view.ts'

const KEYS_AT_ONCE = 1_000

/** The persons of each sign that several have, in the order of signs. */
export const personsBySign = (): Effect.Effect<
  readonly (readonly string[])[],
  ProjectionError,
  EventStore | ViewStore
> =>
  Effect.gen(function* () {
    yield* catchUp(listsView)
    const views = yield* ViewStore
    const groups: string[][] = []
    let [sign, group]: [string, string[]] = ['', []]
    for (let after = ''; ; ) {
      const page = yield* views.docs(listsView, { prefix: SIGNS, after, limit: KEYS_AT_ONCE })
      for (const { key } of page) {
        const at = key.lastIndexOf(' ')
        const [of, person] = [key.slice(0, at), key.slice(at + 1)]
        if (of !== sign) {
          if (group.length > 1) groups.push(group)
          ;[sign, group] = [of, []]
        }
        group.push(person)
      }
      const last = page.at(-1)
      if (!last || page.length < KEYS_AT_ONCE) break
      after = last.key
    }
    if (group.length > 1) groups.push(group)
    return groups
  })
