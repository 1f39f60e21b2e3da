import { describe, expect, it } from 'vitest'
import { openTestBook } from './support/folder.ts'

const person = '0197ab12-0000-7000-8000-000000000001'
const account = '0197ab12-0000-7000-8000-0000000000a1'
const on = '2026-11-20'
const actor = { id: 'sue', roles: ['supervisor'] } as const

/** All that a desk vouches for, which no facet keeps: that nobody represents the guarantor among it. */
const attested = {
  'insurance.eligibilityCheckedOn': '2026-11-10',
  'billing.firstBillOn': '2026-04-01',
  'billing.noticesSent': 3,
  'billing.finalNoticeOn': '2026-09-01',
  'billing.addressValid': true,
  'assistance.pending': false,
  'assistance.approvedInFull': false,
  'assistance.screened': true,
  'bankruptcy.open': false,
  'person.deceased': false,
  'person.attorney': false,
  'person.servicemember': false,
  'person.identityTheft': false,
  'person.protected': false,
  'patient.qmb': false,
  'case.workersCompOpen': false,
  'case.liabilityOpen': false,
  'hold.open': false,
  'ppdr.pending': false,
  'file.itemised': true,
  'file.agreementSigned': true,
  'file.minimumNecessary': true,
  'agency.agreementActive': true,
  'agency.licensedInState': true,
}

describe('what stands on a person’s file goes before what a desk vouches for', () => {
  it('PC-01.5 nobody sends to an agency who is represented; what was sent before keeps its receipt', async () => {
    await using book = await openTestBook('memory:')
    const guarantor = { name: 'Jo Roe', born: '1980-02-01', state: 'MN' }
    await book.open({ account, on: '2026-03-01', guarantor })
    await book.execute(account, { type: 'ConfirmGuarantor', on: '2026-03-01', reason: 'signed' })
    const charge = { type: 'PostCharge', on: '2026-03-02', visit: 'v1', code: '99213', amount: 12_500 } as const
    for (const line of ['l1', 'l2']) await book.execute(account, { ...charge, line })
    await book.openPerson({ person, name: 'Jo Roe', account, on: '2026-03-01' })
    const place = { type: 'PlaceAccount', on, agency: 'acme-collect', kind: 'primary', attested } as const
    const rulesOf = async (command: Parameters<typeof book.execute>[1], commandId?: string) => {
      const answer = await book.execute(account, command, { actor, ...(commandId === undefined ? {} : { commandId }) })
      return answer.ok ? [] : answer.hits.map(({ rule }) => rule)
    }
    expect(await rulesOf({ ...place, lines: ['l1'] }, 'first')).toEqual([])
    await book.executeOnPerson(person, { type: 'RecordAttorney', on, name: 'A. Torney', accounts: [account] })
    expect(await rulesOf({ ...place, lines: ['l2'] })).toEqual(['PC-01.5.attorney'])
    expect(await book.execute(account, { ...place, lines: ['l1'] }, { actor, commandId: 'first' })).toMatchObject({
      ok: true,
      repeated: true,
    })
    const release = { type: 'ReleaseAttorney', on, because: 'ended', reason: 'wrote so' } as const
    await book.executeOnPerson(person, release)
    expect(await rulesOf({ ...place, lines: ['l2'] })).toEqual([])
  })
  it('DS-10 Q8 nobody is reached to collect what is in dispute, all of it; who has reached them all the same is told', {
    tags: ['Q8'],
  }, async () => {
    await using book = await openTestBook('memory:')
    await book.open({ account, on: '2026-03-01', guarantor: { name: 'Jo Roe', state: 'MN' } })
    const charge = { type: 'PostCharge', on: '2026-03-02', visit: 'v1', code: '99213', amount: 12_500 } as const
    for (const line of ['l1', 'l2']) await book.execute(account, { ...charge, line })
    await book.openPerson({ person, name: 'Jo Roe', account, on: '2026-03-01' })
    const phone = {
      type: 'RecordDatum',
      on,
      datum: 'm',
      kind: 'phone',
      value: '612-555-0101',
      place: 'mobile',
    } as const
    await book.executeOnPerson(person, { ...phone, source: 'person' })
    const dispute = async (line: string, kind: 'quality' | 'billingError') => {
      const said = { raisedBy: 'patient', channel: 'phone', written: false, says: 'not so' } as const
      const opened = await book.execute(account, { type: 'OpenDispute', on, kind, lines: [line], ...said })
      expect(opened.ok).toBe(true)
    }
    const call = { account, by: 'call', at: '2026-11-21T16:00:00.000Z' } as const
    await dispute('l1', 'quality')
    expect((await book.may(call)).allowed).toBe(true)
    await dispute('l2', 'billingError')
    const asked = await book.may(call)
    expect(asked.ways.map(({ hits }) => hits.map(({ rule }) => rule))).toEqual([['DS-10', 'DS-01']])
    expect(asked).not.toHaveProperty('earliest')
    expect((await book.may({ ...call, purpose: 'answer' })).allowed).toBe(true)
    const begin = { type: 'BeginContact', account, datum: 'm', medium: 'call' } as const
    const refused = await book.executeOnPerson(person, begin)
    expect(refused.ok ? [] : refused.hits.map(({ rule }) => rule)).toEqual(['DS-10', 'DS-01'])
    const report = { type: 'RecordCallAttempt', account, datum: 'm', outcome: 'noAnswer' } as const
    expect(await book.executeOnPerson(person, report)).toMatchObject({
      ok: true,
      warnings: [{ rule: 'DS-10' }, { rule: 'DS-01' }],
    })
  })
})
