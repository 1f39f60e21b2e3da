import { memoryEventStore } from '@daybook/adapters/memory'
import type { ClaimSubmission } from '@daybook/core/account'
import type { RemittanceAdvice } from '@daybook/core/remittance'
import { executeOnAccount, receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { entriesOf, readLog, unbalancedPrefixes } from './support/books.ts'
import { deskOn } from './support/desk.ts'
import { advice, submission } from './support/documents.ts'
import { dyingAfter } from './support/dying-store.ts'

// Law Q1 against a model that knows the truth: which service each file is about. A service is told by patient, code and
// day; each has a charge and a payment of its own, by which its money is recognised wherever it lands.

const NUMBER = 'ACCOUNT-2026-0000000042'
const people = [
  { id: 'M1', last: 'DOE', first: 'JANE', born: '1980-01-01' },
  { id: 'M2', last: 'ROE', first: 'RICHARD', born: '1975-05-05' },
] as const
const codes = ['99213', '85025'] as const
const days = ['2026-01-10', '2026-02-10'] as const

interface Service {
  readonly person: 0 | 1
  readonly code: 0 | 1
  readonly day: 0 | 1
}

/** How a file names its claim: the number whole, as a payer returns it, in small letters; the member id as it is or longer. */
interface Naming {
  readonly number: 'whole' | 'cut' | 'small'
  readonly suffix: boolean
}

interface Case {
  readonly services: readonly Service[]
  readonly advices: readonly Naming[]
  readonly opener: readonly ('claim' | 'desk' | 'advice')[]
  readonly order: readonly number[]
  readonly deaths: readonly number[]
}

const naming = fc.record({
  number: fc.constantFrom<Naming['number']>('whole', 'cut', 'small'),
  suffix: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
})
const bit = fc.constantFrom<0 | 1>(0, 1)
const cases: fc.Arbitrary<Case> = fc.record({
  services: fc.uniqueArray(fc.record({ person: bit, code: bit, day: bit }), {
    minLength: 1,
    maxLength: 4,
    selector: ({ person, code, day }) => `${person}${code}${day}`,
  }),
  advices: fc.array(naming, { minLength: 4, maxLength: 4 }),
  opener: fc.array(fc.constantFrom<Case['opener'][number]>('claim', 'desk', 'advice'), { minLength: 4, maxLength: 4 }),
  order: fc.array(fc.nat({ max: 1_000 }), { minLength: 12, maxLength: 12 }),
  deaths: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 12 }),
})

const numberOf = ({ number }: Naming): string =>
  number === 'cut' ? NUMBER.slice(0, 20) : number === 'small' ? NUMBER.toLowerCase() : NUMBER
const chargeOf = (at: number): number => 10_000 + at * 100
const paidOf = (at: number): number => 6_000 + at

const claimOf = (service: Service, at: number): ClaimSubmission => {
  const { born, ...person } = people[service.person]
  const lines = [{ code: codes[service.code], charge: chargeOf(at), on: days[service.day] }]
  return submission([{ pcn: NUMBER, patient: { ...person, born }, to: { payer: 'ACME', member: person.id }, lines }])
}

const adviceOf = (service: Service, at: number, name: Naming): RemittanceAdvice => {
  const { id, last, first } = people[service.person]
  const [charge, paid] = [chargeOf(at), paidOf(at)]
  const line = { code: codes[service.code], charge, paid, cas: [['PR', '1', charge - paid]] as const }
  return advice({
    trace: `T${at}`,
    claims: [
      {
        pcn: numberOf(name),
        icn: `ICN${at}`,
        patient: { id: name.suffix ? `${id}01` : id, last, first },
        lines: [{ ...line, on: days[service.day] }],
      },
    ],
  })
}

const accountOf = (at: number): string => `01a00000-0000-7000-8000-00000000000${at}`
const deskCommands = (service: Service, at: number): readonly (readonly [string, object])[] => {
  const [account, on] = [accountOf(at), days[service.day]]
  const { id, ...name } = people[service.person]
  const charge = { visit: `v${at}`, line: `l${at}`, code: codes[service.code], amount: chargeOf(at) }
  const cover = { coverage: `c${at}`, patient: `p${at}`, payer: 'ACME', payerName: 'ACME HEALTH', memberId: id }
  return [
    { type: 'OpenAccount', accountId: account, on, guarantor: { name: `${name.first} ${name.last}` } },
    { type: 'RegisterPatient', on, patient: `p${at}`, ...name },
    { type: 'AddCoverage', on, ...cover },
    { type: 'OpenVisit', on, visit: `v${at}`, patient: `p${at}`, patientControlNumber: NUMBER },
    { type: 'PostCharge', on, ...charge },
  ].map((command) => [account, command] as const)
}

it('Q1 charges post once, each payment lands on its own service or is held, in any order, killed anywhere', {
  tags: ['Q1'],
}, async () => {
  let tried = 0
  let posted = 0
  await fc.assert(
    fc.asyncProperty(cases, async ({ services, advices, opener, order, deaths }) => {
      const store = await Effect.runPromise(memoryEventStore())
      type Work = (on: typeof store) => Promise<unknown>
      const desks: Work[] = []
      const files: { readonly at: number; readonly run: Work }[] = []
      for (const [at, service] of services.entries()) {
        const submits: Work = (on) => Effect.runPromise(submitClaims(deskOn(on), claimOf(service, at)))
        const document = adviceOf(service, at, advices[at] as Naming)
        const openMissing = opener[at] === 'advice'
        const receives: Work = (on) => Effect.runPromise(receiveRemittance(deskOn(on), document, { openMissing }))
        const opens: Work = async (on) => {
          for (const [n, [account, command]] of deskCommands(service, at).entries()) {
            await Effect.runPromise(executeOnAccount(deskOn(on), account, command, `d${at}-${n}`))
          }
        }
        // A desk that opens what an import has opened opens it twice, and is told (`mayBeSameVisit`): it comes first.
        if (opener[at] === 'desk') desks.push(opens)
        for (const run of [submits, receives]) files.push({ at: order[files.length] ?? 0, run })
      }
      const inOrder = files.sort((a, b) => a.at - b.at).map(({ run }) => run)
      for (const [n, run] of [...desks, ...inOrder].entries()) {
        await run(dyingAfter(store, deaths[n] ?? 9)).catch(() => undefined)
        await run(store)
      }
      const log = entriesOf(await readLog(deskOn(store)))
      expect(unbalancedPrefixes(log)).toEqual([])
      const charges = log.flatMap(({ event }) => (event.type === 'ChargePosted' ? [event] : []))
      const payments = log.flatMap(({ event }) => (event.type === 'InsurancePaymentPosted' ? [event] : []))
      for (const [at, service] of services.entries()) {
        tried += 1
        const own = charges.filter(({ amount }) => amount === chargeOf(at))
        expect(own.map(({ code, dosFrom }) => [code, dosFrom])).toEqual([[codes[service.code], days[service.day]]])
        const paid = payments.filter(({ lines }) => lines.some(({ amount }) => amount === paidOf(at)))
        expect(paid.flatMap(({ lines }) => lines.map(({ lineId }) => lineId))).toEqual(
          paid.length === 0 ? [] : [own[0]?.lineId],
        )
        posted += paid.length
      }
      expect(charges).toHaveLength(services.length)
    }),
    { numRuns: 2_000 },
  )
  expect(posted).toBeGreaterThan(tried * 0.8)
})
