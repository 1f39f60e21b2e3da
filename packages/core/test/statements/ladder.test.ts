import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Held, ladderDays } from '../../src/account/disputes/held-days.ts'
import { calendarOf, laddersOf } from '../../src/account/statements/ladder.ts'
import { stepDay, unionOf } from '../../src/account/statements/pauses.ts'
import { addDays, toDay } from '../../src/kernel/day.ts'
import { office, practice } from '../support/desk.ts'
import { against, dispute, june, owing, resolved, send, sentBetween } from '../support/statement-desk.ts'

describe('§3.1 the ladder: responsibility 2026-06-01', () => {
  it('F11: S1 06-01, S2 07-01, L1 07-31, L2 08-30, final 09-14, and then placement from 10-14', () => {
    expect(sentBetween(owing(), june, '2026-12-31')).toEqual([
      '1 2026-06-01',
      '2 2026-07-01',
      '3 2026-07-31',
      '4 2026-08-30',
      '5 2026-09-14',
    ])
    const { finalNotice, placementReview } = practice.statements
    expect(addDays(toDay('2026-09-14'), placementReview - finalNotice)).toBe('2026-10-14')
  })

  it('is known before anything is sent, as a calendar', () => {
    const [visit] = laddersOf(owing().state, practice, june)
    expect(visit && calendarOf(visit, practice.statements).map(({ level, on }) => `${level} ${on}`)).toEqual([
      '1 2026-06-01',
      '2 2026-07-01',
      '3 2026-07-31',
      '4 2026-08-30',
      '5 2026-09-14',
    ])
  })

  it('a first statement that goes out late moves all that comes after it', () => {
    expect(sentBetween(owing(), '2026-06-20', '2026-09-01')).toEqual(['1 2026-06-20', '2 2026-07-20', '3 2026-08-19'])
  })

  it('says every reason and the earliest day; one statement in 28 days', () => {
    const desk = owing()
    send(desk, june)
    expect(against(desk, '2026-06-02')).toEqual(['ST-01.step', 'ST-01.cycle', '2026-07-01'])
    expect(against(owing(999), june)).toEqual(['ST-01.minimum'])
    expect(against(owing(1_000), june)).toEqual(['it went out'])
  })

  it('what is printed is of today: another day is refused', () => {
    expect(owing().refused({ type: 'IssueStatement', on: june }, '2026-06-02')).toEqual(['statements.notToday'])
  })
})

describe('§3.1 a combined statement', () => {
  it('has the lowest step of its visits, and each visit keeps its own: a new episode is threatened with nothing', () => {
    const desk = owing()
    sentBetween(desk, june, '2026-07-30')
    const on = '2026-07-31'
    desk.does({ type: 'PostCharge', on, visit: 'v2', line: 'l2', code: '99214', amount: 20_000 }, on)
    const document = send(desk, on)
    expect(document).toMatchObject({ type: 'StatementIssued', level: 1, amountDue: 60_000 })
    expect(document.visits.map(({ visitId, level }) => [visitId, level])).toEqual([
      ['v1', 2],
      ['v2', 1],
    ])
    expect(sentBetween(desk, '2026-08-01', '2026-10-31')).toEqual(['2 2026-08-30', '3 2026-09-29', '4 2026-10-29'])
  })

  it('K8 begins again with a visit when all that was told of is settled and something new is open', {
    tags: ['K8'],
  }, () => {
    const desk = owing()
    sentBetween(desk, june, '2026-08-01')
    const on = '2026-08-10'
    desk.does({ type: 'PostPayment', on, payment: 'p1', amount: 40_000, tender: 'check' }, on)
    const next = '2026-08-11'
    desk.does({ type: 'PostCharge', on: next, visit: 'v1', line: 'l3', code: '99215', amount: 15_000 }, next)
    expect(sentBetween(desk, on, '2026-09-10')).toEqual(['1 2026-08-11', '2 2026-09-10'])
  })
})

