import { createHash } from 'node:crypto'
import { type AccountCommandInput, foldAccount, newAccount } from '@daybook/core/account'
import { toDay } from '@daybook/core/kernel'
import { presets } from '@daybook/core/policy'
import { makeCatalogue, rules } from '@daybook/core/rules'
import { emptyHistory, eventsOf, issue, type Office, usZones } from '@daybook/core/testing'
import { describe, expect, it } from 'vitest'
import { historyOf } from '../../src/history/index.ts'
import { summarise } from '../../src/summary/index.ts'
import { unwatched } from '../../src/worklist/watch.ts'
import { recorded } from '../history/book.ts'
import { openBook, policy } from './book.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const office: Office = {
  policy: { version: 1, policy: presets.physicianPracticeMN },
  catalogue: makeCatalogue(rules, sha256),
  sha256,
  actor: { id: 'anna', roles: ['supervisor'] },
  localTime: usZones,
}

/** 300.00 in three instalments of 100.00 from 2026-02-15, drawn from a bank account. */
const drawn: readonly AccountCommandInput[] = [
  { type: 'OpenAccount', accountId: 'a1', on: '2026-01-05', guarantor: { name: 'Jo Roe', state: 'MN' } },
  { type: 'ConfirmGuarantor', on: '2026-01-05', reason: 'called' },
  { type: 'PostCharge', on: '2026-01-05', visit: 'v1', line: 'l1', code: '99213', amount: 30_000 },
  {
    ...{ type: 'ProposePlan', on: '2026-01-10', plan: 'p1', divide: { instalments: 3 }, firstDue: '2026-02-15' },
    ...{ writtenAgreement: true, household: { monthlyIncome: 500_000 } },
  },
  { type: 'AcceptPlan', on: '2026-01-10', plan: 'p1' },
  {
    ...{ type: 'AuthorizeAutopay', on: '2026-01-12', autopay: 'y1', plan: 'p1', method: 'ach', token: 'tok_7Hx2' },
    ...{ drawn: { amount: 10_000 }, text: 'b'.repeat(64), textVersion: '2026-1', how: 'electronic' },
    ...{ copyGiven: true, disclosed: true, conditioned: false },
  },
]
const presented: AccountCommandInput = {
  ...{ type: 'PresentDraft', on: '2026-02-15', autopay: 'y1', draft: 'z1', amount: 10_000 },
}
const paid: AccountCommandInput = {
  ...{ type: 'PostPayment', on: '2026-02-15', payment: 'c1', amount: 10_000, tender: 'ach' },
}
const settled: AccountCommandInput = { type: 'RecordDraftSettled', on: '2026-02-17', draft: 'z1', payment: 'c1' }
const returned: AccountCommandInput = { type: 'RecordDraftReturned', on: '2026-02-19', draft: 'z1', code: 'R01' }
const reversed: AccountCommandInput = {
  ...{ type: 'ReversePayment', on: '2026-02-19', payment: 'c1', kind: 'nsf', reason: 'R01' },
}

const eventsFrom = (commands: readonly AccountCommandInput[]) => {
  const history = commands.reduce((done, command) => {
    const next = issue(done, command, 'on' in command ? (command.on ?? '2026-01-05') : '2026-01-05', office)
    expect(next.steps.at(-1)?.decision, `${command.type} is refused`).toMatchObject({ ok: true })
    return next
  }, emptyHistory)
  return eventsOf(history).map(({ event }) => event)
}

const onDay = async (asOf: string, ...more: readonly AccountCommandInput[]) => {
  const events = eventsFrom([...drawn, ...more])
  const book = await openBook()
  await book.account('a1', events)
  const { items, waiting } = await book.worklist({ asOf: toDay(asOf) })
  const context = { asOf: toDay(asOf), now: `${asOf}T18:00:00.000Z` as never, localTime: usZones, policy }
  expect(unwatched(foldAccount(newAccount, events), context)).toEqual([])
  return [...items, ...waiting].filter(({ queue }) => queue.startsWith('drafts'))
}

