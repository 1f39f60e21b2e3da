// A day at the desk, from an empty book: `npm start`. Imports the files of a practice that nobody real belongs to, and
// shows what came of them: what was posted and what is held, the aging, the worklist, one account down to its events,
// the statement that its guarantor would be sent, and a call that may not be made.
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { formatCents } from '@daybook/core/kernel'
import { type Book, type FileReport, openDaybook, presets } from 'daybook'
import { agingLines } from '../packages/daybook/src/cli/text/aging.ts'
import { explanationLines } from '../packages/daybook/src/cli/text/explain.ts'
import { historyLines } from '../packages/daybook/src/cli/text/history.ts'
import { importLines } from '../packages/daybook/src/cli/text/import.ts'
import { mayLines } from '../packages/daybook/src/cli/text/may.ts'
import { statementLines } from '../packages/daybook/src/cli/text/statement.ts'
import { worklistLines } from '../packages/daybook/src/cli/text/worklist.ts'
import { totalsOf } from '../packages/daybook/src/import/report.ts'
import { DeskFile } from './desk.ts'
import { root } from './tool.ts'

const WORK_SHOWN = 6

/** The book's clock is set, and its secret is given, so that every run shows the same book. */
let now = new Date('2026-11-21T15:14:00.000Z')
const clock = (): Date => now
const today = now
const secret = new Uint8Array(32).fill(7)

/** Who the practice is to the people it writes to. Nobody is: the numbers are those that are kept for stories. */
const clinic = {
  name: 'Sample Clinic',
  address: ['1 Example Street', 'Duluth, MN 55802'],
  phone: '218-555-0100',
  website: '',
  answers: 'billing office, Monday to Friday 8 to 5',
  waysToPay: ['By check to the address above', 'By telephone'],
  assistancePhone: '',
  assistanceUrl: '',
  taglines: [],
}
const PAGE_SHOWN = 40

const show = (lines: readonly string[]): void => console.log(`\n${lines.join('\n')}`)

/** The account with the most to tell of those with no more than a page of events: payers, patient, several parts. */
const tellingAccount = async (book: Book, accounts: readonly string[]): Promise<string | undefined> => {
  let best: { readonly account: string; readonly parts: number } | undefined
  for (const account of accounts) {
    const explanation = await book.explain(account)
    if (explanation.beforeTheBooks) continue
    const { lines } = explanation
    const owed = lines.filter(({ balance }) => balance !== 0)
    const parts = new Set(
      owed.flatMap(({ parties }) => parties.flatMap((party) => party.parts.map(({ kind }) => kind))),
    )
    if (lines.length <= 3 && parts.size > (best?.parts ?? 0)) best = { account, parts: parts.size }
  }
  return best?.account
}

const path = join(mkdtempSync(join(tmpdir(), 'daybook-')), 'demo.db')
await using book = await openDaybook(`sqlite:${path}`, {
  practice: { ...presets.physicianPracticeMN, name: 'sampleClinic', profile: clinic },
  actor: 'demo',
  clock,
  secret,
})
const { policy } = await book.policy()
const { timeZone } = policy.practice

// Each file arrives on the day that its name says: what we knew when is then half the story.
const folder = join(root, 'examples', 'practice')
const files: FileReport[] = []
let importing = 0
const desk = new DeskFile(join(folder, 'desk.jsonl'))
const setClock = (at: Date): void => {
  now = at
}
for (const name of readdirSync(folder).sort()) {
  const [day] = /^\d{4}-\d{2}-\d{2}(?=.*\.83[57]$)/.exec(name) ?? []
  if (day === undefined) continue
  const arrives = new Date(`${day}T15:14:00.000Z`)
  await desk.until(book, arrives, setClock)
  now = arrives
  const began = performance.now()
  files.push(await book.importFile(relative(process.cwd(), join(folder, name))))
  importing += performance.now() - began
}
await desk.until(book, today, setClock)
now = today
const report = { files, totals: totalsOf(files) }
show(importLines(report, importing / 1_000))
const { steps, refused } = desk.report
const words = [...refused].sort(([, a], [, b]) => b - a).map(([rule, count]) => `${rule} ${count}`)
show([
  `The desk beside the files: ${steps} steps, ${[...refused.values()].reduce((sum, n) => sum + n, 0)} refused`,
  `  ${words.join(', ')}`,
])
show(agingLines(await book.aging(), timeZone))
show(worklistLines(await book.worklist(), WORK_SHOWN))

const accounts = new Set(
  report.files.flatMap(({ transactions }) => transactions.flatMap((one) => (one.kind === '835' ? one.accounts : []))),
)
const account = await tellingAccount(book, [...accounts])
if (account !== undefined) {
  show(historyLines(await book.history(account), timeZone))
  show(explanationLines(await book.explain(account)))
}

/** What would be sent to the guarantor today, and whether they may be called late in the evening. */
const talkWith = async (account: string): Promise<void> => {
  const statement = await book.statement({ account })
  show(['What would be sent to the guarantor today', ...statementLines(statement, timeZone)])
  const page = statement.text.trimEnd().split('\n')
  show([...page.slice(0, PAGE_SHOWN), ...(page.length > PAGE_SHOWN ? ['…'] : [])])
  show(mayLines(await book.may({ account, by: 'call', at: '2026-11-22T03:05:00.000Z' }), timeZone))
}
if (account !== undefined) await talkWith(account)

const { findings, events, streams } = await book.check()
const unseen = findings.filter(({ check }) => check === 'watched').reduce((sum, { amount = 0 }) => sum + amount, 0)
show([`Out of sight, on no list and without a dated reason why not: ${formatCents(unseen)}`])
show([
  findings.length === 0
    ? `Checked ${events.toLocaleString('en-US')} events of ${streams.toLocaleString('en-US')} streams: the books balance.`
    : findings.map(({ check, message }) => `check ${check}: ${message}`).join('\n'),
  '',
  `The book is ${path}. Its key is not beside it, so it takes no more files; ask it what you like:`,
  `  npm run -s daybook -- worklist --db sqlite:${path}`,
])
if (report.totals.errors > 0) process.exitCode = 1
