import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/account/index.ts'
import { policyHits, presets } from '../../src/policy/index.ts'
import { opened } from '../support/desk.ts'

const on = '2026-03-02'
type Inquiry = Extract<AccountCommandInput, { type: 'RecordInquiry' }>
const asked = (over: Partial<Inquiry> = {}): Inquiry => ({
  type: 'RecordInquiry',
  on,
  inquiry: 'i1',
  topic: 'balance',
  channel: 'phone',
  by: 'guarantor',
  says: 'why do I owe this?',
  ...over,
})
const answer = (phi: boolean, day = on) =>
  ({ type: 'AnswerInquiry', on: day, inquiry: 'i1', channel: 'phone', phi, answer: 'the deductible' }) as const

describe('F09, §11.5: who asks is told nothing about the patient before two identifiers', () => {
  it('that nothing was said is on record, with the inquiry', () => {
    const desk = opened(on)
    expect(desk.does(asked({ identifiers: ['name', 'name'] }), on).map(({ type }) => type)).toEqual([
      'InquiryReceived',
      'PhiWithheld',
    ])
    expect(desk.refused(answer(true), on)).toEqual(['IQ-01'])
    desk.does({ type: 'VerifyInquirer', on, inquiry: 'i1', identifiers: ['born'] }, on)
    desk.does(answer(true), on)
  })

  it('who was verified at once is answered at once; what says nothing of the patient is said to anybody', () => {
    const desk = opened(on)
    expect(desk.does(asked({ identifiers: ['name', 'born'] }), on)).toHaveLength(1)
    desk.does(answer(true), on)
    desk.does(asked({ inquiry: 'i2' }), on)
    desk.does({ ...answer(false), inquiry: 'i2' }, on)
  })

  it('IQ-02 a neighbour who knows name and birth day is told nothing about the patient', () => {
    const desk = opened(on)
    desk.does(asked({ by: 'other', identifiers: ['name', 'born'] }), on)
    expect(desk.refused(answer(true), on)).toEqual(['IQ-02'])
    desk.does(answer(false), on)
  })

  it('no practice may ask for fewer', () => {
    const preset = presets.physicianPracticeMN
    const asking = (identifiers: number) => ({ ...preset, inquiries: { ...preset.inquiries, identifiers } })
    expect(policyHits(asking(1)).map(({ rule }) => rule)).toEqual(['IQ-01'])
    expect(policyHits(asking(3))).toEqual([])
  })
})

describe('an inquiry', () => {
  it('is answered once, and not before it came; escalated as long as it waits', () => {
    const desk = opened(on)
    desk.does(asked(), on)
    expect(desk.refused(answer(false, '2026-03-01'), on)).toEqual(['inquiries.beforeReceived'])
    const escalate = { type: 'EscalateInquiry', on, inquiry: 'i1', to: 'supervisor', reason: 'a waiver' } as const
    desk.does(escalate, on)
    desk.does(answer(false), on)
    expect(desk.refused(answer(false), on)).toEqual(['inquiries.answered'])
    expect(desk.refused(escalate, on)).toEqual(['inquiries.answered'])
    expect(desk.refused(asked({ on: '2026-03-03' }), on)).toEqual(['inquiries.ahead', 'inquiries.known'])
    expect(desk.refused({ ...answer(false), inquiry: 'i9' }, on)).toEqual(['inquiries.unknown'])
  })
})

describe('PR-04 who asks to whom their data was given (45 CFR 164.528(c))', () => {
  const requested = () => {
    const desk = opened(on)
    desk.does(asked({ topic: 'disclosures', by: 'patient', identifiers: ['name', 'born'] }), on)
    return desk
  }
  // Requested on 2026-03-02: due on the 60th day, with the one extension on the 90th.
  const more = (day: string, until: string) =>
    ({ type: 'ExtendInquiry', on: day, inquiry: 'i1', until, reason: 'records are in an archive' }) as const

  it('is given thirty more days at most, once, while there is time', () => {
    const desk = requested()
    expect(desk.refused(more('2026-04-20', '2026-06-01'), '2026-04-20')).toEqual(['inquiries.extension'])
    expect(desk.refused(more('2026-04-20', '2026-05-01'), '2026-04-20')).toEqual(['inquiries.extension'])
    expect(desk.refused(more('2026-05-02', '2026-05-31'), '2026-05-02')).toEqual(['inquiries.extendedLate'])
    expect(desk.does(more('2026-05-01', '2026-05-31'), '2026-05-01')).toMatchObject([
      { type: 'InquiryExtended', until: '2026-05-31' },
    ])
    expect(desk.refused(more('2026-05-01', '2026-05-31'), '2026-05-01')).toEqual(['inquiries.extended'])
    desk.does(answer(true, '2026-05-30'), '2026-05-30')
    expect(desk.refused(more('2026-05-30', '2026-05-31'), '2026-05-30')).toEqual(['inquiries.answered'])
  })

  it('no other inquiry is given more time by it', () => {
    const desk = opened(on)
    desk.does(asked(), on)
    expect(desk.refused(more('2026-03-03', '2026-05-31'), '2026-03-03')).toEqual(['inquiries.noExtension'])
  })
})
