import { describe, expect, it } from 'vitest'
import { contentOf, printed } from '../../src/account/index.ts'
import type { CorrespondenceIssued } from '../../src/account/letters/events.ts'
import type { AccountCommandInput } from '../../src/account/rooms.ts'
import { toDay } from '../../src/kernel/day.ts'
import { type Desk, office, writeTo } from '../support/desk.ts'
import { agreed, planOf, selfPay } from '../support/plan-desk.ts'
import { dispute, june, owing, send } from '../support/statement-desk.ts'

type Letter = Extract<AccountCommandInput, { type: 'IssueLetter' }>['letter']

const asked = (on: string, letter: Letter, more: object = {}): AccountCommandInput =>
  ({ type: 'IssueLetter', on, letter, ...more }) as AccountCommandInput
const write = (desk: Desk, on: string, letter: Letter, more: object = {}): CorrespondenceIssued =>
  desk.does(asked(on, letter, more), on)[0] as CorrespondenceIssued
const words = (event: CorrespondenceIssued): string => printed(contentOf(event))?.text.replace(/\s+/g, ' ') ?? ''
const out = (desk: Desk, { documentId }: { documentId: string }, on: string): readonly string[] =>
  desk.does({ type: 'RecordDelivery', on, document: documentId, stage: 'sent' }, on).map(({ type }) => type)

const resolve = (on: string, over: object = {}): AccountCommandInput =>
  ({
    type: 'ResolveDispute',
    on,
    dispute: 'x1',
    outcome: 'rejected',
    explanation: 'the chart has it',
    ...over,
  }) as AccountCommandInput

