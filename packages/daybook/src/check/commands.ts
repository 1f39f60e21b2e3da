import {
  type CommandEntry,
  type CommandRecord,
  type EventStoreShape,
  limits,
  type ReadError,
  type Receipt,
  type StoredEvent,
} from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import type { Finding } from './finding.ts'

/** Events that follow each other in the log and in their stream and name one command, and what is on record of it. */
export interface CommandRun extends Omit<Receipt, 'committedAt' | 'repeated'> {
  readonly record: CommandRecord | undefined
}

const FINGERPRINT = /^[0-9a-f]{64}$/

type Places = Pick<Receipt, 'firstVersion' | 'lastVersion' | 'firstPosition' | 'lastPosition'>
const placesOf = ({ firstVersion, lastVersion, firstPosition, lastPosition }: Places): string =>
  firstVersion === lastVersion && firstPosition === lastPosition
    ? `version ${firstVersion} (@${firstPosition})`
    : `versions ${firstVersion} to ${lastVersion} (@${firstPosition} to ${lastPosition})`

/** A run of events against the record of its command: there is one, and it names exactly these events (laws B3, B4). */
export const runFindings = (run: CommandRun): readonly Finding[] => {
  const { stream, commandId, record, firstVersion: version, firstPosition: position } = run
  const finding = (what: string): readonly Finding[] => [
    {
      check: 'commands',
      message: `${stream} ${placesOf(run)}, command ${commandId}: ${what}`,
      stream,
      version,
      position,
    },
  ]
  if (!record) return finding('nothing is on record of it, or its last event is gone')
  const { receipt, fingerprint } = record
  if (placesOf(receipt) !== placesOf(run)) return finding(`its record names ${placesOf(receipt)}`)
  if (receipt.headHash !== run.headHash) return finding('its record names another last event')
  return FINGERPRINT.test(fingerprint) ? [] : finding('its fingerprint is no SHA-256')
}

const commandNamedIn = (meta: string): unknown => {
  try {
    const parsed: unknown = JSON.parse(meta)
    return typeof parsed === 'object' && parsed !== null && 'commandId' in parsed ? parsed.commandId : undefined
  } catch {
    return undefined
  }
}

/** An event names its command twice: in a column, by which it is found, and in what its hash covers. */
export const namingFindings = ({ stream, version, position, commandId, meta }: StoredEvent): readonly Finding[] => {
  if (commandNamedIn(meta) === commandId) return []
  const message = `${stream} version ${version} (@${position}) stands under command ${commandId}, and was written by another`
  return [{ check: 'commands', message, stream, version, position }]
}

/** The first event that a record names stands where it says. Whether the rest does, the run of that event tells. */
const entryFindings = (
  events: EventStoreShape,
  { stream, commandId, ...places }: CommandEntry,
): Effect.Effect<readonly Finding[], ReadError> =>
  Effect.map(events.readStream(stream, { after: places.firstVersion - 1, limit: 1 }), ([first]) => {
    const { firstVersion: version, firstPosition: position } = places
    const stands = first?.version === version && first.position === position && first.commandId === commandId
    if (stands) return []
    const what = 'is on record, but the log does not have its events there'
    const message = `command ${commandId} of ${stream} ${placesOf(places)} ${what}`
    return [{ check: 'commands', message, stream, version, position }]
  })

/** Every record of a command against the log: a log that lost its end is behind its records. */
export const recordFindings = (events: EventStoreShape): Effect.Effect<readonly Finding[], ReadError> =>
  Effect.gen(function* () {
    const findings: Finding[] = []
    for (let after: CommandEntry | undefined; ; ) {
      const page: readonly CommandEntry[] = yield* events.commands({ after, limit: limits.page })
      for (const entry of page) findings.push(...(yield* entryFindings(events, entry)))
      after = page.at(-1)
      if (page.length < limits.page) return findings
    }
  })