describe('§3.1 what pauses the ladder', () => {
  it('a dispute: the line is neither asked for nor dunned, others go on (F08)', () => {
    const desk = owing()
    desk.does({ type: 'PostCharge', on: june, visit: 'v1', line: 'l2', code: '80053', amount: 9_000 }, june)
    desk.does(dispute(june, ['l2']), june)
    const document = send(desk, june)
    expect(document).toMatchObject({
      balance: 49_000,
      amountDue: 40_000,
      apart: [{ why: 'disputed', amount: 9_000 }],
    })
  })

  it('I5 a dispute over all of it: its days are not counted, and 14 days of notice pass after it', {
    tags: ['I5'],
  }, () => {
    const desk = owing()
    send(desk, june)
    desk.does(dispute('2026-06-11'), '2026-06-11')
    expect(against(desk, '2026-07-01')).toEqual(['ST-01.paused'])
    resolved(desk, '2026-07-11')
    // Thirty days were held; the second statement was due in twenty more, and that is past the notice.
    expect(against(desk, '2026-07-12')).toEqual(['ST-01.step', 'ST-01.notice', '2026-07-31'])
    expect(sentBetween(desk, '2026-07-12', '2026-08-10')).toEqual(['2 2026-07-31'])
  })

  it('resumed a day before the next step, it waits for the days of notice at the same step', () => {
    const desk = owing()
    send(desk, june)
    desk.does(dispute('2026-06-30'), '2026-06-30')
    resolved(desk, '2026-07-05')
    expect(sentBetween(desk, '2026-07-05', '2026-08-01')).toEqual(['2 2026-07-19'])
  })

  it('a payment of a quarter of the balance, and no less', () => {
    for (const [amount, second] of [
      [10_000, '2 2026-07-29'],
      [9_999, '2 2026-07-01'],
    ] as const) {
      const desk = owing()
      send(desk, june)
      desk.does({ type: 'PostPayment', on: '2026-06-05', payment: 'p1', amount, tender: 'check' }, '2026-06-05')
      expect(sentBetween(desk, '2026-06-06', '2026-07-30')).toEqual([second])
    }
  })

  it('a payment that bounced pauses nothing', () => {
    const desk = owing()
    send(desk, june)
    const on = '2026-06-05'
    desk.does({ type: 'PostPayment', on, payment: 'p1', amount: 20_000, tender: 'check' }, on)
    desk.does({ type: 'ReversePayment', on: '2026-06-09', payment: 'p1', kind: 'nsf', reason: 'nsf' }, '2026-06-09')
    expect(sentBetween(desk, '2026-06-10', '2026-08-01')).toEqual(['2 2026-07-01', '3 2026-07-31'])
  })

  it('a promise; kept, for a cycle more; broken, until the next business day and without notice', () => {
    const promise = (pay: boolean) => {
      const desk = owing()
      send(desk, june)
      const pays = { amount: 5_000, due: '2026-06-26' }
      desk.does({ type: 'RecordPromise', on: '2026-06-22', pays, madeBy: 'guarantor', channel: 'phone' }, '2026-06-22')
      if (pay) {
        const on = '2026-06-24'
        desk.does({ type: 'PostPayment', on, payment: 'p1', amount: 5_000, tender: 'check' }, on)
      }
      return sentBetween(desk, '2026-06-22', '2026-08-20')
    }
    // 06-22 to 06-24 and 28 days more are held.
    expect(promise(true)).toEqual(['2 2026-08-05'])
    // Its grace ends 06-29; broken on 06-30, worked from 07-01: nine days were held.
    expect(promise(false)).toEqual(['2 2026-07-10', '3 2026-08-09'])
  })

  it('a plan: nobody is asked for what it covers but for its instalments, and the step stays', () => {
    const desk = owing(100_000)
    send(desk, june)
    const on = '2026-06-10'
    desk.does(
      {
        ...{ type: 'ProposePlan', on, plan: 'plan1', divide: { instalments: 4 }, firstDue: '2026-07-05' },
        ...{ writtenAgreement: false, household: { monthlyIncome: 1_000_000 } },
      },
      on,
    )
    desk.does({ type: 'AcceptPlan', on, plan: 'plan1' }, on)
    const document = send(desk, '2026-06-29')
    expect(document).toMatchObject({
      level: 0,
      amountDue: 25_000,
      instalments: [{ planId: 'plan1', due: '2026-07-05', amount: 25_000 }],
      apart: [{ why: 'onPlan', amount: 75_000 }],
      dueOn: '2026-07-05',
      visits: [],
    })
  })

  it('new insurance, and a person: until somebody lets it go on', () => {
    const desk = owing()
    send(desk, june)
    const on = '2026-06-20'
    desk.does({ type: 'AddCoverage', on, coverage: 'cov', payer: 'acme', payerName: 'Acme', filingIndicator: '12' }, on)
    expect(against(desk, '2026-07-01')).toContain('ST-01.paused')
    const byHand = owing()
    send(byHand, june)
    byHand.does({ type: 'PauseDunning', on, pause: 'z1', because: 'assistance', reason: 'asked for the form' }, on)
    expect(against(byHand, '2026-09-01')).toEqual(['ST-01.paused'])
    byHand.does({ type: 'ResumeDunning', on: '2026-09-01', pause: 'z1', reason: 'never sent it' }, '2026-09-01')
    expect(byHand.refused({ type: 'ResumeDunning', on: '2026-09-02', pause: 'z1', reason: 'x' }, '2026-09-02')).toEqual(
      ['statements.resumed'],
    )
    expect(sentBetween(byHand, '2026-09-01', '2026-10-01')).toEqual(['2 2026-09-15'])
  })
})

