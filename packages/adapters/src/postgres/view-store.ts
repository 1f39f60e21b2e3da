import { type Conflict, type Integrity, type Unavailable, ViewStore, type ViewStoreShape } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import * as Layer from 'effect/Layer'
import type { Scope } from 'effect/Scope'
import { readable } from '../view-contract.ts'
import { addressGiven, asking, shownOf } from './asking.ts'
import { anyText, textGiven } from './kept-text.ts'
import { migrate } from './migrations.ts'
import { openSessions, type Sessions } from './sessions.ts'
import { viewReads } from './view-reads.ts'
import { viewWrites } from './view-writes.ts'

export interface PostgresViewStoreOptions {
  /** The database of the log itself, or another one: views may live apart from the events. Tenants are apart. */
  readonly url: string
  /** Sessions at once; 4 when not given. */
  readonly sessions?: number
  /** How long to go on trying while the server is away, in milliseconds; 15 seconds when not given. */
  readonly patience?: number
}

const PATIENCE = 15_000
const SESSIONS = 4

interface OpenViews {
  readonly sessions: Sessions
  readonly tenant: string
}

const openViews = async ({
  url,
  sessions: most = SESSIONS,
  patience = PATIENCE,
}: PostgresViewStoreOptions): Promise<OpenViews> => {
  const address = addressGiven(url)
  // A view that lost its last commits with the server is only behind: rows and checkpoint are lost together.
  const sessions = openSessions({ address, most, patience, settings: { synchronous_commit: 'off' }, textGiven })
  try {
    await migrate(sessions, 'views')
    return { sessions, tenant: address.tenant }
  } catch (cause) {
    await sessions.close()
    throw cause
  }
}

/**
 * Views in a PostgreSQL database, the log's own or another. Rows and checkpoint of a change are one transaction. Closing the
 * scope ends the sessions.
 */
export const postgresViewStore = (
  options: PostgresViewStoreOptions,
): Effect.Effect<ViewStoreShape, Unavailable | Integrity, Scope> =>
  Effect.map(
    Effect.acquireRelease(
      asking(shownOf(options.url), () => openViews(options)),
      ({ sessions }) => Effect.promise(sessions.close),
    ),
    ({ sessions, tenant }) => {
      const { where } = sessions
      const reads = viewReads(anyText(sessions.read), tenant)
      const writes = viewWrites(sessions, tenant)
      const reading = <A>(read: () => Promise<A>): Effect.Effect<A, Unavailable> => readable(asking(where, read))
      /** What is done twice does nothing the second time. */
      const again = (work: () => Promise<void>): Effect.Effect<void, Unavailable> =>
        reading(() => sessions.patiently(work))
      return {
        names: reading(reads.names),
        checkpoint: (name) => reading(() => reads.checkpoint(name)),
        commit: (change) =>
          Effect.flatMap(
            asking(where, () => writes.commit(change)),
            (refused): Effect.Effect<void, Conflict | Integrity> => (refused ? Effect.fail(refused) : Effect.void),
          ),
        doc: (name, key) => reading(() => reads.doc(name, key)),
        docsOf: (name, keys) => reading(() => reads.docsOf(name, keys)),
        docs: (name, page) => reading(() => reads.docs(name, page)),
        sum: (name, query) => reading(() => reads.sum(name, query)),
        series: (name, prefix) => reading(() => reads.series(name, prefix)),
        items: (name, page) => reading(() => reads.items(name, page)),
        cells: (name, page) => reading(() => reads.cells(name, page)),
        everyItem: (name, page) => reading(() => reads.everyItem(name, page)),
        strays: reading(reads.strays),
        sweep: again(writes.sweep),
        forget: (name, at) => again(() => writes.forget(name, at)),
        replace: (live, built) => reading(() => writes.replace(live, built)),
      } satisfies ViewStoreShape
    },
  )

export const postgresViewStoreLayer = (
  options: PostgresViewStoreOptions,
): Layer.Layer<ViewStore, Unavailable | Integrity> => Layer.effect(ViewStore, postgresViewStore(options))
