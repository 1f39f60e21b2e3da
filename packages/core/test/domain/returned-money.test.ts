import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/account/index.ts'
import { owedOn } from '../../src/account/ledger/balances.ts'
import { addDays, type Day, toDay } from '../../src/kernel/day.ts'
import { PATIENT } from '../../src/kernel/effects.ts'
import { fromIntegers, type History, issue, randomHistory, standingAt } from '../../src/testing/index.ts'
import { office } from '../support/desk.ts'

const runs = { numRuns: 1_000 }
const lives = fc
  .array(fc.nat({ max: 1_000_000 }), { minLength: 10, maxLength: 90, size: 'max' })
  .map((integers) => randomHistory(fromIntegers(integers), { office, longest: 20 }))

const openLine = ({ state }: History) =>
  [...state.ledger.lines.keys()].find((line) => owedOn(state.ledger, line, PATIENT) > 0)

/** What may come between a payment and its return. */
const between = ['nothing', 'anotherPayment', 'writeOff'] as const

const meanwhile = (history: History, what: (typeof between)[number], on: Day): History => {
  const line = openLine(history)
  if (what === 'nothing' || line === undefined) return history
  const visit = history.state.ledger.lines.get(line)?.visitId ?? 'v1'
  const command: AccountCommandInput =
    what === 'anotherPayment'
      ? { type: 'PostPayment', on, payment: 'py', amount: 700, tender: 'cash' }
      : {
          type: 'WriteOff',
          on,
          visit,
          party: 'patient',
          category: 'administrative',
          lines: [{ line, amount: 1 }],
          reason: 'given up',
        }
  return issue(history, command, on, office)
}

/** What other money has met on a line in the last step. */
const metBy = ({ steps }: History, line: string): number => {
  const decision = steps.at(-1)?.decision
  return (decision?.ok ? decision.events : [])
    .flatMap((event) => (event.type === 'UnappliedApplied' ? event.allocations : []))
    .reduce((sum, { lineId, amount }) => (lineId === line ? sum + amount : sum), 0)
}

const cases = fc.record({
  amount: fc.integer({ min: 1, max: 60_000 }),
  kind: fc.constantFrom('nsf', 'chargeback', 'misposted', 'duplicate'),
  later: fc.integer({ min: 1, max: 40 }),
  what: fc.constantFrom(...between),
})

describe('money that goes back, after any life', () => {
  it('E6 a return restores the layers it consumed with their own age: an economic one from its day, a correction throughout', {
    tags: ['E6'],
  }, () => {
    let tried = 0
    let restored = 0
    fc.assert(
      fc.property(lives, cases, (history, { amount, kind, later, what }) => {
        tried += 1
        const on = history.steps.at(-1)?.recordedOn ?? toDay('2026-03-02')
        const back = addDays(on, later)
        const line = openLine(history)
        const allocations = line === undefined ? {} : { allocations: [{ line }] }
        const pay = { type: 'PostPayment', on, payment: 'px', amount, tender: 'check', ...allocations } as const
        const paid = issue(history, pay, on, office)
        if (!paid.steps.at(-1)?.decision.ok) return
        const before = meanwhile(paid, what, on)
        const allocated = before.state.payments.payments.get('px' as never)?.allocations ?? []
        const reverse = { type: 'ReversePayment', on: back, payment: 'px', kind, reason: 'returned' } as const
        const after = issue(before, reverse, back, office)
        expect(after.steps.at(-1)?.decision.ok).toBe(true)

        // The very layers, under their own age.
        for (const [id, layer] of before.state.ledger.layers) {
          expect(after.state.ledger.layers.get(id)?.agingFrom).toBe(layer.agingFrom)
        }
        for (const each of allocated) {
          const owed = (at: History) => owedOn(at.state.ledger, each.lineId, PATIENT)
          // Money on account meets what is open again, by policy.
          const met = metBy(after, each.lineId)
          expect(owed(after) - owed(before)).toBe(
            allocated.reduce((sum, other) => (other.lineId === each.lineId ? sum + other.amount : sum), -met),
          )
          restored += 1
        }

        const economic = kind === 'nsf' || kind === 'chargeback'
        if (economic) {
          const eve = addDays(back, -1)
          expect(standingAt(after, eve, back), 'it had counted until then').toEqual(standingAt(before, eve, back))
        }
        if (what !== 'nothing') return
        for (const asOf of economic ? [back, addDays(back, 30)] : [addDays(on, -3), on, back, addDays(back, 30)]) {
          expect(standingAt(after, asOf, back)).toEqual(standingAt(history, asOf, back))
        }
      }),
      runs,
    )
    expect(restored).toBeGreaterThan(tried / 5)
  })
})
