import { type AccountEvent, accountCodec } from '@daybook/core/account'
import type { Instant } from '@daybook/core/kernel'
import { remittanceCodec } from '@daybook/core/remittance'
import { describe, expect, it } from 'vitest'
import { historyOf, readBack, remittanceHistoryOf } from '../../src/history/index.ts'
import { accountWords } from '../../src/history/words/account.ts'
import { remittanceWords } from '../../src/history/words/remittance.ts'
import { recorded, stored } from './book.ts'
import { accA, adjudicated, charge, effect, event, opened, patientPaid, secondPlan } from './script.ts'

const what = (events: readonly AccountEvent[]): readonly string[] => historyOf(recorded(events)).map((one) => one.what)

describe('the history of an account', () => {
  it('F12 tells ACC-A of reference §12.6 in the words of the desk', () => {
    expect(what(accA)).toEqual([
      'Account opened at the desk for Jo Roe',
      'Patient registered: Jane Doe',
      'Coverage added: SAMPLE HEALTH PLAN, place 1 for Jane Doe',
      'Opened visit ACC-A for Jane Doe, professional',
      'Charged 350.00 for 99214 of 2026-02-01, to SAMPLE HEALTH PLAN (primary)',
      'Charged 150.00 for 73562 of 2026-02-01, to SAMPLE HEALTH PLAN (primary)',
      'SAMPLE HEALTH PLAN (primary) decided claim ACC-A (as primary): charged 500.00, paid 200.00; remittance r1, claim 1',
      'SAMPLE HEALTH PLAN (primary) paid 200.00: 99214 of 2026-02-01 140.00 and 73562 of 2026-02-01 60.00',
      'Took off by contract 150.00 for SAMPLE HEALTH PLAN (primary): CO-45 above the agreed fee schedule',
      'Moved 120.00 from SAMPLE HEALTH PLAN (primary) to the patient: patient share, PR-1 deductible (99214 of 2026-02-01 120.00)',
      'Moved 30.00 from SAMPLE HEALTH PLAN (primary) to the patient: patient share, PR-2 coinsurance (73562 of 2026-02-01 30.00)',
    ])
  })

  it('F12 gives the balance by responsible party after each event, unapplied apart', () => {
    const history = historyOf(
      recorded([...accA, patientPaid('pay1', '2026-04-01', 16_000, [{ line: 'L1', amount: 12_000 }])]),
    )
    expect(history.map(({ moved, net }) => [moved, net]).slice(4)).toEqual([
      [35_000, 35_000],
      [15_000, 50_000],
      [0, 50_000],
      [-20_000, 30_000],
      [-15_000, 15_000],
      [0, 15_000],
      [0, 15_000],
      [-12_000, -1_000],
    ])
    expect(history.at(-1)).toMatchObject({
      what: 'Received 160.00 from the guarantor, check 1042, received 2026-04-01: applied to 99214 of 2026-02-01 120.00; 40.00 unapplied',
      balances: [{ party: 'patient', label: 'Patient', amount: 3_000 }],
      unapplied: 4_000,
    })
  })

  it('errata 10: bad debt is memo, out of the running balance', () => {
    const gone = event('AccountPlaced', '2026-09-01', {
      placementId: 'pl1',
      agencyId: 'agency1',
      kind: 'primary',
      items: [{ lineId: 'L1', layerId: 'L1-pat', amount: 12_000 }],
      approver: 'sue',
      effects: [effect('L1', 'patient', -12_000), effect('L1', 'patient', 12_000, 'badDebt')],
      contra: [],
    })
    expect(historyOf(recorded([...accA, gone])).at(-1)).toMatchObject({ moved: -12_000, net: 3_000 })
  })

  it('says who, when by both clocks, and why it was allowed (B12, design §3.11)', { tags: ['B12'] }, () => {
    const [entry] = historyOf(
      recorded(accA.slice(0, 1), {
        actor: 'import',
        recordedAt: '2026-03-05T10:00:00.000Z' as Instant,
        committedAt: '2026-03-05T10:00:01.000Z' as Instant,
        meta: {
          commandId: 'c1',
          cause: { remittanceId: 'r1', claim: '1' },
          policyVersion: 3,
          catalogue: 'abc',
          rules: [{ id: 'AR-04', version: 1 }],
          inputs: { today: '2026-03-05' },
        },
      }),
    )
    expect(entry).toMatchObject({
      position: 1,
      version: 0,
      effectiveDate: '2026-01-31',
      recordedAt: '2026-03-05T10:00:00.000Z',
      committedAt: '2026-03-05T10:00:01.000Z',
      actor: 'import',
      why: {
        rules: [{ id: 'AR-04', version: 1 }],
        policyVersion: 3,
        catalogue: 'abc',
        cause: { commandId: 'c1', remittanceId: 'r1', claim: '1' },
        inputs: { today: '2026-03-05' },
      },
    })
  })

  it('gives the reason where a person gave one, and hides what is encrypted', () => {
    const encrypted = { $enc: 'v1' as const, kid: 'k1', iv: 'AAAA', ct: 'AAAA' }
    const confirmed = (reason: string | typeof encrypted) =>
      event('GuarantorConfirmed', '2026-02-01', { name: encrypted, reason })
    const history = historyOf(recorded([...opened('2026-01-31'), confirmed('called in'), confirmed(encrypted)]))
    expect(history.at(-2)).toMatchObject({ what: 'Guarantor confirmed: (protected)', why: { reason: 'called in' } })
    expect(history.at(-1)?.why.reason).toBe('(protected)')
  })

  it('errata 2: primary is a label of the event’s day, not of today', () => {
    const events = [
      ...opened('2026-01-01', { secondary: true }),
      charge('L1', '2026-01-02', '99213', 10_000, secondPlan),
      event('CoverageTerminated', '2026-03-01', { coverageId: 'cov1', lastDay: '2026-01-31', reason: 'left the plan' }),
      charge('L2', '2026-02-02', '99213', 10_000, secondPlan),
    ]
    expect(what(events).filter((text) => text.startsWith('Charged'))).toEqual([
      'Charged 100.00 for 99213 of 2026-01-02, to SECOND PLAN (secondary)',
      'Charged 100.00 for 99213 of 2026-02-02, to SECOND PLAN (primary)',
    ])
  })

  it('rule S and rule N are said: derived lines, and a figure other than the payer reported', () => {
    const [adjudication] = adjudicated('adj1', '2026-03-02', [
      { line: 'L1', charge: 10_000, paid: 10_000, adjustments: [], derived: true },
    ])
    const net = event('ContractualAdjustmentPosted', '2026-03-02', {
      visitId: 'v1',
      adjudicationId: 'adj1',
      coverageId: 'cov1',
      lines: [{ lineId: 'L1', group: 'CO', carc: '45', amount: 4_000, reported: 19_000 }],
      effects: [effect('L1', { coverageId: 'cov1' }, -4_000)],
      contra: [{ account: 'contractual', amount: 4_000 }],
    })
    const told = what([
      ...opened('2026-01-31'),
      charge('L1', '2026-02-01', '99213', 10_000),
      ...(adjudication ? [adjudication] : []),
      net,
    ])
    expect(told.at(-2)).toContain('derived from claim level (rule S)')
    expect(told.at(-1)).toContain('net of what is open here (rule N)')
  })

  it('B11 an event that this version can not read is shown by name and fields, never dropped', {
    tags: ['B11'],
  }, () => {
    const [first, second] = stored(accA)
    if (!first || !second) throw new Error('the script has events')
    const later = { ...second, type: 'SongSung', data: '{"amount":5000,"due":"2026-05-01","salt":"00"}' }
    const history = historyOf(readBack(accountCodec, [first, later]))
    expect(history[1]).toMatchObject({
      type: 'SongSung',
      what: 'SongSung, which this version can not read: amount 5000, due 2026-05-01',
      moved: 0,
    })
  })

  it('has words for every event that an account and a remittance can have', () => {
    expect(Object.keys(accountWords).sort()).toEqual([...accountCodec.definitions.keys()].sort())
    expect(Object.keys(remittanceWords).sort()).toEqual([...remittanceCodec.definitions.keys()].sort())
  })
})

