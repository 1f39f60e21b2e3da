import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Desk } from '../support/desk.ts'
import { all, type ClaimSaid, control, type LineSaid, owed, pays, type Triple, takenBack, visitWith } from './visit.ts'

/** What a payer may do with a part of a line. */
const parts = [
  ['paid', ''],
  ['CO', '45'],
  ['CO', '253'],
  ['CO', '197'],
  ['CO', '50'],
  ['OA', '133'],
  ['PR', '1'],
  ['PR', '2'],
  ['PR', '96'],
  ['OA', '209'],
  ['CO', '104'],
] as const

const lineArb = fc
  .record({
    charge: fc.integer({ min: 100, max: 90_000 }),
    weights: fc.array(fc.tuple(fc.nat({ max: parts.length - 1 }), fc.integer({ min: 1, max: 9 })), {
      minLength: 1,
      maxLength: 4,
    }),
    above: fc.option(fc.integer({ min: 1, max: 2_000 }), { freq: 5, nil: 0 }),
  })
  .map(({ charge, weights, above }): LineSaid => {
    const total = weights.reduce((sum, [, weight]) => sum + weight, 0)
    let left = charge
    let paid = 0
    const cas: Triple[] = []
    for (const [at, [part, weight]] of weights.entries()) {
      const amount = at === weights.length - 1 ? left : Math.floor((charge * weight) / total)
      left -= amount
      const [group, carc] = parts[part] ?? parts[0]
      if (group === 'paid') paid += amount
      else cas.push([group, carc, amount])
    }
    return { charge, paid: paid + above, cas: above === 0 ? cas : [...cas, ['CO', '94', -above]] }
  })

/** A claim of one to three lines, told apart by their line control numbers. */
const linesArb = fc
  .array(lineArb, { minLength: 1, maxLength: 3 })
  .map((lines) => lines.map((line, at): LineSaid => ({ ...line, controlNumber: `L${at + 1}` })))

/** The same charges, decided in two ways. */
const twiceArb = linesArb.chain((lines) =>
  fc.tuple(
    fc.constant(lines),
    fc.tuple(
      ...lines.map(({ charge, controlNumber }) => lineArb.map((other) => rescaled(other, charge, controlNumber))),
    ),
  ),
)

/** A decision about another charge, brought to this one: the difference is paid, or reduced where it is below. */
const rescaled = (line: LineSaid, charge: number, controlNumber: string | undefined): LineSaid => {
  const off = charge - line.charge
  return {
    ...line,
    charge,
    ...(controlNumber ? { controlNumber } : {}),
    ...(off >= 0 ? { paid: (line.paid ?? 0) + off } : { cas: [...(line.cas ?? []), ['CO', '94', off]] }),
  }
}

const visit = (lines: readonly LineSaid[], payers: readonly ('acme' | 'beta')[] = ['acme'], filing = {}): Desk =>
  visitWith({
    charges: lines.map(({ charge, controlNumber = '' }, at) => ({ line: `l${at + 1}`, amount: charge, controlNumber })),
    payers,
    filing,
  })

const total = (amounts: readonly { readonly amount: number }[]): number =>
  amounts.reduce((sum, { amount }) => sum + amount, 0)
const runs = { numRuns: 1000 }
const claim = (lines: readonly LineSaid[], over: Partial<ClaimSaid> = {}): ClaimSaid => ({ ...over, lines })