describe('§7.1 letters of a dispute', () => {
  it('acknowledges it when it goes out, once, and closes it with the result: the lines go on by the letter itself', () => {
    const desk = owing()
    desk.does(dispute('2026-06-03'), '2026-06-03')
    const received = write(desk, '2026-06-04', { about: 'disputeAcknowledged', dispute: 'x1' })
    expect(words(received)).toMatch(
      /What you dispute is not asked for meanwhile; the rest is\. .*Received on 2026-06-03/,
    )
    expect(desk.state.disputes.disputes.get('x1' as never)?.acknowledgedOn).toBeUndefined()
    expect(out(desk, received, '2026-06-05')).toEqual(['DeliveryRecorded', 'DisputeAcknowledged'])
    expect(desk.refused(asked('2026-06-05', { about: 'disputeAcknowledged', dispute: 'x1' }), '2026-06-05')).toEqual([
      'letters.said',
    ])
    expect(desk.refused(asked('2026-06-05', { about: 'disputeDecided', dispute: 'x1' }), '2026-06-05')).toEqual([
      'letters.notSo',
    ])
    desk.does(resolve('2026-06-10'), '2026-06-10')
    const result = write(desk, '2026-06-10', { about: 'disputeDecided', dispute: 'x1' })
    expect(result).toMatchObject({ outcome: 'rejected', lines: [{ lineId: 'l1', amount: 40_000 }] })
    const sent = { type: 'RecordDelivery', on: '2026-06-11', document: result.documentId, stage: 'sent' } as const
    expect(desk.does(sent, '2026-06-11')).toMatchObject([
      { type: 'DeliveryRecorded' },
      { type: 'DisputeClosed', because: 'resultSent', channel: 'mail', letter: result.textHash },
    ])
  })

  it('LT-01.corrected: what is upheld is said to be put right when it is', () => {
    const desk = owing()
    desk.does(dispute('2026-06-03'), '2026-06-03')
    desk.does(resolve('2026-06-10', { outcome: 'upheld', explanation: 'it was not done' }), '2026-06-10')
    const letter = { about: 'disputeDecided', dispute: 'x1' } as const
    expect(desk.refused(asked('2026-06-10', letter), '2026-06-10')).toEqual(['LT-01.corrected'])
    desk.does({ type: 'VoidCharge', on: '2026-06-10', line: 'l1', reason: 'not done' }, '2026-06-10')
    expect(words(write(desk, '2026-06-10', letter))).toContain('You are right: it is put right.')
  })

  it('LT-01, LT-02 its words name no amount and no day that the book does not hold, and threaten nothing', () => {
    const refusedFor = (explanation: string): readonly string[] => {
      const desk = owing()
      desk.does(dispute('2026-06-03'), '2026-06-03')
      desk.does(resolve('2026-06-10', { explanation }), '2026-06-10')
      return desk.refused(asked('2026-06-10', { about: 'disputeDecided', dispute: 'x1' }), '2026-06-10')
    }
    expect(refusedFor('you owe $412.50 for it')).toEqual(['LT-01.amounts'])
    expect(refusedFor('you were here on 06/02/2026')).toEqual(['LT-01.days'])
    for (const amount of [
      ...['412 dollars', '412.50 dollars', 'USD 412', 'USD412.50', 'US$ 412', '412 USD', '412 bucks', '$412 even'],
      ...['1,412 Dollars', '400 dollars and 50 cents', '50 cents', 'some $ 400.01 of it'],
    ]) {
      expect(refusedFor(`you owe ${amount} for it`), amount).toEqual(['LT-01.amounts'])
    }
    for (const day of [
      ...['June 2, 2026', 'June 2nd 2026', 'Jun. 2, 2026', 'jun 2 2026', '2 June 2026', 'the 2nd of June, 2026'],
      ...['6/2/26', '06-02-2026', '6.2.2026', 'June 2', 'the 2nd of June', 'June 1, 2025', 'December 24', 'May 5'],
      '2026/06/02',
    ]) {
      expect(refusedFor(`you were here on ${day}, it says`), day).toEqual(['LT-01.days'])
    }
    expect(refusedFor('pay, or we go to court')).toEqual(['ST-03.intended'])
    expect(refusedFor('not paying is a criminal matter')).toEqual(['ST-03.intended'])
    const desk = owing()
    desk.does(dispute('2026-06-03'), '2026-06-03')
    desk.does(resolve('2026-06-10', { explanation: 'on 06/01/2026 we charged $400.00 for it' }), '2026-06-10')
    expect(words(write(desk, '2026-06-10', { about: 'disputeDecided', dispute: 'x1' }))).toContain('$400.00')
    for (const held of [
      ...[
        'on June 1, 2026 we charged 400 dollars',
        'June 1st: USD 400.00',
        '400 dollars and 0 cents on the 1st of June',
      ],
      ...[
        'the 2 visits in June 2026 may 10 times be said',
        'we saw you 12 times in 2026; call 218-555-0100',
        '1 Jun 2026',
      ],
      'in March 2026 nothing was done; 99213 is a visit of 15 minutes',
    ]) {
      const other = owing()
      other.does(dispute('2026-06-03'), '2026-06-03')
      other.does(resolve('2026-06-10', { explanation: held }), '2026-06-10')
      expect(words(write(other, '2026-06-10', { about: 'disputeDecided', dispute: 'x1' })), held).toContain(held)
    }
  })
})

