import { type Day, minDay } from '../../kernel/day.ts'
import { precondition, type RuleHit } from '../../kernel/decision.ts'
import type { PatientId } from '../../kernel/ids.ts'
import type { AccountState } from '../rooms.ts'
import type { VisitFound } from './opening.ts'

// What a birth day rules out. One that is encrypted or was never given rules out nothing.

/** Nobody on file is born on a day to come. */
export const unbornHits = (born: unknown, today: Day, whose: string): readonly RuleHit[] =>
  typeof born === 'string' && born > today
    ? [
        precondition(
          'registration.unborn',
          `the birth day of ${whose} lies after today, ${today}`,
          'give the birth day',
        ),
      ]
    : []

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
