import { join } from 'node:path'
import { loadPackageDefinition, Metadata, type ServiceDefinition, type ServiceError, status } from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'
import type { Expected, LogRecord, Proposed } from './log.ts'

const definitions = loadPackageDefinition(
  loadSync(['streams.proto', 'gossip.proto', 'serverfeatures.proto'], {
    includeDirs: [join(import.meta.dirname, 'protos')],
    keepCase: true,
    longs: String,
    enums: String,
    bytes: Buffer,
    defaults: true,
    oneofs: true,
  }),
)

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' || typeof value === 'function') && value !== null
/** What stands under names, one inside the other. */
const under = (value: unknown, ...names: readonly string[]): unknown =>
  names.reduce((found: unknown, name) => (isObject(found) ? Reflect.get(found, name) : undefined), value)

/** A service of the protocol by its package and name, as proto-loader reads it from the definitions beside this file. */
export const serviceOf = (packageName: string, name: string): ServiceDefinition => {
  const found = under(definitions, 'event_store', 'client', packageName, name, 'service')
  if (!isObject(found)) throw new Error(`the protocol has no service ${packageName}.${name}`)
  return found as ServiceDefinition
}

/** Messages as proto-loader gives them; what is not there has its default. */
export interface Message {
  readonly [field: string]: unknown
}
export const inside = (message: unknown, field: string): Message =>
  ((message as Message | null)?.[field] ?? {}) as Message

export const nameIn = (identifier: unknown): string =>
  ((identifier as { stream_name?: Buffer } | null)?.stream_name ?? Buffer.alloc(0)).toString('utf8')
export const identifierOf = (stream: string) => ({ stream_name: Buffer.from(stream) })

/** The expectation of a message, where the field of its exact revision is called `exact`. */
export const expectedIn = (options: Message, exact: string, choice: string): Expected => {
  const chosen = options[choice]
  if (chosen === exact) return Number(options[exact])
  if (chosen === 'no_stream' || chosen === 'any' || chosen === 'stream_exists') return chosen
  return 'any'
}

const half = (value: unknown): string =>
  BigInt.asUintN(64, BigInt(String(value)))
    .toString(16)
    .padStart(16, '0')

/** A UUID in either of its two forms, in small letters. */
export const uuidIn = (uuid: unknown): string => {
  const { value, string, structured } = uuid as Message
  if (value === 'string') return String(string).toLowerCase()
  const { most_significant_bits, least_significant_bits } = structured as Message
  const hex = half(most_significant_bits) + half(least_significant_bits)
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** @throws the status of the protocol where the metadata lacks a type or a content type. */
export const proposedIn = (message: unknown): Proposed => {
  const { id, metadata, custom_metadata, data } = message as Message
  const { type, 'content-type': contentType } = metadata as Record<string, string | undefined>
  if (!(type && contentType)) {
    throw failure(status.INVALID_ARGUMENT, 'missing-required-metadata-property', {
      'required-metadata-properties': 'type,content-type',
    })
  }
  return { id: uuidIn(id), type, contentType, data: data as Buffer, metadata: custom_metadata as Buffer }
}

/** An event as a read sends it; ids as text, as the client asks. */
export const eventMessage = (record: LogRecord) => ({
  event: {
    event: {
      id: { string: record.id },
      stream_identifier: identifierOf(record.stream),
      stream_revision: String(record.revision),
      prepare_position: String(record.position),
      commit_position: String(record.position),
      metadata: { type: record.type, 'content-type': record.contentType, created: String(record.created) },
      custom_metadata: record.metadata,
      data: record.data,
    },
    commit_position: String(record.position),
  },
})

export const positionMessage = (position: bigint) => ({
  commit_position: String(position),
  prepare_position: String(position),
})

/** An error of the protocol: the trailer `exception` says which, others say more of it. */
export const failure = (
  code: status,
  exception: string,
  more: Readonly<Record<string, string>> = {},
): Partial<ServiceError> => {
  const metadata = new Metadata()
  if (exception !== '') metadata.set('exception', exception)
  for (const [key, value] of Object.entries(more)) metadata.set(key, value)
  return Object.assign(new Error(exception), { code, details: exception || 'fault', metadata })
}

const varint = (value: bigint): number[] =>
  value < 128n ? [Number(value)] : [Number(value & 127n) | 128, ...varint(value >> 7n)]
const numberField = (field: number, value: bigint): number[] => [field << 3, ...varint(value)]
const bytesField = (field: number, value: readonly number[]): number[] => [
  (field << 3) | 2,
  ...varint(BigInt(value.length)),
  ...value,
]

const any = (name: string, bytes: readonly number[]) => ({
  type_url: `type.googleapis.com/event_store.client.${name}`,
  value: Buffer.from(bytes),
})

/** What a batch append is refused with: a status in the answer itself, its details as a packed message. */
export const batchErrors = {
  wrong: (current: number, expected: Expected) => ({
    code: status.ALREADY_EXISTS,
    message: 'WrongExpectedVersion',
    details: any('WrongExpectedVersion', [
      ...(current < 0 ? bytesField(2, []) : numberField(1, BigInt(current))),
      ...(typeof expected === 'number' ? numberField(3, BigInt(expected)) : []),
      ...(expected === 'any' ? bytesField(4, []) : []),
      ...(expected === 'stream_exists' ? bytesField(5, []) : []),
      ...(expected === 'no_stream' ? bytesField(6, []) : []),
    ]),
  }),
  deleted: (stream: string) => ({
    code: status.NOT_FOUND,
    message: 'StreamDeleted',
    details: any('StreamDeleted', bytesField(1, bytesField(3, [...Buffer.from(stream)]))),
  }),
  size: (most: number) => ({
    code: status.INVALID_ARGUMENT,
    message: 'MaximumAppendSizeExceeded',
    details: any('MaximumAppendSizeExceeded', numberField(1, BigInt(most))),
  }),
  timeout: () => ({ code: status.ABORTED, message: 'Timeout', details: any('Timeout', []) }),
}
