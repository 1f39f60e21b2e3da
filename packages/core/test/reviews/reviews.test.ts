import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/account/index.ts'
import { type Desk, opened } from '../support/desk.ts'

const on = '2026-03-02'
const charged = (): Desk => {
  const desk = opened(on)
  desk.does({ type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount: 10_000 }, on)
  desk.does({ type: 'PostCharge', on, visit: 'v2', line: 'l2', code: '99213', amount: 10_000 }, on)
  return desk
}

type Review = Extract<AccountCommandInput, { type: 'ReviewAccount' }>
const says = 'the paper says 90.00'
const review = (findings: Review['findings'] = [], over: Partial<Review> = {}): Review => ({
  ...{ type: 'ReviewAccount', on, review: 'rv1', findings },
  ...over,
})
const ends = (finding: string, day = on) =>
  ({ type: 'ResolveFinding', on: day, finding, how: 'corrected', reason: 'voided and charged again' }) as const

describe('F05 an account is looked through', () => {
  it('F05 also where nothing was found: that somebody has looked is on record', () => {
    expect(charged().does(review(), on)).toEqual([
      { type: 'AccountReviewed', effectiveDate: on, reviewId: 'rv1', found: 0, says: undefined },
    ])
  })

  it('F05 what was found is a discrepancy each, of its line and the visit of it, until it is resolved once', () => {
    const desk = charged()
    const found = desk.does(
      review([
        { finding: 'f1', kind: 'other', line: 'l1', amount: 1_000, says },
        { finding: 'f2', kind: 'unposted', says: 'a check in the mail' },
      ]),
      on,
    )
    expect(found.map(({ type }) => type)).toEqual(['AccountReviewed', 'DiscrepancyFound', 'DiscrepancyFound'])
    expect(found[1]).toMatchObject({ findingId: 'f1', reviewId: 'rv1', lineId: 'l1', visitId: 'v1', amount: 1_000 })
    const open = () => desk.state.reviews.findings.where('open').map(({ findingId }) => findingId)
    expect(open()).toEqual(['f1', 'f2'])
    desk.does(ends('f1'), on)
    expect(open()).toEqual(['f2'])
    expect(desk.refused(ends('f1'), on)).toEqual(['reviews.resolved'])
  })

  it('F05 ids that nobody gives are made, one for each discrepancy', () => {
    const desk = charged()
    desk.does(
      review(
        [
          { kind: 'other', says },
          { kind: 'other', says },
        ],
        { review: undefined },
      ),
      on,
    )
    expect(desk.state.reviews.findings.size).toBe(2)
  })

  it.each<[string, readonly string[], Review]>([
    ['a review twice', ['reviews.known'], review()],
    ['a finding twice', ['reviews.findingKnown'], review([{ finding: 'f1', kind: 'other', says }], { review: 'rv2' })],
    [
      'one id for two findings',
      ['reviews.findingKnown'],
      review(
        [
          { finding: 'f2', kind: 'other', says },
          { finding: 'f2', kind: 'negative', says },
        ],
        { review: 'rv2' },
      ),
    ],
    [
      'a visit and a line that are not there',
      ['reviews.visitUnknown', 'reviews.lineUnknown'],
      review([{ kind: 'other', visit: 'v9', line: 'l9', says }], { review: 'rv2' }),
    ],
    [
      'a line of another visit',
      ['reviews.otherVisit'],
      review([{ kind: 'other', visit: 'v2', line: 'l1', says }], { review: 'rv2' }),
    ],
    ['a day that has not come', ['reviews.ahead'], review([], { review: 'rv2', on: '2026-03-03' })],
  ])('F05 is refused: %s', (_name, rules, command) => {
    const desk = charged()
    desk.does(review([{ finding: 'f1', kind: 'other', says }]), on)
    expect(desk.refused(command, on)).toEqual(rules)
  })

  it('F05 a finding that is not there, and one before it was found, are not resolved', () => {
    const desk = charged()
    desk.does(review([{ finding: 'f1', kind: 'other', says }]), on)
    expect(desk.refused(ends('f9'), on)).toEqual(['reviews.unknown'])
    expect(desk.refused(ends('f1', '2026-03-01'), on)).toEqual(['reviews.beforeFound'])
    expect(desk.refused(ends('f1', '2026-03-03'), on)).toEqual(['reviews.ahead'])
  })
})
