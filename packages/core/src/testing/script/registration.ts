import type { RegistrationCommand } from '../../account/registration/commands.ts'
import { addDays } from '../../kernel/day.ts'
import type { Ways } from './moment.ts'
import { type Generate, oneOf, visits } from './moment.ts'

// Whom the account is for.

/** The first command of most lives; given again it is refused. */
export const openAccount: Generate<'OpenAccount'> = (_random, { today }) => ({
  type: 'OpenAccount',
  accountId: 'a1',
  on: today,
  guarantor: { state: 'MN', born: '1980-02-01' },
})

/** A child, now and then somebody else: a second patient, whose coverages are not the first one's. */
export const registerPatient: Generate<'RegisterPatient'> = (random, { today }) => ({
  type: 'RegisterPatient',
  on: today,
  patient: random.pick(['kid', 'kid', 'other']),
  relationshipToGuarantor: random.pick(['child', 'child', 'other']),
  born: addDays(today, -365 * random.int(1, 40)),
})

/** A visit before its first charge. */
export const openVisit: Generate<'OpenVisit'> = (random, { state, today }) => ({
  type: 'OpenVisit',
  on: today,
  visit: random.pick(visits),
  patient: oneOf(random, state.registration.patients.keys(), 'nobody'),
  kind: random.pick(['professional', 'institutional']),
})

/** Said again of one who is confirmed already it changes what is on file, and no standing. */
export const confirmGuarantor: Generate<'ConfirmGuarantor'> = (random, { today }) => ({
  type: 'ConfirmGuarantor',
  on: today,
  reason: 'signed',
  ...(random.oneIn(4) ? { state: random.pick(['MN', 'WI', 'WA']) } : {}),
})

const elsewhere = { accountId: 'a2', patientId: 'kid' } as const

/** Somebody of another account has the name and the birth day of one here. */
export const hintSamePerson: Generate<'HintSamePerson'> = (random, { state, today }) => ({
  type: 'HintSamePerson',
  on: today,
  patient: oneOf(random, state.registration.patients.keys(), 'nobody'),
  other: elsewhere,
  by: [random.pick(['nameAndBirth', 'memberId', 'name'])],
})

/** Somebody looked, now and then at what nobody had hinted at. */
export const judgeSamePerson: Generate<'JudgeSamePerson'> = (random, { state, today }) => ({
  type: 'JudgeSamePerson',
  on: today,
  patient: oneOf(random, state.registration.patients.keys(), 'nobody'),
  other: elsewhere,
  same: random.oneIn(2),
  reason: 'asked',
})

/** Somebody stands behind the account. */
export const linkPerson: Generate<'LinkPerson'> = (random, { today }) => ({
  type: 'LinkPerson',
  on: today,
  person: random.pick(['person-1', 'person-2']),
  role: random.pick(['guarantor', 'spouse']),
})

/** Or does no more. */
export const unlinkPerson: Generate<'UnlinkPerson'> = (random, { state, today }) => ({
  type: 'UnlinkPerson',
  on: today,
  person: oneOf(random, state.registration.persons.keys(), 'nobody'),
  reason: 'moved out',
})

/** How its commands come into random lives. */
export const registrationWays: Ways<RegistrationCommand> = {
  OpenAccount: { make: openAccount, often: 0, collecting: 0 },
  ConfirmGuarantor: { make: confirmGuarantor, often: 1, collecting: 0 },
  RegisterPatient: { make: registerPatient, often: 1, collecting: 0 },
  OpenVisit: { make: openVisit, often: 1, collecting: 0 },
  HintSamePerson: { make: hintSamePerson, often: 1, collecting: 0 },
  JudgeSamePerson: { make: judgeSamePerson, often: 1, collecting: 0 },
  LinkPerson: { make: linkPerson, often: 1, collecting: 0 },
  UnlinkPerson: { make: unlinkPerson, often: 1, collecting: 0, instead: 'LinkPerson' },
}
