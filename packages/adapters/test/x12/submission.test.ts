import { claimSubmission } from '@daybook/core/account'
import { describe, expect, it } from 'vitest'
import { codes, readAll, readSubmission } from './reading.ts'
import { submission } from './sample-remittance.ts'

const replaced = (from: string, to: string): string => {
  if (!submission.includes(from)) throw new Error(`no ${from}`)
  return submission.replace(from, to)
}

describe('a claim submission (837)', () => {
  it('reads without a problem, as its schema wants it', async () => {
    const results = await readAll(submission)
    expect(codes(results)).toEqual([])
    const document = await readSubmission(submission)
    expect(claimSubmission.parse(document)).toEqual(document)
    expect(document).toMatchObject({ reference: 'BATCH0001', created: '2026-02-10', purpose: '00' })
  })

  it('an address of two lines has both (N301, N302)', async () => {
    const { claims } = await readSubmission(replaced('N3*2 HOME ST~', 'N3*2 HOME ST*APT 4~'))
    expect(claims[0]?.patient.address?.lines).toEqual(['2 HOME ST', 'APT 4'])
  })

  it('without a patient level the subscriber is the patient', async () => {
    const { claims } = await readSubmission(submission)
    const jane = {
      last: 'DOE',
      first: 'JANE',
      id: 'W123456789',
      born: '1970-01-01',
      sex: 'F',
      address: { lines: ['2 HOME ST'], city: 'ST CLOUD', state: 'MN', postalCode: '56301' },
    }
    expect(claims[0]).toEqual({
      number: 1,
      segment: 22,
      kind: 'professional',
      patientControlNumber: 'ACC-A',
      charge: 50_000,
      placeOfService: '11',
      frequency: '1',
      patientPaid: 2_000,
      billingProvider: { name: 'SAMPLE ORTHO CLINIC', id: '1234567893', taxId: '411234567' },
      renderingProvider: { name: 'BONE, ANN', id: '1234567802' },
      diagnoses: ['M1711', 'M25561'],
      patient: jane,
      destination: {
        sequence: 'P',
        relationship: '18',
        groupNumber: 'GRP77',
        filingIndicator: '12',
        payerName: 'SAMPLE HEALTH PLAN',
        payerId: '12345',
        payerIdQualifier: 'PI',
        memberId: 'W123456789',
        subscriber: jane,
      },
      otherCoverages: [],
      lines: [
        {
          number: 1,
          code: '99214',
          modifiers: ['25'],
          charge: 35_000,
          units: '1',
          diagnosisPointers: [1, 2],
          serviceFrom: '2026-02-01',
          serviceTo: '2026-02-01',
          lineControlNumber: 'L1',
        },
        {
          number: 2,
          code: '73562',
          modifiers: ['RT'],
          charge: 15_000,
          units: '1',
          diagnosisPointers: [1],
          serviceFrom: '2026-02-01',
          serviceTo: '2026-02-03',
          lineControlNumber: 'L2',
        },
      ],
      defects: [],
      findings: [],
    })
  })

  it('with a patient level the patient is not the subscriber, and what another payer paid is a statement', async () => {
    const { claims } = await readSubmission(submission)
    expect(claims[1]).toMatchObject({
      patient: { last: 'POE', first: 'CHRIS', born: '2015-06-30' },
      frequency: '7',
      originalReference: 'PCN0003',
      destination: { sequence: 'S', relationship: '19', payerName: 'SECOND PLAN', subscriber: { first: 'PAT' } },
      otherCoverages: [
        {
          sequence: 'P',
          relationship: '19',
          filingIndicator: '12',
          payerName: 'FIRST PLAN',
          memberId: 'M9',
          subscriber: { last: 'POE', first: 'SAM' },
          statedPaid: 11_000,
        },
      ],
      billingProvider: { id: '1234567893' },
      lines: [{ code: '25600', placeOfService: '11' }],
    })
    expect(claims[1]?.patient).not.toHaveProperty('id')
  })

  it('reads institutional lines, statement dates and a line without a code', async () => {
    const text = submission
      .replaceAll('005010X222A1', '005010X223A2')
      .replace('CLM*ACC-A*500***11:B:1', 'CLM*ACC-A*500***13:A:1')
      .replace('AMT*F5*20', 'DTP*434*RD8*20260201-20260205')
      .replace('SV1*HC:99214:25*350*UN*1***1:2~\nDTP*472*D8*20260201', 'SV2*0120**350*DA*4~\nPWK*AS*BM')
      .replace('SV1*HC:73562:RT*150*UN*1***1', 'SV2*0320*HC:73562:RT*150*UN*1')
    const claim = (await readSubmission(text)).claims[0]
    expect(claim).toMatchObject({
      kind: 'institutional',
      placeOfService: '13',
      statementFrom: '2026-02-01',
      statementTo: '2026-02-05',
      lines: [
        { revenueCode: '0120', modifiers: [], units: '4', serviceFrom: '2026-02-01', serviceTo: '2026-02-05' },
        {},
      ],
    })
    expect(claim?.lines[0]).not.toHaveProperty('code')
  })

  it.each([
    ['DTP*472*D8*20261345', '20261345'],
    ['DTP*472*RD8*20260201-20260231', '20260201-20260231'],
    ['DTP*472*RD8*20260203-20260201', '20260203-20260201'],
  ])('%s is no date of service: a defect of its claim alone, and nothing stands in for it', async (dtp, written) => {
    const { claims } = await readSubmission(replaced('DTP*472*D8*20260201', dtp))
    expect(claims[0]?.defects).toEqual([
      expect.stringMatching(new RegExp(`^segment \\d+: DTP03 “${written}” is not a day or a period$`)),
    ])
    expect(claims[0]?.lines[0]).not.toHaveProperty('serviceFrom')
    expect(claims[1]?.defects).toEqual([])
  })

  it('a service date without a date, and an impossible one of the statement, are defects too', async () => {
    const bare = await readSubmission(replaced('DTP*472*D8*20260201', 'DTP*472*D8*'))
    expect(bare.claims[0]?.defects).toEqual([expect.stringContaining('DTP03 is missing')])
    const statement = await readSubmission(replaced('AMT*F5*20', 'DTP*434*RD8*20260201-20260299'))
    expect(statement.claims[0]?.defects).toEqual([expect.stringContaining('is not a day or a period')])
  })

  it('reads dental lines', async () => {
    const claim = (await readSubmission(replaced('SV1*HC:25600*200*UN*1*11**1', 'SV3*AD:D2150:A*200*11***2'))).claims[1]
    expect(claim).toMatchObject({
      kind: 'dental',
      lines: [{ code: 'D2150', modifiers: ['A'], charge: 20_000, placeOfService: '11', units: '2' }],
    })
  })

  it('4010: the payer may be named before the patient, and tax numbers stand in NM1', async () => {
    const text = submission
      .replaceAll('005010X222A1', '004010X098A1')
      .replace('*00501*', '*00401*')
      .replace('NM1*85*2*SAMPLE ORTHO CLINIC*****XX*1234567893', 'NM1*85*2*SAMPLE ORTHO CLINIC*****24*411234567')
      .replace('REF*EI*411234567', 'REF*1D*99')
    expect((await readSubmission(text)).claims[0]?.billingProvider).toEqual({
      name: 'SAMPLE ORTHO CLINIC',
      taxId: '411234567',
    })
  })

  it('puts the principal diagnosis first and leaves procedures out', async () => {
    const hi = 'HI*ABF:M25561*BR:0SRC069*ABK:M1711'
    expect((await readSubmission(replaced('HI*ABK:M1711*ABF:M25561', hi))).claims[0]?.diagnoses).toEqual([
      'M1711',
      'M25561',
    ])
  })

  it.each([
    ['CLM*ACC-A*500*', 'CLM*ACC-A*5OO*', 'segment 22: CLM02 is not an amount of dollars and cents'],
    ['CLM*ACC-A*500*', 'CLM*ACC-A**', 'segment 22: CLM02 is missing'],
    ['CLM*ACC-A*500*', 'CLM**500*', 'segment 22: CLM01 is missing'],
    ['SV1*HC:99214:25*350*', 'SV1*HC:99214:25*1e3*', 'segment 28: SV102 “1e3” is not an amount of dollars and cents'],
  ])('%s as %s holds the claim', async (from, to, defect) => {
    expect((await readSubmission(replaced(from, to))).claims[0]?.defects).toEqual([defect])
  })

  it('a level whose parent is missing hangs on the last one, and that is a finding', async () => {
    const results = await readAll(replaced('HL*3*1*22*1', 'HL*3*9*22*1'))
    expect(results[0]?.problems).toMatchObject([{ code: 'hierarchy', where: { segment: 35, segmentId: 'HL' } }])
    expect(results[0]).toMatchObject({ document: { claims: [{}, { billingProvider: { id: '1234567893' } }] } })
  })

  it('a claim outside any subscriber is held', async () => {
    const text = replaced('HL*1**20*1', 'HL*1**19*1').replace('HL*2*1*22*0', 'HL*2*1*21*0')
    const document = await readSubmission(text)
    expect(document.claims[0]?.defects).toEqual(['segment 22: CLM01 stands outside a subscriber level (HL 22)'])
  })

  it('a predetermination is named as one', async () => {
    const { claims } = await readSubmission(replaced('***11:B:1*Y*A*Y*Y', '***11:B:1*Y*A*Y*Y**********PB'))
    expect(claims[0]?.findings).toHaveLength(1)
    expect(claims[1]?.findings).toEqual([])
  })
})
