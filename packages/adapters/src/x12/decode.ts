import { defaultLimits } from './limits.ts'

/** What a file can come as: chunks of bytes as they arrive, all its bytes, or its text. */
export type X12Source = AsyncIterable<Uint8Array> | Iterable<Uint8Array> | Uint8Array | string

/** Thrown inside the reader only, where a source passes the limit; readers turn it into the problem `fileTooLarge`. */
export class SourceTooLarge extends Error {
  override readonly name = 'SourceTooLarge'
}

const SLICE = 256 * 1024

/** Byte order marks of UTF-16; anything else is read as UTF-8, whose own mark the decoder drops. */
const encodingOf = (head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' =>
  head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8'

function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += SLICE) yield bytes.subarray(at, at + SLICE)
}

const joined = (a: Uint8Array, b: Uint8Array): Uint8Array => {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

/**
 * The text of a source, piece by piece, without its byte order mark. Bytes that are no text in the encoding become
 * U+FFFD, which the reader reports.
 * @throws SourceTooLarge past `maxBytes`; whatever the source throws.
 */
export async function* textOf(source: X12Source, maxBytes = defaultLimits.fileBytes): AsyncGenerator<string> {
  if (typeof source === 'string') {
    if (source.length > maxBytes) throw new SourceTooLarge()
    yield (source.charCodeAt(0) === 0xfeff ? source.slice(1) : source).toWellFormed()
    return
  }
  if (source instanceof Uint8Array && source.length > maxBytes) throw new SourceTooLarge()
  let bytes = 0
  let decoder: InstanceType<typeof TextDecoder> | undefined
  let head: Uint8Array = new Uint8Array(0)
  for await (const chunk of source instanceof Uint8Array ? slices(source) : source) {
    bytes += chunk.length
    if (bytes > maxBytes) throw new SourceTooLarge()
    if (decoder) {
      yield decoder.decode(chunk, { stream: true })
      continue
    }
    head = joined(head, chunk)
    if (head.length < 2) continue
    decoder = new TextDecoder(encodingOf(head))
    yield decoder.decode(head, { stream: true })
  }
  decoder ??= new TextDecoder()
  if (bytes < 2) yield decoder.decode(head, { stream: true })
  yield decoder.decode()
}
