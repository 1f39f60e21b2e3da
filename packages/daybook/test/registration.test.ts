import { describe, expect, it } from 'vitest'
import { uuid } from './support/folder.ts'
import { charge, does, lakesideBook, named } from './support/letters.ts'

// Who answers for a bill (duty F33), through commands and views.

const on = '2026-06-01'
const seventeen = '2009-03-01'
const eighteen = '2008-05-31'

const bill = async (born: string) => {
  const book = await lakesideBook(on)
  const account = uuid(1)
  await book.open({ account, on, guarantor: { name: 'Jo Roe', born, state: 'MN', standing: 'confirmed' } })
  await named(book, account, uuid(101), 'Jo Roe', on)
  await does(book, account, charge(on, 'l1', 40_000))
  return { book, account }
}
const plan = {
  type: 'ProposePlan',
  on,
  plan: 'p1',
  firstDue: '2026-07-01',
  writtenAgreement: false,
  divide: { instalments: 4 },
  household: { monthlyIncome: 1_000_000 },
} as const

describe('F33 who answers for what is done for somebody of 17', () => {
  it('F33 is an adult: until one is named nothing is asked for, promised or agreed', async () => {
    const { book, account } = await bill(seventeen)
    await using _ = book
    const pays = { due: '2026-06-05', amount: 1_000 }
    const promise = { type: 'RecordPromise', on, pays, madeBy: 'guarantor', channel: 'phone' } as const
    for (const command of [plan, promise]) {
      const refused = await book.execute(account, command)
      expect(refused.ok ? [] : refused.hits.map(({ rule }) => rule)).toContain('GU-02')
    }
    const parent = { type: 'ConfirmGuarantor', on, name: 'Pat Roe', born: '1980-03-01', state: 'MN' } as const
    await does(book, account, { ...parent, reason: 'signed at the visit' })
    await does(book, account, plan)
  })

  it('F33 and from the eighteenth birthday on they answer for themselves', async () => {
    const { book, account } = await bill(eighteen)
    await using _ = book
    await does(book, account, plan)
  })
})
