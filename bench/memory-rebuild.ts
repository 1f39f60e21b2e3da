import { sqliteEventStore, sqliteViewStore } from '@daybook/adapters/sqlite'
import { EventStore, ViewStore } from '@daybook/core/ports'
import { agingView } from '@daybook/projections/aging'
import { catchUp } from '@daybook/projections/runner'
import * as Effect from 'effect/Effect'
import * as Layer from 'effect/Layer'

// node memory-rebuild.ts LOG VIEWS EVENTS: builds the aging of the first events of a log; prints the most memory it had.

const [log = '', views = '', events = '0'] = process.argv.slice(2)
const stores = Layer.mergeAll(
  Layer.effect(EventStore, sqliteEventStore({ path: log, readOnly: true })),
  Layer.effect(ViewStore, sqliteViewStore({ path: views })),
)
await Effect.runPromise(Effect.scoped(Effect.provide(catchUp(agingView, { upTo: Number(events) }), stores)))
/** `maxRSS` is in KiB. */
console.log(process.resourceUsage().maxRSS / 1_024)
