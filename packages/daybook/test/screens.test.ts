import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Day } from '@daybook/core/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decideRule, describeRules } from '../src/book/rules.ts'
import { helpText } from '../src/cli/help.ts'
import { accountLines } from '../src/cli/text/account.ts'
import { accountsLines } from '../src/cli/text/accounts.ts'
import { agingLines } from '../src/cli/text/aging.ts'
import { cashLines } from '../src/cli/text/cash.ts'
import { checkLines } from '../src/cli/text/check.ts'
import { type Answer, answerLines } from '../src/cli/text/command.ts'
import { controlAccountsLines } from '../src/cli/text/controls.ts'
import { dayLines } from '../src/cli/text/day.ts'
import { explanationLines } from '../src/cli/text/explain.ts'
import { historyLines } from '../src/cli/text/history.ts'
import { importLines } from '../src/cli/text/import.ts'
import { hitLines, refusalLines, remittanceLines } from '../src/cli/text/remittance.ts'
import { catalogueLines, decisionLines } from '../src/cli/text/rules.ts'
import { worklistLines } from '../src/cli/text/worklist.ts'
import type { Book, ImportReport } from '../src/index.ts'
import { openTestBook } from './support/folder.ts'

// The desk's day on the command line, screen by screen, as a person reads it: files to be read in a review. `vitest -u`
// writes them again. The book has a secret of its own, so that the ids of what an import opens are the same every time.

const practice = join(import.meta.dirname, '..', '..', '..', 'examples', 'practice')
const ZONE = 'America/Chicago'
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/

