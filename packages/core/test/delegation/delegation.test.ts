import { describe, expect, it } from 'vitest'
import {
  actsFor,
  type DelegationCommand,
  type DelegationState,
  delegatedTo,
  delegationCommand,
  delegations,
  foldDelegations,
  newDelegations,
} from '../../src/delegation/index.ts'
import { day } from '../../src/kernel/day.ts'
import type { Role } from '../../src/policy/roles.ts'

const today = day.parse('2026-11-16')
const by = (id: string, roles: readonly Role[] = []) => ({ today, actor: { id, roles } })
const lent = {
  type: 'DelegateQueue',
  on: today,
  delegation: 'd1',
  from: 'anna',
  to: 'ben',
  until: '2026-11-27',
  reason: 'two weeks away',
}
const parsed = (given: unknown): DelegationCommand => delegationCommand.parse(given)
const decided = (state: DelegationState, given: object, context = by('anna')) =>
  delegations.decide(state, parsed(given), context)
const after = (...steps: readonly object[]): DelegationState =>
  steps.reduce((state: DelegationState, step) => {
    const decision = decided(state, step)
    if (!decision.ok) throw new Error(decision.hits.map(({ reason }) => reason).join('; '))
    return foldDelegations(state, decision.events)
  }, newDelegations)
const rulesOf = (state: DelegationState, given: object, context = by('anna')) => {
  const decision = decided(state, given, context)
  return decision.ok ? [] : decision.hits.map(({ rule }) => rule)
}
const on = (text: string) => day.parse(text)

describe('reference §11.8 a delegation of work', () => {
  it('counts from its first to its last day, both among them', () => {
    const state = after({ ...lent, since: '2026-11-18' })
    const acts = (when: string) => actsFor(state, 'ben', 'anna', on(when)) !== undefined
    expect(['2026-11-17', '2026-11-18', '2026-11-27', '2026-11-28'].map(acts)).toEqual([false, true, true, false])
  })

  it('is of one to one: not back, not to a third, however the names are written', () => {
    const state = after(lent)
    expect(actsFor(state, ' Ben', 'ANNA', today)?.delegationId).toBe('d1')
    expect(actsFor(state, 'anna', 'ben', today)).toBeUndefined()
    expect(actsFor(state, 'cleo', 'anna', today)).toBeUndefined()
  })

  it('ends at once when it is revoked, by either or by a head; nobody else ends it', () => {
    const state = after(lent)
    const ends = { type: 'RevokeDelegation', on: today, delegation: 'd1', reason: 'back early' }
    expect(rulesOf(state, ends, by('cleo'))).toEqual(['delegation.notTheirs'])
    expect(rulesOf(state, ends, by('cleo', ['supervisor']))).toEqual([])
    expect(rulesOf(state, ends, by('ben'))).toEqual([])
    const ended = after(lent, ends)
    expect(delegatedTo(ended, 'ben', today)).toEqual([])
    expect(rulesOf(ended, ends)).toEqual(['delegation.ended'])
    expect(rulesOf(ended, { ...lent, delegation: 'd2' })).toEqual([])
  })

  it('is said by whose work it is or by a head, never by who acts for another', () => {
    expect(rulesOf(newDelegations, lent, by('ben'))).toEqual(['delegation.notTheirs'])
    expect(rulesOf(newDelegations, lent, by('cleo', ['rep', 'senior']))).toEqual(['delegation.notTheirs'])
    expect(rulesOf(newDelegations, lent, by('cleo', ['manager']))).toEqual([])
    const acting = { today, actor: { id: 'ben', roles: ['supervisor' as const], onBehalfOf: { id: 'anna' } } }
    expect(delegations.decide(newDelegations, parsed({ ...lent, to: 'cleo' }), acting)).toMatchObject({
      ok: false,
      hits: [{ rule: 'delegation.lentOn' }],
    })
  })

  it('is refused with every reason: to oneself, backdated, ending before it begins, said twice, under a used id', () => {
    expect(rulesOf(newDelegations, { ...lent, to: 'Anna ' })).toEqual(['delegation.oneself'])
    expect(rulesOf(newDelegations, { ...lent, since: '2026-11-15' })).toEqual(['delegation.backdated'])
    expect(rulesOf(newDelegations, { ...lent, until: '2026-11-15' })).toEqual(['delegation.ends'])
    expect(rulesOf(newDelegations, { ...lent, on: '2026-11-17' })).toEqual(['delegation.ahead'])
    const state = after({ ...lent, queues: ['denials'] })
    expect(rulesOf(state, { ...lent, delegation: 'd1' })).toEqual(['delegation.known', 'delegation.same'])
    expect(rulesOf(state, { ...lent, delegation: 'd2', queues: ['promises', 'denials'] })).toEqual(['delegation.same'])
    expect(rulesOf(state, { ...lent, delegation: 'd2', queues: ['promises'] })).toEqual([])
  })
})
