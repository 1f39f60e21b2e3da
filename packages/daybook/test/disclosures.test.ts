import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandLineIn } from './support/command-line.ts'
import { openTestBook, testFolder, uuid } from './support/folder.ts'

const folder = testFolder()
const account = uuid(1)
const given = {
  type: 'RecordDisclosure',
  to: 'State Registry',
  summary: 'days of service',
  reason: 'a statute asks',
} as const

describe('F37, §4.7: the accounting of disclosures', () => {
  it('tells what the law asks to be told, six years back, and the rest only where it is asked', async () => {
    const url = `sqlite:${join(folder, 'told.db')}`
    {
      await using book = await openTestBook(url)
      await book.open({ account, guarantor: { name: 'Jo Roe' }, on: '2019-11-01' })
      const disclose = async (on: string, purpose: 'publicHealth' | 'payment' | 'mistaken') =>
        await book.execute(account, { ...given, on, purpose })
      // One day more than six years before the book's today, and six years to the day.
      for (const on of ['2020-11-20', '2020-11-21', '2026-11-02']) {
        expect(await disclose(on, 'publicHealth')).toMatchObject({ ok: true, events: ['DisclosureLogged'] })
      }
      await disclose('2026-11-03', 'payment')
      await disclose('2026-11-04', 'mistaken')
      const told = await book.disclosures({ account })
      expect(told).toMatchObject({ from: '2020-11-21', to: '2026-11-21', untold: 1 })
      expect(told.items.map(({ on, purpose }) => [on, purpose])).toEqual([
        ['2020-11-21', 'publicHealth'],
        ['2026-11-02', 'publicHealth'],
        ['2026-11-04', 'mistaken'],
      ])
      expect((await book.disclosures({ account, all: true })).items).toHaveLength(4)
      // It is a look itself, and the front desk may not have it.
      expect((await book.accesses({ account })).items.map(({ question }) => question)).toEqual([
        'disclosures',
        'disclosures',
      ])
      const actor = { id: 'fay', roles: ['frontDesk'] as const }
      await expect(book.disclosures({ account, actor })).rejects.toMatchObject({ _tag: 'FieldsWithheld' })
      expect((await book.check()).findings).toEqual([])
    }
    const { stdout } = await commandLineIn(folder)('disclosures', account, '--db', 'sqlite:told.db')
    expect(stdout).toContain('State Registry (publicHealth): days of service; a statute asks; recorded by anna')
  })

  it('is of days that have come, of patients that there are, and is never edited', async () => {
    await using book = await openTestBook()
    await book.open({ account, guarantor: { name: 'Jo Roe' }, on: '2026-11-01' })
    const rules = async (more: object): Promise<readonly string[]> => {
      const answer = await book.execute(account, { ...given, on: '2026-11-02', purpose: 'judicial', ...more })
      return answer.ok ? [] : answer.hits.map(({ rule }) => rule)
    }
    expect(await rules({ on: '2026-11-22' })).toContain('notes.ahead')
    expect(await rules({ patient: 'nobody' })).toEqual(['notes.patientUnknown'])
    expect(await rules({ disclosure: 'd1' })).toEqual([])
    expect(await rules({ disclosure: 'd1', summary: 'all of it' })).toEqual(['notes.known'])
    await expect(
      book.execute(account, { ...given, on: '2026-11-02', purpose: 'judicial', to: ' ' }),
    ).rejects.toMatchObject({
      _tag: 'InvalidCommand',
    })
  })
})
