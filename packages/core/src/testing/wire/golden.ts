import { canonicalJson } from '../../kernel/canonical.ts'
import type { EventDefinition } from '../../kernel/event.ts'
import { wireSamples } from './samples.ts'
import { HOLDS_PARTS, wireShape } from './shape.ts'
import { type Wired, wiredOf } from './wired.ts'

/** What was released of one version of an event, or of a part of one: its shape, and bytes that must stay readable for ever. */
export interface Released {
  readonly fields: Readonly<Record<string, string>>
  /** Stored texts by the name of the sample. */
  readonly samples: Readonly<Record<string, string>>
}

/** Name of the event or its part → version → what was released. */
export type WireGolden = Readonly<Record<string, Readonly<Record<string, Released>>>>

const released = (wired: Wired): Released => ({ fields: wireShape(wired), samples: wireSamples(wired) })

/**
 * The golden record of events as they are now, sorted by name; versions older than theirs are taken over from the record
 * before.
 */
export const wireGolden = (definitions: readonly EventDefinition[], before: WireGolden = {}): WireGolden => {
  const sorted = definitions.flatMap(wiredOf).sort((a, b) => (a.type < b.type ? -1 : 1))
  return Object.fromEntries(
    sorted.map((wired) => {
      const older = Object.entries(before[wired.type] ?? {}).filter(([version]) => Number(version) < wired.version)
      return [wired.type, Object.fromEntries([...older, [wired.version, released(wired)]])]
    }),
  )
}

/** A recorded text as a whole event: the text of a part, or one without its parts, among what is stored today. */
export interface Recorded {
  /** Name of the event or its part, its version, and the name of the sample. */
  readonly of: string
  readonly type: string
  readonly schemaVersion: number
  readonly data: string
  /** Nothing of it is older than the schemas are. */
  readonly current: boolean
}

type Fields = Readonly<Record<string, unknown>>

/** Every part of an event with the least that can be stored today, but for one that was recorded. */
const partsWith = (
  definition: EventDefinition,
  recorded?: { readonly wired: Wired; readonly stored: Fields },
): Fields => {
  const fields: Record<string, Record<string, Fields>> = {}
  for (const wired of wiredOf(definition)) {
    if (!wired.part) continue
    const { field, name } = wired.part
    const least = () => ({ version: wired.version, values: JSON.parse(wireSamples(wired)['least'] ?? '') as Fields })
    const stored = recorded?.wired.type === wired.type ? recorded.stored : least()
    fields[field] = { ...fields[field], [name]: stored }
  }
  return fields
}

const wholeText = (wired: Wired, version: number, { fields }: Released, text: string): string => {
  const { definition, part } = wired
  if (part) {
    const own = wiredOf(definition).find((each) => !each.part) ?? wired
    const stored = { version, values: JSON.parse(text) as Fields }
    const least = JSON.parse(wireSamples(own)['least'] ?? '') as Fields
    return canonicalJson({ ...least, ...partsWith(definition, { wired, stored }) })
  }
  if (!Object.values(fields).includes(HOLDS_PARTS)) return text
  return canonicalJson({ ...(JSON.parse(text) as Fields), ...partsWith(definition) })
}

/** Every recorded text, as an event that a store could hold. Texts of events that are gone are not among them. */
export const recordedEvents = (golden: WireGolden, definitions: readonly EventDefinition[]): readonly Recorded[] =>
  definitions.flatMap(wiredOf).flatMap((wired) =>
    Object.entries(golden[wired.type] ?? {}).flatMap(([version, release]) =>
      Object.entries(release.samples).map(([name, text]) => ({
        of: `${wired.type} v${version} ${name}`,
        type: wired.definition.type,
        schemaVersion: wired.part ? wired.definition.version : Number(version),
        data: wholeText(wired, Number(version), release, text),
        current: Number(version) === wired.version,
      })),
    ),
  )

const differences = (
  of: string,
  was: Readonly<Record<string, string>>,
  is: Readonly<Record<string, string>>,
): readonly string[] =>
  [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((name) => was[name] !== is[name])
    .map((name) => `${of}${name}: was ${was[name] ?? 'absent'}, is ${is[name] ?? 'absent'}`)

/** In words, every difference between what was released and what the schemas say now. Empty when nothing changed. */
export const wireChanges = (golden: WireGolden, now: WireGolden): readonly string[] => {
  const changes: string[] = []
  for (const [type, versions] of Object.entries(golden)) {
    if (!now[type]) changes.push(`${type} is gone: what is stored of it can not be read any more`)
    for (const [version, was] of Object.entries(versions)) {
      const is = now[type]?.[version]
      if (!is) continue
      changes.push(...differences(`${type} v${version} `, was.fields, is.fields))
      changes.push(...differences(`${type} v${version} sample `, was.samples, is.samples))
    }
  }
  for (const [type, versions] of Object.entries(now)) {
    for (const version of Object.keys(versions)) {
      if (!golden[type]?.[version]) changes.push(`${type} v${version}: not yet recorded`)
    }
  }
  return changes
}