const day = fc.integer({ min: 0, max: 200 }).map((n) => addDays(june, n))
const held = fc.array(
  fc.tuple(day, fc.integer({ min: 1, max: 40 })).map(([from, days]) => ({ from, to: addDays(from, days) })),
  { maxLength: 6 },
)

it('I5 the step comes on the first free day on which so many days were free, whatever overlaps', {
  tags: ['I5'],
}, () => {
  fc.assert(
    fc.property(
      day,
      fc.integer({ min: 0, max: 60 }),
      held,
      fc.integer({ min: 0, max: 20 }),
      (start, gap, pauses, notice) => {
        const union = unionOf(pauses.map((pause) => ({ ...pause, notice: false })))
        const step = stepDay(start, gap, union, notice)
        expect(step).toBeDefined()
        const isFree = (on: string) => !pauses.some(({ from, to }) => from <= on && on < to)
        let wanted = start
        while (!(ladderDays(start, wanted, pauses as Held[]) >= gap && isFree(wanted))) wanted = addDays(wanted, 1)
        expect(step).toBe(wanted)
        // With notice it comes later, never earlier, and no sooner than so many days after the last pause before it.
        const late = stepDay(start, gap, unionOf(pauses.map((pause) => ({ ...pause, notice: true }))), notice)
        if (late === undefined) return
        expect(late >= wanted).toBe(true)
        const last = pauses
          .filter(({ to }) => to > start && to <= late)
          .map(({ to }) => to)
          .sort()
          .at(-1)
        if (last !== undefined && !pauses.some(({ from, to }) => from <= last && last < to)) {
          expect(late >= addDays(last, notice)).toBe(true)
        }
      },
    ),
    { numRuns: 1_000 },
  )
})

it('a pause without an end leaves no day for the next step', () => {
  const pause = { from: june, notice: true }
  expect(stepDay(june, 30, unionOf([pause]), 14)).toBeUndefined()
  expect(office.policy.policy.statements.noticeDays).toBe(14)
})
