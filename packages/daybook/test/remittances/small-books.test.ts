import { correctionPending, openDenials } from '@daybook/core/account'
import type { Desk } from '@daybook/core/service'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clearingFaults, type Entry, unbalancedPrefixes } from '../support/books.ts'
import { memoryDesk } from '../support/desk.ts'
import { type Bill, type Document, type SmallBook, smallBook, take } from '../support/small-books.ts'
import { type Book, emptyBook, readOn, standing } from '../support/standing.ts'

// Several payers of one visit, over the import path: whatever comes, in whatever order, the books hold; and where
// nothing is left held, they hold the same.

const runs = { numRuns: 300 }

/** Charges that stand, by claim: code and amount. */
const chargesOf = ({ accounts }: Book): ReadonlyMap<string, readonly string[]> => {
  const byClaim = new Map<string, string[]>()
  for (const { ledger, registration } of accounts.values()) {
    for (const { visitId, voided, code, amount } of ledger.lines.values()) {
      const claim = registration.visits.get(visitId)?.patientControlNumber ?? ''
      if (!voided) byClaim.set(claim, [...(byClaim.get(claim) ?? []), `${code} ${amount}`].sort())
    }
  }
  return byClaim
}

/** What the charges of a visit must be after a claim, from what they were. */
const chargedBy = (
  { frequency, place, lines }: Bill,
  outcome: string,
  before: readonly string[],
): readonly string[] => {
  const said = lines.map(({ code, charge }) => `${code} ${charge}`)
  if (outcome === 'posted' || outcome === 'replaced') return said.sort()
  // Late charges add to the visit; where they came first, the claim adds to theirs (clarification 28).
  const isLateAlone = before.length > 0 && before.every((charge) => charge.startsWith('81002'))
  if (outcome === 'submitted' && (frequency === '5' || isLateAlone)) return [...before, ...said].sort()
  return outcome === 'voided' && place === 0 ? [] : before
}

/**
 * Law D2: open denials that are more than what is open at their coverage on their line. While a reversal waits for its
 * correction they may be: what an earlier payer takes back comes off the next one's item, which is provisional until
 * then (rule R 2, clarification 4), and so is what the next one denied of it.
 */
const staleDenials = ({ accounts }: Book): readonly string[] =>
  [...accounts.values()].flatMap(({ claims, ledger, coverage }) => {
    const waiting = new Map<string, number>()
    for (const visit of new Set([...ledger.lines.values()].map(({ visitId }) => visitId))) {
      if (correctionPending({ claims, ledger }, visit)) continue
      for (const { event } of openDenials(claims, visit)) {
        for (const { lineId, amount } of event.lines) {
          const key = `${lineId} ${event.coverageId}`
          waiting.set(key, (waiting.get(key) ?? 0) + (event.amountHeld ? 0 : amount))
          if (amount <= 0) return [`a denial of ${amount}`]
        }
      }
    }
    const owed = new Map<string, number>()
    for (const { lineId, party, active, placed } of ledger.layers.values()) {
      if (party === 'patient') continue
      const key = `${lineId} ${party.coverageId}`
      owed.set(key, (owed.get(key) ?? 0) + active + placed)
    }
    return [...waiting].flatMap(([key, amount]) => {
      const open = Math.max(0, owed.get(key) ?? 0)
      const payer = [...coverage.coverages.values()].find(({ coverageId }) => key.endsWith(coverageId))?.payerName
      return amount <= open ? [] : [`${payer} has denied ${amount}, and ${open} is open there`]
    })
  })

interface Imported {
  readonly desk: Desk
  readonly book: Book
  /** One line a document: what became of it. */
  readonly story: string
  /** Claims of the practice that were held or refused. */
  readonly untaken: readonly Document[]
  /** Why these, and claims of remittances, are not posted. */
  readonly held: readonly string[]
}

const heldIn = (log: readonly Entry[]): readonly string[] => {
  const held = new Map<string, string>()
  for (const { stored, event } of log) {
    if (event.type === 'RemittanceClaimHeld') {
      held.set(
        `${stored.stream} ${event.claims.join()}`,
        event.reasons.map(({ rule, reason }) => `${rule}: ${reason}`).join('; '),
      )
    }
    if (event.type === 'RemittanceClaimPosted') held.delete(`${stored.stream} ${event.claims.join()}`)
  }
  return [...held.values()]
}

/** Imports documents one by one; after each, `look` sees the book before and after it. */
const imported = async (
  documents: readonly Document[],
  openMissing: boolean,
  look: (document: Document, outcome: string, before: Book, after: Book, story: string) => void = () => {},
): Promise<Imported> => {
  const desk = await memoryDesk()
  const untaken: Document[] = []
  const refused: string[] = []
  let story = ''
  let book = emptyBook
  for (const document of documents) {
    const before = book
    const { outcome, held } = await take(desk, document, openMissing)
    const told = `${document.name}: ${[outcome, ...held].join(' ')}`
    story += `\n${told}`
    if (document.kind === '837' && held.length > 0) {
      untaken.push(document)
      refused.push(told)
    }
    book = await readOn(desk, before)
    look(document, outcome, before, book, story)
  }
  return { desk, book, story, untaken, held: [...refused, ...heldIn(book.log)] }
}

const paidBy = (remitted: Document): number =>
  remitted.kind === '835' ? remitted.document.claims.reduce((sum, { paid = 0 }) => sum + paid, 0) : 0

