import { notInForce, rules } from '@daybook/core/rules'
import { describe, expect, it } from 'vitest'
import { openTestBook, uuid } from '../support/folder.ts'

// A day of long ago is a day like any other: what may not be done today may not be done by dating it there.

const rita = { id: 'rita', roles: ['rep'] } as const

describe('trust-14 days before any that a rule names', () => {
  it.each(['1800-01-01', '1826-11-02', '1899-12-30', '1900-01-01'])(
    'trust-14 a rep alone gives up nothing, on %s as today',
    { tags: ['F4'] },
    async (on) => {
      await using book = await openTestBook()
      await book.open({ account: uuid(1), guarantor: { name: 'Jo Roe' }, on, actor: rita })
      const charge = { type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount: 1_250_000 } as const
      await book.execute(uuid(1), charge, { actor: rita })
      const given = { on, visit: 'v1', party: 'patient', reason: 'asked for' } as const
      for (const category of ['courtesy', 'administrative', 'charity'] as const) {
        const refused = await book.execute(uuid(1), { type: 'WriteOff', category, ...given }, { actor: rita })
        expect(refused.ok ? [] : refused.hits.map(({ rule }) => rule), category).toContain('WO-01')
      }
      expect(await book.account(uuid(1))).toMatchObject({ totals: { net: 1_250_000 } })
    },
  )

  it('trust-14 a rule whose first day nobody names is in force on the first day that there is', async () => {
    const since = rules.map(({ effective }) => effective.from as string).filter((from) => from < '1950')
    expect(new Set(since)).toEqual(new Set(['1800-01-01']))
    const first = since[0] as Parameters<typeof notInForce>[1]
    const silent = rules.filter((rule) => rule.effective.from === first && notInForce(rule, first) !== undefined)
    expect(silent.filter(({ status }) => status !== 'vacated')).toEqual([])
  })
})
