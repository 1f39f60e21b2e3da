import { describe, expect, it } from 'vitest'
import { type Behind, type NextAction, nextActionOf } from '../../src/account/next-action.ts'
import { contextOf } from '../../src/testing/history.ts'
import { type Desk, office } from '../support/desk.ts'
import { dispute, owing, send } from '../support/statement-desk.ts'

const free = { allowed: true, hits: [] } as const
const jo: Behind = { special: [], vulnerable: false, reachable: true, may: () => free }
const night = {
  rule: 'CT-03',
  reason: 'an inconvenient time',
  citation: '12 CFR 1006.6(b)(1)(i)',
  jurisdiction: 'federal',
  earliest: '2026-08-15T13:00:00.000Z' as never,
}
const asleep: Behind = { ...jo, may: () => ({ allowed: false, hits: [night], earliest: night.earliest }) }

const next = (desk: Desk, on: string, behind: Behind | undefined = jo): NextAction =>
  nextActionOf(desk.state, contextOf(office, on, 0), behind)
const step = (desk: Desk, on: string, behind?: Behind) => {
  const { step: row, allowed } = next(desk, on, behind ?? jo)
  return [row, allowed]
}
const promised = {
  type: 'RecordPromise',
  on: '2026-06-02',
  promise: 'z1',
  madeBy: 'guarantor',
  channel: 'phone',
} as const
const pays = { amount: 10_000, due: '2026-06-19' }

