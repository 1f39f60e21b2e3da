import { z } from 'zod'
import type { EventDefinition } from '../../kernel/event.ts'
import { partVersion } from '../../kernel/parts.ts'

/** What has a version on the wire: an event, or a part of one that has a version of its own (decision 0009). */
export interface Wired {
  /** The event's name; of a part, its field and its own name after it: `PolicyPublished.sections.plans`. */
  readonly type: string
  readonly version: number
  /** Of an event all but its parts, of a part its values. */
  readonly schema: z.ZodType
  readonly definition: EventDefinition
  /** Where in the event the part stands; absent: this is the event itself. */
  readonly part?: { readonly field: string; readonly name: string }
}

/** The event without its parts, then each part. */
export const wiredOf = (definition: EventDefinition): readonly Wired[] => {
  const { type, version, schema, parts } = definition
  if (!(schema instanceof z.ZodObject) || parts.size === 0) return [{ type, version, schema, definition }]
  const rest = Object.entries(schema.shape).filter(([field]) => !parts.has(field))
  return [
    { type, version, schema: z.strictObject(Object.fromEntries(rest)), definition },
    ...[...parts].flatMap(([field, held]) =>
      Object.entries(held).map(([name, part]) => ({
        type: `${type}.${field}.${name}`,
        version: partVersion(part),
        schema: part.schema,
        definition,
        part: { field, name },
      })),
    ),
  ]
}
