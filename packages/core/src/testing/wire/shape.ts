import type { z } from 'zod'
import { type Leaf, leavesOf } from '../../kernel/inventory.ts'
import type { Wired } from './wired.ts'

type Check = z.core.$ZodChecks['_zod']['def'] | z.core.$ZodCheckDef

const bound = (check: z.core.$ZodCheckGreaterThanDef | z.core.$ZodCheckLessThanDef): string =>
  `${check.check === 'greater_than' ? '>' : '<'}${check.inclusive ? '=' : ''} ${check.value}`

const inWords = (check: Check): string => {
  if (!('check' in check)) return ''
  switch (check.check) {
    case 'min_length':
      return `min ${(check as z.core.$ZodCheckMinLengthDef).minimum}`
    case 'max_length':
      return `max ${(check as z.core.$ZodCheckMaxLengthDef).maximum}`
    case 'string_format':
      return String((check as z.core.$ZodCheckStringFormatDef).pattern)
    case 'greater_than':
    case 'less_than':
      return bound(check as z.core.$ZodCheckGreaterThanDef)
    default:
      return check.check
  }
}

const kindOf = (schema: z.core.$ZodTypes): string => {
  const { def } = schema._zod
  switch (def.type) {
    case 'literal':
      return def.values.map((value) => JSON.stringify(value)).join(' | ')
    case 'enum':
      return Object.values(def.entries).map(String).join(' | ')
    case 'number':
      return 'format' in def ? String(def.format) : 'number'
    case 'string':
      return 'format' in def ? `${def.type} ${String(def.format)}` : 'string'
    default:
      return def.type
  }
}

const describe = ({ schema, class: leafClass, encryptable }: Leaf): string => {
  const checks = (schema._zod.def.checks ?? []).map((check) => inWords(check._zod.def))
  const words = [kindOf(schema as z.core.$ZodTypes), ...checks].filter((word) => word !== '').join(', ')
  return leafClass === undefined ? words : `${words}; ${leafClass}${encryptable ? ', may be encrypted' : ''}`
}

/** How the shape of an event says that a field holds parts. */
export const HOLDS_PARTS = 'parts, each of a version of its own'

/**
 * The shape of an event, or of a part of one, on the wire, one line a place: what a change of a name, a field, a limit or
 * a class shows in. Paths are those of `Leaf`.
 */
export const wireShape = ({ schema, definition, part }: Wired): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(leavesOf(schema).map((leaf) => [leaf.path, describe(leaf)])),
  ...(part ? {} : Object.fromEntries([...definition.parts.keys()].map((field) => [field, HOLDS_PARTS]))),
})
