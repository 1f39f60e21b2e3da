import { readFile, stat } from 'node:fs/promises'
import { text } from 'node:stream/consumers'

/** A JSON file that can not be used: told with its path. */
export class JsonFault extends Error {}

const MAX_BYTES = 32 * 1024 * 1024
const MAX_DEPTH = 64

const tooLarge = (path: string) => new JsonFault(`${path}: more than ${MAX_BYTES / 1024 / 1024} MB`)

const readText = async (path: string): Promise<string> => {
  try {
    if (path === '-') return await text(process.stdin)
    // Asked before it is read: a file of a gigabyte would not fit into one text.
    if ((await stat(path)).size > MAX_BYTES) throw tooLarge(path)
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof JsonFault) throw error
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    const why =
      code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'this is a directory' : String(code ?? error)
    throw new JsonFault(`${path}: ${why}`)
  }
}

/** How deep the brackets of a text go, those within strings left out: asked before anything recursive reads it. */
const depthOf = (json: string): number => {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let at = 0; at < json.length; at++) {
    const character = json[at]
    if (inString) {
      if (character === '\\') at += 1
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === '{' || character === '[') deepest = Math.max(deepest, ++depth)
    else if (character === '}' || character === ']') depth -= 1
  }
  return deepest
}

/** Reads JSON from a file or, as `-`, from standard input. @throws JsonFault */
export const readJson = async (path: string): Promise<unknown> => parseJson(await readText(path), path)

/** @throws JsonFault */
export const parseJson = (json: string, path: string): unknown => {
  if (json.length > MAX_BYTES) throw tooLarge(path)
  if (json.trim() === '') throw new JsonFault(`${path}: it holds nothing`)
  if (depthOf(json) > MAX_DEPTH) throw new JsonFault(`${path}: nested deeper than ${MAX_DEPTH}`)
  try {
    return JSON.parse(json)
  } catch (error) {
    throw new JsonFault(`${path}: not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}
