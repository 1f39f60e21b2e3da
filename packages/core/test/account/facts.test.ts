import { describe, expect, it } from 'vitest'
import { newAccount } from '../../src/account/account.ts'
import { ask, attest, factsBy, factsOf, type Question, type Supply } from '../../src/account/facts.ts'
import { toDay } from '../../src/kernel/day.ts'
import { type Facts, known, unknown } from '../../src/rules/facts.ts'
import type { Gate } from '../../src/rules/vocabulary.ts'
import { contextOf } from '../../src/testing/history.ts'
import { momentAt } from '../../src/testing/moments.ts'
import { office } from '../support/desk.ts'

const on = toDay('2026-07-31')
const given = contextOf(office, on, 1)
const nothing = { lines: [], visits: [] }
const question = (gate: Gate, own: Facts = {}): Question => ({ gate, on, scope: nothing, own })
/** What a question knows where these facets are all there are. */
const asked = (supplies: readonly Supply[], gate: Gate, own: Facts = {}): Facts => {
  const supplied = factsBy(supplies)
  const context = { ...given, factsOf: (state: typeof newAccount) => supplied(state, nothing, on, given) }
  return factsOf(newAccount, question(gate, own), context)
}

describe('a fact is supplied by the facet that owns it, to every gate', () => {
  const plans: Supply = { 'plan.active': () => known(true) }

  it.each(['placeAccount', 'writeOff', 'allocatePayment'] as const)('%s hears it', (gate) => {
    expect(asked([plans], gate)['plan.active']).toEqual(known(true))
  })

  it('is looked for when a rule asks, once a question, and not where none asks', () => {
    const looked: string[] = []
    const counting: Supply = {
      'payment.lastOn': () => {
        looked.push('payment.lastOn')
        return known('never')
      },
      'activity.lastOn': () => {
        looked.push('activity.lastOn')
        return known('never')
      },
    }
    const facts = asked([counting], 'placeAccount')
    expect(looked).toEqual([])
    given.catalogue.check('placeAccount', facts, momentAt(office, on))
    given.catalogue.check('placeAccount', facts, momentAt(office, on))
    expect(looked).toEqual(['payment.lastOn'])
  })

  it('has one owner', () => {
    expect(() => factsBy([plans, { 'plan.active': () => known(false) }])).toThrow('two facets own the fact plan.active')
  })

  it('gives way to what the question itself says', () => {
    expect(asked([plans], 'writeOff', { 'plan.active': unknown('a note says otherwise') })['plan.active']).toEqual(
      unknown('a note says otherwise'),
    )
  })

  it('can not be attested away', () => {
    const attested = { 'plan.active': false, 'hold.open': false }
    const { facts, hits } = attest(asked([plans], 'placeAccount'), { attested }, given.today)
    expect(hits.map(({ rule }) => rule)).toEqual(['facts.alreadyKnown'])
    expect([facts['plan.active'], facts['hold.open']]).toEqual([known(true), known(false)])
  })
})

describe('what nobody has raised', () => {
  it('counts as absent at a gate on evidence (postings.md, clarification 1)', () => {
    expect(asked([], 'writeOff')['dispute.open']).toEqual(known(false))
  })

  it('is unknown on a checklist, and blocks by its name', () => {
    expect(asked([], 'placeAccount')['dispute.open']).toBeUndefined()
    const context = { ...given, factsOf: () => factsBy([])(newAccount, nothing, on, given) }
    expect(ask(newAccount, question('placeAccount'), context).unknown).toContain('dispute.open')
  })

  it('counts at either as soon as a facet keeps it', () => {
    const disputes: Supply = { 'dispute.open': () => known(true) }
    expect(asked([disputes], 'writeOff')['dispute.open']).toEqual(known(true))
    expect(asked([disputes], 'placeAccount')['dispute.open']).toEqual(known(true))
  })
})
