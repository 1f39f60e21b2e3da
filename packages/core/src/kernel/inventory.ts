import type { z } from 'zod'
import { encryptedLeaf, type LeafClass, leafClasses } from './classes.ts'
import type { EventDefinition } from './event.ts'

/** A place in a schema that holds one value. */
export interface Leaf {
  /**
   * Where it stands. `name?` may be absent, `[]` is each member of a list (`[1..]` of a list that may not be empty),
   * `{}` each value of a record and `{key}` its keys, `(pr)` or `(2)` one form of several.
   */
  readonly path: string
  /** Absent: nobody has said what kind of information this is, or the schema lets in what no leaf names. */
  readonly class?: LeafClass | undefined
  /** May be stored as an encrypted envelope: made by `phi()`, `pii()` or `freeText()`. */
  readonly encryptable: boolean
  /** The schema of the clear value. */
  readonly schema: z.core.$ZodType
}

type Schema = z.core.$ZodTypes

const classOf = (schema: z.core.$ZodType): LeafClass | undefined => leafClasses.get(schema as z.ZodType)?.class

const required = ({ _zod: { def } }: z.core.$ZodArray): string =>
  (def.checks ?? []).some((check) => check._zod.def.check === 'min_length') ? '[1..]' : '[]'

/** The name of one form of a union: its tag where it has one, else its place from 1. */
const formName = (form: Schema, tag: string | undefined, index: number): string => {
  if (tag === undefined || form._zod.def.type !== 'object') return String(index + 1)
  const value = form._zod.def.shape[tag] as Schema | undefined
  return value?._zod.def.type === 'literal' ? String(value._zod.def.values[0]) : String(index + 1)
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)

const walk = (given: z.core.$ZodType, path: string, out: Leaf[]): void => {
  const schema = given as Schema
  const def = schema._zod.def
  switch (def.type) {
    case 'object':
      for (const [name, field] of Object.entries(def.shape)) {
        walk(field, join(path, `${name}${field._zod.optout === 'optional' ? '?' : ''}`), out)
      }
      // An object that is not strict lets in, or drops without a word, what no leaf names.
      if ((def.catchall as Schema | undefined)?._zod.def.type !== 'never') {
        out.push({ path: join(path, '*'), encryptable: false, schema })
      }
      return
    case 'optional':
    case 'nullable':
    case 'nonoptional':
    case 'default':
    case 'prefault':
    case 'readonly':
    case 'catch':
      walk(def.innerType, path, out)
      return
    case 'lazy':
      walk(def.getter(), path, out)
      return
    case 'pipe':
      // What is stored is what the pipe gives.
      walk(def.out, path, out)
      return
    case 'array':
      walk(def.element, `${path}${required(schema as z.core.$ZodArray)}`, out)
      return
    case 'tuple':
      for (const [index, item] of def.items.entries()) walk(item, `${path}[${index}]`, out)
      if (def.rest) walk(def.rest, `${path}[]`, out)
      return
    case 'record':
      walk(def.keyType, `${path}{key}`, out)
      walk(def.valueType, `${path}{}`, out)
      return
    case 'union': {
      const [clear, envelope] = def.options
      if (clear && envelope === encryptedLeaf && def.options.length === 2) {
        out.push({ path, class: classOf(schema), encryptable: true, schema: clear })
        return
      }
      const tag = 'discriminator' in def ? String(def.discriminator) : undefined
      for (const [index, form] of def.options.entries()) {
        walk(form, `${path}(${formName(form as Schema, tag, index)})`, out)
      }
      return
    }
    default:
      out.push({ path, class: classOf(schema), encryptable: false, schema })
  }
}

/** Every leaf of a schema, in the order in which the schema names them. A schema may not contain itself. */
export const leavesOf = (schema: z.core.$ZodType): readonly Leaf[] => {
  const out: Leaf[] = []
  walk(schema, '', out)
  return out
}

/** What of an event is what kind of information: a row of the data inventory. */
export interface Classified {
  readonly event: string
  /** As `Leaf.path`, without what may be absent and without the forms: one row a place. */
  readonly path: string
  readonly class: LeafClass | undefined
  readonly encryptable: boolean
}

/**
 * The data inventory of events: each place that holds a value, with its class. The event's own `type` is its name and
 * no information about anybody; it alone has no row. Every other tag and literal has one.
 */
export const classificationOf = (
  definitions: Iterable<Pick<EventDefinition, 'type' | 'schema'>>,
): readonly Classified[] => {
  const rows = new Map<string, Classified>()
  for (const { type, schema } of definitions) {
    for (const leaf of leavesOf(schema)) {
      if (leaf.path === 'type') continue
      const path = leaf.path.replace(/\?|\([^)]*\)/g, '').replaceAll('[1..]', '[]')
      const { class: leafClass, encryptable } = leaf
      const row = { event: type, path, class: leafClass, encryptable }
      rows.set(`${type} ${path} ${leafClass} ${encryptable}`, row)
    }
  }
  return [...rows.values()]
}