describe('drafts in the day’s work', () => {
  it('wait for their day, and are drawn on it', async () => {
    expect(await onDay('2026-02-01')).toMatchObject([{ queue: 'draftsDue', amount: 10_000, until: '2026-02-15' }])
    expect(await onDay('2026-02-15')).toMatchObject([{ queue: 'draftsDue', nextAction: 'draw it (PresentDraft)' }])
    expect(await onDay('2026-02-16', presented)).toMatchObject([{ queue: 'draftsDue:waiting', amount: 10_000 }])
    expect(await onDay('2026-02-20', presented, paid, settled)).toMatchObject([
      { queue: 'draftsDue', until: '2026-03-15' },
    ])
  })

  it('PL-05 of another amount, notice is work of law until ten days before', async () => {
    const part: AccountCommandInput = {
      ...{ type: 'PostPayment', on: '2026-01-20', payment: 'c0', amount: 4_000, tender: 'check' },
    }
    const byPlan = { ...part, designation: { planId: 'p1' } }
    expect(await onDay('2026-01-21', byPlan)).toMatchObject([
      { queue: 'draftsDue:notice', amount: 6_000, due: '2026-02-05', legalDeadline: true },
    ])
    const told: AccountCommandInput = {
      ...{ type: 'RecordDraftNotice', on: '2026-02-01', autopay: 'y1', amount: 6_000, draftOn: '2026-02-15' },
      channel: 'mail',
    }
    expect(await onDay('2026-02-02', byPlan, told)).toMatchObject([{ queue: 'draftsDue', until: '2026-02-15' }])
  })

  it('§5.6 by another card nothing is drawn while a draft of the plan is out', async () => {
    const revoked: AccountCommandInput = {
      ...{ type: 'RevokeAutopay', on: '2026-02-16', autopay: 'y1', channel: 'phone', reason: 'another card' },
    }
    const anew = drawn.flatMap((each) =>
      each.type === 'AuthorizeAutopay' ? [{ ...each, on: '2026-02-16', autopay: 'y2' }] : [],
    )
    expect(await onDay('2026-02-16', presented, revoked, ...anew)).toMatchObject([
      { queue: 'draftsDue:waiting', subject: 'z1' },
    ])
  })

  it('what came back is work: its payment is reversed first, then it is presented again', async () => {
    const back = [presented, paid, settled, returned]
    expect(await onDay('2026-02-19', ...back)).toMatchObject([
      { queue: 'draftsFailed', nextAction: expect.stringContaining('reverse payment c1') },
    ])
    expect(await onDay('2026-02-19', ...back, reversed)).toMatchObject([
      {
        queue: 'draftsFailed',
        reasons: ['100.00 drawn 2026-02-15 came back: R01, not sufficient funds'],
        nextAction: 'present it again (PresentDraft, again), or ask',
      },
    ])
  })
})

describe('drafts on the page and in the history', () => {
  it('with each draft and how it stands, and never the token', () => {
    const events = eventsFrom([...drawn, presented, returned])
    const page = summarise(foldAccount(newAccount, events), toDay('2026-02-20'))
    expect(page.autopay).toEqual([
      {
        autopay: 'y1',
        plan: 'p1',
        method: 'ach',
        since: '2026-01-12',
        drafts: [{ draft: 'z1', on: '2026-02-15', amount: 10_000, status: 'returned', code: 'R01' }],
      },
    ])
    const told = historyOf(recorded(events)).map(({ what }) => what)
    expect(told.slice(-3)).toEqual([
      'Authorised to draw the plan from a bank account, 100.00 each (electronic, text 2026-1)',
      '100.00 drawn',
      'What was drawn came back: R01, not sufficient funds',
    ])
    expect(JSON.stringify([page, told])).not.toContain('tok_7Hx2')
  })
})
