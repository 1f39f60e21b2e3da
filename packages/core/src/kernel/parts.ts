import { z } from 'zod'
import { classified } from './classes.ts'
import { type Upcast, type Upcasted, unreadableVersion, upcastFrom } from './versions.ts'

/**
 * A part of an event that has a version of its own (decision 0009): it changes without a new version of the event, and
 * without a line in any other part. Stored as its version and its values.
 */
export interface Part<S extends z.ZodType = z.ZodType> {
  /** The values as they are today. */
  readonly schema: S
  /** From version n to n + 1, for each version before today's. */
  readonly upcasts: readonly Upcast[]
  /** What an event that was stored before there was such a part is read with. Absent: no event is without it. */
  readonly before?: Record<string, unknown> | undefined
}

/** The parts of an event, by name. */
export type Parts = Readonly<Record<string, Part>>

type PartSchema<S extends z.ZodType> = z.ZodObject<{ version: z.ZodLiteral<number>; values: S }, z.core.$strict>
type PartsSchema<P extends Parts> = z.ZodObject<{ [N in keyof P]: PartSchema<P[N]['schema']> }, z.core.$strict>

/** Today's version of a part: from 1, one more with each change that its stored values need an upcast for. */
export const partVersion = ({ upcasts }: Part): number => upcasts.length + 1

const partsOfSchemas = new WeakMap<z.core.$ZodType, Parts>()

const partSchema = (part: Part): PartSchema<z.ZodType> =>
  z.strictObject({ version: classified(z.literal(partVersion(part)), 'count'), values: part.schema })

/** A field of an event that holds parts, each as `{ version, values }`: of today's version, once it was read. */
export const parts = <const P extends Parts>(given: P): PartsSchema<P> => {
  const shape = Object.fromEntries(Object.entries(given).map(([name, part]) => [name, partSchema(part)]))
  const schema = z.strictObject(shape) as z.ZodType as PartsSchema<P>
  partsOfSchemas.set(schema, given)
  return schema
}

/** The fields of an event that hold parts. */
export const fieldsOfParts = (shape: z.core.$ZodShape): ReadonlyMap<string, Parts> =>
  new Map(
    Object.entries(shape).flatMap(([field, schema]) => {
      const held = partsOfSchemas.get(schema)
      return held ? [[field, held] as const] : []
    }),
  )

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const invalid = (issue: string): Upcasted => ({ ok: false, why: { reason: 'invalid', issues: [issue] } })

const readPart = (part: Part, path: string, stored: unknown): Upcasted => {
  const version = partVersion(part)
  if (stored === undefined) {
    return part.before ? { ok: true, fields: { version, values: part.before } } : invalid(`${path}: is not there`)
  }
  if (!isObject(stored) || !isObject(stored['values'])) return invalid(`${path}: is no part`)
  const why = unreadableVersion(stored['version'], version)
  if (why) return { ok: false, why }
  const values = upcastFrom(Number(stored['version']), part.upcasts, stored['values'])
  return { ok: true, fields: { ...stored, version, values } }
}

/**
 * Reads a field of parts as it was stored, each part brought to today's version. A part of a later version, or one that
 * this program does not have, makes the event one of a newer program: half a policy is none.
 */
export const readParts = (held: Parts, field: string, stored: unknown): Upcasted => {
  if (!isObject(stored)) return invalid(`${field}: holds no parts`)
  if (Object.keys(stored).some((name) => !Object.hasOwn(held, name))) {
    return { ok: false, why: { reason: 'newerVersion' } }
  }
  const fields: Record<string, unknown> = {}
  for (const [name, part] of Object.entries(held)) {
    const read = readPart(part, `${field}.${name}`, stored[name])
    if (!read.ok) return read
    fields[name] = read.fields
  }
  return { ok: true, fields }
}
