import { memoryEventStore } from '@daybook/adapters/memory'
import type { EventStoreShape } from '@daybook/core/ports'
import { loadRemittance, type RemittanceReport, receiveRemittance } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deskOn } from '../support/desk.ts'
import { type AdviceOf, advice } from '../support/documents.ts'
import { openTestBook, testFolder, write } from '../support/folder.ts'
import { remittanceText } from '../support/remittance-text.ts'
import { turns, waiting } from '../support/waiting-store.ts'

const folder = testFolder()

/** The same advice through two desks on one store, as two processes would take it in. */
const twice = async (
  of: AdviceOf,
  waits: readonly (readonly number[])[] = [[1], [1]],
): Promise<readonly RemittanceReport[]> => {
  const store = await Effect.runPromise(memoryEventStore())
  const options = { openMissing: true, batch: 2 }
  return await Promise.all(
    waits.map((own) => Effect.runPromise(receiveRemittance(deskOn(waiting(store, own)), advice(of), options))),
  )
}

const claims = (count: number, carc = '45'): AdviceOf['claims'] =>
  Array.from({ length: count }, (_, n) => ({
    pcn: `C${n}`,
    lines: [{ charge: 10_000, paid: 6_000, cas: [['CO', carc, 4_000]] as const }],
  }))

describe('one advice imported twice at once', () => {
  it('every claim is posted by one of the two and a duplicate to the other', async () => {
    let tried = 0
    let shared = 0
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 7 }), fc.tuple(turns, turns), async (count, waits) => {
        tried += 1
        const reports = await twice({ claims: claims(count) }, waits)
        expect(reports.reduce((sum, { postedClaims }) => sum + postedClaims, 0)).toBe(count)
        for (const { postedClaims, duplicateClaims, outcome } of reports) {
          expect(postedClaims + new Set(duplicateClaims).size).toBe(count)
          expect(duplicateClaims).toHaveLength(new Set(duplicateClaims).size)
          expect(outcome).toBe(postedClaims === 0 ? 'duplicate' : 'posted')
        }
        if (reports.every(({ postedClaims }) => postedClaims > 0)) shared += 1
      }),
      { numRuns: 150 },
    )
    expect(shared, 'runs in which both posted some').toBeGreaterThan(tried / 15)
  })

  it('one that is held as a whole is held by one import, a duplicate to the other', async () => {
    const reports = await twice({ claims: claims(2), amount: 12_500 })
    expect(reports.map(({ outcome }) => outcome).sort()).toEqual(['duplicate', 'held'])
  })

  it('one that holds no claim is posted by one import, a duplicate to the other', async () => {
    const reports = await twice({ claims: [], plb: [['L6', 'INTEREST', -500]] })
    expect(reports.map(({ outcome }) => outcome).sort()).toEqual(['duplicate', 'posted'])
  })

  it('what an import that was killed had posted is a duplicate to the one that goes on, its findings kept', async () => {
    const document = advice({ claims: claims(8, 'Z9') })
    let both = 0
    for (let lives = 5; lives < 40; lives++) {
      const store = await Effect.runPromise(memoryEventStore())
      let left = lives
      const dying: EventStoreShape = {
        ...store,
        append: (request) => {
          left -= 1
          return left < 0 ? Effect.die('killed') : store.append(request)
        },
      }
      await Effect.runPromiseExit(
        receiveRemittance(deskOn(dying), document, { openMissing: true, batch: 2, concurrency: 1 }),
      )
      const report = await Effect.runPromise(receiveRemittance(deskOn(store), document, { openMissing: true }))
      expect(report.postedClaims + report.duplicateClaims.length, `killed after ${lives} appends`).toBe(8)
      expect(report.outcome).toBe(report.postedClaims > 0 ? 'posted' : 'duplicate')
      expect(report.claimFindings).toHaveLength(report.postedClaims)
      const { outcomes } = await Effect.runPromise(loadRemittance(deskOn(store), report.remittanceId))
      const posted = [...outcomes.values()].flatMap((one) => (one.kind === 'posted' ? [one.event] : []))
      expect(posted.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 8 }, () => 'posted'))
      const kept = posted.flatMap(({ findings }) => findings)
      expect(kept).toEqual(Array.from({ length: 8 }, () => 'unlisted: CO-Z9: Z9 is in no row of the table'))
      if (report.postedClaims > 0 && report.duplicateClaims.length > 0) both += 1
    }
    expect(both).toBeGreaterThan(5)
  })

  it('the reports of two imports of one file add up to the file, in claims and in money', async () => {
    await using book = await openTestBook()
    const path = write(folder, 'twice.835', remittanceText())
    const reports = await Promise.all([1, 2].map(() => book.importPaths([path], { openMissing: true })))
    const sum = (place: 'posted' | 'duplicate', of: 'claims' | 'amount') =>
      reports.reduce((total, { totals }) => total + totals[of][place], 0)
    expect([sum('posted', 'claims'), sum('duplicate', 'claims')]).toEqual([2, 2])
    expect([sum('posted', 'amount'), sum('duplicate', 'amount')]).toEqual([15_000, 15_000])
  })
})
