import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tableLines, wrapped } from '../src/cli/table.ts'
import { clean, jsonText } from '../src/cli/terminal.ts'

const hostile = fc.string({
  unit: fc.constantFrom('a', ' ', '\u001b', '\u009b', '\n', '\r', '\u202e', '\u2028', '\u0000', '€'),
})
const steering = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u

describe('what is printed', () => {
  it('steers no terminal, whatever a name holds', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(clean(text)).not.toMatch(steering)
        for (const line of [...tableLines([{ title: 'x' }], [[text]]), ...wrapped(text, '', '', 20)]) {
          expect(line).not.toMatch(steering)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('is JSON with the same value, without a steering character', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const json = jsonText({ [text]: [text] })
        expect(JSON.parse(json)).toEqual({ [text]: [text] })
        expect(json.replaceAll('\n', '')).not.toMatch(steering)
      }),
      { numRuns: 1_000 },
    )
  })

  it('has money in line', () => {
    const lines = tableLines(
      [{ title: '' }, { title: 'net', right: true }],
      [
        ['Insurance', '14,180.75'],
        ['Patient', '−75.00'],
      ],
    )
    expect(lines).toEqual(['                 net', 'Insurance  14,180.75', 'Patient       −75.00'])
  })
})
