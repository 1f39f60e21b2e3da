import { createHash } from 'node:crypto'
import type { AccountCommandInput, AccountEvent } from '@daybook/core/account'
import { toDay } from '@daybook/core/kernel'
import { presets } from '@daybook/core/policy'
import { makeCatalogue, rules } from '@daybook/core/rules'
import { emptyHistory, eventsOf, issue, type Office, usZones } from '@daybook/core/testing'
import * as Effect from 'effect/Effect'
import { expect, it } from 'vitest'
import { accountFindings } from '../../src/check/accounts.ts'

// Fault net-4 in a book of an earlier Daybook: where the log shows a past day what never was, `check` says so.

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const office: Office = {
  policy: { version: 1, policy: presets.physicianPracticeMN },
  catalogue: makeCatalogue(rules, sha256),
  sha256,
  actor: { id: 'anna', roles: ['supervisor'] },
  localTime: usZones,
}

/** A check of 25 January, entered after the one of the 10th had bounced on 5 February. */
const events = (): readonly AccountEvent[] => {
  const pay = (on: string, payment: string) =>
    ({ type: 'PostPayment', on, payment, amount: 10_000, tender: 'check' }) as const
  const steps: readonly (readonly [on: string, command: AccountCommandInput])[] = [
    ['2026-01-01', { type: 'OpenAccount', accountId: 'a1', on: '2026-01-01', guarantor: {} }],
    ['2026-01-01', { type: 'PostCharge', on: '2026-01-01', visit: 'v1', line: 'l1', code: '99213', amount: 10_000 }],
    ['2026-01-10', pay('2026-01-10', 'p1')],
    ['2026-02-05', { type: 'ReversePayment', on: '2026-02-05', payment: 'p1', kind: 'nsf', reason: 'x' }],
    ['2026-02-10', pay('2026-01-25', 'p2')],
  ]
  const history = steps.reduce((done, [on, command]) => issue(done, command, on, office), emptyHistory)
  return eventsOf(history).map(({ event }) => event)
}

it('net-4 check finds money that counts on a day on which its item was not open', () => {
  expect(Effect.runSync(accountFindings('account-1', events()))).toEqual([])
  const early = events().map((event) =>
    event.type === 'UnappliedApplied' ? { ...event, effectiveDate: toDay('2026-01-25') } : event,
  )
  expect(Effect.runSync(accountFindings('account-1', early))).toMatchObject([
    {
      check: 'identities',
      amount: -10_000,
      message: expect.stringContaining('UnappliedApplied of 2026-01-25 leaves −100.00 active on'),
    },
  ])
})
