import type { Instant } from '@daybook/core/kernel'
import {
  type Append,
  type AppendError,
  CommandMismatch,
  Conflict,
  Integrity,
  type Receipt,
  StreamClosed,
  type Token,
} from '@daybook/core/ports'
import { type Clock, clockFault, closedMessage, conflictMessage, YEARS_AHEAD } from '../store-contract.ts'
import { appendParameters } from './log-functions.ts'
import type { Sessions } from './sessions.ts'
import { call, column, type Value } from './statement.ts'

/** What was written or found for one request. The other members of its batch do not depend on it. */
export type Verdict = Receipt | AppendError

export interface BatchOptions {
  readonly book: number
  /** The name of the log for which events are sealed. */
  readonly name: { readonly origin: string }
  /** The server's clock when not given: several machines write by one time. */
  readonly clock: Clock | undefined
  readonly clockIsRight: boolean
}

const append = call('append', appendParameters)

/** How many requests of the same stream come before each one. */
const roundsOf = (requests: readonly Append[]): readonly number[] => {
  const seen = new Map<string, number>()
  return requests.map(({ stream }) => {
    const round = seen.get(stream) ?? 0
    seen.set(stream, round + 1)
    return round
  })
}

/** A batch as the columns that `daybook.append` takes. */
const valuesOf = (requests: readonly Append[], { book, name, clock, clockIsRight }: BatchOptions): readonly Value[] => {
  const rounds = roundsOf(requests)
  const events = requests.flatMap(({ events }, index) =>
    events.map((event, nth) => ({ ...event, command: index + 1, nth })),
  )
  const latest = ({ events }: Append): string =>
    events.reduce((last, { recordedAt }) => (recordedAt > last ? recordedAt : last), '')
  return [
    book,
    clock?.() ?? null,
    clockIsRight ? null : YEARS_AHEAD,
    column(requests, ({ stream }) => stream),
    column(requests, ({ expected }) => expected.version),
    column(requests, ({ expected }) => expected.headHash),
    column(requests, ({ commandId }) => commandId),
    column(requests, ({ fingerprint }) => fingerprint),
    column(requests, ({ events }) => events.length),
    column(requests, latest),
    column(requests, ({ closes }) => closes ?? false),
    rounds,
    column(events, ({ command }) => command),
    column(events, ({ nth }) => nth),
    column(events, ({ type }) => type),
    column(events, ({ schemaVersion }) => schemaVersion),
    column(events, ({ effectiveDate }) => effectiveDate),
    column(events, ({ recordedAt }) => recordedAt),
    column(events, ({ actor }) => actor),
    column(events, ({ id }) => id),
    column(events, ({ prev }) => prev),
    column(events, ({ leaf }) => leaf),
    column(events, ({ data }) => data),
    column(events, ({ meta }) => meta),
    name.origin,
  ]
}

type Judged = 'written' | 'repeated' | 'mismatch' | 'closed' | 'ahead' | 'conflict'
type VerdictRow = readonly [
  nth: number,
  verdict: Judged,
  actual: number,
  actualLeaf: string,
  firstVersion: number,
  lastVersion: number,
  firstPosition: number,
  lastPosition: number,
  headHash: string | null,
  committedAt: Instant,
  lastCommit: Instant | null,
]

const verdictOf = (request: Append, row: VerdictRow): Verdict => {
  const [, verdict, actual, actualLeaf, firstVersion, lastVersion, firstPosition, lastPosition, headHash] = row
  const [committedAt, lastCommit] = [row[9], row[10]]
  const { stream, commandId, expected } = request
  const receipt = { stream, commandId, firstVersion, lastVersion, firstPosition, lastPosition, committedAt }
  switch (verdict) {
    case 'written':
      return { ...receipt, headHash: request.events.at(-1)?.leaf ?? expected.headHash, repeated: false }
    case 'repeated':
      if (headHash === null)
        return new Integrity({ message: `the events of command ${commandId} on ${stream} are gone` })
      return { ...receipt, headHash, repeated: true }
    case 'mismatch':
      return new CommandMismatch({
        stream,
        commandId,
        message: `command ${commandId} was used on ${stream} for another command`,
      })
    case 'closed': {
      const head: Token = { version: actual, headHash: actualLeaf }
      return new StreamClosed({ stream, version: actual, message: closedMessage(stream, head) })
    }
    case 'ahead': {
      const fault = clockFault(lastCommit ?? undefined, committedAt, request)
      if (fault) return fault
      throw new TypeError('the server and Daybook disagree on how far a clock may stand ahead')
    }
    case 'conflict': {
      const head: Token = { version: actual, headHash: actualLeaf }
      return new Conflict({
        stream,
        expected: expected.version,
        actual,
        message: conflictMessage(stream, head, expected),
      })
    }
  }
}

/** One call of `daybook.append`, one commit: a verdict for each request, in their order. */
export const appendBatch =
  (sessions: Sessions, options: BatchOptions) =>
  async (requests: readonly Append[]): Promise<readonly Verdict[]> => {
    const rows = await sessions.use((session) => session.rows<VerdictRow>(append, ...valuesOf(requests, options)))
    const byNumber = new Map(rows.map((row) => [row[0], row]))
    return requests.map((request, index) => {
      const row = byNumber.get(index + 1)
      if (!row) throw new TypeError('the server left a command of a batch without an answer')
      return verdictOf(request, row)
    })
  }
