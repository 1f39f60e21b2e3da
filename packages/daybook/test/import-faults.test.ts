import { type Desk, receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { memoryDesk } from './support/desk.ts'
import { advice, submission } from './support/documents.ts'
import { openTestBook, testFolder, write } from './support/folder.ts'
import { remittanceText } from './support/remittance-text.ts'

const folder = testFolder()

/** A desk whose account decisions throw whenever the second of their charge lines gets its id: also where it is decided again. */
const failingDesk = async (): Promise<{ readonly desk: Desk; readonly mend: () => void }> => {
  const desk = await memoryDesk()
  const { world } = desk.service
  const lines = new Set<string>()
  let broken = true
  const sha256 = (text: string): string => {
    if (text.endsWith('\nline\n0')) {
      lines.add(text)
      if ([...lines].indexOf(text) === 1 && broken) throw new RangeError('no layer to restore')
    }
    return world.sha256(text)
  }
  return { desk: { ...desk, service: { ...desk.service, world: { ...world, sha256 } } }, mend: () => (broken = false) }
}
const pcns = ['V1', 'V2', 'V3']

describe('a fault of Daybook on one claim keeps no other claim out of the books', () => {
  it('837: the claim is refused by rule `fault`, and is posted when it is sent again', async () => {
    const { desk, mend } = await failingDesk()
    const document = submission(pcns.map((pcn) => ({ pcn, lines: [{ charge: 10_000 }] })))
    const { claims } = await Effect.runPromise(submitClaims(desk, document))
    expect(claims.map(({ outcome, fault }) => [outcome, fault])).toEqual([
      ['posted', undefined],
      ['rejected', true],
      ['posted', undefined],
    ])
    expect(claims[1]?.problems).toEqual([expect.stringContaining('RangeError: no layer to restore')])
    mend()
    const again = await Effect.runPromise(submitClaims(desk, document))
    expect(again.claims.map(({ outcome }) => outcome)).toEqual(['duplicate', 'posted', 'duplicate'])
  })

  it('835: the claim is held by rule `fault`, its money in clearing, and is posted when it is tried again', async () => {
    const { desk } = await failingDesk()
    const cas = [['CO', '45', 4_000]] as const
    const document = advice({ claims: pcns.map((pcn) => ({ pcn, lines: [{ charge: 10_000, paid: 6_000, cas }] })) })
    const report = await Effect.runPromise(receiveRemittance(desk, document, { openMissing: true, concurrency: 1 }))
    expect(report).toMatchObject({ outcome: 'partial', postedClaims: 2 })
    expect(report.held.map(({ claims, amount, hits }) => [claims, amount, hits.map(({ rule }) => rule)])).toEqual([
      [[2], 6_000, ['fault']],
    ])
  })
})

describe('a fault that is about no one claim', () => {
  const texts = ['1', '2', '3'].map((n) =>
    remittanceText()
      .replace('TRACE0001', `TRACE000${n}`)
      .replaceAll(/V([12])\*/g, `V$1-${n}*`)
      .replaceAll('MI*M', `MI*M${n}`),
  )

  it('is a problem of its transaction, not of the others; what is wrong goes in when the file comes again', async () => {
    let at = 0
    let failing = true
    // The clock is asked while the second file is being taken in, and is gone.
    const clock = () => {
      if (at === 1 && failing) throw new Error('the clock stands still')
      return new Date('2026-11-21T15:14:00.000Z')
    }
    await using book = await openTestBook('memory:', { clock })
    const paths = texts.map((text, n) => write(folder, `fault-${n}.835`, text))
    const onProgress = ({ file }: { readonly file: number }) => {
      at = file
    }
    const report = await book.importPaths(paths, { openMissing: true, onProgress })
    expect(report.files.map(({ transactions }) => transactions.map(({ outcome }) => outcome))).toEqual([
      ['posted'],
      ['rejected'],
      ['posted'],
    ])
    expect(report.files[1]?.transactions[0]).toMatchObject({
      claims: 2,
      paid: 15_000,
      split: { claims: { rejected: 2 }, amount: { rejected: 15_000 } },
      problems: [{ code: 'fault', severity: 'error', message: expect.stringContaining('the clock stands still') }],
    })
    expect(report.totals).toMatchObject({ errors: 1, claims: { in: 6, posted: 4, rejected: 2 } })
    failing = false
    const again = await book.importPaths(paths, { openMissing: true })
    expect(again.totals.transactions).toMatchObject({ posted: 1, duplicate: 2 })
    expect((await book.check()).findings).toEqual([])
  })
})
