import { type AccountCommandInput, type AccountEvent, accountCommand, newAccount } from '@daybook/core/account'
import { toDay } from '@daybook/core/kernel'
import { type Desk, executeOnAccount, receiveRemittance, submitClaims } from '@daybook/core/service'
import { type History, standingAt } from '@daybook/core/testing'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { entries } from '../support/books.ts'
import { memoryDesk } from '../support/desk.ts'
import { type AdviceOf, advice, type SubmittedOf, submission } from '../support/documents.ts'

/** A practice whose clock the test sets: what it does is recorded on the day it names. */
const practice = async () => {
  let day = '2026-01-01'
  const desk: Desk = await memoryDesk({ now: () => `${day}T15:00:00.000Z` })
  const history = async (): Promise<History> => {
    const log = await entries(desk)
    // The evaluator reads events and days alone: one step an event, whatever command it came from.
    const command = accountCommand.parse({ type: 'OpenAccount', accountId: 'a', on: '2026-01-01', guarantor: {} })
    return {
      state: newAccount,
      steps: log
        .filter(({ stored }) => stored.stream.startsWith('account-'))
        .map(({ stored, event }) => ({
          command,
          recordedOn: toDay(stored.recordedAt.slice(0, 10)),
          now: stored.recordedAt,
          before: newAccount,
          decision: { ok: true, events: [event as AccountEvent], allowedBy: [], warnings: [] },
          after: newAccount,
        })),
    }
  }
  const visit = async () => {
    const opened = (await entries(desk)).find(({ event }) => event.type === 'VisitOpened')
    if (opened?.event.type !== 'VisitOpened') throw new Error('no visit yet')
    return { visitId: opened.event.visitId, account: opened.stored.stream.slice('account-'.length) }
  }
  return {
    bills: async (on: string, claim: SubmittedOf) => {
      day = on
      const { claims } = await Effect.runPromise(submitClaims(desk, submission([claim], { created: on })))
      expect(claims[0]?.outcome).toBe('posted')
    },
    receives: async (on: string, of: AdviceOf) => {
      day = on
      const report = await Effect.runPromise(receiveRemittance(desk, advice(of), { openMissing: false }))
      expect(report).toMatchObject({ outcome: 'posted' })
    },
    takes: async (
      on: string,
      payment: Partial<Extract<AccountCommandInput, { type: 'PostPayment' }>>,
      forVisit = false,
    ) => {
      day = on
      const { account, visitId } = await visit()
      const command = {
        type: 'PostPayment',
        on,
        tender: 'check',
        ...payment,
        ...(forVisit ? { designation: { visitId } } : {}),
      }
      const outcome = await Effect.runPromise(executeOnAccount(desk, account, command, `pay-${on}`))
      expect(outcome.ok).toBe(true)
    },
    /** `pat 150 56d` by layer, as the page writes it. */
    at: async (asOf: string, knownAt: string) => {
      const { layers, unapplied, net } = standingAt(await history(), toDay(asOf), toDay(knownAt))
      return {
        layers: layers
          .map(({ party, amount, age }) => `${party === 'patient' ? 'pat' : 'cov'} ${amount / 100} ${age}d`)
          .sort(),
        unapplied: unapplied / 100,
        net: net / 100,
      }
    },
    credits: async () => {
      const open = new Map<string, string>()
      for (const { event } of await entries(desk)) {
        if (event.type === 'CreditBalanceIdentified') {
          open.set(event.creditId, `${event.owner} ${event.amount / 100}${event.provisional ? ' provisional' : ''}`)
        }
        if (event.type === 'CreditBalanceResolved') open.delete(event.creditId)
      }
      return [...open.values()]
    },
  }
}

const cas = (reduced: number, code: string, share: number) =>
  [
    ['CO', '45', reduced],
    ['PR', code, share],
  ] as const

const original = { pcn: 'V1', lines: [{ charge: 50_000, paid: 20_000, cas: cas(15_000, '1', 15_000) }] }
const takenBack = {
  pcn: 'V1',
  status: '22',
  lines: [{ charge: -50_000, paid: -20_000, cas: cas(-15_000, '1', -15_000) }],
}

