import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AccountEvent } from '../../src/account/index.ts'
import { PATIENT } from '../../src/kernel/effects.ts'
import { fromIntegers } from '../../src/testing/index.ts'
import type { Random } from '../../src/testing/random.ts'
import { type Desk, office } from '../support/desk.ts'
import { SERVED, visitWith } from './visit.ts'
import { advice, lines, tried } from './word-life.ts'

// Law Q3. What may be at the patient is derived here from the events alone, by the words of the pages: postings.md 39 and
// law D5, reference §1.4. The decisions know none of this.

const rep = { ...office, actor: { id: 'rob', roles: ['rep' as const] } }
type Of<T extends AccountEvent['type']> = Extract<AccountEvent, { type: T }>
type Adjudicated = Of<'ClaimAdjudicated'>

const of = <T extends AccountEvent['type']>(events: readonly AccountEvent[], type: T): readonly Of<T>[] =>
  events.filter((event): event is Of<T> => event.type === type)

/** What transfers have brought the patient on a line; what the patient elected to pay stands apart. */
const brought = (events: readonly AccountEvent[], line: string): number =>
  events
    .flatMap((event) =>
      event.type === 'ResponsibilityTransferred' || event.type === 'AdjudicationReversed' ? event.effects : [],
    )
    .filter((effect) => effect.lineId === line && effect.party === PATIENT)
    .reduce((sum, { amount }) => sum + amount, 0)

interface Payers {
  readonly order: number
  readonly filing: string
  readonly covers: boolean
}
/** The coverages as they stand, by id. */
const payersOf = (events: readonly AccountEvent[]): ReadonlyMap<string, Payers> => {
  const payers = new Map<string, Payers>()
  for (const event of events) {
    if (event.type === 'CoverageAdded') {
      payers.set(event.coverageId, { order: event.order, filing: event.filingIndicator ?? '', covers: true })
    }
    const known = event.type === 'CoverageTerminated' ? payers.get(event.coverageId) : undefined
    if (known && event.type === 'CoverageTerminated') {
      payers.set(event.coverageId, { ...known, covers: event.lastDay >= SERVED })
    }
  }
  return payers
}

const eligibility = ['27']
const saidOn = (decision: Adjudicated, line: string) => decision.lines.filter(({ lineId }) => lineId === line)
const onlyNotInsured = (decision: Adjudicated, line: string): boolean =>
  saidOn(decision, line).every(
    ({ paid, adjustments }) =>
      paid === 0 && adjustments.every(({ carc, amount }) => amount === 0 || eligibility.includes(carc)),
  )

/** The most that may be at the patient on a line, cents. Who covered the day, papers may tell later. */
const allowed = (events: readonly AccountEvent[], line: string, payers = payersOf(events)): number => {
  const reversed = new Set(of(events, 'AdjudicationReversed').map(({ adjudicationId }) => adjudicationId))
  const all = of(events, 'ClaimAdjudicated').filter(({ predetermination }) => !predetermination)
  const standing = all.filter(({ adjudicationId }) => !reversed.has(adjudicationId))
  const last = new Map<string, Adjudicated>()
  for (const decision of standing) if (saidOn(decision, line).length > 0) last.set(decision.coverageId, decision)
  const speaking = [...last]
    .filter(([coverage, decision]) => payers.get(coverage)?.covers || !onlyNotInsured(decision, line))
    .sort(([a], [b]) => (payers.get(a)?.order ?? 0) - (payers.get(b)?.order ?? 0))
  const [coverage, decision] = speaking.at(-1) ?? []
  if (coverage === undefined || !decision) {
    // Nobody has spoken: nothing, unless every coverage that was ever asked did not cover the day.
    return [...payers.values()].every(({ covers }) => covers) ? 0 : Number.POSITIVE_INFINITY
  }
  const remarks = (of: readonly Adjudicated[]) =>
    of.flatMap((one) => [...one.remarks, ...one.lines.flatMap((each) => each.remarks)])
  if (remarks(all).includes('N782')) return 0
  const shares = saidOn(decision, line)
    .flatMap(({ adjustments }) => adjustments)
    .filter(({ group, carc }) => group === 'PR' && (payers.get(coverage)?.filing !== 'MC' || carc === '3'))
  const onDenial = ['204', '50']
  const defective = remarks([decision]).includes('M39')
  const share = shares
    .filter(({ carc }) => !(onDenial.includes(carc) && defective))
    .reduce((sum, { amount }) => sum + amount, 0)
  if (!remarks(all).includes('N884')) return share
  const confirmed = of(events, 'NoticeRecorded').flatMap(({ notice }) =>
    notice.kind === 'nsaCostShare' ? notice.amount : [],
  )
  return Math.min(share, confirmed.at(-1) ?? 0)
}

