import { readRegularFile } from '../book/regular-file.ts'
import { placeOf, syntaxFault } from './json-syntax.ts'

/** A JSON file that can not be used: told with its path. */
export class JsonFault extends Error {}

const MAX_BYTES = 32 * 1024 * 1024
const MAX_DEPTH = 64

const tooLarge = (path: string) => new JsonFault(`${path}: more than ${MAX_BYTES / 1024 / 1024} MB`)

/** Standard input as far as it goes, and no further than the limit: what is piped in may have no end. */
const readInput = async (): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of process.stdin) {
    const piece = Buffer.from(chunk)
    bytes += piece.length
    if (bytes > MAX_BYTES) throw tooLarge('-')
    chunks.push(piece)
  }
  return Buffer.concat(chunks)
}

const bytesOf = async (path: string): Promise<Buffer> => {
  if (path === '-') return await readInput()
  const found = readRegularFile(path, MAX_BYTES)
  if (found.kind === 'read') return found.bytes
  throw new JsonFault(`${path}: ${found.kind === 'missing' ? 'there is no such file' : found.why}`)
}

/** Bytes that are no UTF-8 are told, not replaced: a name would be stored that nobody wrote. */
const textOf = (bytes: Buffer, path: string): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new JsonFault(`${path}: not UTF-8`)
  }
}

/** Reads JSON from a file or, as `-`, from standard input. @throws JsonFault */
export const readJson = async (path: string): Promise<unknown> => parseJson(textOf(await bytesOf(path), path), path)

/** @throws JsonFault */
export const parseJson = (json: string, path: string): unknown => {
  if (json.length > MAX_BYTES) throw tooLarge(path)
  if (json.trim() === '') throw new JsonFault(`${path}: it holds nothing`)
  const fault = syntaxFault(json, MAX_DEPTH)
  if (fault) throw new JsonFault(`${path}: ${fault.what}, at ${placeOf(json, fault.at)}`)
  return JSON.parse(json)
}
