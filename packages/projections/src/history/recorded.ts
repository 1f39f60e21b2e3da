import { type Codec, isUnreadable, type RuleRef } from '@daybook/core/kernel'
import type { StoredEvent } from '@daybook/core/ports'

/** A stored event with its envelope; `event` is absent where this version of Daybook can not read it. */
export interface ReadBack<E> {
  readonly stored: StoredEvent
  readonly event?: E
}

export const readBack = <E extends { readonly type: string }>(
  codec: Codec<E>,
  stored: readonly StoredEvent[],
): readonly ReadBack<E>[] =>
  stored.map((envelope) => {
    const event = codec.decode(envelope)
    return isUnreadable(event) ? { stored: envelope } : { stored: envelope, event }
  })

/** The events of a prefix that can be read, in order: what a state is folded from. */
export const eventsOf = <E>(recorded: readonly ReadBack<E>[]): readonly E[] =>
  recorded.flatMap(({ event }) => (event === undefined ? [] : [event]))

/**
 * Why an event was allowed: what was written beside it when it was decided. Rules and inputs stand on the first event
 * of a command only (design §3.11); the command id says which events belong together.
 */
export interface Grounds {
  readonly rules: readonly RuleRef[]
  readonly policyVersion?: number
  /** Hash of the rule catalogue that decided. */
  readonly catalogue?: string
  /** Whose work the actor did, and by which delegation, where that was another's. */
  readonly onBehalfOf?: string
  readonly delegation?: string
  readonly cause: Readonly<Record<string, string>>
  /** Facts from outside that decided. */
  readonly inputs: Readonly<Record<string, string>>
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const textsOf = (value: unknown): Record<string, string> =>
  isObject(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([key, entry]) =>
          typeof entry === 'string' || typeof entry === 'number' ? [[key, String(entry)]] : [],
        ),
      )
    : {}

const rulesOf = (value: unknown): readonly RuleRef[] =>
  Array.isArray(value)
    ? value.flatMap((rule) =>
        isObject(rule) && typeof rule['id'] === 'string' && typeof rule['version'] === 'number'
          ? [{ id: rule['id'], version: rule['version'] }]
          : [],
      )
    : []

const parsed = (text: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

/** Reads an envelope's meta text. What is not there is left out: history shows what was written, it judges nothing. */
export const groundsOf = (stored: StoredEvent): Grounds => {
  const meta = parsed(stored.meta)
  const version = meta['policyVersion']
  const catalogue = meta['catalogue']
  const onBehalfOf = meta['onBehalfOf']
  const delegation = meta['delegation']
  return {
    rules: rulesOf(meta['rules']),
    ...(typeof version === 'number' ? { policyVersion: version } : {}),
    ...(typeof catalogue === 'string' ? { catalogue } : {}),
    ...(typeof onBehalfOf === 'string' ? { onBehalfOf } : {}),
    ...(typeof delegation === 'string' ? { delegation } : {}),
    cause: { commandId: stored.commandId, ...textsOf(meta['cause']) },
    inputs: textsOf(meta['inputs']),
  }
}

/** The fields of an event that no words are known for, as stored, without the salt of the seal. */
export const plainFields = (stored: StoredEvent): string => {
  const { salt: _salt, ...fields } = parsed(stored.data)
  return Object.entries(fields)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')
}