describe('laws of adjudication, over generated advices', () => {
  it('D2 every line explains its charge, and what stays at the coverage is denied, pending or held', {
    tags: ['D2'],
  }, () => {
    fc.assert(
      fc.property(linesArb, (lines) => {
        const desk = visit(lines)
        desk.does(pays('acme', claim(lines), '2026-02-20'), '2026-02-21')
        const [adjudicated] = all(desk, 'ClaimAdjudicated')
        const open = owed(desk)
        const denied = all(desk, 'DenialRecorded')
          .filter(({ amountHeld }) => !amountHeld)
          .flatMap((denial) => denial.lines)
        const held = all(desk, 'ResponsibilityHeld').flatMap((holding) => holding.lines)
        for (const line of adjudicated?.lines ?? []) {
          expect(line.charge).toBe(line.paid + total(line.adjustments))
          const stays = [...denied, ...held].filter(({ lineId }) => lineId === line.lineId)
          expect(open[`${line.lineId} acme`] ?? 0).toBe(total(stays))
        }
        const paid = all(desk, 'InsurancePaymentPosted').flatMap((payment) => payment.lines)
        expect(total(paid), 'errata 6: the lines sum to CLP04').toBe(adjudicated?.paidTotal)
      }),
      runs,
    )
  })

  it('D5 what the patient is asked for is at most the gated PR; a protected patient is asked for nothing', {
    tags: ['D5'],
  }, () => {
    fc.assert(
      fc.property(linesArb, fc.boolean(), (lines, protectedPatient) => {
        const desk = visit(lines, ['acme'], { acme: 'MB' })
        const remarks = protectedPatient ? ['N782'] : []
        desk.does(pays('acme', claim(lines, { remarks, filing: 'MB' }), '2026-02-20'), '2026-02-21')
        const open = owed(desk)
        // OA-209 on any line says it of the patient, as the remark does.
        const isProtected =
          protectedPatient ||
          lines.some(({ cas = [] }) => cas.some(([, carc, amount]) => carc === '209' && amount !== 0))
        for (const [at, { cas = [] }] of lines.entries()) {
          const share = cas.filter(([group, carc]) => group === 'PR' && (carc === '1' || carc === '2'))
          const asked = share.reduce((sum, [, , amount]) => sum + amount, 0)
          expect(open[`l${at + 1} patient`] ?? 0).toBe(isProtected ? 0 : asked)
        }
      }),
      runs,
    )
  })

  it('D4 a reversal and its correction net to the correction; the overlap keeps its age, the patient’s payment stands', {
    tags: ['D4'],
  }, () => {
    fc.assert(
      fc.property(twiceArb, fc.double({ min: 0, max: 1, noNaN: true }), ([before, after], fraction) => {
        const shareOf = (desk: Desk): Record<string, number> =>
          Object.fromEntries(Object.entries(owed(desk)).filter(([key]) => key.endsWith('patient')))
        const anew = visit(after)
        anew.does(pays('acme', claim(after), '2026-03-20'), '2026-03-21')
        const desk = visit(before)
        desk.does(pays('acme', claim(before), '2026-02-20'), '2026-02-21')
        const [old, now] = [shareOf(desk), shareOf(anew)]
        const payable = Object.entries(old).reduce((sum, [key, amount]) => sum + Math.min(amount, now[key] ?? 0), 0)
        // On one line, so that both payments find the same item.
        const sameItem = new Set([...Object.keys(old), ...Object.keys(now)]).size === 1
        const amount = sameItem ? Math.floor(payable * fraction) : 0
        if (amount > 0) {
          for (const each of [desk, anew]) {
            each.does({ type: 'PostPayment', on: '2026-03-21', amount, tender: 'check' }, '2026-03-21')
          }
        }
        desk.does(pays('acme', [takenBack(claim(before)), claim(after)], '2026-03-20'), '2026-03-22')
        expect(owed(desk)).toEqual(owed(anew))
        const named = (name: string) => (name.startsWith('payerClearing') ? 'payerClearing' : name)
        const folded = (of: Desk) => {
          const sums: Record<string, number> = {}
          for (const [name, cents] of Object.entries(control(of))) sums[named(name)] = (sums[named(name)] ?? 0) + cents
          return Object.fromEntries(Object.entries(sums).filter(([, cents]) => cents !== 0))
        }
        expect(folded(desk)).toEqual(folded(anew))
        if (amount > 0) return
        for (const [key, share] of Object.entries(now)) {
          const kept = [...desk.state.ledger.layers.values()].filter(
            ({ lineId, party, agingFrom }) => `${lineId} ${party}` === key && agingFrom === '2026-02-21',
          )
          expect(kept.reduce((sum, layer) => sum + layer.active, 0)).toBe(Math.min(share, old[key] ?? 0))
        }
      }),
      runs,
    )
  })

  it('D4 a reversal alone leaves what was before the adjudication, but for the payer’s clearing', {
    tags: ['D4'],
  }, () => {
    fc.assert(
      fc.property(linesArb, (lines) => {
        const desk = visit(lines)
        const before = [owed(desk), control(desk)]
        desk.does(pays('acme', claim(lines), '2026-02-20'), '2026-02-21')
        desk.does(pays('acme', takenBack(claim(lines)), '2026-02-20'), '2026-02-22')
        expect([owed(desk), control(desk)]).toEqual(before)
      }),
      runs,
    )
  })

  it('D1 a voided charge keeps nothing but the payer’s cash, as a credit', { tags: ['D1'] }, () => {
    fc.assert(
      fc.property(linesArb, (lines) => {
        const desk = visit(lines)
        desk.does(pays('acme', claim(lines), '2026-02-20'), '2026-02-21')
        for (const [at] of lines.entries()) {
          desk.does({ type: 'VoidCharge', on: '2026-03-01', line: `l${at + 1}`, reason: 'never was' }, '2026-03-01')
        }
        const paid = lines.reduce((sum, line) => sum + (line.paid ?? 0), 0)
        expect(owed(desk)).toEqual(
          Object.fromEntries(lines.flatMap((line, at) => (line.paid ? [[`l${at + 1} acme`, -line.paid]] : []))),
        )
        expect(control(desk)).toEqual(paid === 0 ? {} : { 'payerClearing:remit-acme-2026-02-20': paid })
        desk.does(pays('acme', takenBack(claim(lines)), '2026-04-01'), '2026-04-02')
        expect(owed(desk), 'and a reversal takes that back').toEqual({})
      }),
      runs,
    )
  })

  it('rule N D2 a second payer’s repeated reduction leaves the patient what it says, whatever the first one reduced', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_000, max: 90_000 }),
        fc.tuple(fc.nat({ max: 100 }), fc.nat({ max: 100 }), fc.nat({ max: 100 }), fc.nat({ max: 100 })),
        (charge, [a, b, c, d]) => {
          const paid = Math.floor((charge * a) / 200)
          const reduced = Math.floor(((charge - paid) * b) / 200)
          const share = charge - paid - reduced
          const second = Math.floor((share * c) / 100)
          const asked = Math.floor(((share - second) * d) / 100)
          const desk = visit([{ charge, controlNumber: 'L1' }], ['acme', 'beta'])
          const first: LineSaid = {
            charge,
            paid,
            controlNumber: 'L1',
            cas: [
              ['CO', '253', reduced],
              ['PR', '1', share],
            ],
          }
          desk.does(pays('acme', claim([first]), '2026-02-20'), '2026-02-21')
          const prior = Math.min(paid, charge - second - asked)
          const later: LineSaid = {
            charge,
            paid: second,
            controlNumber: 'L1',
            cas: [
              ['OA', '23', prior],
              ['CO', '253', charge - second - asked - prior],
              ['PR', '2', asked],
            ],
          }
          desk.does(pays('beta', claim([later], { status: '2', icn: 'B1' }), '2026-03-20'), '2026-03-21')
          expect(owed(desk)).toEqual(asked === 0 ? {} : { 'l1 patient': asked })
        },
      ),
      runs,
    )
  })
})
