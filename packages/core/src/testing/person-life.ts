import { instant } from '../kernel/day.ts'
import type { Decision } from '../kernel/decision.ts'
import { epochMilliseconds, fromEpochMilliseconds } from '../kernel/local-time.ts'
import type { PersonCommandInput } from '../person/commands.ts'
import { personCommand } from '../person/commands.ts'
import type { PersonEvent } from '../person/events.ts'
import { person } from '../person/person.ts'
import { newPerson, type PersonState } from '../person/state.ts'
import { contextOf, type Office } from './history.ts'
import type { Random } from './random.ts'
import type { PersonCommandType, PersonMoment } from './script/person-moment.ts'
import { personWays } from './script/persons.ts'

/** One command on a person, and what was decided. */
export interface PersonStep {
  readonly command: PersonCommandInput
  readonly decision: Decision<PersonEvent>
}

/** The life of one person as the desk knows it, decision by decision. */
export interface PersonLife {
  readonly steps: readonly PersonStep[]
  readonly state: PersonState
}

const types = Object.keys(personWays) as PersonCommandType[]
const drawn = types.flatMap((type) => Array.from({ length: personWays[type].often }, () => type))

const commandOf = (type: PersonCommandType, random: Random, moment: PersonMoment): PersonCommandInput =>
  personWays[type].make(random, moment) ?? commandOf('BeginContact', random, moment)

const begins = (on: string): readonly PersonCommandInput[] => [
  { type: 'OpenPerson', on, personId: 'p1', name: 'Jo Roe' },
  { type: 'NameAccount', on, account: 'a1', role: 'guarantor' },
]

const HOUR = 3_600_000

/** The life of a person from random choices, over some months: each command is made for the person as they then are, good or bad. */
export const randomPersonLife = (
  random: Random,
  {
    office,
    from = '2026-09-20',
    longest = 60,
  }: { readonly office: Office; readonly from?: string; readonly longest?: number },
): PersonLife => {
  let state = newPerson
  const steps: PersonStep[] = []
  const give = (command: PersonCommandInput, now: string): void => {
    const decision = person.decide(state, personCommand.parse(command), contextOf(office, now, steps.length + 1))
    steps.push({ command, decision })
    if (decision.ok) state = person.fold(state, decision.events)
  }
  const first = `${from}T15:00:00.000Z`
  for (const command of begins(from)) give(command, first)
  let at = epochMilliseconds(instant.parse(first))
  for (let number = 1; number <= longest && !random.exhausted(); number += 1) {
    at += random.pick([0, 0, 1, random.int(1, 12), random.int(6, 30), random.int(24, 120)]) * HOUR
    const now = fromEpochMilliseconds(at)
    const { today } = contextOf(office, now, 0)
    give(commandOf(random.pick(drawn), random, { state, today, now, number }), now)
  }
  return { steps, state }
}
