import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { commandLineIn } from '../support/command-line.ts'
import { openTestBook, testFolder, uuid, write } from '../support/folder.ts'
import { remittanceText } from '../support/remittance-text.ts'
import { ofType, tamper } from '../support/tamper.ts'

// Faults of kind “the book's own trust”: views whose rows somebody has changed, and lines of one name.

const folder = testFolder()
const file = write(folder, 'advice.835', remittanceText())
const charge = { type: 'PostCharge', on: '2026-11-02', visit: 'v1', code: '99213' } as const

const answers = async (url: string, options = {}) => {
  await using book = await openTestBook(url, options)
  return {
    aging: await book.aging({ accounts: true, by: 'payer' }),
    byDay: await book.aging({ basis: 'dos' }),
    worklist: await book.worklist(),
    accounts: await book.accounts(),
  }
}

const written = async (name: string): Promise<string> => {
  const path = join(folder, name)
  {
    await using book = await openTestBook(`sqlite:${path}`)
    await book.importPaths([file], { openMissing: true })
    await book.open({ account: uuid(1), guarantor: { name: 'Jo Roe' } })
    await book.execute(uuid(1), { ...charge, line: 'l1', amount: 12_500 })
  }
  await answers(`sqlite:${path}`)
  return path
}

const sql = (path: string, text: string): number => {
  const db = new DatabaseSync(path)
  try {
    db.exec(text)
    return Number(db.prepare('SELECT changes() AS n').get()?.['n'])
  } finally {
    db.close()
  }
}

const findings = async (path: string) => {
  await using book = await openTestBook(`sqlite:${path}`)
  return (await book.check()).findings
}

const ofView = (view: string): string => `view = (SELECT id FROM view_checkpoint WHERE view = '${view}')`
const journal = `${ofView('aging')} AND key LIKE 'rows/%'`

const edits = [
  [
    'the payers of the aging swapped',
    'aging',
    `UPDATE view_doc SET body = json_set(body, '$.names[2]', 'OTHER') WHERE ${journal}`,
  ],
  ['an amount of the aging', 'aging', `UPDATE view_doc SET body = json_set(body, '$.rows[3]', 1) WHERE ${journal}`],
  ['a part of the aging taken out', 'aging', `DELETE FROM view_doc WHERE ${journal}`],
  [
    'a line of the aging',
    'aging',
    `UPDATE view_doc SET body = json_set(body, '$.dos', 1) WHERE ${ofView('aging')} AND key LIKE 'line/%'`,
  ],
  [
    'a cell put into the aging',
    'aging',
    `INSERT INTO view_cell SELECT id, 'responsibility/months', 24000, 0, 20000, 'pa', 5 FROM view_checkpoint WHERE view = 'aging'`,
  ],
  [
    'accounts of a bucket of the aging',
    'aging',
    `UPDATE view_cell SET amount = amount + 1 WHERE ${ofView('aging')} AND series LIKE 'accounts/%'`,
  ],
  [
    'what an account has open',
    'aging',
    `UPDATE view_doc SET body = '{"open":[]}' WHERE ${ofView('aging')} AND key LIKE 'open/%'`,
  ],
  [
    'the latest day of the aging',
    'aging',
    `UPDATE view_doc SET body = '{"day":1}' WHERE ${ofView('aging')} AND key = 'latest'`,
  ],
  [
    'a name in the worklist',
    'worklist',
    `UPDATE view_doc SET body = replace(body, 'account', 'acount') WHERE ${ofView('worklist')} AND key LIKE 'account-%'`,
  ],
  [
    'an account hidden from the worklist',
    'worklist',
    `DELETE FROM view_doc WHERE ${ofView('worklist')} AND key LIKE 'account-%'`,
  ],
  [
    'a document of another account',
    'worklist',
    `UPDATE view_doc SET body = (SELECT body FROM view_doc WHERE key = 'account-${uuid(1)}' AND ${ofView('worklist')}) WHERE ${ofView('worklist')} AND key LIKE 'account-%'`,
  ],
  [
    'an item that nobody asked for',
    'worklist',
    `INSERT INTO view_item SELECT id, 'l', 'k', 'r', '{}' FROM view_checkpoint WHERE view = 'worklist'`,
  ],
  [
    'a name in the lists',
    'lists',
    `UPDATE view_doc SET body = replace(body, 'Jo Roe', 'Al Poe') WHERE ${ofView('lists')}`,
  ],
  ['a view set back', 'aging', `UPDATE view_checkpoint SET position = 0, leaf = '-' WHERE view = 'aging'`],
] as const

