import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AccountCommandInput, AccountState } from '../../src/account/index.ts'
import { receivableOf } from '../../src/account/ledger/state.ts'
import { unappliedOf } from '../../src/account/payments/state.ts'
import { addDays, type Day, toDay } from '../../src/kernel/day.ts'
import {
  comparable,
  emptyHistory,
  fromIntegers,
  type History,
  issue,
  randomHistory,
  standingAt,
} from '../../src/testing/index.ts'
import { office } from '../support/desk.ts'

const runs = { numRuns: 1_000 }
const choices = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength: 70, size: 'max' })
const lives = (only?: (command: AccountCommandInput) => boolean) =>
  choices.map((integers) => randomHistory(fromIntegers(integers), { office, longest: 20, ...(only ? { only } : {}) }))
const replay = (history: History, change: (text: string) => string, day: (on: Day) => string = (on) => on): History =>
  history.steps.reduce(
    (done, { command, recordedOn }) =>
      issue(done, JSON.parse(change(JSON.stringify(command))), day(recordedOn), office),
    emptyHistory,
  )
const lastDay = (history: History): Day => history.steps.at(-1)?.recordedOn ?? toDay('2026-01-01')

/** What is left of money: layers that are not zero, unapplied by payment, control accounts that are not zero. */
const money = (state: AccountState) => ({
  layers: [...state.ledger.layers.values()]
    .filter((layer) => receivableOf(layer) !== 0)
    .map((layer) => [layer.layerId, layer.active, layer.placed, layer.agingFrom]),
  unapplied: [...state.payments.payments.values()]
    .filter((p) => unappliedOf(p) !== 0)
    .map((p) => [p.paymentId, unappliedOf(p)]),
  control: [...state.ledger.control].filter(([, amount]) => amount !== 0).sort(),
})
/** What each line owes, by party, without the names of layers. */
const owed = (state: AccountState) =>
  [...state.ledger.layers.values()]
    .filter((layer) => receivableOf(layer) !== 0)
    .map((layer) => `${layer.lineId} ${JSON.stringify(layer.party)} ${layer.agingFrom} ${receivableOf(layer)}`)
    .sort()

