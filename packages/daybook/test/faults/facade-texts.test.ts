import { describe, expect, it } from 'vitest'
import type { Book } from '../../src/index.ts'
import { commandLineIn } from '../support/command-line.ts'
import { openTestBook, testFolder, write } from '../support/folder.ts'
import { remittanceText } from '../support/remittance-text.ts'

const folder = testFolder()
const cli = commandLineIn(folder)
const ROE = '0197a000-0000-7000-8000-000000000001'
const mia = { id: 'mia', roles: ['manager'] } as const

const withDebt = async (options: Parameters<typeof openTestBook>[1] = {}, url = 'memory:'): Promise<Book> => {
  const book = await openTestBook(url, options)
  await book.open({ account: ROE, guarantor: { name: 'Jo Roe', born: '1980-02-01', state: 'MN' }, on: '2026-05-01' })
  const charge = {
    type: 'PostCharge',
    on: '2026-05-02',
    visit: 'v1',
    line: 'l1',
    code: '99213',
    amount: 12_500,
  } as const
  await book.execute(ROE, charge)
  return book
}

const hitsOf = (answer: Awaited<ReturnType<Book['execute']>>) => {
  if (answer.ok) throw new Error('accepted')
  return answer.hits.map(({ rule, reason }) => `${rule}: ${reason}`)
}

describe('the command line', () => {
  it('facade-15 shows the warnings of a command that was done', async () => {
    const commands = write(
      folder,
      'review.json',
      JSON.stringify([
        { type: 'OpenAccount', account: ROE, accountId: ROE, on: '2026-05-01', guarantor: { name: 'Jo Roe' } },
        { account: ROE, type: 'PostCharge', on: '2026-05-02', visit: 'v1', line: 'l1', code: '99213', amount: 12_500 },
        { account: ROE, commandId: 'review-1', type: 'ReviewForPlacement', on: '2026-11-20' },
      ]),
    )
    const ran = await cli('command', commands, '--db', 'sqlite:warned.db', '--practice', 'physicianPracticeMN')
    const reviewed = ran.stdout.slice(ran.stdout.indexOf('ReviewForPlacement'))
    expect(reviewed).toMatch(/PrePlacementReviewed\n {2}warning\n {2}WC-01/)
    const again = await cli('command', commands, '--db', 'sqlite:warned.db', '--json')
    const [, , answer] = JSON.parse(again.stdout)
    expect(answer).toMatchObject({ ok: true, repeated: true, events: ['PrePlacementReviewed'] })
    expect(answer.warnings.length).toBeGreaterThan(1)
  })

  it.each([
    ['aging', 'foo'],
    ['worklist', 'denials'],
    ['check', 'everything'],
    ['account', ROE, 'more'],
    ['rules', 'PC-02', 'PC-03'],
    ['explain', ROE, 'l1'],
  ])('facade-16 surplus words are refused: %s %s', async (...words) => {
    const ran = await cli(...words, '--db', 'sqlite:surplus.db')
    expect(ran).toMatchObject({ status: 2, stdout: '' })
    expect(ran.stderr).toMatch(/too many arguments/)
  })

  it('facade-18 explain takes a line as it calls it, by its code, or by the beginning of its id', async () => {
    const url = 'sqlite:explained.db'
    const at = `sqlite:${folder}/explained.db`
    {
      await using book = await withDebt({}, at)
      await book.execute(ROE, {
        type: 'PostCharge',
        on: '2026-05-02',
        visit: 'v1',
        line: 'l2',
        code: '73562',
        amount: 8_000,
      })
      await book.execute(ROE, {
        type: 'PostCharge',
        on: '2026-06-02',
        visit: 'v2',
        line: 'm3',
        code: '99213',
        amount: 700,
      })
    }
    const whole = (await cli('explain', ROE, '--db', url)).stdout
    const called = [...whole.matchAll(/^ {2}(\S+ of \S+): /gm)].map(([, name = '']) => name)
    expect(called).toEqual(['99213 of 2026-05-02', '73562 of 2026-05-02', '99213 of 2026-06-02'])
    for (const name of [...called, 'l1', 'm']) {
      expect(await cli('explain', ROE, '--line', name, '--db', url), name).toMatchObject({ status: 0 })
    }
    expect((await cli('explain', ROE, '--line', '73562', '--db', url)).stdout).toMatch(/net 80\.00/)
    const several = await cli('explain', ROE, '--line', '99213', '--db', url)
    expect(several).toMatchObject({ status: 2, stderr: expect.stringMatching(/l1 \(99213 of 2026-05-02\), m3/) })
    expect(await cli('explain', ROE, '--line', '11111', '--db', url)).toMatchObject({ status: 2 })
  })
})

