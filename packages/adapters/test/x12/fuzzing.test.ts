import { claimSubmission } from '@daybook/core/account'
import { parseCents } from '@daybook/core/kernel'
import { remittanceAdvice } from '@daybook/core/remittance'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amount } from '../../src/x12/elements.ts'
import { readAll } from './reading.ts'
import { remittance, submission } from './sample-remittance.ts'

type Mutation = readonly [kind: 'set' | 'insert' | 'delete' | 'copy', at: number, value: number]

const interesting = fc.constantFrom(...[...'*~:^\n\r 0-9AISTGE.e\u0000\uffff'].map((char) => char.charCodeAt(0) & 0xff))
const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.tuple(fc.constantFrom('set', 'insert', 'delete', 'copy'), fc.nat(10_000), fc.oneof(interesting, fc.nat(255))),
  { minLength: 1, maxLength: 12 },
)

const mutated = (text: string, changes: readonly Mutation[]): Uint8Array => {
  const bytes = [...new TextEncoder().encode(text)]
  for (const [kind, place, value] of changes) {
    const at = place % (bytes.length + 1)
    if (kind === 'set') bytes[Math.min(at, bytes.length - 1)] = value
    else if (kind === 'insert') bytes.splice(at, 0, value)
    else if (kind === 'delete') bytes.splice(at, value % 40)
    else bytes.splice(at, 0, ...bytes.slice(at, at + value))
  }
  return Uint8Array.from(bytes)
}

describe('damaged files', () => {
  it.each([
    ['835', remittance],
    ['837', submission],
  ])('a damaged %s never throws, and every document it gives fits its schema', async (_, text) => {
    await fc.assert(
      fc.asyncProperty(mutations, async (changes) => {
        const results = await readAll(mutated(text, changes))
        expect(results.length).toBeGreaterThan(0)
        for (const result of results) {
          if (result.kind === '835' && result.document) remittanceAdvice.parse(result.document)
          else if (result.kind === '837' && result.document) claimSubmission.parse(result.document)
          else expect(result.problems.length).toBeGreaterThan(0)
          const unusable = result.problems.some(({ severity, code }) => severity === 'error' && code !== 'noPayment')
          expect('document' in result && unusable).toBe(false)
          for (const problem of result.problems) expect([problem.message, problem.doWhat]).not.toContain('')
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('any bytes at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        expect((await readAll(bytes)).flatMap((result) => result.problems).length).toBeGreaterThan(0)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('amounts', () => {
  const silent = { defect: () => undefined, finding: () => undefined }

  it('are what the kernel reads, whichever way is taken', () => {
    const figure = fc.oneof(
      fc.stringMatching(/^[+-]?\d{0,14}(\.\d{0,4})?$/),
      fc.stringMatching(/^[-+.,e0-9 ]{0,14}$/),
      fc.integer({ min: -1e12, max: 1e12 }).map((n) => (n / 100).toFixed(2)),
    )
    fc.assert(
      fc.property(figure, (value) => {
        expect(amount(['AMT', value], 1, silent)).toBe(parseCents(value.trimEnd()))
      }),
      { numRuns: 5_000 },
    )
  })
})
