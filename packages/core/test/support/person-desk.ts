import { expect } from 'vitest'
import type { Medium } from '../../src/kernel/contact.ts'
import { instant } from '../../src/kernel/day.ts'
import type { AccountId } from '../../src/kernel/ids.ts'
import { newPerson, type PersonCommandInput, type PersonEvent, person, personCommand } from '../../src/person/index.ts'
import { type MayAsked, mayContact } from '../../src/person/may.ts'
import type { Others } from '../../src/person/others.ts'
import type { Office } from '../../src/testing/history.ts'
import { contextOf } from '../../src/testing/history.ts'
import { office } from './desk.ts'

/** A desk that speaks with one person: gives commands at instants, and asks. */
export const personDesk = (at: Office = office) => {
  let state = newPerson
  let number = 0
  const events: PersonEvent[] = []
  const give = (input: PersonCommandInput, now: string) => {
    number += 1
    const decision = person.decide(state, personCommand.parse(input), contextOf(at, now, number))
    if (decision.ok) {
      events.push(...decision.events)
      state = person.fold(state, decision.events)
    }
    return decision
  }
  return {
    get state() {
      return state
    },
    events,
    tries: give,
    /** The command must pass; gives its events. */
    does: (input: PersonCommandInput, now: string) => {
      const decision = give(input, now)
      expect(decision.ok ? [] : decision.hits, `${input.type} is refused`).toEqual([])
      return decision.ok ? decision.events : []
    },
    /** The command must be refused; gives the ids of the rules that hit. */
    refused: (input: PersonCommandInput, now: string): readonly string[] => {
      const decision = give(input, now)
      expect(decision.ok, `${input.type} passes`).toBe(false)
      return decision.ok ? [] : decision.hits.map((hit) => hit.rule)
    },
    /** The report must be recorded; gives the ids of what stood against it. */
    warned: (input: PersonCommandInput, now: string): readonly string[] => {
      const decision = give(input, now)
      expect(decision.ok ? [] : decision.hits, `${input.type} is refused`).toEqual([])
      return decision.ok ? decision.warnings.map((hit) => hit.rule) : []
    },
    may: (medium: Medium, now: string, more: Partial<MayAsked> = {}, others?: Others) =>
      mayContact(
        state,
        { account: 'a1' as AccountId, medium, ...more },
        { ...contextOf(at, now, 0), now: instant.parse(now), others },
      ),
  }
}
export type PersonDesk = ReturnType<typeof personDesk>

/** Noon in Chicago, outside of summer time. */
export const noon = (day: string): string => `${day}T18:00:00.000Z`

/** A person of account `a1` who lives in Minneapolis and has a phone there, `d-home`; and an address, `d-address`. */
export const somebody = (
  at: Office = office,
  where: { readonly state: string; readonly phone: string } = minneapolis,
) => {
  const desk = personDesk(at)
  const now = noon('2026-10-01')
  const on = '2026-10-01'
  desk.does({ type: 'OpenPerson', on, personId: 'p1', name: 'Jo Roe' }, now)
  desk.does({ type: 'NameAccount', on, account: 'a1', role: 'guarantor' }, now)
  desk.does(
    {
      type: 'RecordDatum',
      on,
      datum: 'd-home',
      kind: 'phone',
      value: where.phone,
      place: 'mobile',
      line: 'mobile',
      source: 'registration',
    },
    now,
  )
  desk.does(
    {
      type: 'RecordDatum',
      on,
      datum: 'd-address',
      kind: 'address',
      value: '1 Main St',
      state: where.state,
      place: 'home',
      source: 'registration',
    },
    now,
  )
  return desk
}
const minneapolis = { state: 'MN', phone: '612-555-0101' }
