import type { AccountCommandInput } from '@daybook/core/account'
import { describe, expect, it } from 'vitest'
import type { Book } from '../src/index.ts'
import { commandLineIn } from './support/command-line.ts'
import { openTestBook, testFolder, uuid, write } from './support/folder.ts'

const [mine, other] = [uuid(1), uuid(2)]
const day = '2026-11-02'
const owing = (account: string): readonly AccountCommandInput[] => [
  { type: 'OpenAccount', accountId: account, on: day, guarantor: { name: 'Jo Roe' } },
  { type: 'ConfirmGuarantor', on: day, reason: 'called' },
  { type: 'PostCharge', on: day, visit: 'v1', line: 'l1', code: '99213', amount: 12_500 },
]
const given = async (book: Book, account: string, command: AccountCommandInput): Promise<void> => {
  expect(await book.execute(account, command)).toMatchObject({ ok: true })
}
const withTwo = async (): Promise<Book> => {
  const book = await openTestBook()
  for (const account of [mine, other]) for (const command of owing(account)) await given(book, account, command)
  return book
}
const snooze = {
  type: 'SnoozeWork',
  on: '2026-11-20',
  queue: 'selfPay',
  until: '2026-11-27',
  reason: 'paid on Friday',
} as const

describe('F21 work that is shared', () => {
  it('goes to whom it is assigned: a piece before its list, a list before the account', async () => {
    const book = await withTwo()
    await given(book, mine, { type: 'AssignWork', on: day, to: 'ben' })
    const has = async () =>
      (await book.worklist({ queue: 'selfPay' })).items.map(({ account, assignedTo }) => [account, assignedTo])
    expect((await has()).sort()).toEqual([
      [mine, 'ben'],
      [other, undefined],
    ])
    await given(book, mine, { type: 'AssignWork', on: day, queue: 'selfPay', to: 'anna' })
    expect((await book.worklist({ assignedTo: 'anna' })).items.map(({ account }) => account)).toEqual([mine])
    expect((await book.worklist({ assignedTo: 'ben', queue: 'selfPay' })).items).toEqual([])
    await given(book, mine, { type: 'UnassignWork', on: '2026-11-20', queue: 'selfPay' })
    expect((await book.worklist({ assignedTo: 'ben', queue: 'selfPay' })).total).toBe(1)
    const yesterday = await book.worklist({ assignedTo: 'anna', asOf: '2026-11-19' })
    expect(yesterday.items.map(({ account }) => account)).toEqual([mine])
    await book.close()
  })

  it('Q6 what is put off waits with its reason and its day, and is on its list again on that day', {
    tags: ['Q6'],
  }, async () => {
    const book = await withTwo()
    await given(book, mine, snooze)
    const on = async (asOf: string) => {
      const { items, waiting } = await book.worklist({ queue: 'selfPay', asOf })
      return [
        items.filter(({ account }) => account === mine).length,
        waiting.map(({ reason, until }) => [reason, until]),
      ]
    }
    expect(await on('2026-11-19')).toEqual([1, []])
    expect(await on('2026-11-21')).toEqual([0, [['put off: the history says why', '2026-11-27']]])
    expect(await on('2026-11-27')).toEqual([1, []])
    expect((await book.check()).findings).toEqual([])
    await book.close()
  })

  it('F08 a dispute is assigned by its own id, and stands on that list alone', async () => {
    const book = await withTwo()
    const says = { raisedBy: 'patient', channel: 'phone', written: false, says: 'this was not done' } as const
    await given(book, mine, {
      type: 'OpenDispute',
      on: day,
      dispute: 'x1',
      kind: 'billingError',
      lines: ['l1'],
      ...says,
    })
    await given(book, mine, { type: 'AssignWork', on: day, queue: 'disputes', subject: 'x1', to: 'billing-ben' })
    const { items } = await book.worklist({ assignedTo: 'billing-ben' })
    expect(items.map(({ queue, subject }) => [queue, subject])).toEqual([['disputes', 'x1']])
    expect((await book.worklist({ queue: 'disputes' })).items).toMatchObject([{ assignedTo: 'billing-ben' }])
    await book.close()
  })

  it('everything of one goes to another, piece by piece, also what is on no list today; again is safe', async () => {
    const book = await withTwo()
    await given(book, mine, { type: 'AssignWork', on: day, to: 'anna' })
    await given(book, mine, { type: 'AssignWork', on: day, queue: 'selfPay', to: 'cleo' })
    await given(book, other, { type: 'AssignWork', on: day, queue: 'disputes', to: 'anna' })
    const would = await book.handOver({ from: 'anna', to: 'ben', dryRun: true })
    expect(would.pieces).toEqual([
      { account: mine, outcome: 'would' },
      { account: other, queue: 'disputes', outcome: 'would' },
    ])
    const request = { from: 'anna', to: 'ben', commandId: 'leave-1' } as const
    const done = await book.handOver(request)
    expect(done.pieces.map(({ outcome }) => outcome)).toEqual(['done', 'done'])
    expect((await book.handOver(request)).pieces).toEqual([])
    expect((await book.handOver({ from: 'anna', to: 'dora', dryRun: true })).pieces).toEqual([])
    expect((await book.handOver({ from: 'ben', to: 'anna', dryRun: true })).pieces).toHaveLength(2)
    // What a third has stays with them.
    expect((await book.handOver({ from: 'cleo', to: 'ben', dryRun: true })).pieces).toEqual([
      { account: mine, queue: 'selfPay', outcome: 'would' },
    ])
    await expect(book.handOver({ from: 'ben', to: 'ben' })).rejects.toMatchObject({ _tag: 'InvalidQuery' })
    expect((await book.check()).findings).toEqual([])
    await book.close()
  })

  it('--mine is what the actor has', async () => {
    const folder = testFolder()
    const line = commandLineIn(folder)
    const commands = [...owing(mine), { type: 'AssignWork', on: day, to: 'anna' }]
    write(folder, 'work.json', JSON.stringify(commands.map((command) => ({ account: mine, ...command }))))
    const db = ['--db', 'sqlite:work.db', '--practice', 'physicianPracticeMN']
    expect((await line('command', 'work.json', ...db)).status).toBe(0)
    const shown = async (actor: string) =>
      JSON.parse((await line('worklist', '--mine', '--actor', actor, '--queue', 'selfPay', '--json', ...db)).stdout)
        .items
    expect(await shown('anna')).toMatchObject([{ account: mine, assignedTo: 'anna' }])
    expect(await shown('ben')).toEqual([])
  })
})
