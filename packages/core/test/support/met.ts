import type { Catalogue } from '../../src/account/context.ts'
import type { Decision } from '../../src/kernel/decision.ts'
import { presets } from '../../src/policy/presets.ts'
import { notBilled } from '../../src/service/not-billed.ts'
import { contextOfStep, fromIntegers, type Office, randomHistory } from '../../src/testing/index.ts'
import { randomPersons } from '../../src/testing/persons.ts'
import { office, practice, settling } from './desk.ts'

// What random lives have met: how often each command passed or not, how often each event was written, and how often each rule
// let something through, blocked it or warned.

export interface Met {
  /** By command: passed, refused. */
  readonly commands: Map<string, [passed: number, refused: number]>
  readonly events: Map<string, number>
  /** By rule: let through, blocked, warned. */
  readonly rules: Map<string, [allowed: number, blocked: number, warned: number]>
}

/** A catalogue that answers as another one does, and counts. */
const counting = (catalogue: Catalogue, { rules }: Met): Catalogue => {
  const count = (rule: string, how: 0 | 1 | 2): void => {
    const known = rules.get(rule) ?? [0, 0, 0]
    known[how] += 1
    rules.set(rule, known)
  }
  return {
    ...catalogue,
    check: (gate, facts, at) => {
      const result = catalogue.check(gate, facts, at)
      const against = [result.hits, result.warnings].map((hits) => new Set(hits.map(({ rule }) => rule)))
      const [blocked = new Set<string>(), warned = new Set<string>()] = against
      for (const rule of blocked) count(rule, 1)
      for (const rule of warned) count(rule, 2)
      for (const { id } of result.passed) if (!blocked.has(id) && !warned.has(id)) count(id, 0)
      return result
    },
  }
}

const zones = {
  NY: 'America/New_York',
  MD: 'America/New_York',
  CO: 'America/Denver',
  CA: 'America/Los_Angeles',
  IL: 'America/Chicago',
} as const
const hospitalIn = (state: keyof typeof zones, entityType: 'hospital_501c3' | 'hospital_other'): Office => ({
  ...office,
  policy: { version: 1, policy: { ...practice, practice: { entityType, state, timeZone: zones[state] } } },
})

/** Practices and desks that differ in what rules look at: what they are, where, who sits there, and whether they said who they are. */
export const offices: readonly Office[] = [
  office,
  settling,
  office,
  settling,
  hospitalIn('NY', 'hospital_501c3'),
  hospitalIn('MD', 'hospital_other'),
  hospitalIn('CO', 'hospital_other'),
  hospitalIn('CA', 'hospital_501c3'),
  hospitalIn('IL', 'hospital_other'),
  { ...office, actor: { id: 'ben', roles: [] } },
  // Nobody there looks whether what is drawn from bank accounts is fraud.
  {
    ...office,
    policy: { version: 1, policy: { ...practice, autopay: { ...practice.autopay, fraudMonitoring: false } } },
  },
  { ...office, policy: { version: 1, policy: { ...practice, profile: presets.physicianPracticeMN.profile } } },
]

interface Taken {
  readonly command: { readonly type: string }
  readonly decision: Decision<{ readonly type: string }>
}

const take = ({ commands, events }: Met, { command, decision }: Taken): void => {
  const [passed, refused] = commands.get(command.type) ?? [0, 0]
  commands.set(command.type, decision.ok ? [passed + 1, refused] : [passed, refused + 1])
  if (!decision.ok) return
  for (const { type } of decision.events) events.set(type, (events.get(type) ?? 0) + 1)
}

/** Of a practice that never said whom to call about assistance. */
const unnamed = (at: Office): Office => {
  const { policy } = at.policy
  const profile = { ...policy.profile, assistancePhone: '', assistanceUrl: '' }
  return { ...at, policy: { version: 1, policy: { ...policy, profile } } }
}

/** One life of an account and one of a person from each list of integers. */
export const metBy = (lives: readonly (readonly number[])[]): Met => {
  const met: Met = { commands: new Map(), events: new Map(), rules: new Map() }
  const counted = offices.map((each) => ({ ...each, catalogue: counting(each.catalogue, met) }))
  for (const [number, integers] of lives.entries()) {
    const one = counted[number % counted.length] ?? office
    const at = Math.floor(number / counted.length) % 3 === 0 ? unnamed(one) : one
    for (const [n, step] of randomHistory(fromIntegers(integers), { office: at, longest: 80 }).steps.entries()) {
      take(met, step)
      // Whether anything on it may be asked for: as whoever wants to call asks.
      if (n % 4 === 0) notBilled(step.after, contextOfStep(at, step, n), step.recordedOn)
    }
    for (const step of randomPersons(fromIntegers(integers), { office: at, longest: 60 })) take(met, step)
  }
  return met
}
