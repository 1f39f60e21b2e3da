import { describe, expect, it } from 'vitest'
import { carcWords, wordsOfCarc } from '../../../src/account/claims/advice/carc-words.ts'
import { listedCodes } from '../../../src/account/claims/advice/dispositions.ts'

describe('words of claim adjustment reason codes', () => {
  it('every code that has a disposition has words of our own', () => {
    expect([...listedCodes].filter((code) => !carcWords.has(code))).toEqual([])
  })

  it('reads well after "denied:": no empty words, no code in them, no full stop', () => {
    for (const [code, words] of carcWords) {
      expect(words, code).toMatch(/^[A-Za-z][^.]*$/)
      expect(words.length, code).toBeLessThan(90)
    }
  })

  it('a code without words is told by its number, never dropped', () => {
    expect(wordsOfCarc('9999')).toBe('reason code 9999')
    expect(wordsOfCarc('1')).toBe('deductible')
  })
})
