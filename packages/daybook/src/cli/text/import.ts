import { formatCents } from '@daybook/core/kernel'
import { kindsOf } from '../../import/findings.ts'
import type { FileReport, ImportProblem, ImportReport, TransactionReport } from '../../import/report.ts'
import { tableLines } from '../table.ts'
import { clean, paint } from '../terminal.ts'
import { counted } from './words.ts'

/** Lines of one kind that are shown; the rest is counted. */
const SHOWN = 10

const sum = <T>(items: readonly T[], amount: (item: T) => number): number =>
  items.reduce((total, item) => total + amount(item), 0)

const places = ['posted', 'held', 'duplicate', 'rejected', 'skipped'] as const

/** The money of the kinds that are read, in words. */
const moneyIn: Readonly<Record<string, (all: readonly TransactionReport[]) => string>> = {
  '835': (all) => `paid ${formatCents(sum(all, (one) => one.paid))}`,
  '837': (all) => `charged ${formatCents(sum(all, (one) => one.charged))}`,
}

/** One row a kind: how many claims, how much money, and where they went. Zeros are left out but for `posted`. */
const kindRows = (files: readonly FileReport[]): readonly (readonly string[])[] => {
  const kinds = [...new Set(files.flatMap(({ transactions }) => transactions.map(({ kind }) => kind)))].sort()
  return kinds.map((kind) => {
    const inFiles = files.filter(({ transactions }) => transactions.some((one) => one.kind === kind))
    const all = inFiles.flatMap(({ transactions }) => transactions).filter((one) => one.kind === kind)
    const inKind = [kind, counted(inFiles.length, 'file')]
    const money = moneyIn[kind]
    if (!money) return [...inKind, '', counted(all.length, 'transaction'), 'not read']
    const went = places
      .map((place) => ({ place, claims: sum(all, (one) => one.split.claims[place]) }))
      .filter(({ place, claims }) => claims > 0 || place === 'posted')
      .map(({ place, claims }) => `${place} ${claims.toLocaleString('en-US')}`)
    return [
      ...inKind,
      counted(
        sum(all, (one) => one.claims),
        'claim',
      ),
      money(all),
      went.join('   '),
    ]
  })
}

const limited = (lines: readonly string[], more: (rest: number) => string): readonly string[] =>
  lines.length <= SHOWN ? lines : [...lines.slice(0, SHOWN), more(lines.length - SHOWN)]

const reasonWords: Readonly<Record<string, string>> = {
  conflict: 'the same payment came before with other content',
  noDate: 'it names no payment date',
  tooFarAhead: 'its payment date is further ahead than policy allows: release it with the right one',
  currency: 'it is not in US dollars',
}

/** What the second advice of one payment changes: which claim, and what it pays more or less. */
const conflictWords = ({ differences }: TransactionReport): string => {
  const changed = differences.filter(({ rule }) => rule === 'conflict')
  const [first] = changed
  if (!first) return ''
  const by =
    first.amount === 0
      ? first.level === 'claim'
        ? 'has other figures'
        : 'differs'
      : `pays ${formatCents(Math.abs(first.amount))} ${first.amount > 0 ? 'more' : 'less'}`
  return changed.length === 1
    ? `: ${first.reference} ${by}`
    : `: ${changed.length} differences, ${first.reference} ${by}`
}

/** Claims whose payment can not be read: the sum lacks them. */
const unreadableWords = ({ differences }: TransactionReport): string => {
  const [first, ...others] = differences.filter(({ rule }) => rule === 'defect')
  if (!first) return ''
  return `: the payment of ${first.reference} (CLP04) can not be read${others.length > 0 ? `, nor those of ${counted(others.length, 'other claim')}` : ''}`
}

const heldWhole = (one: TransactionReport): string => {
  const off = one.differences.find(({ rule }) => rule === 'B6')?.amount ?? 0
  const claims = one.paid - one.providerAdjustments
  const why = one.reasons.map((reason) =>
    reason === 'outOfBalance'
      ? `its claims add up to ${formatCents(claims)} (${formatCents(Math.abs(off))} ${off > 0 ? 'over' : 'short'})${unreadableWords(one)}`
      : `${reasonWords[reason] ?? reason}${reason === 'conflict' ? conflictWords(one) : ''}`,
  )
  const what = `${one.payer ?? ''} trace ${one.trace ?? ''}: pays ${formatCents(one.paymentAmount ?? 0)}, ${why.join(', ')}`
  return `${clean(what)}   → daybook history ${(one.remittance ?? '').slice(0, 13)}`
}

