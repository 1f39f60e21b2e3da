import type { EventStoreShape, ReadError, StoredEvent } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { sha256 } from '../book/world.ts'
import { type BookHead, headAfter, headOfEmpty } from './book-head.ts'
import { type CommandRun, namingFindings, recordFindings, runFindings } from './commands.ts'
import type { Finding } from './finding.ts'

/** Few, so that others have their turn while they are looked at. */
const AT_ONCE = 100

/** What a walk over the log in order of positions gives. */
export interface LogWalk {
  readonly findings: readonly Finding[]
  readonly head: BookHead
  readonly events: number
}

const between = (first: number, last: number): string =>
  first === last ? `position ${first} holds no event` : `positions ${first} to ${last} hold no events`

/** Positions are without gaps, and committed times do not go back (`StoredEvent`, law C3). */
const orderFindings = (
  event: StoredEvent,
  before: { readonly position: number; readonly committedAt?: string | undefined },
): readonly Finding[] => {
  const { stream, version, position, committedAt } = event
  const findings: Finding[] = []
  if (position !== before.position + 1) {
    findings.push({ check: 'positions', message: between(before.position + 1, position - 1) })
  }
  if (before.committedAt !== undefined && committedAt < before.committedAt) {
    const message = `@${position} was committed at ${committedAt}, before the ${before.committedAt} of @${before.position}`
    findings.push({ check: 'times', message, stream, version, position })
  }
  return findings
}

const continues = (run: CommandRun | undefined, { stream, commandId, position, version }: StoredEvent): boolean =>
  run !== undefined &&
  run.stream === stream &&
  run.commandId === commandId &&
  run.lastPosition + 1 === position &&
  run.lastVersion + 1 === version

/** Holds the book against a head that was written down earlier: up to its position nothing may have changed. */
const expectedFindings = (expected: BookHead, found: BookHead, end: number): readonly Finding[] => {
  if (found.position === expected.position && found.hash === expected.hash) return []
  const lost = `the book ends at @${end} and had reached @${expected.position}: events were lost`
  const other = `up to @${expected.position} the book is not the one whose head was written down`
  return [{ check: 'head', message: end < expected.position ? lost : other, position: expected.position }]
}

/**
 * Goes through the log once in order of positions, up to a head: what each event says of its place, of its time and of
 * the command that wrote it, and the hash that runs through all of it.
 */
export const walkLog = (
  events: EventStoreShape,
  upTo: number,
  expected: BookHead | undefined,
): Effect.Effect<LogWalk, ReadError> =>
  Effect.gen(function* () {
    const findings: Finding[] = []
    const empty = headOfEmpty(events.origin, sha256)
    let head = empty
    let atExpected = empty
    let before: { readonly position: number; readonly committedAt?: string | undefined } = { position: 0 }
    let run: CommandRun | undefined
    let count = 0
    for (;;) {
      const page = yield* events.readAll({ after: before.position, upTo, limit: AT_ONCE })
      for (const event of page) {
        findings.push(...orderFindings(event, before), ...namingFindings(event))
        if (run === undefined || !continues(run, event)) {
          if (run) findings.push(...runFindings(run))
          const { stream, commandId, version, position } = event
          const record = yield* events.findCommand(stream, commandId)
          run = { stream, commandId, record, firstVersion: version, firstPosition: position, ...lastOf(event) }
        } else run = { ...run, ...lastOf(event) }
        head = headAfter(head, event, run.record, sha256)
        if (expected && event.position <= expected.position) atExpected = head
        before = event
      }
      count += page.length
      if (page.length < AT_ONCE) break
      yield* Effect.yieldNow
    }
    if (run) findings.push(...runFindings(run))
    findings.push(...(yield* recordFindings(events)))
    if (expected) findings.push(...expectedFindings(expected, atExpected, head.position))
    return { findings, head, events: count }
  })

const lastOf = ({ version, position, leaf }: StoredEvent) => ({
  lastVersion: version,
  lastPosition: position,
  headHash: leaf,
})
