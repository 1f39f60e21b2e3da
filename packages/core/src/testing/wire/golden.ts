import type { EventDefinition } from '../../kernel/event.ts'
import { wireSamples } from './samples.ts'
import { wireShape } from './shape.ts'

/** What was released of one version of an event: its shape, and bytes that must stay readable for ever. */
export interface Released {
  readonly fields: Readonly<Record<string, string>>
  /** Stored texts by the name of the sample. */
  readonly samples: Readonly<Record<string, string>>
}

/** Event name → schema version → what was released. */
export type WireGolden = Readonly<Record<string, Readonly<Record<string, Released>>>>

const released = (definition: EventDefinition): Released => ({
  fields: wireShape(definition),
  samples: wireSamples(definition),
})

/** The golden record of events as they are now; versions older than theirs are taken over from the record before. */
export const wireGolden = (definitions: readonly EventDefinition[], before: WireGolden = {}): WireGolden =>
  Object.fromEntries(
    definitions.map((definition) => {
      const older = Object.entries(before[definition.type] ?? {}).filter(
        ([version]) => Number(version) < definition.version,
      )
      return [definition.type, Object.fromEntries([...older, [definition.version, released(definition)]])]
    }),
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
    if (!now[type]) changes.push(`${type}: the event is gone, its stored events can not be read any more`)
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
