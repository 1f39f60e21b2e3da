import type { SubmittedClaim, SubmittedCoverage, SubmittedPerson } from '@daybook/core/account'
import { type ClaimSubmission, claimSubmission } from '@daybook/core/account'
import { addDays, type Day, toDay } from '@daybook/core/kernel'
import { type AdviceClaim, type RemittanceAdvice, remittanceAdvice } from '@daybook/core/remittance'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printRemittances, printSubmissions } from '../../src/x12/index.ts'
import { readAdvice, readAll, readSubmission } from './reading.ts'
import { remittance, submission } from './sample-remittance.ts'

/** What X12 can carry: no separators, no padding, a letter or digit first (a blank element is an absent one). */
const word = (max: number): fc.Arbitrary<string> =>
  fc
    .stringMatching(new RegExp(`^[A-Z0-9É][A-Za-z0-9É .,'&/()#-]{0,${max - 1}}$`))
    .map((value) => value.slice(0, max).trimEnd())
const codeOf = (max: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[A-Z0-9]{1,${max}}$`))
const cents = fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }) as fc.Arbitrary<never>
const day: fc.Arbitrary<Day> = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays(toDay('1990-01-01'), days))
const optional = <const Shape extends object>(shape: { [K in keyof Shape]: fc.Arbitrary<Shape[K]> }) =>
  fc.record(shape, { requiredKeys: [] })
const joined = <A extends object, B extends object>(a: fc.Arbitrary<A>, b: fc.Arbitrary<B>): fc.Arbitrary<A & B> =>
  fc.tuple(a, b).map(([x, y]) => ({ ...x, ...y }))
const few = <T>(item: fc.Arbitrary<T>, maxLength = 3): fc.Arbitrary<T[]> => fc.array(item, { maxLength })

const adjustments = few(
  joined(
    fc.record({ group: fc.constantFrom('CO', 'PR', 'OA'), carc: codeOf(5), amount: cents }),
    optional({ quantity: codeOf(5) }),
  ),
  9,
)
const procedure = fc.record({
  qualifier: fc.constantFrom('HC', 'N4', 'NU'),
  code: codeOf(11),
  modifiers: few(codeOf(2), 4),
})

const adviceLine = joined(
  fc.record({ adjudicated: procedure, charge: cents, paid: cents, adjustments, remarks: few(codeOf(5)) }),
  optional({
    submitted: procedure,
    revenueCode: codeOf(4),
    unitsPaid: codeOf(5),
    unitsSubmitted: codeOf(5),
    serviceFrom: day,
    serviceTo: day,
    lineControlNumber: word(30),
    allowed: cents,
  }),
)

const adviceClaim: fc.Arbitrary<AdviceClaim> = joined(
  fc.record({
    patientControlNumber: word(38),
    status: fc.constantFrom('1', '2', '4', '19', '22'),
    charge: cents,
    paid: cents,
    filingIndicator: codeOf(2),
    payerControlNumber: word(50),
    patient: optional({ id: word(80), last: word(60), first: word(35), middle: word(25) }),
    adjustments,
    remarks: few(codeOf(5), 12),
    lines: few(adviceLine).map((lines) => lines.map((line, at) => ({ number: at + 1, ...line }))),
  }),
  optional({
    patientResponsibility: cents,
    facilityType: codeOf(2),
    frequency: codeOf(1),
    crossover: joined(fc.record({ name: word(60) }), optional({ id: word(80) })),
    corrected: optional({ id: word(80), last: word(60), first: word(35), middle: word(25), suffix: word(10) }).filter(
      (corrected) => Object.keys(corrected).length > 0,
    ),
    originalReference: word(50),
    statementFrom: day,
    statementTo: day,
    interest: cents,
    coverageAmount: cents,
    patientPaid: cents,
  }),
).map((claim) => ({ number: 1, segment: 1, ...claim, defects: [], findings: [] }))

const partyId = fc.record({ idQualifier: codeOf(2), id: word(80) })
const advice: fc.Arbitrary<RemittanceAdvice> = fc
  .record({
    controlNumber: codeOf(9),
    payer: joined(fc.record({ name: word(60) }), fc.oneof(fc.constant({}), partyId)),
    additionalId: fc.option(word(50), { nil: undefined }),
    payee: joined(fc.record({ name: word(60) }), fc.oneof(fc.constant({}), partyId)),
    taxId: fc.option(codeOf(9), { nil: undefined }),
    payment: fc.record({
      handling: codeOf(1),
      amount: cents,
      creditOrDebit: fc.constantFrom('C', 'D'),
      method: fc.constantFrom('ACH', 'CHK', 'NON'),
      trace: word(50),
      originator: codeOf(10),
    }),
    date: day,
    dateSource: fc.constantFrom('BPR16', 'DTM405', 'GS04'),
    claims: few(adviceClaim),
    providerAdjustments: few(
      fc.record({
        provider: fc.constantFrom('P1', 'P2'),
        fiscalPeriodEnd: fc.constant('20261231'),
        code: codeOf(2),
        reference: fc.oneof(fc.constant(''), word(30)),
        amount: cents,
      }),
      9,
    ),
  })
  .map(({ payer, additionalId, payee, taxId, payment, date, dateSource, claims, ...rest }) => ({
    ...rest,
    version: '005010X221A1',
    payer: { ...payer, ...(additionalId === undefined ? {} : { additionalId }) },
    payee: { ...payee, ...(taxId === undefined ? {} : { taxId }) },
    payment: { ...payment, dateWritten: dateSource === 'BPR16' ? date.replaceAll('-', '') : '' },
    date,
    dateSource,
    claims: claims.map((claim, at) => ({ ...claim, number: at + 1 })),
  }))

const person: fc.Arbitrary<SubmittedPerson> = optional({
  last: word(60),
  first: word(35),
  middle: word(25),
  born: day,
  sex: fc.constantFrom('F', 'M', 'U'),
  address: joined(
    fc.record({ lines: few(word(55)) }),
    optional({ city: word(30), state: codeOf(2), postalCode: codeOf(9) }),
  ),
})
const withId = <P extends object>(of: P, id: string | undefined): P => (id === undefined ? of : { ...of, id })

const coverage = (relationships: readonly string[]): fc.Arbitrary<SubmittedCoverage> =>
  fc
    .tuple(
      joined(
        fc.record({
          sequence: fc.constantFrom('P', 'S', 'T'),
          relationship: fc.constantFrom(...relationships),
          filingIndicator: codeOf(2),
          payerName: word(60),
        }),
        optional({ groupNumber: word(50), payerId: word(80), payerIdQualifier: codeOf(2) }),
      ),
      person,
      fc.option(word(80), { nil: undefined }),
    )
    .map(([parts, subscriber, memberId]) => ({
      ...parts,
      ...(memberId === undefined ? {} : { memberId }),
      subscriber: withId(subscriber, memberId),
    }))

const organisation = word(50).map((name) => name.replaceAll(',', '').trimEnd())
const period = fc.tuple(day, fc.nat(30)).map(([from, length]) => [from, addDays(from, length)] as const)

const submittedClaim: fc.Arbitrary<SubmittedClaim> = fc
  .record({
    kind: fc.constantFrom('professional', 'institutional', 'dental'),
    head: joined(
      fc.record({
        patientControlNumber: word(38),
        charge: cents,
        frequency: fc.constantFrom('1', '7', '8'),
        diagnoses: few(codeOf(7), 14),
        billingProvider: joined(fc.record({ name: organisation }), optional({ id: codeOf(10), taxId: codeOf(9) })),
      }),
      optional({
        placeOfService: codeOf(2),
        originalReference: word(50),
        patientPaid: cents,
        renderingProvider: joined(
          fc.record({
            name: fc.oneof(
              organisation,
              fc.tuple(codeOf(20), codeOf(20)).map(([a, b]) => `${a}, ${b}`),
            ),
          }),
          optional({ id: codeOf(10) }),
        ),
      }),
    ),
    statement: fc.option(period, { nil: undefined }),
    self: coverage(['18']),
    patient: fc.option(fc.tuple(person, fc.constantFrom('01', '19')), { nil: undefined }),
    others: few(joined(coverage(['18', '01']), optional({ statedPaid: cents })), 2),
    lines: fc.array(
      fc.record({
        code: codeOf(6),
        modifiers: few(codeOf(2)),
        charge: cents,
        units: codeOf(4),
        dates: period,
        own: word(30),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ kind, head, statement, self, patient, others, lines }) => ({
    number: 1,
    segment: 1,
    kind,
    ...head,
    ...(statement ? { statementFrom: statement[0], statementTo: statement[1] } : {}),
    patient: patient?.[0] ?? self.subscriber,
    destination: patient ? { ...self, relationship: patient[1] } : self,
    otherCoverages: others,
    lines: lines.map(({ dates, own, ...line }, at) => ({
      number: at + 1,
      ...line,
      ...(kind === 'institutional' ? { revenueCode: '0120' } : { placeOfService: '11' }),
      diagnosisPointers: kind === 'institutional' ? [] : [1, 2],
      serviceFrom: dates[0],
      serviceTo: dates[1],
      lineControlNumber: own,
    })),
    defects: [],
    findings: [],
  }))

const submissionDocument: fc.Arbitrary<ClaimSubmission> = fc.record({
  controlNumber: codeOf(9),
  version: fc.constantFrom('005010X222A1', '004010X098A1'),
  reference: word(50),
  created: day,
  purpose: fc.constantFrom('00', '18'),
  claims: few(submittedClaim).map((claims) => claims.map((claim, at) => ({ ...claim, number: at + 1 }))),
})

const interchange = (date: Day) =>
  ({ sender: 'SENDER', receiver: 'RECEIVER', date, controlNumber: 7, usage: 'T' }) as const

/** Without the places of its claims in the file. */
const unplaced = <D extends RemittanceAdvice | ClaimSubmission>(document: D) => ({
  ...document,
  claims: document.claims.map((claim) => ({ ...claim, segment: 1 })),
})

describe('law L6: reading what is printed gives the same', { tags: ['L6'] }, () => {
  it('the samples, to the last place once printed', async () => {
    const advice = await readAdvice(remittance)
    const printed = printRemittances([advice], interchange(toDay('2026-03-02')))
    const again = await readAdvice(printed)
    expect(unplaced(again)).toStrictEqual(unplaced(advice))
    expect(printRemittances([again], interchange(toDay('2026-03-02')))).toBe(printed)
    const claims = await readSubmission(submission)
    const claimsAgain = await readSubmission(printSubmissions([claims], interchange(toDay('2026-03-02'))))
    expect(unplaced(claimsAgain)).toStrictEqual(unplaced(claims))
  })

  it('any remittance', async () => {
    await fc.assert(
      fc.asyncProperty(advice, async (document) => {
        remittanceAdvice.parse(document)
        const results = await readAll(printRemittances([document], interchange(document.date ?? toDay('2026-03-02'))))
        expect(results).toHaveLength(1)
        const [result] = results
        expect(result?.problems.filter((problem) => problem.code !== 'paymentDateSubstituted')).toEqual([])
        if (result?.kind !== '835' || !result.document) throw new Error('no document')
        expect(unplaced(result.document)).toStrictEqual(structuredClone(document))
      }),
      { numRuns: 500 },
    )
  })

  it('any submission', async () => {
    await fc.assert(
      fc.asyncProperty(submissionDocument, async (document) => {
        claimSubmission.parse(document)
        const results = await readAll(printSubmissions([document], interchange(toDay('2026-03-02'))))
        expect(results.flatMap((result) => result.problems)).toEqual([])
        const [result] = results
        if (result?.kind !== '837' || !result.document) throw new Error('no document')
        expect(unplaced(result.document)).toStrictEqual(structuredClone(document))
      }),
      { numRuns: 500 },
    )
  })

  it('several documents of several versions share one interchange', async () => {
    const advice = await readAdvice(remittance)
    const old = { ...advice, controlNumber: '0002', version: '004010X091A1' }
    const results = await readAll(printRemittances([advice, advice, old], interchange(toDay('2026-03-02'))))
    expect(results.flatMap((result) => result.problems)).toEqual([])
    expect(results).toMatchObject([{ group: '1' }, { group: '1' }, { group: '2', version: '004010X091A1' }])
  })

  it('a value that holds a separator can not be printed', async () => {
    const advice = await readAdvice(remittance)
    for (const name of ['A*B', 'A~B', 'A\nB'])
      expect(() => printRemittances([{ ...advice, payer: { name } }], interchange(toDay('2026-03-02')))).toThrow(
        RangeError,
      )
  })
})
