import { type Append, Integrity, type SealedEvent, type StoredEvent } from '@daybook/core/ports'
import type { Proposed, Recorded } from './driver.ts'

/** Format of the metadata below. */
const FORMAT = 1

/**
 * What stands beside an event's bytes: everything by which it was sealed, and the command that wrote it. `meta` is text in
 * it, since its bytes are hashed. `writer` is of one append: of two that send the same events, it says whose they were.
 */
export interface Envelope extends Omit<SealedEvent, 'id' | 'type' | 'data'> {
  readonly daybook: typeof FORMAT
  readonly commandId: string
  readonly fingerprint: string
  readonly writer: string
  /** When it was committed first, where a log was taken over from another store. */
  readonly committedAt?: StoredEvent['committedAt']
  /** The log that it was sealed for, where its writer saw it empty: such a log may be taking another one over meanwhile. */
  readonly origin?: string
}

const texts = [
  'effectiveDate',
  'recordedAt',
  'actor',
  'commandId',
  'fingerprint',
  'writer',
  'meta',
  'prev',
  'leaf',
] as const

/** The envelope of an event; undefined where no Daybook wrote it. */
export const envelopeOf = ({ metadata, isJson }: Recorded): Envelope | undefined => {
  if (isJson || typeof metadata !== 'object' || metadata === null) return undefined
  const found = metadata as Readonly<Record<string, unknown>>
  if (found['daybook'] !== FORMAT || !Number.isSafeInteger(found['schemaVersion'])) return undefined
  return texts.every((name) => typeof found[name] === 'string') ? (metadata as Envelope) : undefined
}

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

export const proposedOf = (
  { commandId, fingerprint, events }: Pick<Append, 'commandId' | 'fingerprint' | 'events'>,
  writer: string,
  also: Pick<Envelope, 'committedAt' | 'origin'> = {},
): readonly Proposed[] =>
  events.map(({ id, type, data, schemaVersion, effectiveDate, recordedAt, actor, meta, prev, leaf }) => {
    const sealed = { schemaVersion, effectiveDate, recordedAt, actor, meta, prev, leaf }
    const envelope: Envelope = { daybook: FORMAT, ...sealed, commandId, fingerprint, writer, ...also }
    // As bytes: the driver would parse JSON and write it anew.
    return { id, type, contentType: 'application/octet-stream', data: encoder.encode(data), metadata: envelope }
  })

/** Where an event stands by the index of positions. */
export type Place = Pick<StoredEvent, 'position' | 'stream' | 'version' | 'committedAt'>

/** @throws Integrity when no Daybook wrote the event. */
export const storedOf = (recorded: Recorded, { position, stream, version, committedAt }: Place): StoredEvent => {
  const envelope = envelopeOf(recorded)
  if (!envelope)
    throw new Integrity({ message: `${stream} version ${version} (@${position}) was not written by Daybook` })
  const { schemaVersion, effectiveDate, recordedAt, actor, commandId, prev, leaf, meta } = envelope
  return {
    position,
    stream,
    version,
    type: recorded.type,
    schemaVersion,
    effectiveDate,
    recordedAt,
    committedAt,
    actor,
    commandId,
    id: recorded.id,
    prev,
    leaf,
    data: decoder.decode(recorded.data as Uint8Array),
    meta,
  }
}