const begin = (random: Random): Desk =>
  visitWith({
    charges: [
      { line: 'l1', amount: 10_000 },
      { line: 'l2', amount: 5_000, code: '80053' },
    ],
    payers: random.oneIn(2) ? ['acme'] : ['acme', 'beta'],
    filing: { acme: random.pick(['12', 'MB', 'MC', '12']), beta: random.pick(['12', 'MC']) },
    at: rep,
  })

const day = (number: number): string =>
  `2026-${number < 28 ? '02' : '03'}-${String((number % 28) + 1).padStart(2, '0')}`
const corrects = new Set(['coverageTermed', 'coverageFound'])
const handMoves = new Set(['TransferResponsibility', 'ReleaseResponsibility', 'ResolveDenial'])

const choices = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 150, maxLength: 500, size: 'max' })

describe('after any advice', () => {
  it('Q3 D5 no hand move leaves more at the patient than the payers’ words and the law allow', {
    tags: ['Q3', 'D5'],
  }, () => {
    let runs = 0
    let moved = 0
    let refused = 0
    fc.assert(
      fc.property(choices, (integers) => {
        runs += 1
        const random = fromIntegers(integers)
        const desk = begin(random)
        const give = (input: Parameters<Desk['tries']>[0], number: number) => desk.tries(input, day(number))
        const first = random.oneIn(8) ? undefined : advice(random, desk.state, day(0), 'P0', 'acme')
        if (first) give(first, 0)
        for (let number = 1; number < 40 && !random.exhausted(); number += 1) {
          const before = desk.events()
          const command = tried(random, desk.state, day(number), number)
          const decision = give(command, number)
          if (!handMoves.has(command.type)) continue
          if (!decision.ok) refused += 1
          const after = desk.events()
          for (const line of lines) {
            const now = brought(after, line)
            if (now <= brought(before, line)) continue
            moved += 1
            expect(now, `${JSON.stringify(command)} leaves ${line}`).toBeLessThanOrEqual(allowed(before, line))
          }
        }
        // What was elected is the patient's only as long as it is paid.
        for (const { event, status } of desk.state.agreements.elections.values()) {
          if (status !== 'holds') continue
          for (const line of event.lines) {
            const open = [...desk.state.ledger.layers.values()].filter((layer) => layer.lineId === line)
            expect(open.every((layer) => layer.party !== PATIENT || layer.active <= 0)).toBe(true)
          }
        }
      }),
      { numRuns: 1_000, endOnFailure: true },
    )
    expect(moved).toBeGreaterThan(runs / 20)
    expect(refused).toBeGreaterThan(moved)
  })

  it('Q3 standing-5 nor does one that is recorded late, more than they allowed on its day', { tags: ['Q3'] }, () => {
    let moved = 0
    let refused = 0
    fc.assert(
      fc.property(choices, (integers) => {
        const random = fromIntegers(integers)
        const desk = begin(random)
        const first = random.oneIn(8) ? undefined : advice(random, desk.state, day(0), 'P0', 'acme')
        if (first) desk.tries(first, day(0))
        /** A move by hand as of a day that has passed. Papers of payers and people come on their day. */
        const tryLate = (number: number): void => {
          const on = day(random.int(0, number - 1))
          const command = tried(random, desk.state, on, number)
          if (!handMoves.has(command.type)) return
          if (command.type === 'TransferResponsibility' && corrects.has(command.because)) return
          const before = desk.events()
          if (!desk.tries(command, day(number)).ok) refused += 1
          const counting = (events: readonly AccountEvent[]) => events.filter((event) => event.effectiveDate <= on)
          for (const line of lines) {
            const now = brought(counting(desk.events()), line)
            if (now <= brought(counting(before), line)) continue
            moved += 1
            const most = allowed(counting(before), line, payersOf(before))
            expect(now, `${JSON.stringify(command)} on ${day(number)} leaves ${line}`).toBeLessThanOrEqual(most)
          }
        }
        for (let number = 1; number < 40 && !random.exhausted(); number += 1) {
          desk.tries(tried(random, desk.state, day(number), number), day(number))
          for (let time = 0; time < 4; time += 1) tryLate(number)
        }
      }),
      { numRuns: 1_000, endOnFailure: true },
    )
    expect(Math.min(moved, refused)).toBeGreaterThan(0)
  })
})
