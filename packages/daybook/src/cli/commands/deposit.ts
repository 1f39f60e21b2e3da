import type { DepositCommandInput } from '@daybook/core/deposit'
import { shown } from '@daybook/core/kernel'
import type { Book } from '../../book/book.ts'
import { signedCents } from '../held-claim.ts'
import { type SharedOptions, UsageError } from '../options.ts'
import { jsonText, say } from '../terminal.ts'
import { outcomeLines } from '../text/command.ts'
import { idFor, withBook } from '../with-book.ts'

interface Options extends SharedOptions {
  readonly amount: string
  readonly on?: string
  readonly batch?: readonly string[]
  readonly remittance?: readonly string[]
  readonly payment?: readonly string[]
  readonly takenBack?: readonly string[]
  readonly refund?: readonly string[]
  readonly withhold?: readonly string[]
  readonly payerWithhold?: readonly string[]
  readonly explain?: string
  readonly withdraw?: boolean
  readonly reason?: string
}

type Recorded = Extract<DepositCommandInput, { readonly type: 'RecordDeposit' }>
type Part = Recorded['parts'][number]

/** `ACCOUNT/PAYMENT`: the account by its id or the beginning of it, and what the account calls the rest. */
const ofAccount = async (book: Book, text: string): Promise<readonly [account: string, id: string]> => {
  const [account = '', ...id] = text.split('/')
  if (id.join('/') === '') throw new UsageError(`name an account and what of it, ACCOUNT/ID, not ${shown(text)}`)
  return [await idFor(book, 'account', account), id.join('/')]
}

const partsOf = async (book: Book, options: Options): Promise<readonly Part[]> => {
  const { batch = [], remittance = [], payment = [], takenBack = [], refund = [], withhold = [] } = options
  const parts: Part[] = batch.map((name) => ({ kind: 'batch', batch: name }))
  for (const id of remittance) parts.push({ kind: 'remittance', remittance: await idFor(book, 'remittance', id) })
  for (const [kind, given] of [
    ['payment', payment],
    ['reversal', takenBack],
  ] as const) {
    for (const text of given) {
      const [account, id] = await ofAccount(book, text)
      parts.push({ kind, account, payment: id })
    }
  }
  for (const text of refund) {
    const [account, id] = await ofAccount(book, text)
    parts.push({ kind: 'refund', account, refund: id })
  }
  for (const text of withhold) {
    const [account, id] = await ofAccount(book, text)
    parts.push({ kind: 'withhold', account, withhold: id })
  }
  for (const text of options.payerWithhold ?? []) {
    const [, id = '', number = ''] = /^(.+)\/([1-9]\d{0,5})$/.exec(text) ?? []
    if (id === '') throw new UsageError(`name an advice and the number there, REMITTANCE/N, not ${shown(text)}`)
    const remittance = await idFor(book, 'remittance', id)
    parts.push({ kind: 'payerWithhold', remittance, settlement: Number(number) })
  }
  return parts
}

const PARTS = ['batch', 'remittance', 'payment', 'takenBack', 'refund', 'withhold', 'payerWithhold'] as const

/** The line on record that day, reference and amount name. */
const lineFor = async (book: Book, on: string, reference: string, amount: number): Promise<string> => {
  const { bank } = await book.cash({ from: on, to: on })
  const found = bank.lines.filter((line) => line.day === on && line.reference === reference && line.amount === amount)
  const [only, another] = found
  if (only && !another) return only.deposit
  if (!only) throw new UsageError(`no line ${shown(reference)} of ${on} with this amount is on record: cash shows them`)
  throw new UsageError('several lines agree in day, reference and amount: give the command with the id of one')
}

const commandOf = async (book: Book, reference: string, options: Options): Promise<DepositCommandInput> => {
  const { explain, withdraw, reason } = options
  const on = options.on ?? (await book.today())
  const amount = signedCents('amount', options.amount)
  const isOfOld = explain !== undefined || withdraw === true
  if (!isOfOld) {
    if (reason !== undefined) throw new UsageError('--reason goes with --explain or --withdraw')
    return { type: 'RecordDeposit', on, reference, amount, parts: [...(await partsOf(book, options))] }
  }
  if (explain !== undefined && withdraw) throw new UsageError('a line is explained or withdrawn, not both')
  if (reason === undefined) throw new UsageError('say why: --reason')
  const stray = PARTS.find((name) => options[name] !== undefined)
  if (stray !== undefined) throw new UsageError('what is in a line is said when it is recorded: withdraw it first')
  const deposit = await lineFor(book, on, reference, amount)
  return explain === undefined
    ? { type: 'WithdrawDeposit', on: await book.today(), deposit, reason }
    : { type: 'ExplainDeposit', on: await book.today(), deposit, difference: signedCents('explain', explain), reason }
}

/** `daybook deposit REFERENCE` */
export const run = async ([reference = '']: readonly string[], options: Options): Promise<number> =>
  await withBook(options, 'reads', async (book) => {
    const command = await commandOf(book, reference, options)
    const answer = await book.deposit(command)
    const { timeZone } = (await book.policy()).policy.practice
    const lines = outcomeLines(`${command.type} ${shown(reference)}`, answer, timeZone)
    for (const line of options.json ? [jsonText(answer)] : lines) say(line)
    return answer.ok ? 0 : 1
  })