describe('the worklist', () => {
  it('facade-19 a candidate for placement shows the real blocker first, and what nobody knows in one line', async () => {
    await using book = await withDebt()
    const soon = { type: 'PostCharge', on: '2026-05-02', visit: 'v1', line: 'l2', code: '73562', amount: 800 } as const
    await book.execute(ROE, soon)
    const { items } = await book.worklist({ queue: 'placementCandidates' })
    const [, ...reasons] = items[0]?.reasons ?? []
    expect(reasons.filter((reason) => reason.startsWith('not known: '))).toHaveLength(1)
    expect(reasons.filter((reason) => / is unknown /.test(reason))).toEqual([])
    const known = reasons.findIndex((reason) => reason.startsWith('not known: '))
    expect(reasons.slice(known + 1).every((reason) => /approval/.test(reason))).toBe(true)
    await book.execute(ROE, { type: 'ReviewForPlacement', on: '2026-11-20' })
  })

  it('facade-20 an appeal whose day has passed says so and offers what is left', async () => {
    await using book = await openTestBook()
    const denied = remittanceText({ adjustments: ['CAS*CO*50*100.00'] })
    await book.importContent(denied, { openMissing: true })
    const on = async (asOf: string) => (await book.worklist({ queue: 'denials', asOf })).items[0]
    const before = await on('2026-11-21')
    expect(before?.nextAction).toMatch(/appeal/)
    const after = await on('2028-01-01')
    expect(after?.daysLate).toBeGreaterThan(100)
    expect(after?.nextAction).toMatch(/^the day to appeal passed on \d{4}-\d{2}-\d{2}: ask the payer to reopen it/)
  })

  it('facade-21 what is held off the patient names its rule', async () => {
    await using book = await openTestBook()
    const qmb = remittanceText({ adjustments: ['CAS*CO*45*80.00', 'CAS*PR*2*20.00', 'LQ*HE*N782'] })
    await book.importContent(qmb.replaceAll('*20.00*12*PCN1', '*20.00*MB*PCN1'), { openMissing: true })
    const { items } = await book.worklist({ queue: 'heldResponsibility' })
    expect(items).toMatchObject([{ amount: 2_000, blockedBy: ['AR-05'] }])
    expect(items[0]?.reasons).toContainEqual(expect.stringMatching(/^AR-05: No Medicare cost share/))
  })

  it('facade-22 one credit is one item', async () => {
    await using book = await withDebt()
    await book.execute(ROE, { type: 'PostPayment', on: '2026-06-10', amount: 20_000, tender: 'check' })
    const { items } = await book.worklist()
    expect(items.filter(({ account }) => account === ROE)).toMatchObject([{ queue: 'credits', amount: 7_500 }])
  })

  it('facade-25 says whose each item is, by name', async () => {
    await using book = await withDebt()
    await book.importContent(remittanceText({ paid: '999.00' }))
    const { items } = await book.worklist()
    expect(items.map(({ whose }) => whose).toSorted()).toEqual([
      ...items.filter(({ account }) => account === ROE).map(() => 'Jo Roe'),
      'SAMPLE HEALTH PLAN TRACE0001',
    ])
  })
})

describe('what a refusal says', () => {
  it('facade-23 a credit that is spoken for has nothing left to refund', async () => {
    await using book = await withDebt()
    const paid = await book.execute(ROE, { type: 'PostPayment', on: '2026-06-10', amount: 20_000, tender: 'check' })
    const credit = paid.ok && !paid.nothingToDo ? (paid.ids.credit ?? '') : ''
    const refund = {
      type: 'ApproveRefund',
      on: '2026-06-11',
      credit,
      payee: 'guarantor',
      method: 'check',
      reason: 'overpaid',
    } as const
    expect(await book.execute(ROE, refund, { actor: mia })).toMatchObject({ ok: true })
    const [hit] = hitsOf(await book.execute(ROE, refund, { actor: mia }))
    expect(hit).toBe(
      'credits.beyondCredit: nothing of it is left to refund: all of it is spoken for by refunds on their way',
    )
  })

  it('facade-23 of an account that is placed only that is said, and approval is that of one of those who may', async () => {
    await using book = await withDebt()
    const place = { type: 'PlaceAccount', on: '2026-11-20', agency: 'acme', kind: 'primary' } as const
    const roles = hitsOf(await book.execute(ROE, place)).find((hit) => hit.includes('approval'))
    expect(roles).toMatch(/needs the approval of one of rep, senior, supervisor/)
    const nothing = await openTestBook()
    await nothing.open({ account: ROE, guarantor: { name: 'Jo Roe' }, on: '2026-05-01' })
    expect(hitsOf(await nothing.execute(ROE, place))).toEqual([
      'placement.nothing: the patient owes nothing to be placed',
    ])
    await nothing.close()
  })
})

describe('the aging report', () => {
  it('facade-25 calls payers and coverages by name, and leaves out rows in which nothing stands', async () => {
    const at = `sqlite:${folder}/aged.db`
    {
      await using book = await openTestBook(at)
      await book.importContent(remittanceText({ adjustments: ['CAS*CO*50*100.00'] }), { openMissing: true })
      const { rows } = await book.aging({ by: 'coverage' })
      expect(rows.filter(({ net }) => net > 0)).toMatchObject([
        { party: 'insurance', label: 'SAMPLE HEALTH PLAN, JO ROE' },
      ])
    }
    await using book = await openTestBook(at)
    await book.open({ account: ROE, guarantor: { name: 'Jo Roe' }, on: '2026-11-01' })
    await book.execute(ROE, {
      type: 'PostCharge',
      on: '2026-11-02',
      visit: 'v1',
      line: 'l1',
      code: '99213',
      amount: 500,
    })
    for (const by of ['payer', 'coverage']) {
      const { stdout } = await cli('aging', '--by', by, '--db', 'sqlite:aged.db')
      expect(stdout).toMatch(/^Insurance +SAMPLE HEALTH PLAN/m)
      expect(stdout).toMatch(/^Patient +5\.00/m)
      expect(stdout).not.toMatch(/not known|[0-9a-f]{8}-[0-9a-f]{4}-/)
      expect(stdout).not.toMatch(/^(Insurance|Patient).*( 0\.00)+ +0\.00$/m)
    }
  })
})
