import { count, type FactWords, raised, text, yes } from '../fact.ts'

// The people behind an account.

export const facts = {
  'guarantor.age': [count, 'the age of the guarantor'],
  'guarantor.ageAtService': [count, 'the age of the guarantor at the first service'],
  'guarantor.confirmed': [yes, 'whether the guarantor is confirmed'],
  'guarantor.state': [text, 'the state where the guarantor lives'],
  'patient.age': [count, 'the age of the youngest patient concerned'],
  'patient.ageAtService': [count, 'the age of the youngest patient concerned at the service'],
  'person.attorney': raised('whether an attorney represents the guarantor'),
  'person.deceased': raised('whether the guarantor has died with no estate path'),
  'person.identityTheft': raised('whether identity theft was reported'),
  'person.protected': raised('whether the practice protects the person (employee, policy)'),
  'person.servicemember': raised('whether the guarantor is on active military duty'),
} as const satisfies FactWords
