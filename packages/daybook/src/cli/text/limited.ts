import { isMasked } from '../../privacy/limited.ts'
import type { SharedOptions } from '../options.ts'
import { clean, jsonText, paint, say } from '../terminal.ts'

/** A command that can show what the actor's roles let be seen, and mask the rest. */
export interface LimitedOption {
  readonly limited?: boolean
}

const valueText = (value: unknown): string =>
  isMasked(value) ? paint('dim', `(not shown: ${value.masked.join(', ')})`) : clean(String(value))

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null || isMasked(value)

/** An answer as an outline, a field a line: amounts are cents, as in JSON, since one that is masked has no column. */
const outline = (name: string, value: unknown, depth: number): readonly string[] => {
  const indent = '  '.repeat(depth)
  if (isPlain(value)) return [`${indent}${name}  ${valueText(value)}`]
  if (Array.isArray(value)) {
    if (value.length === 0) return []
    if (value.every(isPlain)) return [`${indent}${name}  ${value.map(valueText).join(', ')}`]
    return value.flatMap((each, at) => outline(`${name} ${at + 1}`, each, depth))
  }
  const inner = Object.entries(value as object).flatMap(([field, each]) =>
    each === undefined ? [] : outline(field, each, name === '' ? depth : depth + 1),
  )
  return name === '' ? inner : [`${indent}${name}`, ...inner]
}

export const limitedLines = (answer: unknown): readonly string[] => outline('', answer, 0)

/** Says an answer of which only some may be seen. */
export const sayLimited = (answer: unknown, { json }: Pick<SharedOptions, 'json'>): 0 => {
  for (const line of json ? [jsonText(answer)] : limitedLines(answer)) say(line)
  return 0
}
