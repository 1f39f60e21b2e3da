import { shown } from '@daybook/core/kernel'
import { Integrity, type ViewName } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'

/** What is wrong with a view whose rows are not those that were written, and what to do about it. */
export const changedRows = (name?: Pick<ViewName, 'view'>, where = ''): Integrity => {
  const which = name ? `the ${name.view} view` : 'a view'
  const command = name ? `daybook rebuild ${name.view}` : 'daybook rebuild'
  const message =
    `${which} can not be read${where}: somebody has changed its rows. Nothing is lost: views are built from the events; ` +
    `build it anew (${command})`
  return new Integrity({ message })
}

/** A document of a view, from its text. One that is no JSON was written by somebody else: the events have it all. */
export const documentIn = <Doc>(name: ViewName, key: string, body: string): Effect.Effect<Doc, Integrity> =>
  Effect.suspend(() => {
    try {
      return Effect.succeed(JSON.parse(body) as Doc)
    } catch {
      return Effect.fail(changedRows(name, ` at ${shown(key)}`))
    }
  })
