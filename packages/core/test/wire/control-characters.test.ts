import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { accountCommand } from '../../src/account/rooms.ts'
import { personCommand } from '../../src/person/index.ts'
import { practicePolicyAggregate } from '../../src/policy/practice-policy.ts'
import { parseTyped } from '../../src/service/parse-command.ts'

// What a person types reaches a terminal one day: no text of any command steers it.

const aggregates = [
  ['account', accountCommand],
  ['person', personCommand],
  ['policy', practicePolicyAggregate.commandSchema],
] as const

/** Every leaf of a schema that takes text, as a path with a value around it. */
const textLeaves = (schema: z.core.$ZodType, path: readonly string[] = []): readonly (readonly string[])[] => {
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape).flatMap(([key, leaf]) => textLeaves(leaf as z.core.$ZodType, [...path, key]))
  }
  if (schema instanceof z.ZodArray) return textLeaves(schema.element, [...path, '0'])
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return textLeaves(schema.unwrap() as z.core.$ZodType, path)
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((each) => textLeaves(each as z.core.$ZodType, path))
  return schema instanceof z.ZodString ? [path] : []
}

const commandsOf = (schema: z.ZodType): readonly z.ZodObject[] =>
  (schema instanceof z.ZodObject ? [schema] : (schema as z.ZodUnion<z.ZodObject[]>).options) as readonly z.ZodObject[]

/** The command with one text at a path; of a list its first. What else it needs is left out. */
const withText = (type: unknown, path: readonly string[], text: string): unknown => ({
  type,
  ...(path.reduceRight<unknown>((inner, key) => (key === '0' ? [inner] : { [key]: inner }), text) as object),
})

const steering = fc.constantFrom('\u001b', '\u0000', '\u0007', '\u009b', '\u007f', '\u202e', '\u2066', '\u2028')

describe.each(aggregates)('a command to the %s aggregate', (_, commandSchema) => {
  const commands = commandsOf(commandSchema)
  const leaves = commands.flatMap((command) => {
    const type = (command.shape['type'] as z.ZodLiteral<string>).value
    return textLeaves(command).map((path) => [type, path] as const)
  })

  it('no text of any of them accepts what steers a terminal', () => {
    expect(leaves.length).toBeGreaterThan(0)
    fc.assert(
      fc.property(fc.constantFrom(...leaves), steering, fc.string({ maxLength: 5 }), ([type, path], bad, around) => {
        const given = withText(type, path, `${around}${bad}${around}`)
        const refused = Effect.runSync(Effect.flip(parseTyped({ commandSchema: commandSchema as never }, given)))
        expect(refused.issues).toContainEqual({ path: path.join('.'), message: 'has control characters' })
        expect(refused.message).not.toContain(bad)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('text that a person types', () => {
  const note = { type: 'AddNote', on: '2026-11-02', text: '' }
  const typed = (text: string) =>
    Effect.runSync(Effect.result(parseTyped({ commandSchema: z.looseObject({ type: z.string() }) }, { ...note, text })))

  it('may have lines and tabs, and any language', () => {
    for (const text of ['first\nsecond\tthird\r\n', 'ATENCIÓN', 'שלום', '電話']) {
      expect(typed(text)._tag).toBe('Success')
    }
  })

  it('is refused with the place where it steers, however deep, and whatever else is right', () => {
    const given = { type: 'x', a: [{ b: 'ok' }, { c: '\u001b]0;title\u0007' }] }
    const schema = { commandSchema: z.looseObject({ type: z.string() }) }
    const { issues } = Effect.runSync(Effect.flip(parseTyped(schema, given)))
    expect(issues).toEqual([{ path: 'a.1.c', message: 'has control characters' }])
  })
})
