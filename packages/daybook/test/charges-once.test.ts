import type { ClaimSubmission } from '@daybook/core/account'
import { type Desk, receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { controlOf, entries, unbalancedPrefixes } from './support/books.ts'
import { memoryDesk } from './support/desk.ts'
import { advice, type LineOf, type SubmittedOf, submission } from './support/documents.ts'

// postings.md, claim and charge identity: charges post once per (visit, line). A claim that is sent as an original and
// says something else of the same days is no second charge; the book can not tell what was meant, so a person says it.

const submits = async (desk: Desk, document: ClaimSubmission) =>
  (await Effect.runPromise(submitClaims(desk, document))).claims.map(({ outcome, problems }) => ({ outcome, problems }))
const revenue = async (desk: Desk): Promise<number> => {
  const log = await entries(desk)
  expect(unbalancedPrefixes(log)).toEqual([])
  return 0 - (controlOf(log)['revenue'] ?? 0)
}
const visits = async (desk: Desk): Promise<number> =>
  (await entries(desk)).filter(({ event }) => event.type === 'VisitOpened').length

const patient = { id: 'M1', last: 'DOE', first: 'JANE' }
const born = { ...patient, born: '1980-01-01' }
const claim = (of: Partial<SubmittedOf> = {}): SubmittedOf => ({
  pcn: 'V1',
  patient: born,
  to: { payer: 'ACME', member: 'M1' },
  lines: [{ charge: 10_000 }],
  ...of,
})
const sent = (of: Partial<SubmittedOf>, created: string): ClaimSubmission => submission([claim(of)], { created })

const onFile = async (of: Partial<SubmittedOf> = {}): Promise<Desk> => {
  const desk = await memoryDesk()
  expect(await submits(desk, sent(of, '2026-01-12'))).toEqual([{ outcome: 'posted', problems: [] }])
  return desk
}
const two: readonly LineOf[] = [{ charge: 10_000 }, { code: '85025', charge: 2_000 }]

describe('an original (frequency 1) for a visit that is on file', () => {
  const secondary = { to: { payer: 'BETA', sequence: 'S', member: 'M1' }, others: [{ payer: 'ACME', member: 'M1' }] }
  it.each<[string, Partial<SubmittedOf>]>([
    ['another amount on a line', { lines: [{ charge: 12_000 }, { code: '85025', charge: 2_000 }] }],
    [
      'another code on a line',
      {
        lines: [
          { code: '99214', charge: 10_000 },
          { code: '85025', charge: 2_000 },
        ],
      },
    ],
    ['a line more', { lines: [...two, { code: '81002', charge: 500 }] }],
    ['another amount, to the next payer', { ...secondary, lines: [{ charge: 12_000 }, ...two.slice(1)] }],
  ])('is held with %s: nothing is charged beside what is there', async (_, of) => {
    const desk = await onFile({ lines: two })
    const [answer] = await submits(desk, sent(of, '2026-02-12'))
    expect(answer?.outcome).toBe('held')
    expect(answer?.problems[0]).toContain('sent as an original, but the visit has no charge for line')
    expect(await revenue(desk)).toBe(12_000)
    expect(await visits(desk)).toBe(1)
  })

  it('with none of its services is another visit: practices give one number to all visits of an account', async () => {
    const desk = await onFile({ lines: two })
    expect((await submits(desk, sent({ lines: [{ code: '99215', charge: 20_000 }] }, '2026-02-12')))[0]?.outcome).toBe(
      'posted',
    )
    expect(await revenue(desk)).toBe(32_000)
    expect(await visits(desk)).toBe(2)
  })

  it('says which lines, and what the visit has instead', async () => {
    const desk = await onFile({ lines: two })
    const [answer] = await submits(desk, sent({ lines: [{ charge: 12_000 }, ...two.slice(1)] }, '2026-02-12'))
    expect(answer?.problems[0]).toBe(
      'sent as an original, but the visit has no charge for line 1 99213 120.00; it has 99213 of 2026-01-10 100.00',
    )
  })

  it('passes as a replacement (frequency 7), which voids and posts what differs', async () => {
    const desk = await onFile({ lines: two })
    const changed = sent({ frequency: '7', lines: [{ charge: 12_000 }, ...two.slice(1)] }, '2026-02-12')
    expect((await submits(desk, changed))[0]?.outcome).toBe('replaced')
    expect(await revenue(desk)).toBe(14_000)
  })

  it('passes as late charges (frequency 5), which add to the visit of their number, patient and days', async () => {
    const desk = await onFile({ lines: two })
    const late = sent({ frequency: '5', lines: [{ code: '81002', charge: 500 }] }, '2026-02-12')
    expect((await submits(desk, late))[0]?.outcome).toBe('submitted')
    expect(await revenue(desk)).toBe(12_500)
    expect(await visits(desk)).toBe(1)
  })

  it('as an interim claim (2, 3, 4) is a claim of its own: of other days it opens another visit', async () => {
    for (const frequency of ['2', '3', '4']) {
      const desk = await onFile({ lines: two })
      const interim = sent({ frequency, lines: [{ code: '81002', charge: 500, on: '2026-01-11' }] }, '2026-02-12')
      expect((await submits(desk, interim))[0]?.outcome).toBe('posted')
      expect(await revenue(desk)).toBe(12_500)
      expect(await visits(desk)).toBe(2)
    }
  })

  it('with a part of the lines charges nothing: a claim to the next payer for that part', async () => {
    const desk = await onFile({ lines: two })
    expect((await submits(desk, sent({ ...secondary, lines: two.slice(1) }, '2026-02-12')))[0]?.outcome).toBe(
      'submitted',
    )
    expect(await revenue(desk)).toBe(12_000)
  })

  it('that was replaced since, imported again, is a duplicate', async () => {
    const desk = await onFile({ lines: two })
    await submits(desk, sent({ frequency: '7', lines: [{ charge: 12_000 }, ...two.slice(1)] }, '2026-02-12'))
    expect((await submits(desk, sent({ lines: two }, '2026-01-12')))[0]?.outcome).toBe('duplicate')
    expect(await revenue(desk)).toBe(14_000)
  })

  it('whatever originals come with a service of a visit, its charges stay those of the first', async () => {
    const line = fc.record({
      code: fc.constantFrom('99213', '99214', '85025'),
      charge: fc.constantFrom(5_000, 10_000, 12_000),
      modifiers: fc.constantFrom([], ['25']),
    })
    const lines = fc.array(line, { minLength: 1, maxLength: 3 })
    const later = fc.record({ lines, payer: fc.constantFrom('ACME', 'BETA'), sequence: fc.constantFrom('P', 'S') })
    await fc.assert(
      fc.asyncProperty(lines, fc.array(later, { minLength: 1, maxLength: 4 }), async (first, others) => {
        const desk = await onFile({ lines: first })
        const charged = await revenue(desk)
        for (const [at, of] of others.entries()) {
          const to = { payer: of.payer, sequence: of.sequence, member: 'M1' }
          const lines = of.lines.map((each, index) => (index === 0 ? { ...each, code: first[0]?.code ?? '' } : each))
          await submits(desk, sent({ lines, to }, `2026-02-${10 + at}`))
          expect(await revenue(desk)).toBe(charged)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('a claim that voids (frequency 8) or replaces (7)', () => {
  const paid = advice({
    claims: [{ pcn: 'V1', patient, icn: 'ICN1', lines: [{ charge: 10_000, paid: 8_000, cas: [['PR', '2', 2_000]] }] }],
  })
  const beta = { payer: 'BETA', sequence: 'S', member: 'M1' }

  it('voids the charges of the visit; the claim filed anew after it is charged again, the old file is not', async () => {
    const desk = await onFile()
    expect((await submits(desk, sent({ frequency: '8' }, '2026-02-12')))[0]?.outcome).toBe('voided')
    expect(await revenue(desk)).toBe(0)
    expect((await submits(desk, sent({}, '2026-01-12')))[0]?.outcome).toBe('duplicate')
    expect(await revenue(desk)).toBe(0)
    for (const outcome of ['posted', 'duplicate']) {
      expect((await submits(desk, sent({}, '2026-02-20')))[0]?.outcome).toBe(outcome)
      expect(await revenue(desk)).toBe(10_000)
    }
  })

  it('may come with the claim filed anew in one file: the same file again charges and voids nothing', async () => {
    const desk = await onFile()
    const both = submission(
      [{ frequency: '8' }, {}].map((of) => ({
        pcn: 'V1',
        patient,
        to: { payer: 'ACME', member: 'M1' },
        lines: [{ charge: 10_000 }],
        ...of,
      })),
      { created: '2026-02-12' },
    )
    for (const outcomes of [
      ['voided', 'posted'],
      ['duplicate', 'duplicate'],
    ]) {
      expect((await submits(desk, both)).map(({ outcome }) => outcome)).toEqual(outcomes)
      expect(await revenue(desk)).toBe(10_000)
      expect(await visits(desk)).toBe(2)
    }
  })

  it('voids nothing where nothing is on file: it is held, and charges nothing', async () => {
    const desk = await memoryDesk()
    const [answer] = await submits(desk, sent({ frequency: '8' }, '2026-02-12'))
    expect(answer).toEqual({
      outcome: 'held',
      problems: ['it voids a claim that is not on file: there is nothing to void'],
    })
    expect(await entries(desk)).toEqual([])
  })

  it.each([
    ['8', 0, 'voided'],
    ['7', 10_000, 'replaced'],
  ] as const)('under another control number (frequency %s) is known by REF F8', async (frequency, charged, outcome) => {
    const desk = await onFile()
    await Effect.runPromise(receiveRemittance(desk, paid, { openMissing: false }))
    const other = sent({ pcn: 'V1B', frequency, originalReference: 'ICN1' }, '2026-03-12')
    expect((await submits(desk, other))[0]?.outcome).toBe(outcome)
    expect(await revenue(desk)).toBe(charged)
    expect(await visits(desk)).toBe(1)
  })

  it('to the second payer takes back that claim, not the services: the charges stand, and somebody is told', async () => {
    const desk = await onFile({ others: [beta] })
    await submits(desk, sent({ to: beta }, '2026-02-12'))
    await Effect.runPromise(receiveRemittance(desk, paid, { openMissing: false }))
    expect((await submits(desk, sent({ to: beta, frequency: '8' }, '2026-03-12')))[0]?.outcome).toBe('voided')
    expect(await revenue(desk)).toBe(10_000)
    const items = (await entries(desk)).flatMap(({ event }) =>
      event.type === 'ClaimWorkItemRaised' ? [event.code] : [],
    )
    expect(items).toEqual(['claimVoided'])
  })
})

describe('a control number that the practice uses again', () => {
  const month = (number: string) => sent({ lines: [{ charge: 10_000, on: `2026-${number}-10` }] }, `2026-${number}-12`)

  it('for another day of the same patient opens another visit, as often as it likes', async () => {
    const desk = await onFile()
    for (const number of ['02', '03', '04']) {
      expect((await submits(desk, month(number)))[0]?.outcome).toBe('posted')
    }
    expect(await visits(desk)).toBe(4)
    expect(await revenue(desk)).toBe(40_000)
    expect((await submits(desk, month('03')))[0]?.outcome).toBe('duplicate')
  })

  it('for several days in one file opens a visit for each', async () => {
    const desk = await onFile()
    for (const number of ['02', '03']) await submits(desk, month(number))
    const days = ['04', '05', '04']
    const file = submission(
      days.map((number) => ({
        pcn: 'V1',
        patient,
        to: { payer: 'ACME', member: 'M1' },
        lines: [{ charge: 10_000, on: `2026-${number}-10` }],
      })),
      { created: '2026-05-12' },
    )
    expect((await submits(desk, file)).map(({ outcome }) => outcome)).toEqual(['posted', 'posted', 'duplicate'])
    expect(await visits(desk)).toBe(5)
    expect(await revenue(desk)).toBe(50_000)
  })

  it('is told apart by the days of service when the payer answers', async () => {
    const desk = await onFile()
    for (const number of ['02', '03']) await submits(desk, month(number))
    const paid = advice({
      claims: [{ pcn: 'V1', patient, lines: [{ charge: 10_000, paid: 10_000, on: '2026-02-10' }] }],
      date: '2026-04-01',
    })
    const report = await Effect.runPromise(receiveRemittance(desk, paid, { openMissing: false }))
    expect(report).toMatchObject({ outcome: 'posted', postedClaims: 1 })
    const log = await entries(desk)
    const [posted] = log.flatMap(({ event }) => (event.type === 'InsurancePaymentPosted' ? [event] : []))
    const charged = log.flatMap(({ event }) => (event.type === 'ChargePosted' ? [event] : []))
    expect(charged.find(({ lineId }) => lineId === posted?.lines[0]?.lineId)?.dosFrom).toBe('2026-02-10')
  })
})

describe('a visit that its remittance opened, and the claim that comes later', () => {
  const paidWhole = advice({
    claims: [{ pcn: 'V1', patient, charge: 12_000, paid: 12_000, lines: [] }],
    date: '2026-02-20',
  })
  const paidLines = advice({
    claims: [{ pcn: 'V1', patient, lines: [{ code: '80050', charge: 12_000, paid: 12_000 }] }],
    date: '2026-02-20',
  })

  it.each([
    ['one line of the whole claim, on the day of the payment', paidWhole],
    ['lines under the codes of the payer', paidLines],
  ])('with %s: an original of the same total is that claim, nothing is charged again', async (_, document) => {
    const desk = await memoryDesk()
    await Effect.runPromise(receiveRemittance(desk, document, { openMissing: true }))
    expect(await revenue(desk)).toBe(12_000)
    expect((await submits(desk, sent({ lines: two }, '2026-01-12')))[0]?.outcome).toBe('submitted')
    expect(await revenue(desk)).toBe(12_000)
    expect(await visits(desk)).toBe(1)
  })

  it('and is voided after it: the same file again charges nothing', async () => {
    const desk = await memoryDesk()
    await Effect.runPromise(receiveRemittance(desk, paidLines, { openMissing: true }))
    const original = sent({ lines: two }, '2026-01-12')
    const voided = sent({ lines: two, frequency: '8' }, '2026-03-12')
    expect((await submits(desk, original))[0]?.outcome).toBe('submitted')
    expect((await submits(desk, voided))[0]?.outcome).toBe('voided')
    for (const again of [original, voided]) expect((await submits(desk, again))[0]?.outcome).toBe('duplicate')
    expect(await revenue(desk)).toBe(0)
    expect(await visits(desk)).toBe(1)
  })

  it('of the day and the charge of its line, coded otherwise, is held beside another total', async () => {
    const desk = await memoryDesk()
    await Effect.runPromise(receiveRemittance(desk, paidLines, { openMissing: true }))
    const other = sent({ lines: [{ charge: 12_000 }, { code: '81002', charge: 500 }] }, '2026-01-12')
    expect((await submits(desk, other))[0]?.outcome).toBe('held')
    expect(await revenue(desk)).toBe(12_000)
  })
})
