import { describe, expect, it } from 'vitest'
import { type AnyOwnRule, type Book, block, known, ownFacts, pass, type ViewDefinition } from '../../src/index.ts'
import { openTestBook, uuid } from '../support/folder.ts'

// Rules, facts and views of a product as a product without types gives them.

const asGiven = <T>(value: unknown): T => value as T
const opened = { account: uuid(1), guarantor: { name: 'Jo Roe', born: '1980-02-01', state: 'MN' }, on: '2026-05-01' }
const charge = { type: 'PostCharge', on: '2026-05-02', visit: 'v1', line: 'l1', code: '99213', amount: 12_500 } as const
const place = { type: 'PlaceAccount', on: '2026-11-20', agency: 'acme', kind: 'primary' } as const
const title = 'Asked by the office'

const rule = {
  id: 'CLINIC-1',
  version: 1,
  title,
  citation: 'Handbook, 4.2',
  gates: ['placeAccount'],
  needs: [],
} as const

const hitsWith = async (options: Parameters<typeof openTestBook>[1]) => {
  await using book = await openTestBook('memory:', options)
  await book.open(opened)
  await book.execute(uuid(1), charge)
  await book.worklist()
  const answer = await book.execute(uuid(1), place)
  return answer.ok ? [] : answer.hits.filter((hit) => hit.rule === 'CLINIC-1')
}

const noVerdicts: Readonly<Record<string, unknown>> = {
  nothing: undefined,
  null: null,
  'a flag': true,
  'a text': 'no',
  'a number': 7,
  'an object': {},
  'another kind': { kind: 'maybe' },
  'a block without a reason': { kind: 'block' },
  'a block with a reason that is no text': block(asGiven(7)),
  'a block until no day': block('wait', { earliest: asGiven('soon') }),
}

describe('facade-28 what a rule or a fact of one’s own gives', () => {
  it.each(Object.entries(noVerdicts))('facade-28 a rule that gives %s blocks, and says so', async (_, verdict) => {
    const own = asGiven<AnyOwnRule>({ ...rule, judge: () => verdict })
    expect(await hitsWith({ rules: [own] })).toEqual([
      expect.objectContaining({
        reason: `${title}: the rule itself failed: it gave no verdict (pass, block, warn or notApplicable, at once)`,
        requiredAction: 'mend the rule',
      }),
    ])
  })

  it('facade-28 a verdict that comes later is none, and one that fails later does not end the process', async () => {
    const later = [
      async () => block('the guarantor sits on the board'),
      async () => {
        throw new Error('the directory does not answer')
      },
    ]
    for (const judge of later) {
      const hits = await hitsWith({ rules: [asGiven<AnyOwnRule>({ ...rule, judge })] })
      expect(hits).toMatchObject([{ reason: expect.stringContaining('it gave no verdict') }])
    }
  })

  it('facade-28 a rule that gives a verdict is taken at its word', async () => {
    const judged = (verdict: unknown) => hitsWith({ rules: [asGiven<AnyOwnRule>({ ...rule, judge: () => verdict })] })
    expect(await judged(pass)).toEqual([])
    expect(await judged({ kind: 'warn', reason: 'look at it' })).toEqual([])
    expect(await judged(block('wait', { earliest: asGiven('2026-12-01') }))).toMatchObject([
      { reason: 'wait', earliest: '2026-12-01' },
    ])
  })

  it('facade-28 a fact that is none is one that nobody knows', async () => {
    for (const fact of [undefined, null, true, 'yes', {}, { known: 'yes', value: 1 }, Promise.resolve(known(false))]) {
      const clinic = ownFacts({
        'clinic.x': { words: 'whether x', find: () => asGiven<ReturnType<typeof known>>(fact) },
      })
      const own = clinic.rule({ ...rule, needs: ['clinic.x'], judge: () => pass })
      expect(await hitsWith({ rules: [own], facts: clinic.facts })).toMatchObject([
        { reason: `${title}: whether x is unknown (clinic.x: finding it gave no fact (known or unknown, at once))` },
      ])
    }
  })

  it('facade-28 days of a rule that are none, and what no rule has, are told when the book is opened', async () => {
    for (const [part, path] of [
      [{ effective: { from: 'tomorrow' } }, 'rules.0.effective'],
      [{ effective: { from: '2026-02-30' } }, 'rules.0.effective'],
      [{ effective: { from: '2026-05-01', to: '2026-01-01' } }, 'rules.0.effective'],
      [{ effective: '2026-05-01' }, 'rules.0.effective'],
      [{ reads: 'yesterday' }, 'rules.0.reads'],
      [{ efective: { from: '2026-05-01' } }, 'rules.0.efective'],
    ] as const) {
      const own = asGiven<AnyOwnRule>({ ...rule, judge: () => pass, ...part })
      await expect(openTestBook('memory:', { rules: [own] }), path).rejects.toMatchObject({
        _tag: 'InvalidRules',
        issues: [{ path }],
      })
    }
  })
})

const counted: ViewDefinition<'ChargePosted', unknown> = {
  name: 'counted',
  version: 1,
  types: ['ChargePosted'],
  key: () => 'all',
  apply: (before) => Number(before ?? 0) + 1,
}

const withCharge = async (): Promise<Book> => {
  const book = await openTestBook()
  await book.open(opened)
  await book.execute(uuid(1), charge)
  return book
}

const loop: { self?: unknown } = {}
loop.self = loop
class Tally {
  readonly sum = 1
}
const noDocuments: Readonly<Record<string, unknown>> = {
  'a large integer': 10n,
  'a function': () => 1,
  'what holds itself': loop,
  'a day of JavaScript': new Date(),
  'a map': { sums: new Map([['a', 1]]) },
  'an object of a class': [new Tally()],
  'no number': { sum: Number.NaN },
  'what comes later': Promise.resolve(1),
}

describe('facade-29 what a view of one’s own gives', () => {
  it.each(Object.entries(noDocuments))('facade-29 %s is no document: told, and not kept', async (_, document) => {
    await using book = await withCharge()
    const view = book.view({ ...counted, apply: () => document })
    await expect(view.get('all')).rejects.toMatchObject({ _tag: 'InvalidQuery', issues: [{ path: 'apply' }] })
    const mended = book.view(counted)
    expect(await mended.get('all')).toBe(1)
  })

  it('facade-29 what JSON has is a document, and nothing is no document', async () => {
    await using book = await withCharge()
    const document = { a: [1, 'x', null, true], b: { c: 0 } }
    expect(await book.view({ ...counted, apply: () => document }).get('all')).toEqual(document)
    const absent = { sum: 1, note: undefined }
    expect(await book.view({ ...counted, version: 2, apply: () => absent }).get('all')).toEqual({ sum: 1 })
    expect(await book.view({ ...counted, version: 3, apply: () => undefined }).get('all')).toBeUndefined()
  })

  it('facade-29 a key that is no text is told', async () => {
    await using book = await withCharge()
    for (const key of [null, 7, {}, [1], ['a', undefined], Promise.resolve('a')]) {
      const view = book.view({ ...counted, key: () => asGiven<string>(key) })
      await expect(view.list(), JSON.stringify(key)).rejects.toMatchObject({
        _tag: 'InvalidQuery',
        issues: [{ path: 'key', message: 'gave no text and no list of texts for ChargePosted @6' }],
      })
    }
    const view = book.view(counted)
    await expect(view.get(asGiven(7))).rejects.toMatchObject({ _tag: 'InvalidQuery', issues: [{ path: 'key' }] })
  })
})