describe('relations between runs', () => {
  it('N1 every amount times three: the same decisions, every layer times three', { tags: ['N1'] }, () => {
    const judgedByAmount = new Set([
      ...['ProposePlan', 'AcceptPlan', 'AmendPlan', 'PlaceAccount', 'ReviewForPlacement'],
      // Nobody is asked for a small balance (ST-01.minimum).
      'IssueStatement',
    ])
    const noThreshold = (command: AccountCommandInput) =>
      !judgedByAmount.has(command.type) &&
      (command.type !== 'WriteOff' || command.category === 'administrative' || command.category === 'timeLimit')
    const triple = (text: string) =>
      text.replaceAll(/"(amount|charge|paid)":(-?\d+)/g, (_all, key, amount) => `"${key}":${Number(amount) * 3}`)
    fc.assert(
      fc.property(lives(noThreshold), (history) => {
        const scaled = replay(history, triple)
        expect(scaled.steps.map((step) => step.decision.ok)).toEqual(history.steps.map((step) => step.decision.ok))
        expect(money(scaled.state).layers).toEqual(
          money(history.state).layers.map(([id, active, placed, from]) => [
            id,
            Number(active) * 3,
            Number(placed) * 3,
            from,
          ]),
        )
      }),
      runs,
    )
  })

  it('N2 every day and the as-of day shifted alike: the same layers at the same age', { tags: ['N2'] }, () => {
    fc.assert(
      fc.property(lives(), fc.integer({ min: 1, max: 40 }), (history, days) => {
        const later = (text: string) => text.replaceAll(/\d{4}-\d{2}-\d{2}/g, (on) => addDays(toDay(on), days))
        const shifted = replay(history, later, (on) => addDays(on, days))
        const asOf = lastDay(history)
        expect(standingAt(shifted, addDays(asOf, days), addDays(asOf, days))).toEqual(
          JSON.parse(later(JSON.stringify(standingAt(history, asOf, asOf)))),
        )
      }),
      runs,
    )
  })

  it('N3 every id renamed alike, its order among the others too: the same state under the new names', {
    tags: ['N3'],
  }, () => {
    // The text of an id turned round: its place in the order of texts is another one.
    const turned = (id: string): string => [...id].reverse().join('')
    const rename = (text: string) =>
      text.replaceAll(/"((?:v|l|cov|p|r)(?:\d+|-unknown)|remit-\d+)"/g, (_all, id) => `"z${turned(id)}"`)
    fc.assert(
      fc.property(lives(), (history) => {
        const renamed = replay(history, rename)
        const back = comparable(money(renamed.state)).replaceAll(/z(\d+(?:v|l|voc|p|r)|\d+-timer)/g, (_all, id) =>
          turned(id),
        )
        const sorted = (text: string) => {
          const { control, ...rest } = JSON.parse(text) as ReturnType<typeof money>
          return { ...rest, control: control.toSorted() }
        }
        expect(sorted(back)).toEqual(sorted(comparable(money(history.state))))
      }),
      runs,
    )
  })

  it('N4 an unrelated account beside it: byte for byte the same state', { tags: ['N4'] }, () => {
    fc.assert(
      fc.property(lives(), lives(), (history, other) => {
        let here = emptyHistory
        let there = emptyHistory
        for (let at = 0; at < Math.max(history.steps.length, other.steps.length); at += 1) {
          const mine = history.steps[at]
          const theirs = other.steps[at]
          if (theirs) there = issue(there, theirs.command, theirs.recordedOn, office)
          if (mine) here = issue(here, mine.command, mine.recordedOn, office)
        }
        expect(comparable(here.state)).toBe(comparable(history.state))
      }),
      runs,
    )
  })

  it('N5 a charge and its void: money as if there had been no charge', { tags: ['N5'] }, () => {
    let tried = 0
    let charges = 0
    fc.assert(
      fc.property(lives(), fc.integer({ min: 1, max: 90_000 }), fc.boolean(), (history, amount, selfPay) => {
        // What the desk took off an item waits for the desk; a charge of the visit that it was meant for ends the wait (Q11).
        if ([...history.state.payments.payments.values()].some((p) => p.setAside && unappliedOf(p) > 0)) return
        tried += 1
        const on = lastDay(history)
        const party = selfPay ? { party: 'patient' as const } : {}
        const charged = issue(
          history,
          { type: 'PostCharge', on, visit: 'v1', line: 'lx', code: '99213', amount, ...party },
          on,
          office,
        )
        // Of a Medicaid patient, or of one of several, who is not named: refused.
        if (!charged.steps.at(-1)?.decision.ok) return
        charges += 1
        const voided = issue(charged, { type: 'VoidCharge', on, line: 'lx', reason: 'never was' }, on, office)
        expect(voided.steps.at(-1)?.decision.ok).toBe(true)
        expect(money(voided.state)).toEqual(money(history.state))
      }),
      runs,
    )
    expect(charges).toBeGreaterThan(tried / 2)
  })

  it('N6 A10 a payment and its full reversal: money as if there had been no payment', { tags: ['N6', 'A10'] }, () => {
    fc.assert(
      fc.property(
        lives(),
        fc.integer({ min: 1, max: 90_000 }),
        fc.constantFrom('nsf', 'misposted'),
        (history, amount, kind) => {
          const on = lastDay(history)
          const paid = issue(history, { type: 'PostPayment', on, payment: 'px', amount, tender: 'check' }, on, office)
          const back = issue(paid, { type: 'ReversePayment', on, payment: 'px', kind, reason: 'back' }, on, office)
          expect(back.steps.at(-1)?.decision.ok).toBe(true)
          expect(money(back.state)).toEqual(money(history.state))
        },
      ),
      runs,
    )
  })

  it('E5 an allocation and its undoing: layers, ages and every past day as before', { tags: ['E5'] }, () => {
    fc.assert(
      fc.property(lives(), fc.integer({ min: 1, max: 90_000 }), (history, amount) => {
        const on = lastDay(history)
        const paid = issue(history, { type: 'PostPayment', on, payment: 'px', amount, tender: 'check' }, on, office)
        const off = issue(paid, { type: 'DeallocatePayment', payment: 'px', reason: 'redirect' }, on, office)
        const applied = issue(off, { type: 'ApplyUnapplied', payment: 'px' }, on, office)
        const again = issue(applied, { type: 'DeallocatePayment', payment: 'px', reason: 'redirect' }, on, office)
        expect(money(again.state)).toEqual(money(off.state))
        if (off.steps.at(-1)?.decision.ok) expect(owed(applied.state)).toEqual(owed(paid.state))
        for (const asOf of [on, addDays(on, -10), addDays(on, 20)]) {
          expect(standingAt(again, asOf, on)).toEqual(standingAt(off, asOf, on))
        }
      }),
      runs,
    )
  })

  it('E9 one undirected payment or the same in two parts: the same open items', { tags: ['E9'] }, () => {
    const sum = fc.integer({ min: 2, max: 90_000 })
    fc.assert(
      fc.property(lives(), sum, fc.integer({ min: 1, max: 99 }), (history, amount, percent) => {
        const on = lastDay(history)
        const part = Math.max(1, Math.floor((amount * percent) / 100))
        const pay = (before: History, id: string, cents: number) =>
          issue(before, { type: 'PostPayment', on, payment: id, amount: cents, tender: 'check' }, on, office)
        const once = pay(history, 'px', amount)
        const twice = pay(pay(history, 'px', part), 'py', amount - part)
        expect(owed(twice.state)).toEqual(owed(once.state))
      }),
      runs,
    )
  })
})

