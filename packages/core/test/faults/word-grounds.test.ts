import { describe, expect, it } from 'vitest'
import { type AccountCommandInput, accountCommand } from '../../src/account/index.ts'
import type { Role } from '../../src/policy/roles.ts'
import { one } from '../claims/one-line.ts'
import { all, owed, pays, type Triple, visitWith } from '../claims/visit.ts'
import { type Desk, office, opened } from '../support/desk.ts'

// Fault word-6 as a kind: a write-off by a law, or by what became of the guarantor, rests on facts that can be judged, and
// not on a number that somebody types.

type WriteOff = Extract<AccountCommandInput, { type: 'WriteOff' }>
type Grounds = NonNullable<WriteOff['approval']>
const on = '2026-06-01'
const by = (...roles: Role[]) => ({ ...office, actor: { id: 'rob', roles } })
const director: Grounds = { by: 'dora', roles: ['director'], determination: 'D-1', effort: 'E-1' }

const off = (category: WriteOff['category'], over: Partial<WriteOff> = {}, grounds: Grounds = {}): WriteOff => ({
  type: 'WriteOff',
  on,
  visit: 'v1',
  party: 'patient',
  category,
  approval: { ...director, ...grounds },
  reason: 'given up',
  ...over,
})

/** 100.00 of a self-pay patient, served on 2 March. */
const charged = (served = '2026-03-02', from?: string): Desk => {
  const desk = opened(from ?? served, by('rep'))
  const charge = { visit: 'v1', line: 'l1', code: '99213', amount: 10_000, ...(from ? { dosFrom: from } : {}) }
  desk.does({ type: 'PostCharge', on: served, ...charge }, served)
  return desk
}
const why = (desk: Desk) => {
  const decision = desk.history.steps.at(-1)?.decision
  return decision && !decision.ok ? decision.hits.map(({ reason }) => reason) : []
}

describe('word-6 a bankruptcy covers what was served before its petition', () => {
  const petition = (petitionedOn: string, over: object = {}): Grounds => ({
    bankruptcy: { chapter: '7', caseNumber: '26-40001', court: 'D. Minn.', petitionedOn, ...over },
  })

  it('word-6 a number alone is no case', () => {
    const desk = charged()
    expect(desk.refused(off('bankruptcy'), on)).toEqual(['WO-04'])
    desk.does(off('bankruptcy', {}, petition('2026-05-10')), on)
    expect(owed(desk)).toEqual({})
    expect(all(desk, 'WriteOffPosted')[0]?.authority).toMatchObject({
      approver: 'dora',
      bankruptcy: { chapter: '7', caseNumber: '26-40001', petitionedOn: '2026-05-10' },
    })
  })

  it.each([
    ['served after it', '2026-03-01', undefined, 'no bankruptcy of the guarantor is known that covers it'],
    ['served on its day: which came first nobody can tell', '2026-03-02', undefined, 'was served until 2026-03-02'],
    ['a stay that began before it', '2026-03-01', '2026-02-20', 'was served until 2026-03-02'],
    ['a petition to come', '2026-06-02', undefined, 'the petition is of 2026-06-02'],
  ])('word-6 %s', (_, petitionedOn, from, reason) => {
    const desk = charged('2026-03-02', from)
    expect(desk.refused(off('bankruptcy', {}, petition(petitionedOn)), on)).toEqual(['WO-04'])
    expect(why(desk).join()).toContain(reason)
  })

  it.each([
    ['before its petition', '2026-05-09'],
    ['to come', '2026-06-02'],
  ])('word-6 a discharge %s contradicts it, and blocks', (_, dischargedOn) => {
    expect(charged().refused(off('bankruptcy', {}, petition('2026-05-10', { dischargedOn })), on)).toEqual(['WO-04'])
    charged().does(off('bankruptcy', {}, petition('2026-05-10', { dischargedOn: '2026-05-30' })), on)
  })

  it("word-6 what a payer owes is no debt of the guarantor's; a share that is held there is", () => {
    const party = { coverageId: 'acme' }
    const denied = one([['CO', '50', 3_000]], {}, { at: by('rep') })
    expect(denied.refused(off('bankruptcy', { party }, petition('2026-05-10')), on)).toEqual(['WO-04'])
    const held = one([['PR', '2', 3_000]], { remarks: ['N782'] }, { at: by('rep') })
    held.does(off('bankruptcy', { party }, petition('2026-05-10')), on)
    expect(owed(held)).toEqual({})
  })

  it('word-6 a denial that is given up, and a holding, ask the same', () => {
    const desk = one([['CO', '50', 3_000]], {}, { at: by('rep') })
    const approval = { ...director, ...petition('2026-05-10') }
    const outcome = { kind: 'writtenOff' as const, category: 'bankruptcy' as const, avoidable: false, approval }
    const denial = all(desk, 'DenialRecorded')[0]?.denialId ?? ''
    expect(desk.refused({ type: 'ResolveDenial', on, denial, outcome, reason: 'x' }, on)).toEqual(['WO-04'])
    const held = one([['PR', '2', 3_000]], { remarks: ['N782'] }, { at: by('rep') })
    const holding = [...held.state.ledger.holdings.keys()][0] ?? ''
    const given = { kind: 'writtenOff' as const, category: 'bankruptcy' as const, approval }
    held.does({ type: 'ReleaseResponsibility', on, holding, outcome: given, reason: 'x' }, on)
    expect(owed(held)).toEqual({})
  })

  it('word-6 a case is a case: its number is no blank, its chapter one that people file', () => {
    const bad = [{ caseNumber: ' ' }, { chapter: '9' }, { petitionedOn: '2026-02-30' }, { court: undefined }]
    for (const over of bad) {
      const given = { ...off('bankruptcy', {}, petition('2026-05-10')) } as { approval: { bankruptcy: object } }
      const approval = { ...given.approval, bankruptcy: { ...given.approval.bankruptcy, ...over } }
      expect(accountCommand.safeParse({ ...given, approval }).success, JSON.stringify(over)).toBe(false)
    }
  })
})

