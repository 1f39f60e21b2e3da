import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountCommandSchemas, accountEventDefinitions } from '../../src/account/rooms.ts'
import { PATIENT } from '../../src/kernel/effects.ts'
import { fromIntegers, laws, randomHistory } from '../../src/testing/index.ts'
import { office, settling } from '../support/desk.ts'

/** Integers that drive a random life of an account; shrinking them keeps the life reachable. */
const choices = (maxLength: number) => fc.array(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength, size: 'max' })

/** These compare whole states at every step: shorter lives, one letter at a time. */
const dear: readonly string[] = ['A', 'B', 'C']

/** Laws share their histories: making a history costs more than checking it. */
const together = Map.groupBy(laws, ({ id: [letter = ''] }) => (dear.includes(letter) ? letter : 'D to P'))

const hasTwice = (lines: readonly (string | { readonly line: string })[]): boolean =>
  new Set(lines.map((each) => (typeof each === 'string' ? each : each.line))).size < lines.length

describe('laws of every reachable history', () => {
  for (const [letter, group] of together) {
    const tags = group.map(({ id }) => id)
    it(`${tags.join(' ')} hold`, { tags }, () => {
      fc.assert(
        fc.property(choices(dear.includes(letter) ? 60 : 300), fc.constantFrom(office, settling), (integers, at) => {
          const history = randomHistory(fromIntegers(integers), { office: at })
          expect(group.flatMap((law) => law.holds(history, at))).toEqual([])
        }),
        { numRuns: 1_000 },
      )
    })
  }
})

describe('random lives', () => {
  // Long lives: what takes several commands, one after the other, is met some twenty times. In many short ones it was met
  // once, and every new facet took that one away.
  const many = fc
    .sample(fc.array(fc.nat({ max: 1_000_000 }), { minLength: 600, maxLength: 1_000, size: 'max' }), {
      numRuns: 600,
      seed: 20_261_121,
    })
    .map((integers, at) => randomHistory(fromIntegers(integers), { office: at % 2 ? office : settling, longest: 80 }))
  const steps = many.flatMap((history) => history.steps)
  const ok = steps.filter(({ decision }) => decision.ok)

  it('reach every event of every facet: a law that never meets its event says nothing', () => {
    const seen = new Set<string>(ok.flatMap(({ decision }) => (decision.ok ? decision.events.map((e) => e.type) : [])))
    // No document is that long; a plan that was behind is seldom made current, a payer seldom comes after its stand-in, a
    // plan seldom waits for a correction: test/statements, test/plans and test/claims do; that money is taken back after
    // which a promise was kept, or a refund that left a debt, takes more lives than these (`npm run lives`).
    const left = new Set([
      'DocumentPartKept',
      'PlanReaged',
      'PlanSuspended',
      'PlanResumed',
      'PriorPayerSettlementUndone',
      'PromiseReopened',
      'RefundDebtCancelled',
    ])
    expect(
      accountEventDefinitions.map((event) => event.type).filter((type) => !seen.has(type) && !left.has(type)),
    ).toEqual([])
  })

  it('give every command: most pass, and what is refused leaves nothing behind', () => {
    const given = new Set<string>(steps.map(({ command }) => command.type))
    const kinds: readonly string[] = accountCommandSchemas.map((schema) => schema.shape.type.value)
    expect(kinds.filter((type) => !given.has(type))).toEqual([])
    expect(steps.length - ok.length).toBeGreaterThan(500)
    expect(ok.length).toBeGreaterThan((steps.length * 6) / 10)
  })

  it('name a line twice, in every command that names lines, and are refused', () => {
    const twice = steps.filter(
      ({ command }) => 'lines' in command && command.lines !== undefined && hasTwice(command.lines),
    )
    expect([...new Set(twice.map(({ command }) => command.type))].sort()).toEqual([
      'DeallocatePayment',
      'OpenDispute',
      'PlaceAccount',
      'PostTakeback',
      'ProposePlan',
      'RecordPromise',
      'ReverseAdjustment',
      'ReviewForPlacement',
      'TransferResponsibility',
      'WriteOff',
    ])
    expect(twice.filter(({ decision }) => decision.ok)).toEqual([])
  })

  it('never leave a patient’s amount at the coverage of another patient', () => {
    const strays = many.flatMap(({ state }) =>
      [...state.ledger.layers.values()].filter(({ party, visitId }) => {
        const patient = state.registration.visits.get(visitId)?.patientId
        return party !== PATIENT && state.coverage.coverages.get(party.coverageId)?.patientId !== patient
      }),
    )
    expect(strays).toEqual([])
    expect(many.some(({ state }) => state.registration.patients.size > 1)).toBe(true)
  })
})