describe('the history of a remittance', () => {
  it('tells that it is held, with the exact difference (design §4)', () => {
    const [template] = stored(accA)
    if (!template) throw new Error('the script has events')
    const remittance = (type: string, fields: object, position: number) => ({
      ...template,
      position,
      version: position - 1,
      stream: 'remittance-r1',
      type,
      effectiveDate: template.effectiveDate,
      data: JSON.stringify({ ...fields, salt: '00' }),
    })
    const events = [
      remittance(
        'RemittanceReceived',
        {
          remittanceId: 'r1',
          payerName: 'ACME HEALTH',
          trace: '0012345',
          paymentDate: '2026-01-31',
          amount: 150_000,
          method: 'ACH',
          claims: 2,
          charged: 200_000,
          paid: 138_018,
          findings: [],
        },
        1,
      ),
      remittance(
        'RemittanceHeld',
        {
          reasons: ['outOfBalance'],
          differences: [{ level: 'transaction', reference: 'transaction', rule: 'B6', amount: 11_982 }],
        },
        2,
      ),
    ]
    expect(remittanceHistoryOf(readBack(remittanceCodec, events)).map((one) => one.what)).toEqual([
      'Received from ACME HEALTH, trace 0012345 of 2026-01-31: pays 1,500.00 (ACH), 2 claims charged 2,000.00, paid 1,380.18',
      'Held, nothing posted: it does not add up; 119.82 over at transaction level (B6)',
    ])
  })
})
