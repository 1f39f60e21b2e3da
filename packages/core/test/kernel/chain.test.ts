import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addedUp, type Chained } from '../../src/kernel/chain.ts'

interface Said extends Chained<Said> {
  readonly word: string
}

describe('a chain of what happened', () => {
  it('adds up from its first link on, whatever was asked before, in whichever order', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.nat()), (words, asked) => {
        const told = addedUp<Said, string>('', (sum, { word }) => `${sum}/${word}`)
        const links: (Said | undefined)[] = [undefined]
        for (const word of words) links.push({ word, before: links.at(-1) })
        for (const ask of [...asked, words.length]) {
          const at = ask % links.length
          expect(told(links[at])).toBe(
            words
              .slice(0, at)
              .map((word) => `/${word}`)
              .join(''),
          )
        }
      }),
    )
  })

  it('adds a link once, though a longer chain is asked after it', () => {
    let added = 0
    const count = addedUp<Said, number>(0, (sum) => {
      added += 1
      return sum + 1
    })
    let last: Said | undefined
    for (let at = 0; at < 1_000; at += 1) {
      last = { word: 'w', before: last }
      expect(count(last)).toBe(at + 1)
    }
    expect(added).toBe(1_000)
  })
})