describe('letters that answer and confirm', () => {
  it('help with the bill: received while the ladder is paused for it, granted with the amount that the book gave up', () => {
    const desk = owing()
    const pause = {
      type: 'PauseDunning',
      on: '2026-06-03',
      pause: 'z1',
      because: 'assistance',
      reason: 'asked',
    } as const
    desk.does(pause, '2026-06-03')
    const received = write(desk, '2026-06-03', { about: 'assistanceReceived', pause: 'z1' })
    expect(words(received)).toContain('While we look at it we send you no bill.')
    desk.does({ type: 'ResumeDunning', on: '2026-06-09', pause: 'z1', reason: 'decided' }, '2026-06-09')
    expect(desk.refused(asked('2026-06-09', { about: 'assistanceReceived', pause: 'z1' }), '2026-06-09')).toEqual([
      'letters.notSo',
    ])
    const given: AccountCommandInput = {
      type: 'WriteOff',
      on: '2026-06-09',
      visit: 'v1',
      party: 'patient',
      category: 'charity',
      adjustment: 'w1',
      lines: [{ line: 'l1', amount: 30_000 }],
      approval: { by: 'cleo', roles: ['faSupervisor'], determination: 'D-1' },
      reason: 'income',
    }
    desk.does(given, '2026-06-09')
    const granted = write(desk, '2026-06-09', { about: 'assistanceGranted', adjustment: 'w1' })
    expect(granted.facts).toEqual([
      { what: 'decidedOn', on: '2026-06-09' },
      { what: 'givenUp', amount: 30_000 },
      { what: 'balance', amount: 10_000 },
    ])
  })

  it('a complaint is answered where it is open on the person, in words that the rules have read', () => {
    const complaint = (id: string) => (id === 'c1' ? { on: toDay('2026-06-02') } : undefined)
    const desk = owing(40_000, june, { ...office, writing: () => ({ ...writeTo, complaint }) })
    const answer = (id: string, text: string) => ({ about: 'complaint', complaint: id, answer: text }) as const
    expect(desk.refused(asked('2026-06-05', answer('c2', 'we are sorry')), '2026-06-05')).toEqual(['letters.notSo'])
    expect(desk.refused(asked('2026-06-05', answer('c1', 'we took off 99.00')), '2026-06-05')).toEqual([
      'LT-01.amounts',
    ])
    expect(words(write(desk, '2026-06-05', answer('c1', 'we are sorry')))).toContain('we are sorry')
  })

  it('help in the language that the person needs stands on it, marked as such (45 CFR 92)', () => {
    const desk = owing(40_000, june, { ...office, writing: () => ({ ...writeTo, language: 'es' }) })
    const notice = write(desk, june, { about: 'firstNotice' })
    expect(printed(contentOf(notice))?.html).toContain('<section lang="es"><h3>Español</h3>')
    expect(words(notice)).toContain('le ayudamos gratis en su idioma: 218-555-0100')
  })
})

describe('§4.4 the first notice', () => {
  it('says what was owed on its day, what has changed since, and until when it may be disputed; it adds up', () => {
    const desk = owing()
    send(desk, june)
    desk.does({ type: 'PostPayment', on: '2026-06-20', payment: 'p1', amount: 3_000, tender: 'check' }, '2026-06-20')
    const notice = write(desk, '2026-06-22', { about: 'firstNotice' })
    const amount = (what: string) => notice.facts.find((fact) => fact.what === what)?.amount ?? 0
    expect(notice.facts).toMatchObject([
      { what: 'itemisationDate', on: june },
      { what: 'owedThen', amount: 40_000 },
      { what: 'chargedSince', amount: 0 },
      { what: 'paidSince', amount: -3_000 },
      { what: 'adjustedSince', amount: 0 },
      { what: 'balance', amount: 37_000 },
      { what: 'disputeBy', on: '2026-07-29' },
    ])
    expect(amount('owedThen') + amount('chargedSince') + amount('paidSince') + amount('adjustedSince')).toBe(
      amount('balance'),
    )
  })

  it('DS-01 asks for nothing that is in dispute', () => {
    const desk = owing()
    desk.does(dispute('2026-06-03'), '2026-06-03')
    expect(desk.refused(asked('2026-06-03', { about: 'firstNotice' }), '2026-06-03')).toEqual(['DS-01', 'DS-10'])
  })

  it('ST-02.ppdr DS-10 nor while a patient-provider dispute resolution is pending (45 CFR 149.620)', () => {
    const desk = owing()
    desk.does({ ...dispute('2026-06-03'), kind: 'ppdr', written: true }, '2026-06-03')
    const refused = desk.refused(asked('2026-06-03', { about: 'firstNotice' }), '2026-06-03')
    expect(refused.toSorted()).toEqual(['DS-10', 'ST-02.ppdr'])
  })
})

