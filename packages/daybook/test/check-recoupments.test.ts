import { describe, expect, it } from 'vitest'
import { ControlAccounts } from '../src/check/control-accounts.ts'
import type { CheckedMoney } from '../src/check/events.ts'

// Law P2 as `check` finds it: what a payer took, and what accounts answered to it, from a log that it reads stream by stream.

const plb = (code: string, amount: number, exception?: string) => ({
  type: 'ProviderAdjustmentRecorded',
  ...{ payerId: 'acme', code, reference: 'ICN1 V1', amount, account: 'payerRecoupment:acme' },
  ...(exception ? { exception } : {}),
})
const moved = (amount: number) => ({ effects: [], contra: [{ account: 'payerRecoupment:acme', amount }] })
const pushed = (remittanceId: string) => ({
  type: 'PayerTakebackPosted',
  takebackId: 't1',
  recoupment: { payerId: 'acme', payerControlNumber: 'ICN1', remittanceId },
  ...moved(-2_000),
})
const undone = { type: 'PayerTakebackUndone', takebackId: 't1', ...moved(2_000) }

/** What is found of events at their places in the log, the account's stream read first. */
const found = (events: readonly (readonly [stream: string, position: number, event: object])[]) => {
  const accounts = new ControlAccounts()
  for (const [stream, position, event] of events.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    accounts.add(stream, { kind: 'remittance', event, position } as unknown as CheckedMoney)
  }
  return accounts.findings().flatMap(({ check, amount }) => (check === 'recoupments' ? [amount] : []))
}

describe('P2 check follows a recoupment to the account that answers it', { tags: ['P2'] }, () => {
  const taken = ['remittance-r1', 1, plb('WO', 2_000, 'recoupmentWithoutReversal')] as const

  it('P2 it is even when it was pushed to its claim, under either of its names', () => {
    expect(found([taken, ['account-a1', 2, pushed('r1')]])).toEqual([])
  })

  it('P2 a takeback of a remittance that took nothing is named by no exception', () => {
    expect(found([['account-a1', 2, pushed('r-unknown')]])).toEqual([-2_000])
  })

  it('P2 undone by the payer’s own reversal, and put off by it: even again, without an exception', () => {
    const back = ['remittance-r2', 4, plb('WO', -2_000)] as const
    expect(found([taken, ['account-a1', 2, pushed('r1')], ['account-a1', 3, undone], back])).toEqual([])
    expect(found([taken, ['account-a1', 2, pushed('r1')], back])).toEqual([-2_000])
  })

  it('P2 our refund that the payer shows is even when it was acknowledged', () => {
    const shown = ['remittance-r1', 1, plb('72', -2_000)] as const
    const acknowledged = { type: 'RefundAcknowledged', refundId: 'f1', remittanceId: 'r1', ...moved(2_000) }
    expect(found([shown])).toEqual([-2_000])
    expect(found([shown, ['account-a1', 2, acknowledged]])).toEqual([])
  })
})
