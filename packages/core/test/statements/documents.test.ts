import { describe, expect, it } from 'vitest'
import { contentOf, printed, review } from '../../src/account/index.ts'
import { accountEventDefinitions } from '../../src/account/rooms.ts'
import { type Changing, post, toldBy } from '../../src/account/statements/activity-state.ts'
import { noticesFor } from '../../src/documents/statement/notices.ts'
import { toDay } from '../../src/kernel/day.ts'
import type { PracticePolicy } from '../../src/policy/policy.ts'
import { contextOf, type Office } from '../../src/testing/history.ts'
import { byHand, claimOf, type Desk, insured, office, openDesk, practice, remit, writeTo } from '../support/desk.ts'
import { against, dispute, june, owing, send } from '../support/statement-desk.ts'

const under = (more: Partial<PracticePolicy>): Office => ({
  ...office,
  policy: { version: 2, policy: { ...practice, ...more } },
})

/** What a statement prints, without its layout. */
const words = (desk: Desk, on: string): string => {
  const bytes = printed(contentOf(send(desk, on)))
  return bytes?.text.replace(/\s+/g, ' ') ?? ''
}

describe('§3.2 what a statement says', () => {
  it('charges, insurance, adjustments and payments of each service, and they add up', () => {
    const desk = insured('2026-05-01')
    desk.does(
      { type: 'ConfirmGuarantor', on: '2026-05-01', name: 'Jo Roe', state: 'MN', reason: 'signed' },
      '2026-05-01',
    )
    desk.does(
      { type: 'PostCharge', on: '2026-05-01', visit: 'v1', line: 'l1', code: '99213', amount: 20_000 },
      '2026-05-01',
    )
    const advice = claimOf({ charge: 20_000, paid: 9_000 }, [
      ['CO', '45', 5_000],
      ['PR', '1', 6_000],
    ])
    desk.does(remit([advice], june), june)
    desk.does({ type: 'PostPayment', on: june, payment: 'p1', amount: 1_000, tender: 'check' }, june)
    const document = send(desk, '2026-06-29')
    expect(document.lines).toMatchObject([
      { charge: 20_000, insurance: -9_000, adjustments: -5_000, paid: -1_000, other: 0, elsewhere: 0, balance: 5_000 },
    ])
    expect(document.activity.map(({ what, amount }) => [what, amount])).toEqual([
      ['yourShare', 6_000],
      ['payment', -1_000],
    ])
    expect(document).toMatchObject({ previousBalance: 0, balance: 5_000, amountDue: 5_000, apart: [] })
  })

  it('what counts from a later day is told by the next statement (law K7)', () => {
    const desk = owing()
    desk.does({ type: 'PostPayment', on: '2026-06-20', payment: 'p1', amount: 3_000, tender: 'check' }, june)
    expect(send(desk, june)).toMatchObject({ balance: 40_000, activity: [{ what: 'charge' }] })
    expect(send(desk, '2026-07-01')).toMatchObject({
      previousBalance: 40_000,
      balance: 37_000,
      activity: [{ what: 'payment', on: '2026-06-20', amount: -3_000 }],
    })
  })

  it('D6 a stay that is not over is on no statement', { tags: ['D6'] }, () => {
    const desk = owing()
    const stay = {
      type: 'PostCharge',
      on: '2026-06-10',
      visit: 'v2',
      line: 'l2',
      code: '99223',
      amount: 90_000,
    } as const
    desk.does(stay, june)
    expect(send(desk, june)).toMatchObject({ balance: 40_000, amountDue: 40_000, lines: [{ lineId: 'l1' }] })
  })

  it('money on account is taken off before anything is asked for (law Q7)', { tags: ['Q7'] }, () => {
    const desk = owing(40_000, june, byHand)
    desk.does(
      { type: 'PostPayment', on: june, payment: 'p1', amount: 6_000, tender: 'check', allocations: [{ line: 'l1' }] },
      june,
    )
    desk.does({ type: 'DeallocatePayment', payment: 'p1', reason: 'for something else' }, june)
    const document = send(desk, june)
    expect(document).toMatchObject({ balance: 34_000, amountDue: 34_000, apart: [] })
    expect(document.lines).toMatchObject([{ paid: 0, balance: 40_000 }])
  })

  it('every event that moves money has words of its own, or is told as another change', () => {
    const silent = accountEventDefinitions.filter(({ schema }) => 'effects' in schema.shape).map(({ type }) => type)
    const event = {
      effectiveDate: june,
      contra: [],
      effects: [{ party: 'patient', stage: 'active', lineId: 'l1', amount: 1 }],
    }
    const told = silent.map((type) => {
      const slice: Changing = { balance: 0 }
      post(slice, { ...event, type } as never)
      return [type, toldBy(slice.pending, june)[0]?.what]
    })
    expect(told.flatMap(([type, what]) => (what === 'other' ? [type] : [])).sort()).toEqual([
      'CreditMoved',
      'PaymentDeallocated',
      'PriorPayerSettled',
      'PriorPayerSettlementUndone',
      'RefundAcknowledged',
      'RefundCleared',
      'RefundVoided',
      'UnappliedApplied',
      'WithholdSettled',
    ])
  })

  it('the notices of the jurisdiction, by day; of a 501(c)(3) hospital its own, conspicuously', () => {
    const of = (entityType: string, states: string[], on: string) =>
      noticesFor({ on: toDay(on), entityType, states, kind: 'statement' }).map(({ id }) => id)
    const always = ['NT-plan', 'NT-itemised', 'NT-dispute']
    expect(of('physician_practice', ['WI'], '2026-06-01')).toEqual(['NT-assistance', ...always])
    expect(of('physician_practice', ['MN'], '2024-10-01')).toEqual(['NT-assistance', ...always, 'NT-MN'])
    expect(of('physician_practice', ['MN'], '2024-09-30')).toEqual(['NT-assistance', ...always])
    expect(of('physician_practice', ['NY', 'CA'], '2026-06-01')).toEqual(['NT-assistance', ...always])
    expect(of('hospital_501c3', ['NY'], '2026-06-01')).toEqual(['NT-501r', ...always, 'NT-NY'])
    const hospital = under({ practice: { ...practice.practice, entityType: 'hospital_501c3' } })
    expect(words(owing(40_000, june, hospital), june)).toContain(
      'Ask about financial assistance: call 218-555-0101. Our policy, the application and a summary in plain language are at https://lakeside.example/help.',
    )
    const silent = under({
      practice: { ...practice.practice, entityType: 'hospital_501c3' },
      profile: { ...practice.profile, assistanceUrl: '' },
    })
    expect(against(owing(40_000, june, silent), june)).toEqual(['ST-04.assistance'])
  })

  it('what was typed steers no page: it is escaped in HTML', () => {
    const desk = owing(40_000, june, {
      ...office,
      writing: () => ({ ...writeTo, to: { channel: 'mail', name: '<script>alert(1)</script>' } }),
    })
    const html = printed(contentOf(send(desk, june)))?.html ?? ''
    expect(html).toContain('&lt;script&gt;')
    expect(html).not.toContain('<script')
  })
})

