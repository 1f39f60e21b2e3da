import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { account } from '../../src/account/account.ts'
import { MAX_DEPTH } from '../../src/kernel/canonical.ts'
import { practicePolicyAggregate } from '../../src/policy/practice-policy.ts'
import { registry } from '../../src/registry/registry.ts'
import { remittance } from '../../src/remittance/remittance.ts'
import { parseCommand } from '../../src/service/parse-command.ts'

const refusing =
  <C extends { readonly type: string }>(commandSchema: z.ZodType<C>) =>
  (given: unknown) =>
    Effect.runSync(Effect.flip(parseCommand({ commandSchema }, given)))
const refusedByAccount = refusing(account.commandSchema)
const refusals = [
  ['account', refusedByAccount],
  ['remittance', refusing(remittance.commandSchema)],
  ['registry', refusing(registry.commandSchema)],
  ['policy', refusing(practicePolicyAggregate.commandSchema)],
] as const
const charge = { type: 'PostCharge', on: '2026-11-02', visit: 'v1', line: 'l1', code: '99213', amount: 12_500 }
const forbidden = ['__proto__', 'constructor', 'prototype'] as const

/** Text of a JSON value with a member at a path; written as text, because `{__proto__: …}` in code makes no key. */
const within = (path: readonly (string | number)[], member: string): string =>
  path.reduceRight<string>(
    (inner, step) =>
      typeof step === 'number' ? `[${'0,'.repeat(step)}${inner}]` : `{${JSON.stringify(step)}:${inner}}`,
    member,
  )

const step = fc.oneof(fc.stringMatching(/^[a-z]{1,6}$/), fc.nat({ max: 3 }))

describe.each(refusals)('a command to the %s aggregate', (_, refusalOf) => {
  it.each(forbidden)('with the key %s at any depth is refused, with the path to it (notes/trust §6)', (key) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.json(), (path, value) => {
        fc.pre(!path.some((name) => forbidden.some((bad) => bad === name)))
        const given = JSON.parse(within(path, `{"a":1,${JSON.stringify(key)}:${value}}`))
        const { issues, retry } = refusalOf(given)
        expect(issues).toEqual([{ path: [...path, key].join('.'), message: 'not allowed' }])
        expect(retry).toBe('never')
      }),
      { numRuns: 200 },
    )
  })

  it('nested deeper than can be stored is refused before the stack gives way', () => {
    for (const depth of [MAX_DEPTH + 2, 100_000]) {
      const given = JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`)
      expect(refusalOf(given)._tag).toBe('InvalidCommand')
    }
  })

  it('that is no object is refused', () => {
    for (const given of [null, undefined, 1, 'PostCharge', [], [charge], true]) {
      expect(refusalOf(given)._tag).toBe('InvalidCommand')
    }
  })

  it('of a name that every object has is refused', () => {
    for (const type of ['constructor', '__proto__', 'toString', 'hasOwnProperty', '../x']) {
      expect(refusalOf({ ...charge, type })._tag).toBe('InvalidCommand')
    }
  })
})

describe('a command of the desk', () => {
  const parse = (given: unknown) => Effect.runSync(parseCommand(account, given))

  it('passes without such a key, so the refusals above are for the key', () => {
    expect(parse(charge)).toMatchObject(charge)
  })

  it.each(forbidden)('with %s beside its fields is refused for that key alone', (key) => {
    const given = JSON.parse(`${JSON.stringify(charge).slice(0, -1)},${JSON.stringify(key)}:{"amount":1}}`)
    expect(refusedByAccount(given).issues).toEqual([{ path: key, message: 'not allowed' }])
    expect('amount' in {}).toBe(false)
  })

  it('an unknown field is refused with its path, a nested one too', () => {
    const party = { coverageId: 'c1', rank: 1 }
    const paths = refusedByAccount({ ...charge, party, discount: 5 }).issues.map((issue) => issue.path)
    expect(paths).toContain('discount')
    expect(paths.some((path) => path.startsWith('party'))).toBe(true)
  })

  it('A8 amounts that JSON can not carry exactly are refused with their path', { tags: ['A8'] }, () => {
    for (const amount of ['9007199254740993', '1.5', '1e400', '"12500"', 'null', '-1', '0']) {
      const given = JSON.parse(JSON.stringify(charge).replace('12500', amount))
      expect(refusedByAccount(given).issues.map((issue) => issue.path)).toEqual(['amount'])
    }
  })
})
