import { z } from 'zod'

/**
 * Whether a schema gives this value back as it is. `true` is a promise: `schema.parse(value)` would return an equal value.
 * `false` promises nothing: the value may be wrong, or the schema may be one that changes values or is not known here. Who
 * hears it asks the schema, which also has the words.
 */
export type Accepts = (value: unknown) => boolean

type Schema = z.core.$ZodTypes

/** A function in the making: what it may call and compare with, by the names under which its text knows them. */
interface Making {
  readonly held: unknown[]
  readonly functions: string[]
  readonly named: Map<z.core.$ZodType, string>
}

const hold = (making: Making, value: unknown): string => `held[${making.held.push(value) - 1}]`

/** A check as the schema library runs it: true where it has no issue and leaves the value alone. */
const passes =
  (check: z.core.$ZodCheck): Accepts =>
  (value) => {
    const payload: z.core.ParsePayload<never> = { value: value as never, issues: [] }
    const later = check._zod.check(payload)
    return later === undefined && payload.issues.length === 0 && Object.is(payload.value, value)
  }

/** The commonest checks in place; each other one as it is run there. */
const checkText = (making: Making, check: z.core.$ZodCheck): string => {
  const def = (check as z.core.$ZodChecks | z.core.$ZodCustom)._zod.def
  switch (def.check) {
    case 'custom':
      return `${hold(making, def.fn)}(v) === true`
    case 'min_length':
      return `v.length >= ${Number(def.minimum)}`
    case 'max_length':
      return `v.length <= ${Number(def.maximum)}`
    case 'number_format':
      if (def.format === 'safeint') return 'Number.isSafeInteger(v)'
      break
    case 'string_format':
      // A pattern that remembers where it was would answer otherwise the next time.
      if (def.format === 'regex' && def.pattern && !def.pattern.global && !def.pattern.sticky) {
        return `${hold(making, def.pattern)}.test(v)`
      }
      break
    default:
  }
  return `${hold(making, passes(check))}(v)`
}

const isCheck = (schema: z.core.$ZodType): schema is z.core.$ZodType & z.core.$ZodCheck =>
  schema._zod.traits.has('$ZodCheck')

/** What holds of the value besides its type. A format such as `z.int()` is its own first check. */
const checksText = (making: Making, schema: Schema): readonly string[] => {
  const own = isCheck(schema) ? [schema] : []
  return [...own, ...(schema._zod.def.checks ?? [])].map((check) => checkText(making, check))
}

/** Only what `{}` makes: an object of a class, or one that inherits, could say something else the next time. */
const PLAIN = 'typeof v === "object" && v !== null && Object.getPrototypeOf(v) === Object.prototype'

/** Each field in its turn; then no name may be left over. */
const objectText = (making: Making, { shape, catchall }: z.core.$ZodObjectDef): string => {
  if ((catchall as Schema | undefined)?._zod.def.type !== 'never') return 'return false'
  const lines = [`if (!(${PLAIN})) return false`, 'let met = 0, f']
  for (const [field, schema] of Object.entries(shape)) {
    const name = JSON.stringify(field)
    const optional = schema._zod.optin === 'optional'
    lines.push(
      `f = v[${name}]`,
      `if (f === undefined) { ${optional ? `if (${name} in v) met += 1` : 'return false'} }`,
      `else if (${functionOf(making, schema)}(f)) met += 1`,
      'else return false',
    )
  }
  return [...lines, 'for (const name in v) met -= 1', 'return met === 0'].join('\n')
}

const arrayText = (making: Making, { element }: z.core.$ZodArrayDef): string =>
  `if (!Array.isArray(v)) return false
for (let at = 0; at < v.length; at++) if (!${functionOf(making, element)}(v[at])) return false
return true`

/** Names that are any text. A record over a list of names wants each of them, and is left to the schema. */
const recordText = (making: Making, { keyType, valueType }: z.core.$ZodRecordDef): string =>
  (keyType as Schema)._zod.def.type === 'string'
    ? `if (!(${PLAIN})) return false
for (const name in v) if (name === '__proto__' || !${functionOf(making, keyType)}(name) || !${functionOf(making, valueType)}(v[name])) return false
return true`
    : 'return false'

/** Of forms told apart by a literal the one that it names is asked; else any that accepts will do. */
const unionText = (making: Making, def: z.core.$ZodUnionDef): string => {
  const tag = 'discriminator' in def ? String(def.discriminator) : undefined
  if (tag === undefined) return `return ${def.options.map((form) => `${functionOf(making, form)}(v)`).join(' || ')}`
  const cases = def.options.flatMap((form) =>
    [...(form._zod.propValues?.[tag] ?? [])].map(
      (literal) => `case ${hold(making, literal)}: return ${functionOf(making, form)}(v)`,
    ),
  )
  return `if (!(${PLAIN})) return false\nswitch (v[${JSON.stringify(tag)}]) {\n${cases.join('\n')}\n}\nreturn false`
}

const literalsText = (making: Making, literals: readonly unknown[]): string =>
  literals
    .map((literal) => `v === ${typeof literal === 'string' ? JSON.stringify(literal) : hold(making, literal)}`)
    .join(' || ')

const typeText = (making: Making, schema: Schema): string => {
  const { def } = schema._zod
  switch (def.type) {
    case 'string':
    case 'boolean':
      return `return typeof v === "${def.type}"`
    case 'number':
      return 'return Number.isFinite(v)'
    case 'literal':
      return `return ${literalsText(making, def.values)}`
    case 'enum':
      return `return ${hold(making, new Set(Object.values(def.entries)))}.has(v)`
    // What holds is its own check.
    case 'custom':
      return 'return true'
    case 'optional':
      return `return ${schema._zod.optin === 'optional' ? 'v === undefined || ' : ''}${functionOf(making, def.innerType)}(v)`
    case 'array':
      return arrayText(making, def)
    case 'object':
      return objectText(making, def)
    case 'record':
      return recordText(making, def)
    case 'union':
      return unionText(making, def)
    default:
      return 'return false'
  }
}

/** The name of the function that accepts what the schema does, written once. */
const functionOf = (making: Making, given: z.core.$ZodType): string => {
  const before = making.named.get(given)
  if (before !== undefined) return before
  const name = `a${making.named.size}`
  making.named.set(given, name)
  const schema = given as Schema
  const checks = checksText(making, schema)
  const body = typeText(making, schema)
  making.functions.push(`const ${name}_ = v => {\n${body}\n}
const ${name} = ${checks.length === 0 ? `${name}_` : `v => ${name}_(v) && ${checks.join(' && ')}`}`)
  return name
}

const made = (schema: z.core.$ZodType): Accepts => {
  const making: Making = { held: [], functions: [], named: new Map() }
  const name = functionOf(making, schema)
  const text = `"use strict"\n${making.functions.join('\n')}\nreturn ${name}`
  try {
    return new Function('held', text)(making.held) as Accepts
  } catch {
    // A page or a runtime may forbid to make code from text.
    return () => false
  }
}

const known = new WeakMap<z.core.$ZodType, Accepts>()

/** The schema as a function that answers yes or no, made once: it builds no copy of the value and no words. */
export const acceptedBy = (schema: z.core.$ZodType): Accepts => {
  const before = known.get(schema)
  if (before) return before
  const accepts = z.config().jitless ? () => false : made(schema)
  known.set(schema, accepts)
  return accepts
}
