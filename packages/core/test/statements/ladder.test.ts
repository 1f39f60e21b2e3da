import { describe, expect, it } from 'vitest'
import { contentOf, nextDocument, printed } from '../../src/account/index.ts'
import { calendarOf, laddersOf } from '../../src/account/statements/ladder.ts'
import type { Step } from '../../src/account/statements/state.ts'
import { addDays, type Day, toDay } from '../../src/kernel/day.ts'
import { type Desk, office, opened, practice } from '../support/desk.ts'

const june = toDay('2026-06-01')

/** Somebody who pays for themselves, and owes an amount since a day. */
export const owing = (amount = 40_000, on: string = june, at = office): Desk => {
  const desk = opened(on, at)
  desk.does(
    { type: 'ConfirmGuarantor', on, name: 'Jo Roe', born: '1980-02-01', state: 'MN', reason: 'signed the form' },
    on,
  )
  desk.does({ type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount }, on)
  return desk
}

const issue = (desk: Desk, on: string): Step => {
  const [event] = desk.does({ type: 'IssueStatement', on }, on)
  return event as Step
}
const refused = (desk: Desk, on: string) => desk.refused({ type: 'IssueStatement', on }, on)

const sent = (desk: Desk, from: Day, until: Day): readonly string[] => {
  const days: string[] = []
  for (let day = from; day <= until; day = addDays(day, 1)) {
    const decision = desk.tries({ type: 'IssueStatement', on: day }, day)
    if (decision.ok) days.push(...(decision.events as Step[]).map(({ level }) => `${level} ${day}`))
  }
  return days
}

describe('§3.1 the ladder: responsibility 2026-06-01', () => {
  it('F11: S1 06-01, S2 07-01, L1 07-31, L2 08-30, final 09-14, and then placement from 10-14', () => {
    const desk = owing()
    expect(sent(desk, june, toDay('2026-12-31'))).toEqual([
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
    expect(sent(owing(), toDay('2026-06-20'), toDay('2026-09-01'))).toEqual([
      '1 2026-06-20',
      '2 2026-07-20',
      '3 2026-08-19',
    ])
  })

  it('says every reason and the earliest day', () => {
    const desk = owing(500)
    issue(owing(), june)
    expect(refused(desk, june)).toEqual(['ST-01.minimum'])
    const other = owing()
    issue(other, june)
    const decision = other.tries({ type: 'IssueStatement', on: '2026-06-02' }, '2026-06-02')
    expect(decision).toMatchObject({ ok: false, earliest: '2026-07-01' })
    expect(decision.ok ? [] : decision.hits.map(({ rule }) => rule)).toEqual(['ST-01.step', 'ST-01.cycle'])
  })
})

it('what is printed is printed again to the same bytes', () => {
  const desk = owing()
  const step = issue(desk, june)
  const again = printed(contentOf(step))
  expect(again && [office.sha256(again.text), office.sha256(again.html)]).toEqual([step.textHash, step.htmlHash])
  expect(again?.text).toMatchInlineSnapshot(`
    "STATEMENT OF YOUR ACCOUNT
    =========================

    Lakeside Physicians, P.A.
    100 Lake Street
    Duluth, MN 55802
    218-555-0100
    https://lakeside.example/pay

    Jo Roe
    12 Oak Avenue, Duluth, MN 55804

    Date           2026-06-01
    Number         1
    Account        a1
    Patient        Jo Roe
    Amount due     400.00
    Please pay by  2026-06-22

    YOUR ACCOUNT

    What has happened
    Date        What            Service              Amount
    -------------------------------------------------------
                Balance before                         0.00
    2026-06-01  Charge          99213 of 2026-06-01  400.00
    -------------------------------------------------------
    Balance                                          400.00

    What we ask for now
    What        Amount
    ------------------
    Balance     400.00
    ------------------
    Amount due  400.00

    Amount due by age
    Age                Amount
    -------------------------
    0 to 30 days       400.00
    31 to 60 days        0.00
    61 to 90 days        0.00
    91 to 120 days       0.00
    121 days and more    0.00

    SERVICES

    What you owe on each service
    Date        Service  Charge  Insurance  Adjusted  You paid  Other  Elsewhere  You owe
    -------------------------------------------------------------------------------------
    2026-06-01  99213    400.00       0.00      0.00      0.00   0.00       0.00   400.00
    -------------------------------------------------------------------------------------
    Together             400.00       0.00      0.00      0.00   0.00       0.00   400.00

    Elsewhere: what insurance has still to decide, or a collection agency has. It
    is not asked for here.

    HOW TO PAY, AND WHOM TO ASK

    - By card at https://lakeside.example/pay
    - By check to the address above

    Questions: billing office, Monday to Friday 8 to 5, 218-555-0100.

    YOUR RIGHTS, AND HELP

    Financial assistance.
    If you can not pay, ask us about financial assistance: 218-555-0100.

    Payment plans.
    You may pay in parts. Ask us about a payment plan: 218-555-0100.

    Itemised bill.
    You have a right to an itemised bill. Ask for it and you have it within 30
    days, free of charge.

    If something is wrong.
    If you think that this bill is wrong, write or call us: 218-555-0100. Say
    which service it is about. What you dispute is not asked for until we have
    answered you; the rest is.

    Minnesota.
    Minnesota: you may not be denied medically necessary care because of a medical
    debt. Medical debt is not reported to credit bureaus. You may ask an attorney
    for advice, and you may complain to the Minnesota Attorney General. Our policy
    on collecting medical debt is available from us.

    - ATENCIÓN: si habla español, tiene a su disposición servicios gratuitos de
      asistencia lingüística.
    "
  `)
  expect(nextDocument(desk.state, practice, june).dueOn).toBe('2026-07-01')
})