describe('word-6 an estate owes what was served until the day of death', () => {
  const estate = (diedOn: string): Grounds => ({ estate: { diedOn, because: 'noEstate', reference: 'search of May' } })

  it('word-6 nobody has died', () => {
    const desk = charged()
    expect(desk.refused(off('estate'), on)).toEqual(['WO-08'])
    desk.does(off('estate', {}, estate('2026-03-02')), on)
    expect(owed(desk)).toEqual({})
  })
  it('word-6 served after the death, or a death to come', () => {
    expect(charged().refused(off('estate', {}, estate('2026-03-01')), on)).toEqual(['WO-08'])
    expect(charged().refused(off('estate', {}, estate('2026-06-02')), on)).toEqual(['WO-08'])
  })
})

describe('word-5 the categories by a statute are of whom the statute protects', () => {
  const share = (filing: string, remarks: readonly string[] = [], carc = '2') =>
    one([['PR', carc, 3_000]] as Triple[], { filing, remarks }, { filing: { acme: filing }, at: by('rep') })
  const checked: Grounds = { qmb: { checkedOn: '2026-05-20', reference: '271 of 20 May' } }

  it('word-5 QMB: not for a commercial patient, whatever check is named; not for a Medicare patient who is none', () => {
    const commercial = share('12')
    expect(owed(commercial)).toEqual({ 'l1 patient': 3_000 })
    expect(commercial.refused(off('qmb'), on)).toEqual(['WO-05'])
    expect(commercial.refused(off('qmb', {}, checked), on)).toEqual(['WO-05'])
    const medicare = share('MB')
    expect(medicare.refused(off('qmb'), on)).toEqual(['WO-05'])
    expect(why(medicare)).toEqual(['nobody says that the patient is a Qualified Medicare Beneficiary'])
    medicare.does(off('qmb', {}, checked), on)
    expect(owed(medicare)).toEqual({})
    expect(all(medicare, 'WriteOffPosted')[0]?.authority).toMatchObject({ qmb: { checkedOn: '2026-05-20' } })
  })

  it('word-5 QMB: a check to come says nothing', () => {
    const late = { qmb: { checkedOn: '2026-06-02', reference: 'x' } }
    expect(share('MB').refused(off('qmb', {}, late), on)).toEqual(['WO-05'])
  })

  it('word-5 QMB: by the advice, where it is held; by that of a health plan that says so itself', () => {
    for (const filing of ['MB', '16', 'HM']) {
      const held = share(filing, ['N782'])
      expect(owed(held)).toEqual({ 'l1 acme': 3_000 })
      held.does(off('qmb', { party: { coverageId: 'acme' } }), on)
      expect(owed(held)).toEqual({})
    }
  })

  it("word-5 QMB: not a payer's own denied money", () => {
    const denied = one(
      [['CO', '50', 3_000]],
      { filing: 'MB', remarks: ['N782'] },
      { filing: { acme: 'MB' }, at: by('rep') },
    )
    expect(denied.refused(off('qmb', { party: { coverageId: 'acme' } }), on)).toEqual(['WO-05'])
  })

  it('word-5 QMB: of a line that was never decided, nobody can call it a cost share', () => {
    expect(charged().refused(off('qmb', {}, checked), on)).toEqual(['WO-05'])
  })

  it('word-5 Medicaid: not without Medicaid on the day; not what another payer owes', () => {
    expect(share('12').refused(off('medicaid'), on)).toEqual(['WO-06'])
    const medicaid = share('MC', [], '3')
    medicaid.does(off('medicaid'), on)
    expect(owed(medicaid)).toEqual({})
    const both = visitWith({
      charges: [{ line: 'l1', amount: 10_000 }],
      payers: ['acme', 'beta'],
      filing: { beta: 'MC' },
      at: by('rep'),
    })
    both.does(
      pays('acme', { lines: [{ charge: 10_000, paid: 0, cas: [['CO', '50', 10_000]] }] }, '2026-02-20'),
      '2026-02-20',
    )
    expect(both.refused(off('medicaid', { party: { coverageId: 'acme' } }), on)).toEqual(['WO-06'])
  })

  it('word-5 Medicaid: a coverage that had ended by the day of service is none', () => {
    const desk = charged()
    const covered = { coverage: 'm', payer: 'm', filingIndicator: 'MC', to: '2026-03-01' }
    desk.does({ type: 'AddCoverage', on: '2026-03-03', ...covered }, '2026-03-03')
    expect(desk.refused(off('medicaid'), on)).toEqual(['WO-06'])
  })

  it('word-5 No Surprises Act: where a payer or a notice says that it protects the service', () => {
    const plain = share('12', [], '1')
    expect(plain.refused(off('nsa'), on)).toEqual(['WO-07'])
    plain.does(
      {
        type: 'RecordNotice',
        on: '2026-05-01',
        visit: 'v1',
        notice: { kind: 'nsaCostShare', amount: 1_000, reference: 'first notice' },
      },
      '2026-05-01',
    )
    plain.does(off('nsa', { lines: [{ line: 'l1', amount: 2_000 }] }), on)
    expect(owed(plain)).toEqual({ 'l1 patient': 1_000 })
    const said = one([['CO', '50', 3_000]], { remarks: ['N884'] }, { at: by('rep') })
    said.does(off('nsa', { party: { coverageId: 'acme' } }), on)
  })
})

describe('word-6 a ground is judged also where nothing is open', () => {
  it.each([
    ['bankruptcy', 'WO-04'],
    ['qmb', 'WO-05'],
    ['medicaid', 'WO-06'],
    ['nsa', 'WO-07'],
    ['estate', 'WO-08'],
  ] as const)('word-6 %s: the refusal says its own reason too', (category, rule) => {
    const paid = charged()
    paid.does({ type: 'PostPayment', on, payment: 'p1', tender: 'cash', amount: 10_000 }, on)
    expect(owed(paid)).toEqual({})
    expect(paid.refused(off(category), on)).toEqual(['ledger.beyondOpen', rule])
    expect(opened(on, by('rep')).refused(off(category), on)).toContain(rule)
  })

  it('word-6 a ground that is there is no reason against it', () => {
    const paid = charged()
    paid.does({ type: 'PostPayment', on, payment: 'p1', tender: 'cash', amount: 10_000 }, on)
    const estate: Grounds = { estate: { diedOn: '2026-03-02', because: 'noEstate', reference: 'search of May' } }
    expect(paid.refused(off('estate', {}, estate), on)).toEqual(['ledger.beyondOpen'])
  })
})
