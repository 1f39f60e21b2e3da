import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/account/index.ts'
import { one, withPosting } from './one-line.ts'
import { all, type ClaimSaid, control, owed, pays, takenBack, visitWith } from './visit.ts'

// What keeps a share off the patient, whichever paper says it (reference §1.4, clarifications 1 and 8).

type Input<T extends AccountCommandInput['type']> = Extract<AccountCommandInput, { type: T }>

const byHand = (over: Partial<Input<'TransferResponsibility'>> = {}): Input<'TransferResponsibility'> => ({
  type: 'TransferResponsibility',
  on: '2026-03-01',
  lines: [{ line: 'l1' }],
  from: { coverageId: 'acme' },
  to: 'patient',
  because: 'manual',
  evidence: { group: 'PR', carc: '1' },
  reason: 'reviewed',
  ...over,
})

describe('AR-06 Medicaid is Medicaid by the coverage on file or by the advice', () => {
  it.each(['', '12', 'HM', 'ZZ', 'MC'])('on file it is Medicaid, CLP06 says [%s]: PR-1 waits', (filing) => {
    const desk = one([['PR', '1', 3_000]], { filing }, { filing: { acme: 'MC' } })
    expect(owed(desk)).toEqual({ 'l1 acme': 3_000 })
    expect(all(desk, 'ResponsibilityHeld')[0]?.blockedBy).toEqual(['AR-06'])
  })

  it('on file it is another, CLP06 says MC: PR-1 waits, and nobody moves it by hand as if it were not Medicaid’s', () => {
    const desk = one([['PR', '1', 3_000]], { filing: 'MC' })
    expect(owed(desk)).toEqual({ 'l1 acme': 3_000 })
    expect(desk.refused(byHand(), '2026-03-01')).toEqual(['AR-06'])
    const holding = [...desk.state.ledger.holdings.keys()][0] ?? ''
    const release: Input<'ReleaseResponsibility'> = {
      type: 'ReleaseResponsibility',
      on: '2026-03-01',
      holding,
      outcome: { kind: 'toPatient' },
      reason: 'reviewed',
    }
    expect(desk.refused(release, '2026-03-01')).toEqual(['AR-06'])
  })
})

describe('AR-05 a QMB stays one when the decision that said so is taken back', () => {
  const first: ClaimSaid = {
    icn: 'P1',
    remarks: ['N782'],
    lines: [{ charge: 10_000, paid: 6_000, cas: [['PR', '2', 4_000]] }],
  }
  const second: ClaimSaid = { icn: 'P2', lines: [{ charge: 10_000, paid: 7_000, cas: [['PR', '2', 3_000]] }] }
  const back: ClaimSaid = { ...takenBack(first), remarks: [] }
  const corrected = (visit: Parameters<typeof visitWith>[0]) => {
    const desk = visitWith(visit)
    desk.does(pays('acme', first, '2026-02-20'), '2026-02-21')
    desk.does(pays('acme', [back, second], '2026-03-20'), '2026-03-21')
    return desk
  }
  const charges = [{ line: 'l1', amount: 10_000 }]

  it('the correction’s silence does not bill the patient', () => {
    const desk = corrected({ charges })
    expect(owed(desk)).toEqual({ 'l1 acme': 3_000 })
    expect(all(desk, 'ResponsibilityHeld').at(-1)?.blockedBy).toEqual(['AR-05'])
  })

  it('nor does a correction that comes in an advice of its own', () => {
    const desk = visitWith({ charges })
    desk.does(pays('acme', first, '2026-02-20'), '2026-02-21')
    desk.does(pays('acme', back, '2026-03-20'), '2026-03-21')
    desk.does(pays('acme', second, '2026-04-20'), '2026-04-21')
    expect(owed(desk)).toEqual({ 'l1 acme': 3_000 })
  })

  it('on a status that the account contradicts itself about nothing is written off by policy', () => {
    const desk = corrected({ charges, at: withPosting({ qmbWithoutNextPayer: 'writeOff' }) })
    expect(owed(desk)).toEqual({ 'l1 acme': 3_000 })
    expect(control(desk)['writeOff:qmb']).toBeUndefined()
  })

  it('an eligibility check denies it: then a person may move the share; a decision that stands is not denied so', () => {
    const checked = { group: 'PR', carc: '2', notQmb: '271 of 2026-03-28, no QMB on the day of service' }
    const desk = corrected({ charges })
    const unchecked = { group: 'PR', carc: '2' }
    expect(desk.refused(byHand({ on: '2026-04-01', evidence: unchecked }), '2026-04-01')).toEqual(['AR-05'])
    desk.does(byHand({ on: '2026-04-01', evidence: checked }), '2026-04-01')
    expect(owed(desk)).toEqual({ 'l1 patient': 3_000 })
    const stands = one([['PR', '2', 3_000]], { remarks: ['N782'] })
    expect(stands.refused(byHand({ evidence: checked }), '2026-03-01')).toEqual(['AR-05'])
  })

  it('CARC 209 speaks of its amount: taken back with it, it keeps nothing off the patient', () => {
    const desk = visitWith({ charges })
    const regulated: ClaimSaid = { icn: 'P1', lines: [{ charge: 10_000, paid: 6_000, cas: [['OA', '209', 4_000]] }] }
    desk.does(pays('acme', regulated, '2026-02-20'), '2026-02-21')
    desk.does(pays('acme', [takenBack(regulated), second], '2026-03-20'), '2026-03-21')
    expect(owed(desk)).toEqual({ 'l1 patient': 3_000 })
  })
})

describe('reference §1.4 gate 1: the next payer comes before the patient, on a denial too', () => {
  const informed = { remarks: ['M38'] }

  it('PR on a denial code with remark M38 goes to the next coverage, and to the patient where there is none', () => {
    expect(owed(one([['PR', '50', 3_000]], informed, { payers: ['acme', 'beta'] }))).toEqual({ 'l1 beta': 3_000 })
    expect(owed(one([['PR', '50', 3_000]], informed))).toEqual({ 'l1 patient': 3_000 })
  })
})

describe('design §3.11: a decision names the rules that let it pass', () => {
  const passed = (desk: ReturnType<typeof one>): readonly string[] => {
    const decision = desk.history.steps.at(-1)?.decision
    return decision?.ok ? decision.allowedBy.map(({ id }) => id) : []
  }

  it('those that stood between a share and the patient, beside AR-02 and AR-08', () => {
    const asked = passed(one([['PR', '1', 3_000]]))
    expect(asked).toEqual(expect.arrayContaining(['AR-02', 'AR-04', 'AR-05', 'AR-06', 'AR-08', 'PG-04']))
    expect(new Set(asked).size).toBe(asked.length)
  })

  it('none of them where nothing went to the patient', () => {
    expect(passed(one([['CO', '45', 3_000]]))).toEqual(['AR-02', 'AR-08'])
    expect(passed(one([['PR', '1', 3_000]], {}, { filing: { acme: 'MC' } }))).toEqual(['AR-02', 'AR-08'])
  })
})
