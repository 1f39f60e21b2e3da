import { expect, it } from 'vitest'
import { owed, pays, visitWith } from '../claims/visit.ts'

// Fault net-8 at the importer (law F3): a payer pays what had been given up at it.

it('net-8 a payer pays after a write-off: the hold says to undo the write-off, and then it posts', () => {
  const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }] })
  const on = '2026-03-01'
  const given = { type: 'WriteOff', on, visit: 'v1', category: 'administrative', reason: 'no answer' } as const
  desk.does({ ...given, party: { coverageId: 'acme' }, adjustment: 'w1' }, on)
  const advice = pays('acme', { lines: [{ charge: 10_000, paid: 10_000 }] }, '2026-04-01')
  expect(desk.refused(advice, '2026-04-01')).toEqual(['open'])
  const decision = desk.history.steps.at(-1)?.decision
  expect(decision && !decision.ok && decision.hits[0]?.requiredAction).toBe(
    'undo the write-off of 100.00 at this payer (ReverseAdjustment w1), then release the claim',
  )
  const undo = {
    type: 'ReverseAdjustment',
    on: '2026-04-02',
    adjustment: 'w1',
    mode: 'economic',
    reason: 'paid',
  } as const
  desk.does(undo, '2026-04-02')
  desk.does(advice, '2026-04-02')
  expect(owed(desk)).toEqual({})
})