const screen = (lines: readonly string[], name: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours, where a terminal runs the tests
  expect(`${lines.join('\n').replace(/\u001b\[\d+m/g, '')}\n`).toMatchFileSnapshot(join('screens', `${name}.txt`))

describe('the screens of the command line', () => {
  let book: Book
  let report: ImportReport
  let account: string
  beforeAll(async () => {
    book = await openTestBook('memory:', { secret: new Uint8Array(32).fill(7) })
    const files = readdirSync(practice)
      .filter((name) => /\.8\d\d$/.test(name))
      .sort()
    const { files: read, totals } = await book.importPaths(
      files.map((name) => join(practice, name)),
      { openMissing: true },
    )
    report = { files: read.map((file) => ({ ...file, path: file.path.slice(practice.length + 1) })), totals }
    const { items } = await book.worklist({ queue: 'selfPay', limit: 1 })
    account = items[0]?.account ?? ''
    const given = [
      { type: 'PostPayment', on: '2026-11-10', amount: 1_000, tender: 'check', payment: 'p1', externalRef: '1042' },
      { type: 'ConfirmGuarantor', on: '2026-11-11', name: 'Jo Dummy', born: '1980-02-01', reason: 'came to the desk' },
      {
        type: 'ProposePlan',
        on: '2026-11-12',
        divide: { instalments: 2 },
        firstDue: '2026-12-01',
        writtenAgreement: false,
        plan: 'n1',
      },
      { type: 'AcceptPlan', on: '2026-11-13', plan: 'n1' },
    ] as const
    for (const command of given) expect(await book.execute(account, command)).toMatchObject({ ok: true })
  })
  afterAll(() => book.close())

  it('help', () => screen(helpText().split('\n').slice(0, -1), 'help'))

  it('import', () => screen(importLines(report), 'import'))

  it('aging, as a whole and by payer', async () => {
    const at = { knownAt: '2026-11-21T15:14:00.000Z' }
    await screen(agingLines({ ...(await book.aging({ accounts: true })), ...at }, ZONE), 'aging')
    await screen(agingLines({ ...(await book.aging({ by: 'payer', accounts: true })), ...at }, ZONE), 'aging-by-payer')
  })

  it('control accounts, and cash', async () => {
    const at = { knownAt: '2026-11-21T15:14:00.000Z' }
    const controls = await book.controlAccounts()
    await screen(controlAccountsLines({ ...controls, ...at }, ZONE, 'largest'), 'accounts-control')
    await screen(cashLines({ ...(await book.cash({ from: '2026-10-01', to: '2026-11-21' })), ...at }, ZONE), 'cash')
  })

  it("cash, held against the bank's statement", async () => {
    const { days } = await book.cash({ from: '2026-10-01', to: '2026-11-21' })
    const payers = days.flatMap(({ entries }) => entries.flatMap((entry) => (entry.kind === 'payer' ? [entry] : [])))
    const lines = [
      ['2026-10-06', 'E202610050025', 106_082, 0],
      ['2026-10-06', 'DEPOSIT 0231', 28_800, 1],
      ['2026-10-06', 'M202610050021', 171_399, 2],
    ] as const
    for (const [on, reference, amount, at] of lines) {
      const named =
        at === 1 ? payers.filter(({ payer }) => payer.startsWith('R')).slice(0, 1) : payers.slice(at, at + 1)
      const parts = named.map(({ remittance }) => ({ kind: 'remittance' as const, remittance }))
      expect(await book.deposit({ type: 'RecordDeposit', on, reference, amount, parts })).toMatchObject({ ok: true })
    }
    const own = { kind: 'payment', account, payment: 'p1' } as const
    const slip = { type: 'RecordDeposit', on: '2026-11-12', reference: 'SLIP 44', amount: 985, parts: [own] } as const
    const recorded = await book.deposit({ ...slip, parts: [own] })
    const deposit = recorded.ok ? recorded.deposit : ''
    const fee = {
      type: 'ExplainDeposit',
      on: '2026-11-12',
      deposit,
      difference: -15,
      reason: 'fee of the bank',
    } as const
    expect(await book.deposit(fee)).toMatchObject({ ok: true })
    const report = {
      ...(await book.cash({ from: '2026-10-01', to: '2026-11-21' })),
      knownAt: '2026-11-21T15:14:00.000Z',
    }
    const shown = cashLines(report, ZONE)
    for (const line of shown) expect(line).not.toMatch(uuid)
    await screen(shown, 'cash-bank')
  })

  it('worklist: no id stands where a person needs a name', async () => {
    const lines = worklistLines(await book.worklist(), 20)
    expect(lines.filter((line) => /^ *\d+ {2}(account|remittance) /.test(line))).toEqual([])
    expect(lines.filter((line) => uuid.test(line))).toEqual([])
    await screen(lines, 'worklist')
  })

  it('accounts', async () => {
    const list = await book.accounts({ limit: 12 })
    await screen(accountsLines(list, ''), 'accounts')
  })

  it('a day, and what it brought', async () => {
    await screen(dayLines(await book.day({ dryRun: true })), 'day')
  })

  it('account, history and explain', async () => {
    await screen(accountLines(await book.account(account)), 'account')
    // Where in the log an event stands depends on what was imported beside it.
    const history = historyLines(await book.history(account), ZONE)
    await screen(
      history.map((line) => line.replace(/^@\d+ */, '@ ')),
      'history',
    )
    await screen(explanationLines(await book.explain(account)), 'explain')
  })

  it('release of what is held, and a refusal', async () => {
    const { items } = await book.remittances({ standing: 'held' })
    const whole = items.find(({ standing }) => standing === 'held')?.remittance ?? ''
    const released = await book.release(whole, { reason: 'looked at', account: 'nowhere' })
    if (released.ok) throw new Error('released')
    await screen(refusalLines(released, ZONE), 'release-refused')
    const done = await book.reject(whole, { reason: 'the payer sends another' })
    if (!done.ok) throw new Error('refused')
    await screen(remittanceLines(done), 'reject')
    const nothing = await book.refund(whole, { method: 'check', reason: 'paid in error' })
    if (nothing.ok) throw new Error('refunded')
    await screen(refusalLines(nothing, ZONE), 'refund-refused')
    const refused = await book.execute(account, {
      type: 'PlaceAccount',
      on: '2026-11-20',
      agency: 'acme',
      kind: 'primary',
    })
    if (refused.ok) throw new Error('placed')
    await screen(hitLines(refused, ZONE), 'command-refused')
  })

  it('commands: done, given before, refused, and none at all', async () => {
    const given = { file: 'desk.json', number: 1, account: 'a1', type: 'PostPayment' }
    const payment = { type: 'PostPayment', on: '2026-11-20', amount: 500, tender: 'check', payment: 'p9' } as const
    const done = await book.execute(account, payment, { commandId: 'screen-1' })
    const again = await book.execute(account, payment, { commandId: 'screen-1' })
    const refused = await book.execute(account, {
      type: 'WriteOff',
      on: '2026-11-20',
      visit: 'v-unknown',
      party: 'patient',
      category: 'courtesy',
      approval: { by: 'dora', roles: ['director'] },
      reason: 'asked',
    })
    const error = {
      ok: false,
      error: 'InvalidCommand',
      message: '',
      issues: [{ path: 'amount', message: 'is no amount of cents' }],
    } as const
    const answers = [done, again, refused, error].map((answer, at) => ({
      ...given,
      number: at + 1,
      ...(answer === refused ? { type: 'WriteOff' } : {}),
      ...answer,
    }))
    const lines = answers.flatMap((answer) => answerLines(answer as Answer, ZONE))
    await screen(
      lines.map((line) => line.replace(/@\d+/, '@')),
      'command',
    )
  })

  it('rules, one of them, and what it decides', async () => {
    await screen(catalogueLines(describeRules('PC-02')), 'rules')
    const facts = { 'billing.firstBillOn': '2026-08-01' }
    const { policy } = await book.policy()
    const at = { today: '2026-11-21' as Day, policy: { version: 1, policy } }
    await screen(decisionLines(decideRule('PC-02', facts, at), ZONE), 'rules-decided')
  })

  it('check: nothing when all is well, and what is wrong', async () => {
    expect(checkLines(await book.check())).toEqual([])
    const findings = [{ check: 'trialBalance', message: 'the books are 1.00 out of balance over all streams' }] as const
    await screen(checkLines({ findings: [...findings], head: '@1:00' }, { head: true }), 'check')
  })
})
