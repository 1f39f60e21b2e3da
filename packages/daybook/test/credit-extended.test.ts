import { describe, expect, it } from 'vitest'
import type { Book, PracticePolicy } from '../src/index.ts'
import { openTestBook, uuid } from './support/folder.ts'
import { charge, clockOf, does, lakeside } from './support/letters.ts'

// Reference §5.4, PL-04: how often the practice extends credit is counted over the whole book.

const preset = lakeside
/** Discloses only what the law asks. */
const lawOnly = (more: Partial<PracticePolicy['plans']> = {}): PracticePolicy => ({
  ...preset,
  plans: { ...preset.plans, discloseWritten: false, ...more },
})

const proposed = async (book: Book, n: number, on: string, instalments: number, written = true): Promise<string> => {
  const account = uuid(n)
  await book.open({ account, on, guarantor: { name: 'Jo Roe', born: '1980-02-01', standing: 'confirmed' } })
  await does(book, account, charge(on, `l${n}`, 60_000))
  await does(book, account, {
    ...{ type: 'ProposePlan', on, plan: `p${n}`, divide: { instalments }, firstDue: `${on.slice(0, 4)}-12-28` },
    ...{ writtenAgreement: written, household: { monthlyIncome: 1_000_000 } },
  })
  return account
}
const accept = (n: number, on: string, more: object = {}) =>
  ({ type: 'AcceptPlan', on, plan: `p${n}`, ...more }) as const
const refusals = (answer: { readonly ok: boolean; readonly hits?: readonly { readonly rule: string }[] }) =>
  (answer.hits ?? []).map(({ rule }) => rule)

describe('§5.4 credit that is extended regularly', () => {
  it('PL-04 is counted by the book: the twenty-sixth written plan of five instalments of a year binds, the next is disclosed first', async () => {
    await using book = await openTestBook('memory:', { practice: lawOnly(), clock: clockOf('2026-11-20') })
    const on = '2026-11-20'
    // Neither is credit by its instalments.
    await does(book, await proposed(book, 900, on, 4), accept(900, on))
    await does(book, await proposed(book, 901, on, 12, false), accept(901, on))
    for (let n = 1; n <= 26; n += 1) await does(book, await proposed(book, n, on, 5), accept(n, on))
    const next = await proposed(book, 27, on, 5)
    expect(refusals(await book.execute(next, accept(27, on)))).toEqual(['PL-04'])
    const attested = { 'credit.extendedLastYear': 0, 'credit.extendedThisYear': 3 }
    expect(refusals(await book.execute(next, accept(27, on, { attested })))).toContain('facts.alreadyKnown')
    await does(book, next, { type: 'DisclosePlan', on, plan: 'p27', channel: 'inPerson' })
    const done = await does(book, next, accept(27, on))
    const last = (await book.history(next)).events.find(({ type }) => type === 'PlanActivated')
    expect([done.ok, last?.why.inputs]).toEqual([
      true,
      expect.objectContaining({ 'credit extended this year': '26', 'credit extended last year': '0' }),
    ])
  })

  it('PL-04 an amendment is not held against the plan by its own credit: other dates extend none, more charges do', async () => {
    const on = '2026-11-20'
    await using book = await openTestBook('memory:', { practice: lawOnly(), clock: clockOf(on) })
    for (let n = 1; n <= 26; n += 1) await does(book, await proposed(book, n, on, 5), accept(n, on))
    const terms = { on, plan: 'p26', divide: { instalments: 6 }, firstDue: '2026-12-28' }
    const consent = { on, how: 'signed' } as const
    const change = { type: 'AmendPlan', ...terms, consent, reason: 'smaller ones' } as const
    await does(book, uuid(26), change)
    await does(book, uuid(26), charge(on, 'more', 6_000, { visit: 'v9' }))
    expect(refusals(await book.execute(uuid(26), { ...change, addLines: ['more'] }))).toEqual(['PL-04'])
    await does(book, uuid(26), { ...change, addLines: ['more'], disclosed: { channel: 'inPerson' } })
  })

  it('where plans are written elsewhere too the book alone does not say that it is seldom: somebody vouches', async () => {
    const on = '2026-11-20'
    const practice = lawOnly({ writtenElsewhere: true })
    await using book = await openTestBook('memory:', { practice, clock: clockOf(on) })
    const account = await proposed(book, 1, on, 5)
    expect(refusals(await book.execute(account, accept(1, on)))).toEqual(['PL-04'])
    const attested = { 'credit.extendedLastYear': 12, 'credit.extendedThisYear': 20 }
    expect(refusals(await book.execute(account, accept(1, on, { attested })))).toEqual([])
  })
})
