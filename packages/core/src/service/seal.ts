import { canonicalJson } from '../kernel/canonical.ts'
import type { Day, Instant } from '../kernel/day.ts'
import type { Codec } from '../kernel/event.ts'
import { leafHash, type Sha256 } from '../kernel/leaf.ts'
import type { SealedEvent, Token } from '../ports/event-store.ts'

/** What one event gets from outside, because the core makes neither ids nor random bytes. */
export interface Envelope {
  /** UUIDv7: time-ordered, so that a store's index on it grows at its end. */
  readonly id: string
  /** 16 random bytes as 32 hex digits: nobody can guess a purged payload from its hash. */
  readonly salt: string
  /** Cause, rules passed, policy version. A plain object in canonical form. */
  readonly meta: object
}

/** Where the events go and who writes them when. */
export interface Seal {
  readonly stream: string
  /** What the writer has seen of the stream: the first event takes the next version and chains to its hash. */
  readonly token: Token
  readonly origin: string
  /** The writer's clock; the caller keeps it from going before the stream's previous event. */
  readonly recordedAt: Instant
  readonly actor: string
  readonly sha256: Sha256
  /** The last event closes the stream, and says so in its meta. */
  readonly closes?: boolean | undefined
}

const saltPattern = /^[0-9a-f]{32}$/

/** What a leaf says of one event, as far as the event itself knows it. */
type Unsealed = Omit<SealedEvent, 'leaf'>

const leafOf = (
  event: Unsealed,
  place: { stream: string; version: number; origin: string },
  sha256: Sha256,
  metaHash: string,
): string =>
  leafHash(sha256, {
    origin: place.origin,
    eventId: event.id,
    stream: place.stream,
    version: place.version,
    type: event.type,
    schemaVersion: event.schemaVersion,
    effectiveDate: event.effectiveDate,
    recordedAt: event.recordedAt,
    actor: event.actor,
    prev: event.prev,
    dataHash: sha256(event.data),
    metaHash,
  })

/**
 * Seals decided events: fixes their bytes and their place in the stream's chain (design §3.14). Pure: equal inputs
 * give equal bytes and hashes. The payload is stored with its salt inside, under the key `salt`.
 * @throws NotCanonical when a payload or meta has no canonical form, such as an integer beyond 2^53 (law A8).
 * @throws RangeError when an envelope is missing or its salt is not 32 hex digits, a payload has a field `salt`, or a
 * field of the leaf has a control character or is not well-formed Unicode.
 */
export const seal = <E extends { readonly type: string; readonly effectiveDate: Day }>(
  codec: Codec<E>,
  drafts: readonly E[],
  envelopes: readonly Envelope[],
  place: Seal,
): readonly SealedEvent[] => {
  if (envelopes.length !== drafts.length) {
    throw new RangeError(`${drafts.length} events need as many envelopes, not ${envelopes.length}`)
  }
  // A hash of text with a lone surrogate would be the hash of other bytes than those stored.
  for (const field of [place.stream, place.actor]) {
    if (!field.isWellFormed()) throw new RangeError(`not well-formed Unicode: ${JSON.stringify(field)}`)
  }
  const sealed: SealedEvent[] = []
  let prev = place.token.headHash
  // The events of a command after its first share their meta: its text and hash are made once.
  let written: { readonly of: object; readonly text: string; readonly hash: string } | undefined
  for (const [index, draft] of drafts.entries()) {
    const { id, salt, meta: given } = envelopes[index] as Envelope
    const meta = place.closes && index === drafts.length - 1 ? { ...given, closes: true } : given
    if (!saltPattern.test(salt)) throw new RangeError('a salt is 32 hex digits')
    const { schemaVersion, payload } = codec.encode(draft)
    if ('salt' in payload) throw new RangeError(`${draft.type} has a field of the name salt, which belongs to the seal`)
    if (!id.isWellFormed()) throw new RangeError(`not well-formed Unicode: ${JSON.stringify(id)}`)
    if (written?.of !== meta) {
      const text = canonicalJson(meta)
      written = { of: meta, text, hash: place.sha256(text) }
    }
    const unsealed: Unsealed = {
      id,
      type: draft.type,
      schemaVersion,
      effectiveDate: draft.effectiveDate,
      recordedAt: place.recordedAt,
      actor: place.actor,
      data: canonicalJson({ ...payload, salt }),
      meta: written.text,
      prev,
    }
    const version = place.token.version + 1 + index
    const leaf = leafOf(unsealed, { stream: place.stream, version, origin: place.origin }, place.sha256, written.hash)
    sealed.push({ ...unsealed, leaf })
    prev = leaf
  }
  return sealed
}

/** The leaf hash that a stored event should have, from its stored bytes. */
export const leafOfStored = (
  event: SealedEvent & { readonly stream: string; readonly version: number },
  origin: string,
  sha256: Sha256,
): string => leafOf(event, { stream: event.stream, version: event.version, origin }, sha256, sha256(event.meta))
