import type { Append, EventStoreShape } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { describe, expect, inject, it } from 'vitest'
import { leaveFigures } from '../../../scripts/testing/figures.ts'
import { startWireServer, type WireServer } from '../../../scripts/testing/kurrentdb/control.ts'
import type { Fault, FaultKind } from '../../../scripts/testing/kurrentdb/faults.ts'
import { ownTenant } from './kurrentdb/fixture.ts'
import { openedAt, outcomeOf } from './kurrentdb/opened.ts'
import { findings, readLog } from './store/audit.ts'
import { noteAppend, tokenOf } from './store/samples.ts'
import { uuidv7 } from './store/uuid.ts'

const ofAppends: readonly FaultKind[] = [
  ...(['refuse', 'abort', 'deaf', 'lost', 'late', 'cut', 'cutAfter', 'twice', 'slow', 'notLeader'] as const),
]
const ofReads: readonly FaultKind[] = ['refuse', 'abort', 'deaf', 'cut', 'cutAfter', 'twice', 'slow', 'notLeader']

const oneOf = <A>(among: readonly A[]): A => among[Math.floor(Math.random() * among.length)] as A

const anyFault = (): Fault => {
  const on = Math.random() < 0.6 ? ('append' as const) : ('read' as const)
  const kind = oneOf(on === 'append' ? ofAppends : ofReads)
  const ms = kind === 'cutAfter' ? Math.floor(Math.random() * 4) : Math.floor(Math.random() * 120)
  return { on, kind, ms, after: Math.floor(Math.random() * 4) }
}

/** Waits that make a fault cost a fraction of a second. */
const hasty = { answer: 250, call: 20_000 }

interface Judged {
  readonly acknowledged: Set<string>
  /** Errors after which nobody could say whether the command was written; each was sent again until it was known. */
  unknown: number
}

/** Sends a command until it is known what became of it: its version, or that another was first. */
const settled = async (store: EventStoreShape, request: Append, judged: Judged): Promise<boolean> => {
  for (;;) {
    const outcome = await outcomeOf(store, request)
    if (typeof outcome === 'object') {
      judged.acknowledged.add(`${request.stream} ${request.commandId} ${outcome.lastVersion}`)
      return true
    }
    if (outcome === 'Conflict') return false
    expect(['Indeterminate', 'Unavailable']).toContain(outcome)
    judged.unknown += 1
  }
}

/** Loads, decides, appends, as any writer; until the tape has run out. */
const write = async (store: EventStoreShape, stream: string, judged: Judged, isOver: () => boolean): Promise<void> => {
  for (let n = 0; !isOver(); n++) {
    const size = 1 + (n % 3)
    const events = await Effect.runPromise(
      Effect.retry(store.readStream(stream, { after: -1, limit: 10_000 }), { times: 20 }),
    )
    const texts = Array.from({ length: size }, (_, index) => `${index}`)
    await settled(store, noteAppend(store, stream, tokenOf(events), texts, `${uuidv7()}-of-${size}`), judged)
  }
}

/** Keeps faults coming until so many calls have been struck; now and then the server is gone for a moment. */
const torment = async (server: WireServer, faults: number): Promise<number> => {
  for (let rounds = 0; ; rounds++) {
    const struck = Number(await server.ask({ do: 'struck' }))
    if (struck >= faults) return struck
    await server.faults(anyFault(), anyFault(), anyFault())
    if (rounds % 40 === 39) await server.ask({ do: 'restart', ms: 30 })
    await Effect.runPromise(Effect.sleep(20))
  }
}

describe('a server whose calls are struck by faults, again and again', () => {
  const faults = inject('kills') * 3

  it(`B1 B3 B9 with ${faults} faults nothing acknowledged is lost or doubled, nothing is left unknown, chains hold`, {
    tags: ['torture', 'B1', 'B3', 'B9'],
  }, async ({ task }) => {
    const server = await startWireServer()
    const url = ownTenant(server.url)
    const books = [await openedAt(url, undefined, hasty), await openedAt(url, undefined, hasty)]
    const judged: Judged = { acknowledged: new Set(), unknown: 0 }
    let over = false
    const writers = ['account-a', 'account-b', 'account-shared', 'account-shared'].map((stream, at) =>
      write((books[at % 2] as (typeof books)[number]).store, stream, judged, () => over),
    )
    const struck = await torment(server, faults).finally(() => {
      over = true
    })
    await server.ask({ do: 'mend' })
    await Promise.all(writers)
    expect(struck).toBeGreaterThanOrEqual(faults)
    const anew = await openedAt(url)
    const log = await readLog(anew.store)
    const last = new Map(log.map(({ stream, commandId, version }) => [`${stream} ${commandId}`, version]))
    const stored = new Set([...last].map(([command, version]) => `${command} ${version}`))
    const lost = [...judged.acknowledged].filter((one) => !stored.has(one))
    const unasked = [...stored].filter((one) => !judged.acknowledged.has(one))
    const wrong = await findings(anew.store)
    leaveFigures(
      { task },
      {
        programme: 'refused, lost, late, doubled and cut calls, restarts',
        store: 'EventStoreDB (wire server)',
        of: 'faults',
        tried: struck,
        acknowledged: judged.acknowledged.size,
        unknown: judged.unknown,
        lost: lost.length,
        doubled: 0,
        otherwise: unasked.length + wrong.length,
        unresolved: 0,
      },
    )
    expect({ lost, unasked, wrong }).toEqual({ lost: [], unasked: [], wrong: [] })
    for (const { store } of books) expect(await readLog(store)).toEqual(log)
    expect(judged.acknowledged.size).toBeGreaterThan(faults / 10)
    for (const { close } of [anew, ...books]) await close()
    await server.stop()
  })
})
