import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { commandLineIn } from './support/command-line.ts'
import { testFolder, write } from './support/folder.ts'
import { remittanceText } from './support/remittance-text.ts'

const folder = testFolder()
const daybook = commandLineIn(folder)

const cents = z.int()
const transaction = z.object({
  kind: z.string(),
  trace: z.string().nullable(),
  payer: z.string().nullable(),
  paymentAmount: cents.nullable(),
  claims: z.int(),
  lines: z.int(),
  reversals: z.int(),
  charged: cents,
  paid: cents,
  providerAdjustments: cents,
  outcome: z.enum(['posted', 'partial', 'held', 'duplicate', 'rejected', 'skipped']),
  heldClaims: z.int(),
  heldAmount: cents,
  differences: z.array(
    z.object({ level: z.enum(['transaction', 'claim', 'line']), reference: z.string(), amount: cents }),
  ),
  problems: z.array(z.object({ code: z.string(), message: z.string(), segment: z.int().nullable() })),
})
const importReport = z.object({
  files: z.array(z.object({ path: z.string(), kind: z.string(), transactions: z.array(transaction) })),
  totals: z.object({ files: z.int() }),
})
const controlsReport = z.object({
  asOf: z.string(),
  accounts: z.array(
    z.object({
      account: z.string(),
      balance: z.int(),
      side: z.enum(['debit', 'credit']),
      explanation: z.array(z.object({ kind: z.string(), amount: z.int(), since: z.string(), says: z.string() })),
    }),
  ),
  outOfBalance: z.int(),
})
const agingReport = z.object({
  asOf: z.iso.date(),
  knownAt: z.iso.datetime(),
  knownAtPosition: z.int(),
  basis: z.string(),
  buckets: z.array(
    z.object({ name: z.string(), from: z.int().nullable(), to: z.int().nullable(), amount: cents, accounts: z.int() }),
  ),
  credits: cents,
  unapplied: cents,
  net: cents,
})
const worklistReport = z.object({
  asOf: z.iso.date(),
  items: z.array(
    z.object({
      account: z.string().nullable(),
      queue: z.string(),
      priority: z.number(),
      score: z.array(z.unknown()),
      reasons: z.array(z.string()).min(1),
      nextAction: z.string(),
      allowed: z.boolean(),
      blockedBy: z.array(z.string()),
      due: z.iso.date().nullable(),
    }),
  ),
})

