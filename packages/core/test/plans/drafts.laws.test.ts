import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paidOnPlan, remainingOf } from '../../src/account/plans/state.ts'
import { addDays, daysBetween, toDay } from '../../src/kernel/day.ts'
import { eventsOf } from '../../src/testing/history.ts'
import { agreed, pay, planOf, selfPay } from '../support/plan-desk.ts'

// The table of the network, written out a second time: what may be presented again, and what is gone.
const mayComeAgain = ['R01', 'R09']
const gone = ['R02', 'R03', 'R04', 'R07', 'R10', 'R29']
const step = fc.record({
  what: fc.constantFrom('draw', 'draw', 'again', 'again', 'settle', 'return', 'return', 'revoke'),
  code: fc.constantFrom(...mayComeAgain, ...mayComeAgain, ...gone, 'R08', 'R99'),
  later: fc.oneof(fc.nat({ max: 12 }), fc.nat({ max: 120 })),
})

describe('drafts of a plan, whatever the bank says', () => {
  it('H4 presented again twice within 180 days and after no other return; nothing by an authorisation that has ended', {
    tags: ['H4'],
  }, () => {
    const met = { again: 0, ended: 0, refused: 0 }
    fc.assert(
      fc.property(fc.array(step, { minLength: 4, maxLength: 25 }), (steps) => {
        const desk = agreed(selfPay({ l1: 120_000 }), { divide: { instalments: 12 } })
        desk.does(
          {
            ...{ type: 'AuthorizeAutopay', on: '2026-01-12', autopay: 'y1', plan: 'p1', method: 'ach', token: 'tok' },
            ...{ drawn: { amount: 10_000 }, text: 'c'.repeat(64), textVersion: '1', how: 'signed' },
            ...{ copyGiven: true, disclosed: true, conditioned: false },
          },
          '2026-01-12',
        )
        let on = toDay('2026-02-15')
        for (const [at, { what, code, later }] of steps.entries()) {
          on = addDays(on, later)
          const last = [...desk.state.autopay.drafts.values()].at(-1)
          const draft = last?.draftId ?? 'z-none'
          const payment = `c${at}`
          if (what === 'draw')
            desk.tries({ type: 'PresentDraft', on, autopay: 'y1', draft: `z${at}`, amount: 10_000 }, on)
          else if (what === 'again') {
            const tried = desk.tries({ type: 'PresentDraft', on, autopay: 'y1', amount: 10_000, again: draft }, on)
            if (!tried.ok) met.refused += 1
          } else if (what === 'revoke' && at > 8) {
            desk.tries({ type: 'RevokeAutopay', on, autopay: 'y1', channel: 'mail', reason: 'asked' }, on)
          } else if (what === 'settle' && last?.status === 'presented') {
            pay(desk, 10_000, on, { line: 'l1', payment })
            desk.does({ type: 'RecordDraftSettled', on, draft, payment }, on)
          } else if (what === 'return' && last && last.status !== 'returned') {
            desk.does({ type: 'RecordDraftReturned', on, draft, code }, on)
            if (last.payment) {
              desk.does({ type: 'ReversePayment', on, payment: last.payment, kind: 'nsf', reason: code }, on)
            }
          }
          expect(remainingOf(planOf(desk)), 'H4').toBe(planOf(desk).total - paidOnPlan(planOf(desk)))
        }
        const first = new Map<string, string>()
        const times = new Map<string, number>()
        const came = new Map<string, string>()
        let ended = false
        for (const { event } of eventsOf(desk.history)) {
          if (event.type === 'AutopayRevoked') ended = true
          if (event.type === 'DraftReturned') came.set(event.draftId, event.code)
          if (event.type !== 'DraftPresented') continue
          const { draftId, effectiveDate } = event
          expect(ended).toBe(false)
          const code = came.get(draftId)
          if (code !== undefined) {
            met.again += 1
            expect(mayComeAgain).toContain(code)
            const began = toDay(first.get(draftId) ?? effectiveDate)
            expect(daysBetween(began, effectiveDate)).toBeLessThanOrEqual(180)
          }
          first.set(draftId, first.get(draftId) ?? effectiveDate)
          times.set(draftId, (times.get(draftId) ?? 0) + 1)
          expect(times.get(draftId)).toBeLessThanOrEqual(3)
        }
        if (ended) met.ended += 1
      }),
      { numRuns: 1_000 },
    )
    expect(Object.entries(met).filter(([, often]) => often === 0)).toEqual([])
  })
})
