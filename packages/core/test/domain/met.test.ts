import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { accountCommandSchemas, accountEventDefinitions } from '../../src/account/rooms.ts'
import { personCommandSchemas } from '../../src/person/commands.ts'
import { personEventDefinitions } from '../../src/person/events.ts'
import { rules } from '../../src/rules/catalogue.ts'
import { type Met, metBy } from '../support/met.ts'
import { neverAllowed, neverBlocked, neverMet, neverPassed, type Why } from '../support/never-met.ts'

// Random lives are worth what they meet: each command drawn, each event written, each rule heard on both sides. `npm run lives`
// prints the table of 10,000 lives.

/** Lives: where not said otherwise a few, which meet what is usual; all of it only many do. */
const LIVES = Number(process.env['LIVES'] ?? 200)
const MANY = 1_000

const commands = [...accountCommandSchemas, ...personCommandSchemas].map((schema) => schema.shape.type.value)
const events = [...accountEventDefinitions, ...personEventDefinitions].map(({ type }) => type)
const gates = rules.flatMap(({ kind, id }) => (kind === 'gate' ? [id] : []))

const columns = (rows: readonly (readonly (string | number)[])[]): string =>
  rows
    .map(
      ([name = '', ...counts]) => `  ${String(name).padEnd(34)}${counts.map((n) => String(n).padStart(10)).join('')}`,
    )
    .join('\n')

const table = (met: Met): string =>
  [
    `What ${LIVES} lives of an account and ${LIVES} of a person met`,
    columns([
      ['command', 'passed', 'refused'],
      ...commands.map((type) => [type, ...(met.commands.get(type) ?? [0, 0])]),
    ]),
    columns([['event', 'written'], ...events.map((type) => [type, met.events.get(type) ?? 0])]),
    columns([
      ['rule', 'allowed', 'blocked', 'warned'],
      ...gates.map((id) => [id, ...(met.rules.get(id) ?? [0, 0, 0])]),
    ]),
  ].join('\n\n')

describe('what random lives meet', () => {
  let met: Met
  beforeAll(() => {
    const integers = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 600, maxLength: 1_000, size: 'max' })
    met = metBy(fc.sample(integers, { numRuns: LIVES, seed: 20_261_121 }))
    if (LIVES >= MANY) console.log(table(met))
  }, 7_200_000)

  const heard = (id: string): readonly [number, number] => {
    const [allowed, blocked, warned] = met.rules.get(id) ?? [0, 0, 0]
    return [allowed, blocked + warned]
  }
  /** What is not met and does not say why not, and what says so and is met though it can not be. */
  const unsaid = (names: readonly string[], isMet: (name: string) => boolean, said: Readonly<Record<string, Why>>) =>
    names.flatMap((name) => {
      const why = said[name]
      if (!isMet(name)) return why ? [] : [`${name} is not met`]
      return why && !why.rare ? [`${name} is met: ${why.why}`] : []
    })

  it('every command is given, and passes, but for those that say why not', () => {
    expect(commands.filter((type) => !met.commands.has(type))).toEqual([])
    expect(unsaid(commands, (type) => (met.commands.get(type)?.[0] ?? 0) > 0, neverPassed)).toEqual([])
  })

  it.runIf(LIVES >= MANY)('every event is written, but for those that say why not', () => {
    expect(unsaid(events, (type) => met.events.has(type), neverMet)).toEqual([])
  })

  it.runIf(LIVES >= MANY)(
    'every rule lets something through and blocks something, but for those that say why not',
    () => {
      expect({
        neverAllowed: unsaid(gates, (id) => heard(id)[0] > 0, neverAllowed),
        neverBlocked: unsaid(gates, (id) => heard(id)[1] > 0, neverBlocked),
      }).toEqual({ neverAllowed: [], neverBlocked: [] })
    },
  )

  it('what says why it is not met is in the catalogue', () => {
    const names = new Set<string>([...gates, ...events, ...commands])
    const said = [neverAllowed, neverBlocked, neverMet, neverPassed].flatMap((each) => Object.keys(each))
    expect(said.filter((name) => !names.has(name))).toEqual([])
  })
})
