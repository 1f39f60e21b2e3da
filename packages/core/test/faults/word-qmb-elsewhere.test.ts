import { describe, expect, it } from 'vitest'
import { all, owed, pays, takenBack, visitWith } from '../claims/visit.ts'
import type { Desk } from '../support/desk.ts'

// Fault word-9: Medicare has said of one visit that the patient is a QMB. Of another one of the same coverage it says nothing: whether it
// is so on that day nobody knows, and what nobody knows keeps the share off the patient (clarification 1; 42 U.S.C. 1396a(n)(3)(B)).

const V2 = { visit: { known: 'v2' } }
const share = (over: object = {}, line: object = {}) =>
  ({
    filing: 'MB',
    ...over,
    lines: [
      {
        charge: 20_000,
        paid: 10_000,
        cas: [
          ['CO', '45', 5_000],
          ['PR', '2', 5_000],
        ],
        ...line,
      },
    ],
  }) as const
const second = share({ icn: 'P2', pcn: 'v2' })

/** Two visits, ten days apart, with Medicare. */
const twoVisits = (filing = 'MB'): Desk => {
  const desk = visitWith({
    charges: [{ line: 'l1', amount: 20_000 }],
    filing: { acme: filing },
    payers: ['acme', 'beta'],
  })
  desk.does(
    { type: 'SetCobOrder', on: '2026-01-10', patient: patientOf(desk), order: ['acme', 'beta'], reason: 'x' },
    '2026-01-10',
  )
  const charge = {
    type: 'PostCharge',
    on: '2026-01-20',
    visit: 'v2',
    line: 'l2',
    code: '99213',
    amount: 20_000,
  } as const
  desk.does(charge, '2026-01-20')
  return desk
}
const patientOf = (desk: Desk) => [...desk.state.registration.visits.values()][0]?.patientId ?? ''
const ofOnePayer = (): Desk => {
  const desk = visitWith({ charges: [{ line: 'l1', amount: 20_000 }], filing: { acme: 'MB' } })
  const charge = {
    type: 'PostCharge',
    on: '2026-01-20',
    visit: 'v2',
    line: 'l2',
    code: '99213',
    amount: 20_000,
  } as const
  desk.does(charge, '2026-01-20')
  return desk
}
const held = (desk: Desk) => all(desk, 'ResponsibilityHeld').map(({ visitId, blockedBy }) => [visitId, blockedBy])

describe('word-9 a payer has called the patient a QMB on another visit', () => {
  it('word-9 the share is held, and released with an eligibility check that says otherwise', () => {
    const desk = ofOnePayer()
    desk.does(pays('acme', share({}, { remarks: ['N781'] }), '2026-02-01'), '2026-02-01')
    desk.does(pays('acme', second, '2026-02-11', V2), '2026-02-11')
    expect(owed(desk)).toEqual({ 'l1 acme': 5_000, 'l2 acme': 5_000 })
    expect(held(desk)).toEqual([
      ['v1', ['AR-05']],
      ['v2', ['AR-05']],
    ])
    const holding = all(desk, 'ResponsibilityHeld').at(-1)?.holdingId ?? ''
    const release = (evidence?: object) =>
      ({
        type: 'ReleaseResponsibility',
        on: '2026-02-12',
        holding,
        reason: 'x',
        outcome: { kind: 'toPatient', ...(evidence ? { evidence } : {}) },
      }) as const
    expect(desk.refused(release() as never, '2026-02-12')).toEqual(['AR-05'])
    desk.does(release({ group: 'PR', carc: '2', notQmb: 'HETS of 2026-02-12' }) as never, '2026-02-12')
    expect(owed(desk)).toEqual({ 'l1 acme': 5_000, 'l2 patient': 5_000 })
  })

  it('word-9 so it is where that decision was taken back since: what it says of the patient does not go with it', () => {
    const desk = ofOnePayer()
    const said = share({}, { remarks: ['N782'] })
    desk.does(pays('acme', said, '2026-02-01'), '2026-02-01')
    desk.does(pays('acme', takenBack(said), '2026-02-05'), '2026-02-05')
    desk.does(pays('acme', second, '2026-02-11', V2), '2026-02-11')
    expect(owed(desk)['l2 patient']).toBeUndefined()
  })

  it('word-9 not by what is said of an amount alone (CARC 209), nor by another payer’s word', () => {
    const desk = ofOnePayer()
    const cas = [
      ['CO', '45', 5_000],
      ['OA', '209', 5_000],
    ] as const
    desk.does(pays('acme', share({}, { cas }), '2026-02-01'), '2026-02-01')
    desk.does(pays('acme', second, '2026-02-11', V2), '2026-02-11')
    expect(owed(desk)['l2 patient']).toBe(5_000)

    const other = twoVisits('12')
    other.does(pays('acme', share({ filing: '12' }), '2026-02-01'), '2026-02-01')
    const cas2 = [
      ['OA', '23', 15_000],
      ['PR', '2', 2_000],
    ] as const
    const byBeta = share({ status: '2', icn: 'B1' }, { paid: 3_000, cas: cas2, remarks: ['N781'] })
    other.does(pays('beta', byBeta, '2026-02-05'), '2026-02-05')
    expect(owed(other)['l1 patient']).toBeUndefined()
    other.does(pays('acme', { ...second, filing: '12' }, '2026-02-11', V2), '2026-02-11')
    expect(owed(other)['l2 beta']).toBe(5_000)
  })

  it('word-9 a hand move of it is refused likewise', () => {
    const desk = ofOnePayer()
    desk.does(pays('acme', second, '2026-02-01', V2), '2026-02-01')
    desk.does(
      {
        type: 'TransferResponsibility',
        on: '2026-02-02',
        lines: [{ line: 'l2' }],
        from: 'patient',
        to: { coverageId: 'acme' },
        because: 'manual',
        reason: 'x',
      },
      '2026-02-02',
    )
    desk.does(pays('acme', share({}, { remarks: ['N781'] }), '2026-02-03'), '2026-02-03')
    const back = {
      type: 'TransferResponsibility',
      on: '2026-02-04',
      lines: [{ line: 'l2' }],
      from: { coverageId: 'acme' },
      to: 'patient',
      because: 'manual',
      reason: 'x',
      evidence: { group: 'PR', carc: '2' },
    } as const
    expect(desk.refused(back as never, '2026-02-04')).toEqual(['AR-05'])
  })
})