describe('what stands against it', () => {
  it('LetterContentGate: a letter threatens nothing that the practice does not intend, or the state forbids', () => {
    const mentions = (at: Office, ...mentions: ('creditReporting' | 'legalAction')[]) =>
      owing(40_000, june, at).refused({ type: 'IssueStatement', on: june, mentions }, june)
    expect(mentions(office, 'legalAction')).toEqual(['ST-03.intended'])
    const reporting = under({ statements: { ...practice.statements, mentions: ['placement', 'creditReporting'] } })
    expect(mentions(reporting, 'creditReporting')).toEqual(['ST-03.creditReporting'])
  })

  it('the final notice says what comes next, and leaves thirty days for an answer', () => {
    const desk = owing()
    for (const on of [june, '2026-07-01', '2026-07-31', '2026-08-30']) send(desk, on)
    const final = send(desk, '2026-09-14')
    expect(final).toMatchObject({ type: 'LetterIssued', level: 5, mentions: ['placement'], dueOn: '2026-10-14' })
    expect(printed(contentOf(final))?.text).toMatch(/given to a\s+collection agency/)
  })

  it('§8.6 a minor is sent no bill, and nobody is written to whom nobody has named', () => {
    const desk = openDesk()
    desk.does(
      { type: 'OpenAccount', accountId: 'a1', on: june, guarantor: { name: 'Ty Roe', born: '2010-02-01' } },
      june,
    )
    desk.does({ type: 'PostCharge', on: june, visit: 'v1', line: 'l1', code: '99213', amount: 40_000 }, june)
    expect(against(desk, june)).toEqual(['ST-02.minor'])
    const nobody = owing(40_000, june, { ...office, writing: undefined })
    expect(against(nobody, june)).toEqual(['statements.nobody'])
  })

  it('one that is asked about is shown without anything being written, reasons and all', () => {
    const desk = owing()
    desk.does(dispute(june), june)
    const before = desk.state
    const found = review('issueStatement', desk.state, contextOf(office, june, 9))
    expect(found).toMatchObject({ pass: false, hits: [{ rule: 'ST-01.paused' }], content: { amountDue: 0 } })
    expect(desk.state).toBe(before)
  })

  it('placement: what was sent is known to its checklist, and can not be attested otherwise', () => {
    const desk = owing()
    send(desk, june)
    send(desk, '2026-07-01')
    const on = '2026-07-02'
    const attested = { 'billing.noticesSent': 3 }
    const place = {
      type: 'PlaceAccount' as const,
      on,
      agency: 'acme',
      kind: 'primary' as const,
      lines: ['l1'],
      attested,
    }
    const decision = desk.tries(place, on)
    const hits = decision.ok ? [] : decision.hits
    expect(hits.map(({ reason }) => reason)).toContain('2 of 3 notices were sent')
    expect(hits.map(({ rule }) => rule)).toContain('facts.alreadyKnown')
  })
})