/** W2: a charge of 500.00, and a remittance of 2026-02-20 that is recorded on 2026-03-05. */
const w2 = async () => {
  const book = await practice()
  await book.bills('2026-01-12', { pcn: 'V1', lines: [{ charge: 50_000, on: '2026-01-10' }] })
  await book.receives('2026-03-05', { trace: 'T1', date: '2026-02-20', claims: [original] })
  return book
}

describe('two clocks, through the desk: 837, 835 and payments', () => {
  it('W2 a remittance posted late', async () => {
    const { at } = await w2()
    expect((await at('2026-02-28', '2026-02-28')).layers).toEqual(['cov 500 49d'])
    expect((await at('2026-02-28', '2026-03-31')).layers).toEqual(['pat 150 -5d'])
    expect((await at('2026-04-10', '2026-04-10')).layers).toEqual(['pat 150 36d'])
  })

  it('W5 P5 a copay before adjudication', async () => {
    const book = await practice()
    await book.bills('2026-03-02', { pcn: 'V1', lines: [{ charge: 20_000, on: '2026-03-02' }] })
    await book.takes('2026-03-02', { amount: 3_000, tender: 'cash' }, true)
    await book.receives('2026-03-27', {
      date: '2026-03-25',
      claims: [{ pcn: 'V1', lines: [{ charge: 20_000, paid: 11_000, cas: cas(4_000, '3', 5_000), on: '2026-03-02' }] }],
    })
    expect(await book.at('2026-03-10', '2026-03-10')).toEqual({ layers: ['cov 200 8d'], unapplied: -30, net: 170 })
    expect(await book.at('2026-03-26', '2026-03-26')).toEqual({ layers: ['cov 200 24d'], unapplied: -30, net: 170 })
    expect((await book.at('2026-03-26', '2026-03-31')).layers).toEqual(['pat 20 -1d'])
    expect((await book.at('2026-05-01', '2026-05-01')).layers).toEqual(['pat 20 35d'])
    expect(await book.credits()).toEqual([])
  })

  it('W6 a re-adjudication in one unit', async () => {
    const book = await w2()
    const correction = { pcn: 'V1', lines: [{ charge: 50_000, paid: 14_000, cas: cas(15_000, '1', 21_000) }] }
    await book.receives('2026-05-04', { trace: 'T2', date: '2026-05-01', claims: [takenBack, correction] })
    expect((await book.at('2026-04-30', '2026-05-31')).layers).toEqual(['pat 150 56d'])
    expect((await book.at('2026-05-31', '2026-05-02')).layers).toEqual(['pat 150 87d'])
    expect((await book.at('2026-05-31', '2026-05-31')).layers).toEqual(['pat 150 87d', 'pat 60 27d'])
  })

  it('W7 a takeback, its correction a month later, the patient had paid', async () => {
    const book = await w2()
    await book.takes('2026-03-20', { amount: 15_000 })
    await book.receives('2026-06-03', { trace: 'T2', date: '2026-06-01', claims: [takenBack] })
    expect(await book.credits()).toEqual(['patient 150 provisional'])
    const correction = { pcn: 'V1', lines: [{ charge: 50_000, paid: 25_000, cas: cas(15_000, '1', 10_000) }] }
    await book.receives('2026-07-02', { trace: 'T3', date: '2026-07-01', claims: [correction] })
    expect((await book.at('2026-04-30', '2026-04-30')).layers).toEqual([])
    expect((await book.at('2026-06-02', '2026-06-02')).net).toBe(0)
    const between = await book.at('2026-06-10', '2026-06-10')
    expect(between).toMatchObject({ net: 350, unapplied: 0 })
    expect(between.layers.map((layer) => layer.split(' ').slice(0, 2).join(' '))).toEqual(['cov 500', 'pat -150'])
    expect(between.layers[0]).toBe('cov 500 151d')
    expect(await book.at('2026-06-10', '2026-07-31')).toEqual(between)
    const after = await book.at('2026-07-10', '2026-07-10')
    expect(after.net).toBe(-50)
    expect(after.layers.map((layer) => layer.split(' ').slice(0, 2).join(' '))).toEqual(['pat -50'])
    expect((await book.credits()).at(-1)).toBe('patient 50')
  })
})
