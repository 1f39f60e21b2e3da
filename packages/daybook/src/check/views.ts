import { shown } from '@daybook/core/kernel'
import type { Checkpoint, ReadError } from '@daybook/core/ports'
import { compareViews, type ProjectionError, stillStands, type ViewDifference } from '@daybook/projections/runner'
import * as Effect from 'effect/Effect'
import { type KeptView, keptViews, OWN_VIEWS } from '../book/kept-views.ts'
import type { OpenBook } from '../book/open-book.ts'
import { withStores } from '../book/questions.ts'
import type { CheckName, Finding } from './finding.ts'

/** Differences of a view that are told one by one; the rest are counted. */
const TOLD = 20

const finding = (message: string, position?: number): Finding => ({
  check: 'views',
  message,
  ...(position === undefined ? {} : { position }),
})

const saying: Readonly<Record<ViewDifference['what'], string>> = {
  changed: 'holds something else than the events give',
  missing: 'does not hold what the events give',
  added: 'holds what no event gives',
}

/** A view against the same one, built in memory from the log up to where it stands. */
const rowFindings = (
  book: OpenBook,
  view: KeptView,
  { position }: Checkpoint,
): Effect.Effect<readonly Finding[], ProjectionError> =>
  Effect.scoped(
    Effect.gen(function* () {
      const fresh = yield* book.fresh
      if (position > 0) yield* withStores({ events: book.events, views: fresh }, view.build({ upTo: position }))
      const findings: Finding[] = []
      let more = 0
      const tell = ({ place, what }: ViewDifference): void => {
        if (findings.length === TOLD) more += 1
        else findings.push(finding(`the ${view.name.view} view ${saying[what]}, at ${shown(place)}`))
      }
      yield* compareViews(view.name, book.views, fresh, tell, view.holding)
      const count = findings.length + more
      if (more > 0)
        findings.push(finding(`the ${view.name.view} view differs in ${count} places, ${TOLD} of which are told`))
      return findings
    }),
  )

const checked = (book: OpenBook, view: KeptView): Effect.Effect<readonly Finding[], ProjectionError> =>
  Effect.gen(function* () {
    const checkpoint = yield* book.views.checkpoint(view.name)
    const { position } = checkpoint
    if (position < 0 || !(yield* stillStands(book.events, checkpoint))) {
      const what = `was built to @${position}, and the log no longer has the event that stood there`
      return [finding(`the ${view.name.view} view ${what}`, position)]
    }
    return yield* rowFindings(book, view, checkpoint)
  })

/** What keeps a view from being read is a finding like any other: the log itself is looked at all the same. */
const checkedAnyhow = (book: OpenBook, view: KeptView): Effect.Effect<readonly Finding[]> => {
  const { view: name } = view.name
  const found = Effect.catch(checked(book, view), ({ message }) =>
    Effect.succeed([finding(`the ${name} view can not be compared: ${message}`)]),
  )
  if (view.own === undefined) return found
  // What a product's own view throws is its author's to see; no rebuild mends it.
  return Effect.catchDefect(found, (thrown) =>
    Effect.succeed([
      finding(`what makes the ${name} view throws: ${thrown instanceof Error ? thrown.message : String(thrown)}`),
    ]),
  )
}

/**
 * Every view stands on an event that the log still has, and holds what a fold of the log up to there gives. Asked before
 * any question: one that stands on a lost event is built again by the next question, with right figures.
 */
export const viewFindings = (book: OpenBook): Effect.Effect<readonly Finding[], ReadError> =>
  Effect.gen(function* () {
    const findings: Finding[] = []
    for (const view of [...keptViews, ...book.ownViews.values()]) findings.push(...(yield* checkedAnyhow(book, view)))
    const strays = yield* Effect.catch(book.views.strays, () => Effect.succeed(0))
    if (strays > 0) {
      const rows = strays === 1 ? 'a row of the views belongs' : `${strays} rows of the views belong`
      findings.push(finding(`${rows} to no view: daybook rebuild takes it out`))
    }
    return findings
  })

/**
 * The views of products that stay unlooked at, in words: what their events give, only the program can tell that defines
 * them. Versions below a defined one are left over, and nobody asks them.
 */
export const notCompared = ({ views, ownViews }: OpenBook): Effect.Effect<readonly string[]> =>
  Effect.gen(function* () {
    const names = yield* Effect.catch(views.names, () => Effect.succeed([]))
    const defined = [...ownViews.values()].map(({ name }) => name)
    return names
      .filter(({ view, version }) => view.startsWith(OWN_VIEWS) && version > 0)
      .filter((name) => !defined.some(({ view, version }) => view === name.view && version >= name.version))
      .map(
        ({ view, version }) =>
          `the ${shown(view)} view, version ${version}, was not compared with the log: only the program that defines it can, by check after view`,
      )
  })

/** Checks of the log itself: where one of them finds something, what views show may be what stood there before. */
const ofTheLog: ReadonlySet<CheckName> = new Set(['positions', 'times', 'commands', 'chains', 'readable', 'head'])

/** What to do about views that differ from the log, once all of it was looked at. */
export const viewAdvice = ({ ownViews }: OpenBook, findings: readonly Finding[]): readonly Finding[] => {
  const logIsWhole = !findings.some(({ check }) => ofTheLog.has(check))
  return [...keptViews, ...ownViews.values()]
    .filter(({ name }) =>
      findings.some(({ check, message }) => check === 'views' && message.startsWith(`the ${name.view} view `)),
    )
    .map(({ name: { view }, own }) =>
      finding(
        logIsWhole
          ? `build the ${view} view anew: ${own === undefined ? `daybook rebuild ${view}` : 'its own rebuild does it'}`
          : `the log was changed too: keep the ${view} view until it is restored, it may show what stood there before`,
      ),
    )
}
