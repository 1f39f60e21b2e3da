import type { SubmittedPerson } from '@daybook/core/account'
import { type Faults, type Segment, text } from './elements.ts'

/** What NM1 says of a person: a patient, an insured. */
type PersonName = Pick<SubmittedPerson, 'last' | 'first' | 'middle' | 'suffix' | 'id'>

/** NM1 of a person. */
export const takePersonName = (person: PersonName, segment: Segment, faults: Faults): void => {
  const last = text(segment, 3, 60, faults)
  const first = text(segment, 4, 35, faults)
  const middle = text(segment, 5, 25, faults)
  const suffix = text(segment, 7, 10, faults)
  const id = text(segment, 9, 80, faults)
  if (last) person.last = last
  if (first) person.first = first
  if (middle) person.middle = middle
  if (suffix) person.suffix = suffix
  if (id) person.id = id
}