/** Claims held alone, told together where the same thing keeps them: one line a reason. */
const heldClaims = (transactions: readonly TransactionReport[]): readonly string[] => {
  const byReason = new Map<string, { claims: number; amount: number; example: string; action: string }>()
  for (const { held } of transactions) {
    for (const { claims, amount, patientControlNumber, reasons } of held) {
      for (const { rule, reason, requiredAction } of reasons.slice(0, 1)) {
        const known = byReason.get(rule) ?? { claims: 0, amount: 0, example: '', action: requiredAction ?? '' }
        known.claims += claims.length
        known.amount += amount
        known.example ||= `${patientControlNumber}: ${reason}`
        byReason.set(rule, known)
      }
    }
  }
  return [...byReason].map(([rule, { claims, amount, example, action }]) => {
    const such = claims > 1 ? `, such as ${example}` : `, ${example}`
    return clean(
      `${counted(claims, 'claim')} ${formatCents(amount)} (${rule})${such}${action === '' ? '' : `   → ${action}`}`,
    )
  })
}

/** What checks found, told once where several claims have the same. */
const findingLines = (transactions: readonly TransactionReport[]): readonly string[] =>
  kindsOf(transactions.flatMap(({ findings }) => findings.kinds)).map(({ message, count, such: [first] }) => {
    const whose = first
      ? `${counted(count, 'claim')},${count > 1 ? ' such as' : ''} ${first.patientControlNumber}: `
      : ''
    return clean(`${whose}${message}`)
  })

const problemLine = (path: string, { message, segment, doWhat }: ImportProblem): string =>
  clean(`${path}${segment === null ? '' : `, segment ${segment}`}: ${message}   → ${doWhat}`)

const problemsOf = (files: readonly FileReport[], severity: ImportProblem['severity']): readonly string[] =>
  files.flatMap(({ path, problems, transactions }) =>
    [...problems, ...transactions.flatMap((one) => one.problems)]
      .filter((problem) => problem.severity === severity)
      .map((problem) => problemLine(path, problem)),
  )

/** What an import did, for people: what went where, what is held and why, what could not be read. */
export const importLines = ({ files, totals }: ImportReport, seconds?: number): readonly string[] => {
  const transactions = files.flatMap((file) => file.transactions)
  const whole = transactions.filter(({ outcome }) => outcome === 'held').map(heldWhole)
  const held = heldClaims(transactions)
  const errors = problemsOf(files, 'error')
  const readFindings = problemsOf(files, 'finding')
  const findings = findingLines(transactions)
  const [, ...rows] = tableLines(
    ['', '', '', '', ''].map((title, at) => ({ title, right: at === 1 || at === 2 })),
    kindRows(files),
  )
  const unread = files.filter(
    ({ transactions, problems }) => transactions.length === 0 && problems.some(({ severity }) => severity === 'error'),
  ).length
  const read = `${counted(totals.files - unread, 'file')}${unread > 0 ? ` of ${totals.files.toLocaleString('en-US')}` : ''}`
  const label = (name: string, style: 'yellow' | 'red' | 'dim') => paint(style, name.padEnd(8))
  return [
    `Imported ${read}${seconds === undefined ? '' : ` in ${seconds.toFixed(1)} s`}`,
    ...rows.map((row) => `  ${row}`),
    ...limited(whole, (rest) => `and ${rest} more   → daybook worklist --queue heldRemittances`).map(
      (line) => `  ${label('held', 'yellow')} ${line}`,
    ),
    ...limited(held, (rest) => `and ${rest} more   → daybook worklist --queue unmatchedClaims`).map(
      (line) => `  ${label('held', 'yellow')} ${line}`,
    ),
    ...limited(errors, (rest) => `and ${rest} more   → --json lists all`).map(
      (line) => `  ${label('problem', 'red')} ${line}`,
    ),
    ...limited(readFindings, (rest) => `and ${rest} more   → --json lists all`).map(
      (line) => `  ${label('finding', 'dim')} ${line}`,
    ),
    ...limited(
      findings,
      (rest) => `and ${rest} more   → --json lists them, the history of the remittance tells all`,
    ).map((line) => `  ${label('finding', 'dim')} ${line}`),
  ]
}
