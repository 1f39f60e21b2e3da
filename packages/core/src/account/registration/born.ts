import { type Day, minDay } from '../../kernel/day.ts'
import { precondition, type RuleHit } from '../../kernel/decision.ts'
import type { PatientId } from '../../kernel/ids.ts'
import { ageFact } from '../facts.ts'
import type { AccountState } from '../rooms.ts'
import type { VisitFound } from './opening.ts'

// What a birth day rules out. One that is encrypted or was never given rules out nothing.

/** Nobody has ever been so old: whoever is, on file, has a birth day that is mistyped. */
const OLDEST_YEARS = 130

/** Nobody on file is born on a day to come, or longer ago than anybody lives. */
export const unbornHits = (born: unknown, today: Day, whose: string): readonly RuleHit[] => {
  if (typeof born !== 'string') return []
  const requiredAction = 'give the birth day'
  if (born > today) {
    const reason = `the birth day of ${whose} lies after today, ${today}`
    return [precondition('registration.unborn', reason, requiredAction)]
  }
  const age = ageFact(born, today, whose)
  if (!age.known || age.value <= OLDEST_YEARS) return []
  const reason = `by their birth day ${whose} would be older than anybody, ${age.value} years`
  return [precondition('registration.bornTooEarly', reason, requiredAction)]
}

const bornOf = (state: AccountState, patientId: PatientId, { events }: VisitFound): unknown =>
  state.registration.patients.get(patientId)?.born ??
  events.flatMap((event) => (event.type === 'PatientRegistered' ? [event.born] : []))[0]

/** Nobody is served before the day they are born. */
export const servedBeforeBirthHits = (
  state: AccountState,
  found: VisitFound,
  served: readonly Day[],
): readonly RuleHit[] => {
  const born = bornOf(state, found.patientId, found)
  const [some, ...others] = served
  if (typeof born !== 'string' || some === undefined) return []
  const first = others.reduce(minDay, some)
  if (born <= first) return []
  return [
    precondition(
      'registration.servedBeforeBirth',
      `a service of ${first} lies before the birth day of the patient`,
      'correct the day of service, or register the patient who was served',
    ),
  ]
}
