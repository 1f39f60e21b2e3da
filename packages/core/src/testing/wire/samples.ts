import type { z } from 'zod'
import { canonicalJson } from '../../kernel/canonical.ts'
import { encryptedLeaf, leafClasses } from '../../kernel/classes.ts'
import type { Wired } from './wired.ts'

/** The effective day of every sample. */
export const SAMPLE_DAY = '2026-11-21'
/** What stands where an event names an instant instead of a day. */
export const SAMPLE_INSTANT = `${SAMPLE_DAY}T15:14:00.000Z`

/** Twice the forms of the wire's widest union; the same bytes are kept once. */
const VARIANTS = 20

interface Wish {
  /** Which form of each union, counted round. */
  readonly variant: number
  /** With all that may be absent and a member in each list, or with nothing that need not be there. */
  readonly full: boolean
}

const envelope = { $enc: 'v1', kid: 'key-1', iv: 'AAAAAAAAAAAAAAAA', ct: 'c2VhbGVk' }

const limit = (schema: z.core.$ZodType): number => {
  for (const check of schema._zod.def.checks ?? []) {
    const def = check._zod.def
    if (def.check === 'max_length') return (def as z.core.$ZodCheckMaxLengthDef).maximum
  }
  return Number.POSITIVE_INFINITY
}

const sampleText = (schema: z.core.$ZodType, name: string): string => {
  switch (leafClasses.get(schema as z.ZodType)?.class) {
    case 'date':
      return (schema as z.ZodType).safeParse(SAMPLE_DAY).success ? SAMPLE_DAY : SAMPLE_INSTANT
    case 'id':
      return `${name}-1`
    case 'count':
      return '1'
    case 'code':
      return 'A1'.slice(0, limit(schema))
    default:
      return 'text'.slice(0, limit(schema))
  }
}

const sample = (given: z.core.$ZodType, name: string, wish: Wish): unknown => {
  const schema = given as z.core.$ZodTypes
  const def = schema._zod.def
  switch (def.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(def.shape)
          .filter(([, field]) => wish.full || field._zod.optout !== 'optional')
          .map(([key, field]) => [key, sample(field, key, wish)]),
      )
    case 'optional':
      return sample(def.innerType, name, wish)
    case 'array': {
      const needed = (def.checks ?? []).some((check) => check._zod.def.check === 'min_length')
      return wish.full || needed ? [sample(def.element, name, wish)] : []
    }
    case 'union': {
      const form = def.options[wish.variant % def.options.length]
      if (!form) throw new RangeError('a union of nothing')
      if (form === encryptedLeaf) return envelope
      // A form's own unions turn slower, so that each of their forms meets each of these.
      return sample(form, name, { ...wish, variant: Math.floor(wish.variant / def.options.length) })
    }
    case 'literal':
      return def.values[0]
    case 'enum':
      return Object.values(def.entries)[0]
    case 'boolean':
      return wish.variant % 2 === 0
    case 'number':
      return leafClasses.get(given as z.ZodType)?.class === 'financial' ? 12_345 : 1
    case 'string':
      return sampleText(schema, name)
    case 'custom':
      return 'revenue'
    default:
      throw new RangeError(`no sample of ${def.type} at ${name}: teach sample() about it`)
  }
}

type Sampled = Pick<Wired, 'type' | 'schema' | 'part'>

/** The fields that are stored: of an event all but those that have columns of their own. */
const storedOf = (wired: Sampled, wish: Wish): Record<string, unknown> => {
  const fields = sample(wired.schema, wired.type, wish) as Record<string, unknown>
  if (wired.part) return wired.schema.parse(fields) as Record<string, unknown>
  const given = { ...fields, type: wired.type, effectiveDate: SAMPLE_DAY }
  const { type: _type, effectiveDate: _date, ...payload } = wired.schema.parse(given) as Record<string, unknown>
  return payload
}

/**
 * Stored bytes of an event, or of a part of one, without the salt, by name: `least` holds nothing that need not be there,
 * `full` all fields and a member in each list, and again for each form of its unions. Always the same texts for the same
 * schema.
 * @throws RangeError for a kind of schema that no event has used so far.
 */
export const wireSamples = (wired: Sampled): Readonly<Record<string, string>> => {
  const bytesOf = (wish: Wish): string => canonicalJson(storedOf(wired, wish))
  const samples: Record<string, string> = { least: bytesOf({ variant: 0, full: false }) }
  const known = new Set(Object.values(samples))
  for (let variant = 0; variant < VARIANTS; variant++) {
    const bytes = bytesOf({ variant, full: true })
    if (known.has(bytes)) continue
    known.add(bytes)
    samples[`full ${known.size - 1}`] = bytes
  }
  return samples
}
