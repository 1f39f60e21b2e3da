import type { Day, Instant } from './day.ts'

/** Hex SHA-256 of UTF-8 text; handed in, because the pure core has no crypto. */
export type Sha256 = (text: string) => string

/** What one event's leaf hash covers. Order and separators are a wire format: see the golden fixtures. */
export interface LeafFields {
  /** Random name of the log, given at its creation. */
  readonly origin: string
  readonly eventId: string
  readonly stream: string
  /** 0-based. */
  readonly version: number
  readonly type: string
  readonly schemaVersion: number
  readonly effectiveDate: Day
  readonly recordedAt: Instant
  readonly actor: string
  /** Leaf hash of (stream, version − 1), or `-` for the first event of a stream. */
  readonly prev: string
  /** SHA-256 of the stored data bytes (salt inside). */
  readonly dataHash: string
  readonly metaHash: string
}

// A control character would make the preimage ambiguous.
const control = /\p{Cc}/u

/**
 * The preimage of a leaf, version 1: thirteen fields, one a line (notes/trust §1.3 with the design's corrections).
 * @throws RangeError when a field contains a control character: the block would be ambiguous.
 */
export const leafPreimage = (leaf: LeafFields): string => {
  const fields = [
    'daybook-event/v1',
    leaf.origin,
    leaf.eventId,
    leaf.stream,
    String(leaf.version),
    leaf.type,
    String(leaf.schemaVersion),
    leaf.effectiveDate,
    leaf.recordedAt,
    leaf.actor,
    leaf.prev,
    leaf.dataHash,
    leaf.metaHash,
  ]
  // One look at all of them: hardly ever has one a control character.
  if (control.test(fields.join(''))) {
    const field = fields.find((each) => control.test(each))
    throw new RangeError(`a field of a leaf has a control character: ${JSON.stringify(field)}`)
  }
  return fields.join('\n')
}

/** SHA-256 over 0x00 and the preimage, as in RFC 6962, so that a leaf can never be taken for an inner node. */
export const leafHash = (sha256: Sha256, leaf: LeafFields): string => sha256(`\u0000${leafPreimage(leaf)}`)