describe('K6 letters are printed again to the same bytes', { tags: ['K6'] }, () => {
  it('from the event alone', () => {
    const desk = owing()
    const notice = write(desk, june, { about: 'firstNotice' })
    const bytes = printed(contentOf(notice))
    expect([office.sha256(bytes?.text ?? ''), office.sha256(bytes?.html ?? '')]).toEqual([
      notice.textHash,
      notice.htmlHash,
    ])
  })
})

describe('receipts', () => {
  it('have a number of their own per payment; printed again it is a copy of the same number', () => {
    const desk = owing()
    for (const payment of ['p1', 'p2']) {
      desk.does({ type: 'PostPayment', on: june, payment, amount: 1_000, tender: 'check' }, june)
    }
    const receipt = (payment: string) => desk.does({ type: 'IssueReceipt', on: june, payment }, june)[0]
    expect([receipt('p2'), receipt('p1'), receipt('p2')]).toMatchObject([
      { number: 1, templateVersion: 2 },
      { number: 2 },
      { number: 1, copy: true },
    ])
  })
})

describe('§5.3 letters of a plan', () => {
  const late = (): Desk => {
    const desk = agreed(selfPay({ l1: 60_000 }), { divide: { instalments: 6 } })
    desk.does({ type: 'EvaluatePlan', on: '2026-03-21', plan: 'p1' }, '2026-03-21')
    return desk
  }

  it('the cure notice names the day and what is overdue, and default waits for its days after it went out (PL-07)', () => {
    const desk = late()
    const cure = write(desk, '2026-03-22', { about: 'planCure', plan: 'p1' })
    expect(cure.facts).toMatchObject([
      { what: 'cureBy' },
      { what: 'overdue', amount: 20_000 },
      { what: 'remaining', amount: 60_000 },
    ])
    expect(cure.schedule[0]).toEqual({ due: '2026-02-15', amount: 10_000 })
    expect(planOf(desk).notices).toEqual([])
    expect(out(desk, cure, '2026-03-24')).toEqual(['DeliveryRecorded', 'PlanNoticeSent', 'PlanNoticeSent'])
    expect(planOf(desk).notices).toEqual([
      { kind: 'cure', on: '2026-03-24' },
      { kind: 'renegotiation', on: '2026-03-24' },
    ])
    const evaluated = (on: string) => desk.does({ type: 'EvaluatePlan', on, plan: 'p1' }, on).map(({ type }) => type)
    expect(evaluated('2026-04-20')).toContain('PlanDefaulted')
    expect(desk.refused(asked('2026-04-20', { about: 'planCure', plan: 'p1' }), '2026-04-20')).toEqual([
      'letters.notSo',
    ])
  })

  it('a plan that was put off or amended is confirmed as it stands, each as what it was', () => {
    const desk = agreed(selfPay({ l1: 60_000 }), { divide: { instalments: 6 } })
    expect(desk.refused(asked('2026-02-01', { about: 'planAmended', plan: 'p1' }), '2026-02-01')).toEqual([
      'letters.notSo',
    ])
    const defer = {
      type: 'DeferPlan',
      on: '2026-02-02',
      plan: 'p1',
      months: 2,
      hardship: true,
      reason: 'out of work',
    } as const
    desk.does(defer, '2026-02-02')
    expect(desk.refused(asked('2026-02-02', { about: 'planAmended', plan: 'p1' }), '2026-02-02')).toEqual([
      'letters.notSo',
    ])
    const letter = write(desk, '2026-02-02', { about: 'planDeferred', plan: 'p1' })
    expect(letter.schedule[0]).toEqual({ due: '2026-04-15', amount: 10_000 })
    expect(letter.schedule.reduce((sum, { amount }) => sum + amount, 0)).toBe(60_000)
  })
})