describe('views whose rows were edited', () => {
  it.each(edits)('trust-2 %s: check finds it, and rebuild mends it', async (what, view, edit) => {
    const path = await written(`${what.replaceAll(' ', '-')}.db`)
    const before = await answers(`sqlite:${path}`, { views: 'memory:' })
    expect(sql(path, edit)).toBeGreaterThan(0)
    const found = await findings(path)
    expect(found.length).toBeGreaterThan(0)
    expect(new Set(found.map(({ check }) => check)).has('views')).toBe(true)
    expect(found.map(({ message }) => message).join('\n')).toContain(`daybook rebuild ${view}`)
    {
      await using book = await openTestBook(`sqlite:${path}`)
      expect(await book.rebuild(view)).toMatchObject([{ view }])
    }
    expect(await findings(path)).toEqual([])
    expect(await answers(`sqlite:${path}`)).toEqual(before)
  })

  it('trust-2 rows that belong to no view are found, and taken out', async () => {
    const path = await written('strays.db')
    sql(path, `INSERT INTO view_doc VALUES (99, 'k', '{}'); UPDATE view_checkpoint SET id = 50 WHERE view = 'worklist'`)
    const messages = (await findings(path)).map(({ message }) => message)
    expect(messages).toContainEqual(expect.stringMatching(/rows of the views belong to no view: daybook rebuild/))
    await using book = await openTestBook(`sqlite:${path}`)
    await book.rebuild()
    expect((await book.check()).findings).toEqual([])
  })

  it('trust-2 a view whose checkpoint was taken away does not add its cells to what was left of it', async () => {
    const path = await written('unpinned.db')
    const before = await answers(`sqlite:${path}`)
    sql(path, 'DELETE FROM view_checkpoint')
    expect(await answers(`sqlite:${path}`)).toEqual(before)
    expect(await findings(path)).toEqual([])
  })

  it('trust-2 the command line rebuilds all, or one, and names those that there are', async () => {
    const path = await written('line.db')
    sql(path, edits[0][2])
    const daybook = commandLineIn(folder)
    const db = ['--db', `sqlite:${path}`] as const
    expect((await daybook('check', ...db)).status).toBe(1)
    expect(await daybook('rebuild', 'aging', ...db)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^rebuilt {2}aging to @\d+\n$/),
    })
    expect(await daybook('check', ...db)).toMatchObject({ status: 0, stdout: '' })
    const all = JSON.parse((await daybook('rebuild', '--json', ...db)).stdout)
    expect(all.map(({ view }: { view: string }) => view)).toEqual(['aging', 'lists', 'worklist'])
    expect(await daybook('rebuild', 'ageing', ...db)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('it is one of aging, lists, worklist'),
    })
    expect((await daybook('rebuild', '--db', 'sqlite:nobook.db')).status).toBe(2)
  })

  it('trust-2 where the log was changed too, nobody is told to build views from it', async () => {
    const path = await written('both.db')
    tamper(path, `UPDATE events SET data = replace(data, '12500', '12400') WHERE ${ofType('ChargePosted')}`)
    const told = (await findings(path)).map(({ message }) => message).join('\n')
    expect(told).toContain('the log was changed too: keep the aging view until it is restored')
    expect(told).not.toContain('daybook rebuild')
  })

  it('trust-2 a rebuild tells how far it is, and answers go on meanwhile', async () => {
    const path = await written('progress.db')
    await using book = await openTestBook(`sqlite:${path}`)
    const told: string[] = []
    const rebuilding = book.rebuild('aging', { onProgress: (view, done, of) => told.push(`${view} ${done === of}`) })
    const [aging] = await Promise.all([book.aging(), rebuilding])
    expect(aging).toEqual(await book.aging())
    expect(told.at(-1)).toBe('aging true')
  })
})

