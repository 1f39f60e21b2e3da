import { type EventStoreShape, limits, type StoredEvent } from '@daybook/core/ports'
import {
  type HistoryFault,
  type HistoryFaultKind,
  historyFaultKinds,
  judgeHistory,
  type Seen,
  type Tried,
} from '@daybook/core/testing/store'
import * as Effect from 'effect/Effect'
import type { Figures } from '../../../../scripts/testing/figures.ts'
import { findings, readLog } from './audit.ts'
import { noteAppend, tokenOf } from './samples.ts'
import { sha256 } from './sha256.ts'

const keyOf = ({ stream, commandId }: Tried): string => `${stream} ${commandId}`

/** Commands of which no sender knows what became of them. */
const unknownIn = (tried: readonly Tried[]): readonly Tried[] => {
  const known = new Set(tried.filter(({ outcome }) => outcome === 'written').map(keyOf))
  const open = tried.filter((one) => one.outcome === 'unknown' && !known.has(keyOf(one)))
  return [...new Map(open.map((one) => [keyOf(one), one])).values()]
}

const readWhole = async (store: EventStoreShape, stream: string): Promise<readonly StoredEvent[]> => {
  const events: StoredEvent[] = []
  for (;;) {
    const page = await Effect.runPromise(store.readStream(stream, { after: events.length - 1, limit: limits.page }))
    events.push(...page)
    if (page.length < limits.page) return events
  }
}

/**
 * Sends what nobody knew of once more, as a next process would that was handed the same command: it is found, or written
 * now. Gives what came of it; one that is still unknown stays `unknown`.
 */
const settle = async (store: EventStoreShape, open: readonly Tried[]): Promise<readonly Tried[]> => {
  const all: Tried[] = []
  for (const { stream, commandId, events = 1 } of open) {
    const began = Number(process.hrtime.bigint())
    const texts = Array.from({ length: events }, (_, at) => `${at + 1} of ${events}`)
    const token = tokenOf(await readWhole(store, stream))
    const request = noteAppend(store, stream, token, texts, commandId)
    const answer = await Effect.runPromise(Effect.result(store.append(request)))
    const ended = Number(process.hrtime.bigint())
    const of = { stream, commandId, events, began, ended }
    all.push(
      answer._tag === 'Success'
        ? { ...of, outcome: 'written', receipt: answer.success }
        : { ...of, outcome: answer.failure._tag === 'Indeterminate' ? 'unknown' : 'refused' },
    )
  }
  return all
}

/** What one judging found, beside what was tried. */
export interface Judged {
  readonly faults: readonly HistoryFault[]
  /** What is wrong with the log in itself, and with the records of commands. */
  readonly findings: readonly string[]
  readonly acknowledged: number
  readonly unknown: number
  /** What came of those that nobody knew of, when they were sent once more. */
  readonly settled: readonly Tried[]
  /** Commands of which nobody knows even at the end. */
  readonly unresolved: number
}

/** Holds what was tried against the log, after all that nobody knew of was sent once more. */
export const judged = async (
  store: EventStoreShape,
  tried: readonly Tried[],
  seen: readonly Seen[] = [],
): Promise<Judged> => {
  const open = unknownIn(tried)
  const found = await settle(store, open)
  const all = [...tried, ...found]
  const proof = { origin: store.origin, sha256 }
  return {
    faults: judgeHistory(await readLog(store), all, { seen, proof }),
    findings: await findings(store),
    acknowledged: new Set(tried.filter(({ outcome }) => outcome === 'written').map(keyOf)).size,
    unknown: open.length,
    settled: found,
    unresolved: found.filter(({ outcome }) => outcome !== 'written').length,
  }
}

/** Adds up what many judgings found, as figures for the table and as words for whoever must find what went wrong. */
export class Tally {
  readonly #kinds = new Map<HistoryFaultKind, number>(historyFaultKinds.map((kind) => [kind, 0]))
  readonly #words: string[] = []
  #acknowledged = 0
  #unknown = 0
  #unresolved = 0
  tried = 0

  /** `where` says of a fault when it came. */
  add({ faults, findings, acknowledged, unknown, unresolved }: Judged, where: string): void {
    this.#acknowledged += acknowledged
    this.#unknown += unknown
    this.#unresolved += unresolved
    for (const { kind, message } of faults) {
      this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + 1)
      this.#words.push(`${where}: ${message}`)
    }
    this.#words.push(...findings.map((message) => `${where}: ${message}`))
  }

  /** Everything that contradicts what was acknowledged; empty when all is well. */
  get wrong(): readonly string[] {
    return this.#words
  }

  get acknowledged(): number {
    return this.#acknowledged
  }

  get unknown(): number {
    return this.#unknown
  }

  figures({ programme, store, of }: Pick<Figures, 'programme' | 'store' | 'of'>): Figures {
    const count = (...kinds: HistoryFaultKind[]) => kinds.reduce((sum, kind) => sum + (this.#kinds.get(kind) ?? 0), 0)
    return {
      programme,
      store,
      of,
      tried: this.tried,
      acknowledged: this.#acknowledged,
      unknown: this.#unknown,
      lost: count('lost'),
      doubled: count('doubled'),
      otherwise: count('altered', 'reordered', 'refused', 'misread'),
      unresolved: this.#unresolved,
    }
  }
}
