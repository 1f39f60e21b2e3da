import { describe, expect, it } from 'vitest'
import { coverageAfter, coveragesOn } from '../../../src/account/coverage/state.ts'
import { toDay } from '../../../src/kernel/day.ts'
import type { CoverageId, PatientId } from '../../../src/kernel/ids.ts'
import { type Desk, opened } from '../../support/desk.ts'

const on = '2026-03-02'
const add = (desk: Desk, coverage: string, over: object = {}) =>
  desk.does({ type: 'AddCoverage', on, coverage, payer: `payer-${coverage}`, ...over }, on)
const patientOf = (desk: Desk) => [...desk.state.registration.patients.keys()][0] ?? ('' as PatientId)
const order = (desk: Desk, day: string) =>
  coveragesOn(desk.state.coverage, patientOf(desk), toDay(day)).map((coverage) => coverage.coverageId)

describe('coverages of a patient', () => {
  it('pay in the order they were added, each on the days it covers', () => {
    const desk = opened(on)
    add(desk, 'a', { to: '2026-03-31' })
    add(desk, 'b')
    add(desk, 'c', { from: '2026-04-01' })
    expect(order(desk, '2026-03-15')).toEqual(['a', 'b'])
    expect(order(desk, '2026-04-15')).toEqual(['b', 'c'])
    expect(coverageAfter(desk.state.coverage, 'a' as CoverageId, toDay('2026-03-15'))?.coverageId).toBe('b')
  })

  it('a place in the order is taken once; the whole order is set by naming every coverage once', () => {
    const desk = opened(on)
    add(desk, 'a')
    add(desk, 'b')
    expect(desk.refused({ type: 'AddCoverage', on, coverage: 'c', payer: 'x', order: 1 }, on)).toEqual([
      'coverage.orderTaken',
    ])
    const set = { type: 'SetCobOrder', on, patient: patientOf(desk), reason: 'birthday rule' } as const
    expect(desk.refused({ ...set, order: ['b'] }, on)).toEqual(['coverage.orderIncomplete'])
    expect(desk.refused({ ...set, order: ['b', 'b'] }, on)).toEqual(['coverage.orderIncomplete'])
    desk.does({ ...set, order: ['b', 'a'] }, on)
    expect(order(desk, on)).toEqual(['b', 'a'])
  })

  it('F06 a coverage that has ended does not pay for later services; ending it moves no money', () => {
    const desk = opened(on)
    add(desk, 'a')
    const charge = { type: 'PostCharge', visit: 'v1', code: '99213', amount: 100 } as const
    desk.does({ ...charge, on: '2026-03-05', line: 'l1' }, '2026-03-05')
    const end = {
      type: 'TerminateCoverage',
      on: '2026-03-06',
      coverage: 'a',
      lastDay: '2026-03-01',
      reason: 'ended',
    } as const
    expect(desk.does(end, '2026-03-06').map((event) => event.type)).toEqual(['CoverageTerminated'])
    expect(desk.refused(end, '2026-03-06')).toEqual(['coverage.ended'])
    desk.does({ ...charge, on: '2026-03-06', line: 'l2' }, '2026-03-06')
    expect(desk.at('2026-03-06', '2026-03-06').layers).toEqual(['a 1 1d', 'patient 1 0d'])
  })

  it('F06 a coverage does not end before it began', () => {
    const desk = opened(on)
    desk.does({ type: 'AddCoverage', on, coverage: 'a', payer: 'x', from: '2026-03-01' }, on)
    const end = { type: 'TerminateCoverage', on, coverage: 'a', reason: 'ended' } as const
    expect(desk.refused({ ...end, lastDay: '2026-02-28' }, on)).toEqual(['coverage.reversed'])
    desk.does({ ...end, lastDay: '2026-03-01' }, on)
  })

  it('is refused twice, backwards, and for a patient of nobody', () => {
    const desk = opened(on)
    add(desk, 'a')
    const again = { type: 'AddCoverage', on, coverage: 'a', payer: 'x' } as const
    expect(desk.refused(again, on)).toEqual(['coverage.known'])
    expect(desk.refused({ ...again, coverage: 'b', from: '2026-03-02', to: '2026-03-01' }, on)).toEqual([
      'coverage.reversed',
    ])
    expect(desk.refused({ ...again, coverage: 'b', patient: 'nobody' }, on)).toEqual(['registration.patientUnknown'])
  })
})