/** Orders of a claim's documents that the books can not tell, or that leave what a person must decide. */
const known: readonly {
  readonly what: string
  readonly applies: (own: readonly Document[], made: readonly Document[], openMissing: boolean) => boolean
}[] = [
  {
    // charges-once.test.ts: nothing to void or to replace; an original that differs from what is charged is refused.
    what: 'the practice’s replacement, void or late charges before the claim that they follow, or a later claim before them',
    applies: (own, made) => {
      const bills = (documents: readonly Document[]) =>
        documents.filter(({ kind }) => kind === '837').map(({ name }) => name)
      return own.some(({ step }) => step === 'followUp') && bills(own).join() !== bills(made).join()
    },
  },
  {
    // any-order.test.ts: it can not be told from a first decision.
    what: 'a decision anew before both the first one and its reversal',
    applies: (own) =>
      own.some(({ step, place }, at) => {
        const after = own.slice(at).filter((other) => other.place === place)
        return step === 'anew' && ['first', 'back'].every((earlier) => after.some((other) => other.step === earlier))
      }),
  },
  {
    // denials.test.ts: a payer may decide a denial again without a reversal; one that comes later finds two originals.
    what: 'a decision anew before the reversal of a first one that paid nothing',
    applies: (own) =>
      own.some(
        ({ step, place }, at) =>
          step === 'anew' &&
          own.slice(at).some((other) => other.step === 'back' && other.place === place) &&
          own.some(
            (other) => other.kind === '835' && other.step === 'first' && other.place === place && paidBy(other) === 0,
          ),
      ),
  },
  {
    // Clarification 13: the first party of a visit that an advice opens is its payer; nobody knows of another one.
    what: 'an advice that opens the visit before a claim has named all payers and lines',
    applies: (own, _made, openMissing) => {
      const last = own.findLastIndex(({ kind, step, place }) => kind === '837' && (step === 'followUp' || place === 0))
      return openMissing && own.slice(0, last).some(({ kind }) => kind === '835')
    },
  },
  {
    // Row 6 and clarification 4: what a later payer says stands for the one before it, unless that one is on file; what
    // is taken back and not decided anew is pending.
    what: 'a decision that is taken back and not decided anew, with another payer beside it',
    applies: (own) => {
      const again = (place: number) => own.some((other) => other.step === 'anew' && other.place === place)
      return own.some(({ step, place, payers }) => payers > 1 && step === 'back' && !again(place))
    },
  },
]

const inOrder = ({ documents, order }: SmallBook): readonly Document[] => order.flatMap((at) => documents[at] ?? [])

const isKnown = (book: SmallBook): boolean => {
  const { documents, openMissing } = book
  const shuffled = inOrder(book)
  const ofClaim = (all: readonly Document[], pcn: string) => all.filter((document) => document.pcn === pcn)
  return [...new Set(documents.map(({ pcn }) => pcn))].some((pcn) =>
    known.some(({ applies }) => applies(ofClaim(shuffled, pcn), ofClaim(documents, pcn), openMissing)),
  )
}

const expectBooks = (small: SmallBook): Promise<Imported> =>
  imported(inOrder(small), small.openMissing, (document, outcome, before, after, story) => {
    const [was, is] = [chargesOf(before), chargesOf(after)]
    if (document.kind === '837') {
      expect(is.get(document.pcn) ?? [], story).toEqual(chargedBy(document, outcome, was.get(document.pcn) ?? []))
    } else if (!small.openMissing) expect(is, story).toEqual(was)
    expect(staleDenials(after).join(), story).toBe('')
  })

/** Imports all of it again, and looks for what that adds. */
const expectNothingNew = async (small: SmallBook, { desk, book, story, untaken, held }: Imported): Promise<void> => {
  // What was held or refused of the practice's own claims is not on file: it would come for the first time.
  const taken = inOrder(small).filter((document) => !untaken.includes(document))
  for (const document of taken) await take(desk, document, small.openMissing)
  const more = (await readOn(desk, book)).log.slice(book.log.length).map(({ event }) => event.type)
  // What is held may by now wait for another reason than at first, and says so (any-order.test.ts).
  const restated = held.length > 0 ? ['RemittanceClaimHeld'] : []
  expect(
    more.filter((type) => !restated.includes(type)),
    `${story}\nand all of it again`,
  ).toEqual([])
}

describe('laws of import, over small books of several payers', () => {
  it('A2 D2 L1 P1 P6 charges stand once, books balance, clearing is what is not posted, no more is denied than open; all of it again adds nothing', {
    tags: ['A2', 'D2', 'L1', 'P1', 'P6'],
  }, async () => {
    await fc.assert(
      fc.asyncProperty(smallBook, async (small) => {
        const once = await expectBooks(small)
        expect(unbalancedPrefixes(once.book.log), once.story).toEqual([])
        expect(clearingFaults(once.book.log), once.story).toEqual([])
        await expectNothingNew(small, once)
      }),
      runs,
    )
  })

  it('L2 in any order the same documents end alike, and nothing is held', { tags: ['L2'] }, async () => {
    let drawn = 0
    let compared = 0
    await fc.assert(
      fc.asyncProperty(smallBook, async (small) => {
        drawn += 1
        if (isKnown(small)) return
        const made = await imported(small.documents, small.openMissing)
        const shuffled = await imported(inOrder(small), small.openMissing)
        expect(made.held, made.story).toEqual([])
        expect(shuffled.held, shuffled.story).toEqual([])
        expect(standing(shuffled.book), shuffled.story).toEqual(standing(made.book))
        compared += 1
      }),
      runs,
    )
    expect(compared, 'orders that were compared').toBeGreaterThan(drawn / 5)
  })
})
