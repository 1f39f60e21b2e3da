import { join } from 'node:path'
import { POLICY_STREAM } from '@daybook/core/policy'
import { describe, expect, it } from 'vitest'
import { openDaybook } from '../../src/index.ts'
import { commandLineIn } from '../support/command-line.ts'
import { openTestBook, testFolder, uuid } from '../support/folder.ts'
import { numberOf, ofType, tamper } from '../support/tamper.ts'

// Faults of kind “the book's own trust”: what is read from a stream that somebody has changed.

const folder = testFolder()
const charge = { type: 'PostCharge', on: '2026-11-02', visit: 'v1', line: 'l1', code: '99213', amount: 12_500 } as const
const payment = { type: 'PostPayment', on: '2026-11-10', amount: 1_500, tender: 'cash' } as const

const written = async (name: string): Promise<string> => {
  const path = join(folder, name)
  await using book = await openTestBook(`sqlite:${path}`)
  for (const account of [uuid(1), uuid(2)]) {
    await book.open({ account, guarantor: { name: 'Jo Roe' } })
    await book.execute(account, { ...charge, line: `l-${account}` })
  }
  return path
}

const [one, other] = [numberOf(`account-${uuid(1)}`), numberOf(`account-${uuid(2)}`)]
const own = `stream = ${one}`

describe.each([
  ['an amount', `UPDATE events SET data = replace(data, '12500', '12400') WHERE ${own} AND ${ofType('ChargePosted')}`],
  ['an actor', `UPDATE events SET actor = 'mallory' WHERE ${own} AND version = 1`],
  ['an effective day', `UPDATE events SET effective_date = '2026-10-02' WHERE ${own} AND ${ofType('ChargePosted')}`],
  ['an event taken out', `DELETE FROM events WHERE ${own} AND version = 1`],
  [
    'an event moved here from another account',
    `DELETE FROM events WHERE ${own} AND version = 3;
     UPDATE events SET stream = ${one} WHERE stream = ${other} AND version = 3`,
  ],
])('a stream in which somebody has changed %s', (what, sql) => {
  it('trust-13 says so when it is read or commanded, and nothing is decided from it', async () => {
    const path = await written(`${what.replaceAll(' ', '-')}.db`)
    tamper(path, sql)
    await using book = await openTestBook(`sqlite:${path}`)
    const told = {
      _tag: 'Integrity',
      retry: 'never',
      message: expect.stringMatching(/was changed.*daybook check.*backup/),
    }
    await expect(book.execute(uuid(1), payment)).rejects.toMatchObject(told)
    await expect(book.account(uuid(1))).rejects.toMatchObject(told)
    await expect(book.history(uuid(1))).rejects.toMatchObject(told)
    await expect(book.explain(uuid(1))).rejects.toMatchObject(told)
    await expect(book.worklist()).rejects.toMatchObject(told)
    await expect(book.accounts({ search: 'roe' })).rejects.toMatchObject(told)
    await expect(book.events({ account: uuid(1) }).next()).rejects.toMatchObject(told)
    // In the order of the log each event is proved too, behind the one before it in its stream.
    const all = async () => {
      for await (const _ of book.events());
    }
    await expect(all()).rejects.toMatchObject(told)
    expect((await book.check()).findings.map(({ check }) => check)).toContain('chains')
    if (what.startsWith('an event moved')) return
    expect(await book.execute(uuid(2), payment)).toMatchObject({ ok: true })
    expect(await book.account(uuid(2))).toMatchObject({ totals: { net: 11_000 } })
  })
})

it('trust-13 the command line tells a changed stream with exit status 1', async () => {
  const path = await written('line.db')
  tamper(path, `UPDATE events SET data = replace(data, '12500', '12400') WHERE ${own}`)
  const { status, stdout, stderr } = await commandLineIn(folder)('account', uuid(1), '--db', `sqlite:${path}`)
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  expect(stderr).toContain('what is stored was changed')
})

it('trust-13 a book whose policy was put out of its sight gets no second first policy: it says that it was changed', async () => {
  const path = await written('policy.db')
  tamper(path, `UPDATE streams SET name = 'elsewhere' WHERE name = '${POLICY_STREAM}'`)
  const told = { _tag: 'Integrity', message: expect.stringContaining('no longer has the policy') }
  await expect(openTestBook(`sqlite:${path}`)).rejects.toMatchObject(told)
  tamper(path, `UPDATE streams SET name = '${POLICY_STREAM}' WHERE name = 'elsewhere'`)
  await using book = await openTestBook(`sqlite:${path}`)
  expect((await book.check()).findings).toEqual([])
})

it('trust-15 a book whose events were all taken away says so, and what to do, not that it is new', async () => {
  const path = await written('emptied.db')
  tamper(path, 'DELETE FROM events')
  const told = { message: expect.stringMatching(/opened before.*restore it from a copy/) }
  await expect(openDaybook(`sqlite:${path}`, { actor: 'anna' })).rejects.toMatchObject(told)
  // Its first policy is on record as published: none is put in its place.
  await expect(openTestBook(`sqlite:${path}`)).rejects.toMatchObject({ _tag: 'Integrity' })
})