const charge = fc.record({
  day: fc.integer({ min: 1, max: 28 }),
  amount: fc.integer({ min: 1, max: 20_000 }),
  id: fc.nat({ max: 99 }),
})
const charges = fc.uniqueArray(charge, { minLength: 1, maxLength: 8, selector: ({ id }) => id })
/** No two of one day: of those the place in the claim decides, which is the order in which they come (law N3). */
const ofTheirDays = fc
  .uniqueArray(charge, { minLength: 1, maxLength: 8, selector: ({ id }) => id })
  .map((list) => [...new Map(list.map((each) => [each.day, each])).values()])
const account = issue(
  emptyHistory,
  { type: 'OpenAccount', accountId: 'a1', on: '2026-01-01', guarantor: {} },
  '2026-01-01',
  office,
)
const post = (list: readonly { day: number; amount: number; id: number }[]) =>
  list.reduce(
    (history, { day, amount, id }) =>
      issue(
        history,
        {
          type: 'PostCharge',
          on: `2026-03-${String(day).padStart(2, '0')}`,
          visit: `v${id % 3}`,
          line: `l${id}`,
          code: '99213',
          amount,
        },
        '2026-03-31',
        office,
      ),
    account,
  )
const pay = (history: History, amount: number) =>
  issue(history, { type: 'PostPayment', on: '2026-04-02', amount, tender: 'check' }, '2026-04-02', office)

describe('automatic allocation', () => {
  it('E3 the order in which items came to the book changes nothing', { tags: ['E3'] }, () => {
    const shuffled = ofTheirDays.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    )
    fc.assert(
      fc.property(shuffled, fc.integer({ min: 1, max: 90_000 }), ([list, other], amount) => {
        expect(owed(pay(post(other), amount).state)).toEqual(owed(pay(post(list), amount).state))
      }),
      runs,
    )
  })

  it('E4 no younger item receives while an older one is open', { tags: ['E4'] }, () => {
    fc.assert(
      fc.property(charges, fc.integer({ min: 1, max: 90_000 }), (list, amount) => {
        const before = post(list).state
        const after = pay(post(list), amount).state
        const items = [...after.ledger.layers.values()]
        const open = items.filter((layer) => layer.active > 0)
        const received = items.filter((layer) => layer.active < (before.ledger.layers.get(layer.layerId)?.active ?? 0))
        for (const younger of received) {
          for (const older of open) expect(younger.agingFrom <= older.agingFrom || younger === older).toBe(true)
        }
      }),
      runs,
    )
  })
})