describe('the command line', () => {
  it('imports, reports, explains and checks: the JSON contracts of the design', async () => {
    const file = write(folder, 'day.835', remittanceText())
    const imported = await daybook('import', file, '--open-missing', '--json', '--actor', 'anna')
    expect(imported).toMatchObject({ status: 0 })
    expect(imported.stderr).toContain('physicianPracticeMN')
    const { files } = importReport.parse(JSON.parse(imported.stdout))
    expect(files[0]?.transactions[0]).toMatchObject({ outcome: 'posted', paid: 15_000 })

    const aging = agingReport.parse(JSON.parse((await daybook('aging', '--as-of', '2026-11-21', '--json')).stdout))
    expect(aging.net).toBe(aging.buckets.reduce((sum, { amount }) => sum + amount, aging.credits + aging.unapplied))
    worklistReport.parse(JSON.parse((await daybook('worklist', '--json')).stdout))
    expect(JSON.parse((await daybook('cash', '--from', '2026-01-01', '--json')).stdout)).toMatchObject({
      opening: 0,
      received: 15_000,
      closing: 15_000,
    })
    const controls = await daybook('accounts-control', '--as-of', '2026-11-21', '--json')
    expect(controls.status).toBe(0)
    const { accounts, outOfBalance } = controlsReport.parse(JSON.parse(controls.stdout))
    expect(outOfBalance).toBe(0)
    expect(accounts.find(({ account }) => account === 'cash')).toMatchObject({ balance: 15_000, side: 'debit' })
    const one = await daybook('accounts-control', '--account', 'cash')
    expect(one.stdout).toContain('remittance opened')
    expect(one.stdout).not.toContain('revenue')

    expect(await daybook('check')).toEqual({ status: 0, stdout: '', stderr: '' })
    const head = (await daybook('check', '--head')).stdout.trim()
    expect(head).toMatch(/^@[1-9][0-9]*:[0-9a-f]{64}$/)
    expect(JSON.parse((await daybook('check', '--json')).stdout)).toMatchObject({ findings: [], head })
    expect(await daybook('check', '--expect-head', head)).toEqual({ status: 0, stdout: '', stderr: '' })
    const another = await daybook('check', '--head', '--expect-head', `${head.slice(0, -64)}${'0'.repeat(64)}`)
    expect(another).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^head: up to @\d+ the book is not .*\n$/),
    })
    const lost = await daybook('check', '--expect-head', `@99999:${'0'.repeat(64)}`)
    expect(lost).toMatchObject({ status: 1, stdout: expect.stringContaining('events were lost') })
    expect(await daybook('check', '--expect-head', 'yesterday')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--expect-head: yesterday is no head of a book'),
    })
  })

  it('gives commands from a file: receipts, and rejections with all hits', async () => {
    const account = '0197ab12-0000-7000-8000-000000000001'
    const db = 'sqlite:commands.db'
    const commands = [
      { account, type: 'OpenAccount', on: '2026-11-01', guarantor: { name: 'Jo Roe' } },
      {
        account,
        commandId: 'c1',
        type: 'PostCharge',
        on: '2026-11-02',
        visit: 'v1',
        line: 'l1',
        code: '99213',
        amount: 12_500,
      },
      {
        account,
        commandId: 'c1',
        type: 'PostCharge',
        on: '2026-11-02',
        visit: 'v1',
        line: 'l1',
        code: '99213',
        amount: 12_500,
      },
      { account, type: 'WriteOff', on: '2026-11-20', visit: 'v1', party: 'patient', category: 'courtesy', reason: 'x' },
      { account, type: 'PostCharge', amount: 1.5 },
      { account, type: 'ConfirmGuarantor', on: '2026-11-20', name: 'Jo \u001b[31mRoe', reason: 'called' },
    ]
    const file = write(folder, 'commands.json', JSON.stringify(commands))
    const given = await daybook('command', file, '--db', db, '--json', '--practice', 'physicianPracticeMN')
    expect(given.status).toBe(1)
    const answers = z.array(z.looseObject({ ok: z.boolean() })).parse(JSON.parse(given.stdout))
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, false, false, false])
    expect(answers[2]).toMatchObject({ repeated: true })
    expect(answers[3]).toMatchObject({ hits: [{ rule: 'WO-01', citation: expect.any(String) }] })
    expect(answers[4]).toMatchObject({ error: 'InvalidCommand' })
    // A name that could steer a terminal is taken from nobody who types it.
    expect(answers[5]).toMatchObject({ issues: [{ path: 'name', message: 'has control characters' }] })
    const page = await daybook('account', account.slice(0, 13), '--db', db)
    expect(page.stdout).toContain('Jo Roe')
    const { net, lines } = JSON.parse((await daybook('explain', account, '--db', db, '--json')).stdout)
    expect({ net, lines: lines.length }).toEqual({ net: 12_500, lines: 1 })
  })

  it('takes a wrong flag, command, day or book as bad usage, and says what may have been meant', async () => {
    for (const [args, says] of [
      [['agin'], 'Did you mean aging?'],
      [['aging', '--as-off', '2026-11-21'], 'Did you mean --as-of?'],
      [['aging', '--db', 'sqlite:nowhere.db'], 'there is no book at sqlite:nowhere.db'],
      [['import'], 'missing required argument'],
      [['import', 'x', '--db', 'sqlite:new.db', '--practice', 'none'], 'choose one of physicianPracticeMN'],
    ] as const) {
      const { status, stdout, stderr } = await daybook(...args)
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
      expect(stderr).toContain(says)
    }
  })

  it('ends with 1 when a file could not be read, and says what to do', async () => {
    const { status, stdout } = await daybook(
      'import',
      'missing.835',
      write(folder, 'broken.835', 'ISA*00'),
      '--db',
      'memory:',
    )
    expect(status).toBe(1)
    expect(stdout).toContain('missing.835: there is no such file   → Check the path.')
    expect(stdout).toMatch(/broken\.835.*→/)
  })

  it('decides by a rule of the catalogue: PC-02, 180 days after the first bill of a New York hospital', async () => {
    const facts = {
      'practice.state': 'NY',
      'practice.entityType': 'hospital_501c3',
      'billing.firstBillOn': '2026-02-01',
    }
    const { stdout } = await daybook(
      'rules',
      'PC-02',
      '--facts',
      JSON.stringify(facts),
      '--as-of',
      '2026-06-01',
      '--json',
    )
    expect(JSON.parse(stdout)).toMatchObject({ rule: 'PC-02', decision: 'block', earliest: '2026-07-31' })
  })
})