describe('a view row of a wrong shape', () => {
  const asked = {
    aging: async (path: string) => {
      await using book = await openTestBook(`sqlite:${path}`)
      await book.aging({ accounts: true, by: 'payer' })
    },
    worklist: async (path: string) => {
      await using book = await openTestBook(`sqlite:${path}`)
      await book.worklist()
    },
  }
  const shapes = [
    '{',
    '',
    '5',
    'null',
    '[]',
    '{}',
    '"text"',
    '{"names":5,"attributes":[1],"rows":["a"]}',
    '{"kind":"account","account":"a"}',
  ]
  it.each((['aging', 'worklist'] as const).flatMap((view) => shapes.map((body) => [view, body] as const)))(
    'trust-12 in the %s (%s) is a typed error that names daybook rebuild',
    async (view, body) => {
      const path = await written(`${view}-${shapes.indexOf(body)}.db`)
      const rows = view === 'aging' ? journal : `${ofView(view)} AND key LIKE 'account-%'`
      expect(sql(path, `UPDATE view_doc SET body = '${body}' WHERE ${rows}`)).toBeGreaterThan(0)
      await expect(asked[view](path)).rejects.toMatchObject({
        _tag: 'Integrity',
        message: expect.stringMatching(/somebody has changed its rows.*daybook rebuild/),
      })
      const found = await findings(path)
      expect(found.map(({ message }) => message).join('\n')).toContain(`daybook rebuild ${view}`)
      await using book = await openTestBook(`sqlite:${path}`)
      await book.rebuild()
      expect((await book.check()).findings).toEqual([])
    },
  )

  it.each([
    ['a kind of cells that there is not', `UPDATE view_cell SET kind = 'zz' WHERE series = 'responsibility/months'`],
    ['a bucket that there is not', `UPDATE view_cell SET kind = kind || '7' WHERE series LIKE 'accounts/%'`],
    ['a latest day that is none', `UPDATE view_doc SET body = '{"day":0.5}' WHERE key = 'latest'`],
    ['an account that has no whole numbers open', `UPDATE view_doc SET body = 'null' WHERE key LIKE 'open/%'`],
    ['an amount beyond every number', `UPDATE view_cell SET amount = 9223372036854775807`],
    ['a checkpoint beyond every number', `UPDATE view_checkpoint SET position = 9223372036854775807`],
  ])('trust-12 %s is a typed error, and rebuild mends it', async (what, edit) => {
    const path = await written(`${what.replaceAll(' ', '-')}.db`)
    // Amounts are in cells by whole blocks of the log: a book of some events has none.
    sql(
      path,
      `INSERT INTO view_cell SELECT id, 'responsibility/months', 24000, 0, 20000, 'pa', 5 FROM view_checkpoint WHERE view = 'aging'`,
    )
    sql(path, edit)
    expect((await findings(path)).length).toBeGreaterThan(0)
    await using book = await openTestBook(`sqlite:${path}`)
    await book.rebuild()
    expect((await book.check()).findings).toEqual([])
  })

  it.each([
    [
      'a bucket of accounts that there is not',
      `UPDATE view_cell SET kind = kind || '7' WHERE series LIKE 'accounts/%'`,
    ],
    ['a latest day that is none', `UPDATE view_doc SET body = '{"day":0.5}' WHERE key = 'latest'`],
  ])('trust-12 %s is a typed error that names daybook rebuild, where the aging is asked', async (what, edit) => {
    const path = await written(`asked-${what.replaceAll(' ', '-')}.db`)
    expect(sql(path, edit)).toBeGreaterThan(0)
    await using book = await openTestBook(`sqlite:${path}`)
    await expect(book.aging({ accounts: true })).rejects.toMatchObject({
      _tag: 'Integrity',
      message: expect.stringMatching(/somebody has changed its rows.*daybook rebuild/),
    })
  })
})

describe('two accounts with a line of one name', () => {
  it.each(['memory:', `sqlite:${join(folder, 'one-name.db')}`])(
    'trust-8 age by day of service, provider and location each by its own (%s)',
    async (url) => {
      await using book = await openTestBook(url)
      const lines = [
        [uuid(1), '2026-11-02', 'dr-a', 7_500],
        [uuid(2), '2026-05-02', 'dr-b', 7_000],
      ] as const
      for (const [account, on, provider, amount] of lines) {
        await book.open({ account, guarantor: {}, on })
        await book.execute(account, { ...charge, on, line: 'l1', provider, amount })
      }
      // Of the first after the second is there: what it takes off is of its own day and provider.
      const payment = { type: 'PostPayment', on: '2026-11-10', amount: 500, tender: 'cash' } as const
      for (const account of [uuid(2), uuid(1)]) await book.execute(account, payment)
      const byDay = await book.aging({ basis: 'dos' })
      expect(byDay.buckets.map(({ name, amount }) => [name, amount]).filter(([, amount]) => amount !== 0)).toEqual([
        ['0-30', 7_000],
        ['121+', 6_500],
      ])
      const byProvider = await book.aging({ by: 'provider' })
      expect(byProvider.rows.filter(({ net }) => net !== 0).map(({ value, net }) => [value, net])).toEqual([
        ['dr-a', 7_000],
        ['dr-b', 6_500],
      ])
      expect((await book.check()).findings).toEqual([])
    },
  )

  it.each(['memory:', `sqlite:${join(folder, 'one-coverage.db')}`])(
    'trust-8 coverages of one id on two accounts are two rows, each with its own payer and whose it is (%s)',
    async (url) => {
      await using book = await openTestBook(url)
      const coverages = [
        [uuid(1), 'Jo Roe', 'Alpha Health', 11_100],
        [uuid(2), 'Ann Doe', 'Beta Health', 22_200],
      ] as const
      for (const [account, name, payerName, amount] of coverages) {
        await book.open({ account, guarantor: { name }, on: '2026-11-01' })
        const patient = { type: 'RegisterPatient', on: '2026-11-01', patient: 'q1', last: name.split(' ')[1] } as const
        const coverage = { type: 'AddCoverage', on: '2026-11-01', coverage: 'c1', patient: 'q1', payerName } as const
        await book.execute(account, patient)
        expect(await book.execute(account, { ...coverage, payer: payerName.slice(0, 4) })).toMatchObject({ ok: true })
        const party = { coverageId: 'c1' } as const
        const charged = await book.execute(account, { ...charge, patient: 'q1', line: 'l1', amount, party })
        expect(charged).toMatchObject({ ok: true })
      }
      const { rows } = await book.aging({ by: 'coverage' })
      const told = rows
        .filter(({ net }) => net !== 0)
        .map(({ value, account, label, net }) => [value, account, label, net])
      expect(told).toEqual([
        ['c1', uuid(1), 'Alpha Health, Roe', 11_100],
        ['c1', uuid(2), 'Beta Health, Doe', 22_200],
      ])
      expect((await book.check()).findings).toEqual([])
    },
  )
})
