import { isCall, type Medium } from '../../kernel/contact.ts'
import { toDay } from '../../kernel/day.ts'
import type { Facts } from '../facts.ts'
import type { Moment, Provenance } from '../rule.ts'

// Whom the rules of contact reach.

const collectors: ReadonlySet<string> = new Set(['agency_third_party', 'debt_buyer', 'law_firm'])

/** Whether somebody collects for another, which makes a debt collector of them (reference §4.1). */
export const mayBeCollector = ({ 'practice.entityType': entity }: Facts): boolean =>
  !entity?.known || collectors.has(entity.value)

/** Debt collectors by law; a practice that collects its own by its policy. */
export const heldToRegF = (facts: Facts, { policy }: Moment): boolean =>
  policy.policy.contact.adoptsRegF || mayBeCollector(facts)

/** Whether this is one of the media, or may be. */
export const mayBeBy = ({ 'contact.medium': medium }: Facts, media: readonly Medium[]): boolean =>
  !medium?.known || media.some((each) => each === medium.value)

/** The same of a contact with the person. */
export const mayReachPersonBy = (facts: Facts, media: readonly Medium[]): boolean =>
  mayReachPerson(facts) && mayBeBy(facts, media)

/** The same of a contact with the person, or with one who is asked where they are. */
export const mayConcernPersonBy = (facts: Facts, media: readonly Medium[]): boolean =>
  mayConcernPerson(facts) && mayBeBy(facts, media)

/**
 * Whether it is a contact with the person or about them with another, or may be. An attorney is reached by what is the
 * attorney's own: at what hour, how often and by what number people are reached is no matter of theirs (reference §4.2, §4.3).
 */
export const mayReachPerson = (facts: Facts): boolean => mayConcernPerson(facts) && !isForLocation(facts)

/** The same, with those who are asked where the person is. */
export const mayConcernPerson = ({ 'contact.with': other }: Facts): boolean =>
  !other?.known || other.value !== 'attorney'

/** Whether another is asked where the person is. Such a one is reached by what is their own, as an attorney is. */
export const isForLocation = ({ 'contact.purpose': purpose }: Facts): boolean =>
  purpose?.known === true && purpose.value === 'location'

/** The rules that Regulation F has for reaching a person, not their attorney. */
export const personHeldToRegF = (facts: Facts, moment: Moment): boolean =>
  heldToRegF(facts, moment) && mayReachPerson(facts)

/** Whether it is a call to the person, or may be: one to an attorney is not counted. */
export const mayBeCall = (facts: Facts): boolean => {
  const { 'contact.medium': medium } = facts
  return mayReachPerson(facts) && (!medium?.known || isCall(medium.value as Medium))
}

/** Whether the person lives in a state, or may. */
export const mayLiveIn = ({ 'person.states': states }: Facts, state: string): boolean =>
  !states?.known || states.value.includes(state)

/** What the rules of Regulation F have in common: it is in force since 2021-11-30. */
export const regF = {
  version: 1,
  capability: 'contact',
  jurisdiction: 'federal (debt collectors); policy (first party)',
  status: 'in force',
  effective: { from: toDay('2021-11-30') },
  kind: 'gate',
  gates: ['contactPerson'],
  reads: 'today',
} as const

/** `12 CFR 1006.14(b)(2)(i)(A)`, with where a practice of its own stands. */
export const cited = (section: string, provenance: Provenance) => ({
  citation: `12 CFR ${section}; first party by policy contact.adoptsRegF`,
  provenance,
})
