import { z } from 'zod'
import { acceptedBy } from './accepts.ts'
import { whyLeaves } from './classes.ts'
import { day } from './day.ts'
import { fieldsOfParts, type Parts, readParts } from './parts.ts'
import { type Unreadable, type Upcast, type Upcasted, unreadableVersion, upcastFrom } from './versions.ts'

export interface EventDefinition<S extends z.ZodType = z.ZodType> {
  readonly type: string
  /** Version of the stored schema, from 1. A change of meaning or shape raises it and adds an upcast. */
  readonly version: number
  /** The event as the domain sees it: `type`, `effectiveDate` and its fields. */
  readonly schema: S
  /** From version n to n + 1, for each released n below `version`. */
  readonly upcasts: readonly Upcast[]
  /** Fields whose parts have versions of their own, made by `parts()`. */
  readonly parts: ReadonlyMap<string, Parts>
}

const typeName = /^[A-Z][A-Za-z0-9]{1,63}$/

/**
 * Declares an event: its name on the wire, its fields and its version. Names and fields are the storage format: once
 * released they change only with a new version and an upcast.
 */
export const event = <const Type extends string, const Shape extends z.ZodRawShape>(
  type: Type,
  shape: Shape,
  options: { readonly version?: number; readonly upcasts?: readonly Upcast[] } = {},
) => {
  const version = options.version ?? 1
  const upcasts = options.upcasts ?? []
  if (!typeName.test(type)) throw new RangeError(`not an event name: ${type}`)
  if (upcasts.length !== version - 1) throw new RangeError(`${type} v${version} needs ${version - 1} upcasts`)
  const schema = z.strictObject({ type: z.literal(type), effectiveDate: day, ...shape })
  return { type, version, schema, upcasts, parts: fieldsOfParts(shape) } satisfies EventDefinition
}

/** Whether an event says why, where its schema has a leaf for that (law B12). */
export const saysWhy = ({ schema }: Pick<EventDefinition, 'schema'>, event: object): boolean => {
  if (!(schema instanceof z.ZodObject)) return true
  const fields = event as Readonly<Record<string, unknown>>
  return Object.entries(schema.shape).every(([name, field]) => {
    const asked = whyLeaves.get(field instanceof z.ZodOptional ? field.unwrap() : field)
    return asked === undefined || asked.unless?.(fields) === true || (fields[name] !== undefined && fields[name] !== '')
  })
}

/** Turns events into stored text and back. One for each aggregate. */
export interface Codec<E extends { readonly type: string }> {
  readonly definitions: ReadonlyMap<string, EventDefinition>
  /** The fields to store: all but type and effective date, which have columns of their own. Validates strictly. */
  readonly encode: (event: E) => { readonly schemaVersion: number; readonly payload: Record<string, unknown> }
  /** Trusts a (type, version) it knows, upcasts an old one; `validate` checks the schema again, for audits. */
  readonly decode: (
    stored: {
      readonly type: string
      readonly schemaVersion: number
      readonly effectiveDate: string
      readonly data: string
    },
    validate?: boolean,
  ) => E | Unreadable
}

export const isUnreadable = (value: object): value is Unreadable => 'reason' in value && !('type' in value)

/** The fields as they are today: first the event as a whole, then each part that has a version of its own. */
const toToday = (definition: EventDefinition, version: number, stored: Record<string, unknown>): Upcasted => {
  const fields = upcastFrom(version, definition.upcasts, stored)
  for (const [field, held] of definition.parts) {
    const read = readParts(held, field, fields[field])
    if (!read.ok) return read
    fields[field] = read.fields
  }
  return { ok: true, fields }
}

export const makeCodec = <E extends { readonly type: string; readonly effectiveDate: string }>(
  definitions: readonly EventDefinition[],
): Codec<E> => {
  const byType = new Map(definitions.map((definition) => [definition.type, definition]))
  if (byType.size !== definitions.length) throw new RangeError('two events of one name')
  return {
    definitions: byType,
    encode: (value) => {
      const definition = byType.get(value.type)
      if (!definition) throw new RangeError(`unknown event ${value.type}`)
      const checked = acceptedBy(definition.schema)(value) ? value : definition.schema.parse(value)
      const { type: _type, effectiveDate: _date, ...payload } = checked as Record<string, unknown>
      return { schemaVersion: definition.version, payload }
    },
    decode: (stored, validate = false) => {
      const definition = byType.get(stored.type)
      if (!definition) return { reason: 'unknownType' }
      const why = unreadableVersion(stored.schemaVersion, definition.version)
      if (why) return why
      let parsed: unknown
      try {
        parsed = JSON.parse(stored.data)
      } catch {
        return { reason: 'notJson' }
      }
      if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return { reason: 'notAnObject' }
      const upcasted = toToday(definition, stored.schemaVersion, parsed as Record<string, unknown>)
      if (!upcasted.ok) return upcasted.why
      const payload = upcasted.fields
      if (!validate) {
        payload['type'] = stored.type
        payload['effectiveDate'] = stored.effectiveDate
        return payload as E
      }
      const { salt: _salt, ...fields } = payload
      const checked = definition.schema.safeParse({ ...fields, type: stored.type, effectiveDate: stored.effectiveDate })
      return checked.success
        ? (checked.data as E)
        : {
            reason: 'invalid',
            issues: checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
          }
    },
  }
}
