import { remittanceAdvice } from '@daybook/core/remittance'
import { describe, expect, it } from 'vitest'
import { codes, readAdvice, readAll } from './reading.ts'
import { interchange, remittance, remittanceSegments, withSegment } from './sample-remittance.ts'

const claimWith = async (start: string, changed: string | undefined, at = 0) =>
  (await readAdvice(withSegment(start, changed))).claims[at]

describe('a remittance advice (835)', () => {
  it('reads payment, parties and dates', async () => {
    const advice = await readAdvice(remittance)
    expect(remittanceAdvice.parse(advice)).toEqual(advice)
    expect(advice).toMatchObject({
      controlNumber: '0001',
      version: '005010X221A1',
      payer: { name: 'SAMPLE HEALTH PLAN' },
      payee: { name: 'SAMPLE ORTHO CLINIC', idQualifier: 'XX', id: '1234567893', taxId: '411234567' },
      payment: {
        handling: 'I',
        amount: 15_300,
        creditOrDebit: 'C',
        method: 'ACH',
        dateWritten: '20260302',
        trace: 'EFT20260302001',
        originator: '1123456789',
      },
      date: '2026-03-02',
      dateSource: 'BPR16',
    })
  })

  it('reads claims, lines and every triple of an adjustment', async () => {
    const { claims } = await readAdvice(remittance)
    expect(claims.map((claim) => [claim.patientControlNumber, claim.status, claim.charge, claim.paid])).toEqual([
      ['ACC-A', '1', 50_000, 20_000],
      ['ACC-B', '1', 30_000, 0],
      ['ACC-C', '2', 20_000, 8_000],
      ['ACC-D', '22', -40_000, -30_000],
      ['ACC-D', '1', 40_000, 22_000],
    ])
    expect(claims[0]?.lines[0]).toEqual({
      number: 1,
      adjudicated: { qualifier: 'HC', code: '99214', modifiers: [] },
      charge: 35_000,
      paid: 14_000,
      unitsPaid: '1',
      serviceFrom: '2026-02-01',
      serviceTo: '2026-02-01',
      adjustments: [
        { group: 'CO', carc: '45', amount: 9_000 },
        { group: 'PR', carc: '1', amount: 10_000 },
        { group: 'PR', carc: '2', amount: 2_000 },
      ],
      lineControlNumber: 'L1',
      allowed: 26_000,
      remarks: [],
    })
    expect(claims[1]?.lines[0]?.remarks).toEqual(['M62'])
    expect(claims[2]?.adjustments).toEqual([{ group: 'OA', carc: '23', amount: 12_000 }])
    expect(claims[3]?.patientResponsibility).toBeUndefined()
  })

  it('errata 18: a claim adjustment after the name of the patient is the same claim adjustment', async () => {
    const cas = remittanceSegments.indexOf('CAS*OA*23*120.00')
    const swapped = remittanceSegments
      .with(cas, remittanceSegments[cas + 1] ?? '')
      .with(cas + 1, remittanceSegments[cas] ?? '')
    expect(await readAdvice(interchange([swapped]))).toEqual(await readAdvice(remittance))
  })

  it('reads up to six provider adjustments of a PLB, signed', async () => {
    const plb = 'PLB*1*20261231*L6*-3.00*WO:PCN0009*50.00*FB:A:B*1*CS*2*72:X*-3*LE:Y*4'
    const { providerAdjustments } = await readAdvice(withSegment('PLB', plb))
    const base = { provider: '1', fiscalPeriodEnd: '20261231' }
    expect(providerAdjustments).toEqual([
      { ...base, code: 'L6', reference: '', amount: -300 },
      { ...base, code: 'WO', reference: 'PCN0009', amount: 5_000 },
      { ...base, code: 'FB', reference: 'A:B', amount: 100 },
      { ...base, code: 'CS', reference: '', amount: 200 },
      { ...base, code: '72', reference: 'X', amount: -300 },
      { ...base, code: 'LE', reference: 'Y', amount: 400 },
    ])
  })

  it('reads how the payer has the insured otherwise (NM1 74): the name only where the insured is the patient', async () => {
    const with74 = (...names: readonly string[]) =>
      claimWith('CLP*ACC-A', ['CLP*ACC-A*1*500.00*200.00*150.00*12*PCN0001*11*1', ...names].join('~\n'))
    const patient = 'NM1*QC*1*DOE*JANE****MI*W1'
    const meant = 'NM1*74*1*ROE*JAYNE***JR*C*W9'
    const corrected = { last: 'ROE', first: 'JAYNE', suffix: 'JR', id: 'W9' }
    expect(await with74(patient, meant)).toMatchObject({ corrected, defects: [], findings: [] })
    expect(await with74(patient, 'NM1*IL*1*DOE*JANE****MI*W1', meant)).toMatchObject({ corrected })
    expect(await with74(patient, 'NM1*IL*1*DOE*JOHN****MI*W1', meant)).toMatchObject({ corrected: { id: 'W9' } })
    expect(await with74(patient, 'NM1*74*1')).not.toHaveProperty('corrected')
  })

  it('reads remarks, references, dates and amounts of a claim', async () => {
    const detail = [
      'CLP*ACC-A*1*500.00*200.00*150.00*12*PCN0001*11*1',
      'NM1*QC*1*DOE*JANE*Q',
      'NM1*IL*1*DOE*JOHN****MI*W1',
      'NM1*TT*2*NEXT PLAN*****PI*77',
      'MIA*0****N1***************N20*N21',
      'MOA***MA01*MA02',
      'REF*F8*OLD1',
      'DTM*232*20260201',
      'DTM*233*20260203',
      'AMT*AU*350',
      'AMT*I*1.5',
      'AMT*F5*20',
      'LQ*HE*N5',
    ].join('~\n')
    expect(await claimWith('CLP*ACC-A', detail)).toMatchObject({
      patient: { last: 'DOE', first: 'JANE', id: 'W123456789' },
      crossover: { name: 'NEXT PLAN', id: '77' },
      remarks: ['N1', 'N20', 'N21', 'MA01', 'MA02', 'N5'],
      originalReference: 'OLD1',
      statementFrom: '2026-02-01',
      statementTo: '2026-02-03',
      coverageAmount: 35_000,
      interest: 150,
      patientPaid: 2_000,
      defects: [],
      findings: [],
    })
  })

  it('takes the id of the insured where the patient has none', async () => {
    const claim = await claimWith('NM1*QC*1*DOE', 'NM1*QC*1*DOE*JANE~\nNM1*IL*1*DOE*JOHN****MI*W7')
    expect(claim?.patient.id).toBe('W7')
  })

  it('reads a bundled line: adjudicated and submitted code, units, revenue code, modifiers and a period', async () => {
    const svc = 'SVC*HC:80053:90:91*350.00*140.00*0301*1*HC:80048:59*2~\nDTM*150*20260201~\nDTM*151*20260203'
    expect((await claimWith('SVC*HC:99214*350', svc))?.lines[0]).toMatchObject({
      adjudicated: { qualifier: 'HC', code: '80053', modifiers: ['90', '91'] },
      submitted: { qualifier: 'HC', code: '80048', modifiers: ['59'] },
      revenueCode: '0301',
      unitsPaid: '1',
      unitsSubmitted: '2',
    })
  })

  describe('figures that are none hold the claim, and are never guessed', () => {
    it.each([
      ['CLP*ACC-A*1*1e3*200.00', 'CLP03', '1e3'],
      ['CLP*ACC-A*1*500.00*200.005', 'CLP04', '200.005'],
      ['CLP*ACC-A*1*500*200*1,150', 'CLP05', '1,150'],
    ])('%s', async (changed, element, quoted) => {
      const claim = await claimWith('CLP*ACC-A', changed)
      expect(claim?.defects).toEqual([`segment 15: ${element} “${quoted}” is not an amount of dollars and cents`])
    })

    it.each([
      ['SVC*HC:99214*350.00', 'SVC*HC:99214*x*140', 'SVC02'],
      ['SVC*HC:99214*350.00', 'SVC*HC:99214*350', 'SVC03'],
      ['CAS*PR*1*100.00', 'CAS*PR*1*100.00**2*2O.00', 'CAS06'],
      ['CAS*PR*1*100.00', 'CAS*PR*1*100.00**2', 'CAS06'],
      ['CAS*PR*1*100.00', 'CAS*PR**100.00', 'CAS02'],
      ['CAS*PR*1*100.00', 'CAS**1*100.00', 'CAS01'],
      ['AMT*B6*260', 'AMT*B6*1e3', 'AMT02'],
    ])('%s as %s', async (start, changed, element) => {
      const advice = await readAdvice(withSegment(start, changed))
      expect(advice.claims[0]?.defects).toHaveLength(1)
      expect(advice.claims[0]?.defects[0]).toContain(element)
      expect(advice.claims.slice(1).flatMap((claim) => claim.defects)).toEqual([])
    })

    it('a claim without CLP03 and CLP04 has neither charge nor payment (clarification 22)', async () => {
      const claim = await claimWith('CLP*ACC-A', 'CLP*ACC-A*1***150.00*12*PCN0001')
      expect(claim).not.toHaveProperty('charge')
      expect(claim).not.toHaveProperty('paid')
      expect(claim?.defects).toEqual(['segment 15: CLP03 is missing', 'segment 15: CLP04 is missing'])
    })

    it('a claim without CLP01 is one without a number (clarification 25): a finding, and no defect', async () => {
      const claim = await claimWith('CLP*ACC-A', 'CLP**1*500.00*150.00*100.00*12*PCN0001')
      expect(claim).toMatchObject({ patientControlNumber: '', defects: [], findings: ['CLP01 is missing'] })
    })

    it('a defect quotes figures only: a name that was shifted into an amount stays out of it', async () => {
      const claim = await claimWith('CLP*ACC-A', 'CLP*ACC-A*1*DOE*200.00')
      expect(claim?.defects.join()).not.toContain('DOE')
    })
  })

  it('clarification 22: another component separator than the declared one is used, and is a finding', async () => {
    const claim = await claimWith('SVC*HC:99214*350', 'SVC*HC>99214>25*350.00*140.00**1')
    expect(claim?.lines[0]?.adjudicated).toEqual({ qualifier: 'HC', code: '99214', modifiers: ['25'] })
    expect(claim?.findings).toEqual(['SVC01 has “>” between its components, not “:” as ISA16 says'])
    expect(claim?.defects).toEqual([])
  })

  it('clarification 22: shifted elements are not repaired', async () => {
    const claim = await claimWith('SVC*HC:99214*350', 'SVC*HC:99214**350.00*140.00**1')
    expect(claim?.lines[0]).toMatchObject({ charge: 0, paid: 35_000, revenueCode: '140.00' })
    expect(claim?.defects).toEqual(['segment 18: SVC02 is missing'])
  })

  describe('clarification 12: the day of the payment', () => {
    const bpr = 'BPR*I*153.00*C*ACH'
    it('is BPR16', async () => {
      expect(await readAdvice(remittance)).toMatchObject({ date: '2026-03-02', dateSource: 'BPR16' })
    })
    it('else DTM 405, and that is a finding', async () => {
      const results = await readAll(withSegment('BPR', bpr))
      expect(results[0]).toMatchObject({ document: { date: '2026-03-01', dateSource: 'DTM405' } })
      expect(codes(results)).toEqual(['paymentDateSubstituted'])
    })
    it('else GS04', async () => {
      const text = withSegment('BPR', `${bpr}************20260231`).replace('DTM*405*20260301', 'DTM*405*2026')
      const results = await readAll(text)
      expect(results[0]).toMatchObject({
        document: { date: '2026-03-02', dateSource: 'GS04', payment: { dateWritten: '20260231' } },
      })
    })
    it('else there is none', async () => {
      const text = withSegment('BPR', bpr).replace('DTM*405*20260301~\n', '').replace('*20260302*0900*7', '**0900*7')
      const results = await readAll(text)
      expect(results[0]).not.toHaveProperty('document.date')
      expect(codes(results)).toEqual(['segmentCount', 'noPaymentDate'])
    })
  })

  it.each(['BPR', 'TRN'])(
    'without %s it has no payment: its claims are read, and that nothing of it can be posted is an error',
    async (start) => {
      const results = await readAll(withSegment(start, undefined))
      expect(results[0]).toMatchObject({ kind: '835', document: { claims: { length: 5 } } })
      expect(results[0]).not.toHaveProperty('document.payment')
      expect(results[0]?.problems).toContainEqual(expect.objectContaining({ code: 'noPayment', severity: 'error' }))
    },
  )

  it.each([
    ['BPR', 'BPR*I*1e3*C*ACH************20260302', 'badPayment'],
    ['BPR', 'BPR*I*153.00*X*ACH************20260302', 'badPayment'],
    ['BPR', 'BPR*I*153*C*ACH~BPR*I*153*C*ACH', 'badPayment'],
    ['PLB', 'PLB*1*20261231*WO:PCN*5O.00', 'badProviderAdjustment'],
    ['PLB', 'PLB*1*20261231*WO:PCN', 'badProviderAdjustment'],
    ['PLB', 'PLB*1*20261231*OVERPAID*5.00', 'badProviderAdjustment'],
    ['REF*EV', 'CUR*PR*US', 'badCurrency'],
    ['LX', 'SVC*HC:1*1*1', 'loopOutOfPlace'],
    ['LX', 'CAS*CO*45*1', 'loopOutOfPlace'],
  ])('%s as %s makes the transaction unusable', async (start, changed, code) => {
    const results = await readAll(withSegment(start, changed))
    expect(results).toHaveLength(1)
    expect(results[0]).not.toHaveProperty('document')
    expect(results[0]?.problems).toContainEqual(expect.objectContaining({ code, severity: 'error' }))
  })

  it('names what it does not know, and reads on', async () => {
    const results = await readAll(withSegment('DTM*050', 'XYZ*1'))
    expect(results[0]?.problems).toMatchObject([
      {
        code: 'unknownSegment',
        severity: 'finding',
        where: { interchange: 1, group: '7', transaction: '0001', claim: 'ACC-A', segment: 17, segmentId: 'XYZ' },
      },
    ])
    expect(results[0]).toHaveProperty('document')
  })
})
