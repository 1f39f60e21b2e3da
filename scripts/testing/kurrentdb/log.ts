import { appendFileSync, existsSync, readFileSync } from 'node:fs'

/** An event as a client proposes it. */
export interface Proposed {
  readonly id: string
  readonly type: string
  readonly contentType: string
  readonly data: Buffer
  readonly metadata: Buffer
}

/** An event in the log: its place in the whole log is a byte offset, so places are far apart. */
export interface LogRecord extends Proposed {
  readonly position: bigint
  readonly stream: string
  readonly revision: number
  /** 100 ns ticks since the Unix epoch. */
  readonly created: bigint
}

/** An event as somebody who can write the files of a server sees it: its place in the log and in its stream follow from the order. */
export interface StoredText {
  readonly stream: string
  /** Milliseconds since the epoch. */
  readonly created: number
  readonly id: string
  readonly type: string
  readonly contentType: string
  readonly data: string
  readonly metadata: string
}

export type Expected = number | 'no_stream' | 'any' | 'stream_exists'

export type Appended =
  | { readonly ok: true; readonly revision: number; readonly position: bigint | undefined }
  | { readonly ok: false; readonly why: 'wrong'; readonly current: number }
  | { readonly ok: false; readonly why: 'deleted' }
  | { readonly ok: false; readonly why: 'size'; readonly most: number }

/** `$tb` of a stream that was deleted softly: no event of it is visible, and its revisions go on. */
const DELETED = 9_223_372_036_854_775_807n
const TICKS = 10_000n

interface Stream {
  readonly records: LogRecord[]
  tombstoned: boolean
}

interface Truncation {
  readonly before: bigint
  readonly maxCount: number | undefined
  readonly maxAge: number | undefined
}

const untouched: Truncation = { before: 0n, maxCount: undefined, maxAge: undefined }

const truncationIn = (record: LogRecord | undefined): Truncation => {
  if (!record) return untouched
  const text = record.data.toString('utf8')
  // 2^63 − 1 is no number of JSON.parse: the one field that may hold it is read as text.
  const before = /"\$tb"\s*:\s*(\d+)/.exec(text)?.[1]
  const { $maxCount, $maxAge } = JSON.parse(text) as { $maxCount?: number; $maxAge?: number }
  return { before: BigInt(before ?? 0), maxCount: $maxCount, maxAge: $maxAge }
}

export interface LogOptions {
  /** A file that every append is written to before it is answered; a log that begins with what is in it. */
  readonly file?: string | undefined
  /** Most bytes of one append: type, data and metadata of all of its events. */
  readonly maxAppend?: number | undefined
  /** Milliseconds since the epoch. */
  readonly clock?: () => number
}

/**
 * The log of the server: one order over all streams, and the rules of the published server by which an append is taken,
 * taken as a repeat, or refused.
 */
export class Log {
  readonly records: LogRecord[] = []
  readonly #streams = new Map<string, Stream>()
  readonly #file: string | undefined
  readonly #maxAppend: number
  readonly #listeners = new Set<() => void>()
  #end = 0n
  clock: () => number

  constructor({ file, maxAppend = 1_048_576, clock = Date.now }: LogOptions = {}) {
    this.#file = file
    this.#maxAppend = maxAppend
    this.clock = clock
    if (file !== undefined && existsSync(file)) {
      for (const line of readFileSync(file, 'utf8').split('\n')) if (line.endsWith(']')) this.#restore(line)
    }
  }