describe('§11.3 the next best action: the first row that is true, past the gates or with what it waits for', () => {
  it('who has ceased contact, or is represented, is handed on before anything else', () => {
    const desk = owing()
    const because = next(desk, '2026-06-01', { ...jo, special: ['an attorney speaks for them (CT-05)'] })
    expect(because).toMatchObject({ step: 'special', because: 'an attorney speaks for them (CT-05)', blockedBy: [] })
  })

  it('insurance that was found is billed, and the patient is asked for nothing', () => {
    const desk = owing()
    send(desk, '2026-06-01')
    const on = '2026-06-10'
    desk.does({ type: 'AddCoverage', on, coverage: 'cov', payer: 'acme', payerName: 'Acme', filingIndicator: '12' }, on)
    expect(step(desk, '2026-06-11')).toEqual(['billInsurance', true])
    // Its days are over, and the days of notice after it: the ladder goes on.
    expect(step(desk, '2026-08-10')).toEqual(['send', true])
  })

  it('an open dispute is worked; an application for assistance too', () => {
    const desk = owing()
    desk.does(dispute('2026-06-02'), '2026-06-02')
    expect(step(desk, '2026-06-02')).toEqual(['workDispute', true])
    const other = owing()
    const pause = { type: 'PauseDunning', on: '2026-06-02', because: 'assistance', reason: 'applied' } as const
    other.does(pause, '2026-06-02')
    expect(step(other, '2026-06-02')).toEqual(['workAssistance', true])
  })

  it('who is vulnerable is offered assistance first', () => {
    expect(step(owing(), '2026-06-01', { ...jo, vulnerable: true })).toEqual(['offerAssistance', true])
  })

  it('a promise: nobody asks before the day before it, then it is reminded of, then it is waited for, then followed up', () => {
    const desk = owing()
    desk.does({ ...promised, pays }, '2026-06-02')
    const wait = next(desk, '2026-06-10')
    expect(wait).toMatchObject({ step: 'awaitPayment', allowed: false, earliest: '2026-06-18', reviewOn: '2026-06-18' })
    expect(wait.blockedBy).toMatchObject([{ rule: 'PL-06', citation: 'practice policy, promises (reference §5.5)' }])
    expect(next(desk, '2026-06-18')).toMatchObject({
      step: 'remindOfPromise',
      nextAction: 'remind of the promise (text)',
    })
    expect(next(desk, '2026-06-20')).toMatchObject({ step: 'awaitPayment', earliest: '2026-06-23' })
    // Due on a Friday with three days of grace: broken on Tuesday, worked on Wednesday.
    expect(next(desk, '2026-06-23')).toMatchObject({ step: 'followUpPromise', allowed: false, earliest: '2026-06-24' })
    expect(step(desk, '2026-06-24')).toEqual(['followUpPromise', true])
    expect(next(desk, '2026-06-24', asleep)).toMatchObject({
      step: 'followUpPromise',
      allowed: false,
      earliest: night.earliest,
    })
  })

  it('what was missed on a plan has its cure notice; a plan that is paid is waited for', () => {
    const desk = owing()
    const terms = { type: 'ProposePlan', on: '2026-06-02', plan: 'n1', divide: { instalments: 4 } } as const
    desk.does({ ...terms, firstDue: '2026-06-15', writtenAgreement: false }, '2026-06-02')
    desk.does({ type: 'AcceptPlan', on: '2026-06-02', plan: 'n1' }, '2026-06-02')
    expect(next(desk, '2026-06-10')).toMatchObject({ step: 'awaitInstalment', allowed: false, earliest: '2026-06-21' })
    desk.does({ type: 'EvaluatePlan', on: '2026-06-22', plan: 'n1' }, '2026-06-22')
    // After a miss a reminder; when a cure is offered the notice that no default comes without, then the call (§5.3).
    expect(next(desk, '2026-06-22')).toMatchObject({
      ...{ step: 'cureNotice', allowed: true, nextAction: 'remind of what was missed (text)' },
    })
    desk.does({ type: 'EvaluatePlan', on: '2026-07-22', plan: 'n1' }, '2026-07-22')
    expect(next(desk, '2026-07-22')).toMatchObject({
      nextAction: 'send the cure notice and record it (RecordPlanNotice) (mail)',
    })
    const notice = { type: 'RecordPlanNotice', on: '2026-07-23', plan: 'n1', kind: 'cure', channel: 'mail' } as const
    desk.does(notice, '2026-07-23')
    expect(next(desk, '2026-07-24')).toMatchObject({ nextAction: 'call: the cure period runs (call)' })
  })

  it('nobody on file, or nobody to be found, is looked for before anything is sent', () => {
    const desk = owing()
    expect(nextActionOf(desk.state, contextOf(office, '2026-06-01', 0), undefined).step).toBe('namePerson')
    expect(step(desk, '2026-06-01', { ...jo, reachable: false })).toEqual(['skipTrace', true])
  })

  it('the ladder: a step that is due is sent, between them the reminder and the call, at its end placement or what it waits for', () => {
    const desk = owing()
    expect(step(desk, '2026-06-01')).toEqual(['send', true])
    send(desk, '2026-06-01')
    expect(next(desk, '2026-06-16')).toMatchObject({ step: 'remind', nextAction: 'remind (text)', due: '2026-07-01' })
    send(desk, '2026-07-01')
    send(desk, '2026-07-31')
    expect(step(desk, '2026-08-15', asleep)).toEqual(['call', false])
    expect(next(desk, '2026-08-15', asleep)).toMatchObject({ blockedBy: [{ rule: 'CT-03' }], earliest: night.earliest })
    expect(step(desk, '2026-08-15')).toEqual(['call', true])
    send(desk, '2026-08-30')
    send(desk, '2026-09-14')
    const placing = next(desk, '2026-09-20')
    expect(placing).toMatchObject({ step: 'place', allowed: false })
    expect(placing.blockedBy.every(({ rule, citation }) => rule !== '' && citation !== '')).toBe(true)
  })

  it('where nothing is owed nothing is asked for', () => {
    const desk = owing(4_000)
    desk.does({ type: 'PostPayment', on: '2026-06-02', amount: 4_000, tender: 'cash', payment: 'y1' }, '2026-06-02')
    expect(step(desk, '2026-06-03')).toEqual(['none', true])
  })
})
