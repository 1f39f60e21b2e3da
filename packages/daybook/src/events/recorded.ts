import { type AccountEvent, accountCodec } from '@daybook/core/account'
import { type DelegationEvent, delegationCodec } from '@daybook/core/delegation'
import { type DepositEvent, depositCodec } from '@daybook/core/deposit'
import { accountOfStream, type Instant, isRemittanceStream, isUnreadable, type Of } from '@daybook/core/kernel'
import { type MigrationEvent, migrationCodec } from '@daybook/core/migration'
import { type GroupEvent, groupCodec, type PersonEvent, personCodec } from '@daybook/core/person'
import { type PolicyEvent, policyCodec } from '@daybook/core/policy'
import { type FoldedEvent, type StoredEvent, UnreadableEvent } from '@daybook/core/ports'
import { type RegistryEvent, registryCodec } from '@daybook/core/registry'
import { type RemittanceEvent, remittanceCodec } from '@daybook/core/remittance'
import { type SubmissionEvent, submissionCodec } from '@daybook/core/submission'
import { groundsOf } from '@daybook/projections/history'

/** Everything that a book can hold: what happened to accounts, remittances, deposits, claims that were not taken and people, policies, references, migrations. */
export type DaybookEvent =
  | AccountEvent
  | RemittanceEvent
  | DepositEvent
  | SubmissionEvent
  | PersonEvent
  | GroupEvent
  | PolicyEvent
  | DelegationEvent
  | RegistryEvent
  | MigrationEvent
/** The name of an event. */
export type EventType = DaybookEvent['type']
/** The event of a name, with its own fields. Amounts in cents, days as `YYYY-MM-DD`. */
export type EventOf<Type extends EventType> = Of<DaybookEvent, Type>

interface Placed<Type extends EventType> {
  /** Place in the book: 1, 2, 3 … in the order of commits, without gaps. */
  readonly position: number
  readonly stream: string
  /** Place in its stream, from 0. */
  readonly version: number
  /** Of an event of an account. */
  readonly account?: string
  /** Of an event of a remittance. */
  readonly remittance?: string
  readonly type: Type
  readonly event: EventOf<Type>
}

interface Enveloped {
  /** UUIDv7, unique in the book. */
  readonly id: string
  /** The writer's clock. */
  readonly recordedAt: Instant
  /** The store's clock; never goes back. */
  readonly committedAt: Instant
  readonly actor: string
  /** Whose work the actor did, where that was another's. */
  readonly onBehalfOf?: string
  /** Events of one command have one; what a command wrote stands together. */
  readonly commandId: string
  readonly cause: Readonly<Record<string, string>>
}

/** An event as a view is given it. */
export type ViewedEvent<Type extends EventType = EventType> = Type extends EventType ? Placed<Type> : never
/** An event with who, when and why: `type` tells which, and `event` has its fields. */
export type RecordedEvent<Type extends EventType = EventType> = Type extends EventType
  ? Placed<Type> & Enveloped
  : never

const codecs = [
  accountCodec,
  remittanceCodec,
  depositCodec,
  submissionCodec,
  personCodec,
  groupCodec,
  policyCodec,
  delegationCodec,
  registryCodec,
  migrationCodec,
] as const

/** Every name of an event. */
export const eventTypes: ReadonlySet<string> = new Set(codecs.flatMap(({ definitions }) => [...definitions.keys()]))

const codecOf = (type: string): Pick<(typeof codecs)[number], 'decode'> =>
  codecs.find(({ definitions }) => definitions.has(type)) ?? accountCodec

/** A stored event with its fields; what this version of Daybook can not read is an error, never passed by. */
export const viewedOf = (stored: FoldedEvent): ViewedEvent | UnreadableEvent => {
  const { position, stream, version, type } = stored
  const decoded = codecOf(type).decode(stored)
  if (isUnreadable(decoded)) {
    const message = `${stream}#${version} (${type}) can not be read: ${decoded.reason}. A newer Daybook may have written it.`
    return new UnreadableEvent({ stream, version, type, message })
  }
  // The salt belongs to the seal.
  const { salt: _salt, ...event } = decoded as { readonly type: string; readonly salt?: unknown }
  const account = accountOfStream(stream)
  return {
    position,
    stream,
    version,
    ...(account === undefined ? {} : { account }),
    ...(isRemittanceStream(stream) ? { remittance: stream.slice('remittance-'.length) } : {}),
    type,
    event,
  } as ViewedEvent
}

export const recordedOf = (stored: StoredEvent): RecordedEvent | UnreadableEvent => {
  const viewed = viewedOf(stored)
  if (viewed instanceof UnreadableEvent) return viewed
  const { id, recordedAt, committedAt, actor, commandId } = stored
  const { onBehalfOf, cause: named } = groundsOf(stored)
  const { commandId: _named, ...cause } = named
  const who = { actor, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) }
  return { ...viewed, id, recordedAt, committedAt, ...who, commandId, cause } as RecordedEvent
}