  /** Called after every append that wrote something, until the returned function is called. */
  onAppend(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  texts(): readonly StoredText[] {
    return this.records.map(({ stream, created, id, type, contentType, data, metadata }) => ({
      ...{ stream, created: Number(created / TICKS), id, type, contentType },
      ...{ data: data.toString('utf8'), metadata: metadata.toString('utf8') },
    }))
  }

  /** Another log in the place of this one, as no client could write it: for tests that edit what is stored. */
  rewrite(texts: readonly StoredText[]): void {
    this.records.length = 0
    this.#streams.clear()
    this.#end = 0n
    for (const { created, data, metadata, ...text } of texts) {
      const bytes = { data: Buffer.from(data), metadata: Buffer.from(metadata) }
      const place = { position: this.#end, revision: this.lastRevision(text.stream) + 1 }
      this.#keep({ ...text, ...bytes, ...place, created: BigInt(created) * TICKS })
      this.#end += BigInt(120 + bytes.data.length + bytes.metadata.length)
    }
  }

  lastRevision(stream: string): number {
    return (this.#streams.get(stream)?.records.length ?? 0) - 1
  }

  isTombstoned(stream: string): boolean {
    return this.#streams.get(stream)?.tombstoned ?? false
  }

  /** What a read of the stream may see, in order; undefined where it was never written, or was deleted softly. */
  visible(stream: string): readonly LogRecord[] | undefined {
    const records = this.#streams.get(stream)?.records
    if (!records || records.length === 0) return undefined
    const { before, maxCount, maxAge } = this.#truncation(stream)
    if (before === DELETED) return undefined
    const first = Math.max(Number(before), maxCount === undefined ? 0 : records.length - maxCount)
    const oldest = maxAge === undefined ? 0n : BigInt(this.clock() - maxAge * 1_000) * TICKS
    return records.filter(({ revision, created }) => revision >= first && created >= oldest)
  }

  append(stream: string, expected: Expected, events: readonly Proposed[]): Appended {
    if (this.isTombstoned(stream)) return { ok: false, why: 'deleted' }
    const size = events.reduce((sum, { type, data, metadata }) => sum + type.length + data.length + metadata.length, 0)
    if (size > this.#maxAppend) return { ok: false, why: 'size', most: this.#maxAppend }
    const current = this.lastRevision(stream)
    const deletedSoftly = this.#truncation(stream).before === DELETED
    const wrong = { ok: false, why: 'wrong', current } as const
    if (expected === 'stream_exists') {
      if (deletedSoftly) return { ok: false, why: 'deleted' }
      if (current < 0 && this.lastRevision(`$$${stream}`) < 0) return wrong
    }
    if (expected === 'any' || expected === 'stream_exists') {
      return this.#repeatAnywhere(stream, events, current) ?? this.#write(stream, current, events, deletedSoftly)
    }
    const exact = expected === 'no_stream' ? -1 : expected
    if (exact === current || (deletedSoftly && exact === -1)) return this.#write(stream, current, events, deletedSoftly)
    if (exact > current || events.length === 0) return wrong
    return this.#repeatAt(stream, exact + 1, events) ?? wrong
  }

  /** Soft: no event is visible any more. Hard: for ever, and an event says so. */
  delete(stream: string, expected: Expected, hard: boolean): Appended {
    if (this.isTombstoned(stream)) return { ok: false, why: 'deleted' }
    const current = this.lastRevision(stream)
    const exact = expected === 'no_stream' ? -1 : expected
    if (typeof exact === 'number' && exact !== current) return { ok: false, why: 'wrong', current }
    if (hard) return this.#write(stream, current, [made('$streamDeleted', '{}')], false)
    return this.#mark(stream, DELETED)
  }

  #mark(stream: string, before: bigint): Appended {
    const name = `$$${stream}`
    return this.#write(name, this.lastRevision(name), [made('$metadata', `{"$tb":${before}}`)], false)
  }

  #truncation(stream: string): Truncation {
    return truncationIn(this.#streams.get(`$$${stream}`)?.records.at(-1))
  }

  /** The first answer, where all events stand in their places already; a part of them is no repeat. */
  #repeatAt(stream: string, from: number, events: readonly Proposed[]): Appended | undefined {
    const stored = this.#streams.get(stream)?.records.slice(from, from + events.length) ?? []
    if (stored.length !== events.length || !events.every(({ id }, index) => stored[index]?.id === id)) return undefined
    const last = stored.at(-1)
    return { ok: true, revision: last?.revision ?? -1, position: last?.position }
  }

  #repeatAnywhere(stream: string, events: readonly Proposed[], current: number): Appended | undefined {
    const first = this.#streams.get(stream)?.records.findIndex(({ id }) => id === events[0]?.id) ?? -1
    if (events.length === 0 || first < 0) return undefined
    return this.#repeatAt(stream, first, events) ?? { ok: false, why: 'wrong', current }
  }

  #write(stream: string, current: number, events: readonly Proposed[], undelete: boolean): Appended {
    if (undelete) this.#mark(stream, BigInt(current + 1))
    const created = BigInt(this.clock()) * TICKS
    const records = events.map((event, index): LogRecord => {
      const position = this.#end
      this.#end += BigInt(120 + event.data.length + event.metadata.length)
      return { ...event, stream, revision: current + 1 + index, position, created }
    })
    if (this.#file !== undefined) appendFileSync(this.#file, records.map(lineOf).join(''))
    for (const record of records) this.#keep(record)
    for (const listener of this.#listeners) listener()
    return { ok: true, revision: current + records.length, position: records.at(-1)?.position }
  }

  #keep(record: LogRecord): void {
    this.records.push(record)
    const stream = this.#streams.get(record.stream) ?? { records: [], tombstoned: false }
    stream.records.push(record)
    if (record.type === '$streamDeleted') stream.tombstoned = true
    this.#streams.set(record.stream, stream)
  }

  #restore(line: string): void {
    const [position, stream, revision, created, id, type, contentType, data, metadata] = JSON.parse(line) as string[]
    const bytes = (text = ''): Buffer => Buffer.from(text, 'base64')
    const record = {
      ...{ position: BigInt(position ?? 0), stream: stream ?? '', revision: Number(revision) },
      ...{ created: BigInt(created ?? 0), id: id ?? '', type: type ?? '', contentType: contentType ?? '' },
      ...{ data: bytes(data), metadata: bytes(metadata) },
    }
    this.#end = record.position + BigInt(120 + record.data.length + record.metadata.length)
    this.#keep(record)
  }
}

const lineOf = (record: LogRecord): string => {
  const { position, stream, revision, created, id, type, contentType, data, metadata } = record
  const texts = [String(position), stream, String(revision), String(created), id, type, contentType]
  return `${JSON.stringify([...texts, data.toString('base64'), metadata.toString('base64')])}\n`
}

const made = (type: string, data: string): Proposed => ({
  id: crypto.randomUUID(),
  type,
  contentType: 'application/json',
  data: Buffer.from(data),
  metadata: Buffer.alloc(0),
})