describe('a document on its way', () => {
  const sent = () => {
    const desk = owing()
    const { documentId } = send(desk, june)
    const goes = (
      stage: 'made' | 'sent' | 'delivered' | 'returned' | 'bounced' | 'corrected',
      on: string,
      reason?: string,
    ) => ({ type: 'RecordDelivery', on, document: documentId, stage, ...(reason ? { reason } : {}) }) as const
    return { desk, goes }
  }

  it('is made, sent, and arrives or comes back; corrected, it may be sent again', () => {
    const { desk, goes } = sent()
    expect(desk.refused(goes('delivered', june), june)).toEqual(['statements.stage'])
    desk.does(goes('made', june), june)
    desk.does(goes('sent', '2026-06-02'), '2026-06-02')
    expect(desk.refused(goes('returned', '2026-06-09'), '2026-06-09')).toEqual(['statements.why'])
    expect(desk.refused(goes('returned', '2026-06-01', 'moved'), '2026-06-09')).toEqual(['statements.beforeStanding'])
    desk.does(goes('returned', '2026-06-09', 'moved'), '2026-06-09')
    expect(desk.refused(goes('delivered', '2026-06-10'), '2026-06-10')).toEqual(['statements.stage'])
    desk.does(goes('corrected', '2026-06-12'), '2026-06-12')
    desk.does(goes('sent', '2026-06-12'), '2026-06-12')
  })

  it('§3.1 D3, F32: what came back stops the next one until somebody knows where it goes', () => {
    const { desk, goes } = sent()
    desk.does(goes('sent', june), june)
    desk.does(goes('returned', '2026-06-09', 'moved'), '2026-06-09')
    expect(against(desk, '2026-07-01')).toEqual(['ST-01.returned'])
    desk.does(goes('corrected', '2026-07-02'), '2026-07-02')
    expect(against(desk, '2026-07-02')).toEqual(['it went out'])
  })

  it('a reminder is of something that asks', () => {
    const { desk } = sent()
    const document = [...desk.state.statements.documents.keys()][0] ?? ''
    desk.does({ type: 'RecordReminder', on: '2026-06-16', document, channel: 'text' }, '2026-06-16')
    expect(desk.state.statements.documents.get(document as never)?.remindedOn).toBe('2026-06-16')
    expect(desk.refused({ type: 'RecordReminder', on: june, document: 'd9', channel: 'text' }, june)).toEqual([
      'statements.unknown',
    ])
  })
})

describe('F10 a receipt', () => {
  it('says what was paid, and what of it stands on account', () => {
    const desk = owing(5_000)
    desk.does({ type: 'PostPayment', on: june, payment: 'p1', amount: 6_000, tender: 'card' }, june)
    const [receipt] = desk.does({ type: 'IssueReceipt', on: june, payment: 'p1' }, june)
    expect(receipt).toMatchObject({
      type: 'ReceiptIssued',
      amount: 6_000,
      applied: [{ lineId: 'l1', amount: 5_000 }],
      onAccount: 1_000,
      to: { channel: 'inPerson', name: 'Jo Roe' },
    })
    expect(desk.refused({ type: 'IssueReceipt', on: june, payment: 'p9' }, june)).toEqual(['payments.unknown'])
    desk.does({ type: 'ReversePayment', on: june, payment: 'p1', kind: 'chargeback', reason: 'x' }, june)
    expect(desk.refused({ type: 'IssueReceipt', on: june, payment: 'p1' }, june)).toEqual([
      'statements.paymentReversed',
    ])
  })
})

describe('§7.0 DS-08 an itemised bill on request', () => {
  it('is due within 30 days, shows every service, and is given once', () => {
    const desk = owing()
    const ask = { type: 'RequestItemisation', on: '2026-06-05', itemisation: 'i1', channel: 'phone' } as const
    expect(desk.does(ask, '2026-06-05')).toMatchObject([{ dueBy: '2026-07-05', visits: ['v1'] }])
    const give = { type: 'IssueItemisation', on: '2026-06-06', itemisation: 'i1', by: 'mail' } as const
    expect(desk.does(give, '2026-06-06')).toMatchObject([
      { type: 'ItemisationIssued', balance: 40_000, lines: [{ lineId: 'l1', charge: 40_000 }] },
    ])
    expect(desk.refused(give, '2026-06-06')).toEqual(['statements.itemised'])
    expect(desk.refused({ ...ask, itemisation: 'i2', visits: ['v9'] }, '2026-06-06')).toEqual([
      'statements.visitUnknown',
    ])
  })
})
