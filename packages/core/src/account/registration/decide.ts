import { normaliseName } from '../../documents/identity.ts'
import { clearOf } from '../../kernel/classes.ts'
import type { Day } from '../../kernel/day.ts'
import { accept, type Decide, type Of, precondition, type RuleHit, rejectIfAny } from '../../kernel/decision.ts'
import type { PatientId } from '../../kernel/ids.ts'
import type { Context } from '../context.ts'
import { ageFact } from '../facts.ts'
import { datingHits } from '../preconditions.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import { unbornHits } from './born.ts'
import type { RegistrationCommand } from './commands.ts'
import { pairOf } from './state.ts'

const isMinorOn = (born: unknown, on: Day, context: Context): boolean => {
  const age = ageFact(born, on, 'the person')
  return age.known && age.value < context.policy.policy.placement.ageOfMajority
}

/** Nobody under age answers for an account, the child whose account it is least of all (reference §8.6). */
const minorHits = (
  { registration }: AccountState,
  { name, born }: Pick<Of<RegistrationCommand, 'ConfirmGuarantor'>, 'name' | 'born'>,
  on: Day,
  context: Context,
): readonly RuleHit[] => {
  const named = normaliseName(clearOf(name ?? registration.guarantor?.name) ?? '')
  const isChild = [...registration.patients.values()].some(
    (patient) =>
      named !== '' &&
      [`${clearOf(patient.first)} ${clearOf(patient.last)}`, `${clearOf(patient.last)} ${clearOf(patient.first)}`]
        .map(normaliseName)
        .includes(named) &&
      isMinorOn(patient.born, on, context),
  )
  const age = born ?? (isChild ? undefined : registration.guarantor?.born)
  if (!isMinorOn(age, on, context) && !(isChild && born === undefined)) return []
  return [
    precondition(
      'registration.minorGuarantor',
      'the guarantor would be a minor, who can not answer for an account',
      'confirm the parent or guardian who signed, with their birth day',
    ),
  ]
}

const patientHits = ({ registration }: AccountState, patient: PatientId): readonly RuleHit[] =>
  registration.patients.has(patient)
    ? []
    : [
        precondition(
          'registration.patientUnknown',
          `patient ${patient} is not registered here`,
          'register the patient first',
        ),
      ]

export const decide: Decide<AccountState, RegistrationCommand, AccountEvent, Context> = {
  OpenAccount: (state, command, context) => {
    const { standing, ...guarantor } = command.guarantor
    const open = state.registration.account
      ? [precondition('registration.open', 'this account is already open', 'use the account as it is')]
      : []
    // The account is about to be open: every other precondition of a dated fact holds for it.
    const dated = datingHits(state, command.on, context).filter((hit) => hit.rule !== 'registration.notOpen')
    const unborn = unbornHits(guarantor.born, context.today, 'the guarantor')
    return (
      rejectIfAny([...open, ...dated, ...unborn]) ??
      accept([
        {
          type: 'AccountOpened',
          effectiveDate: command.on,
          accountId: command.accountId,
          guarantor: { ...guarantor, standing: standing ?? 'confirmed' },
          openedFrom: 'desk',
          converted: false,
        },
      ])
    )
  },
  ConfirmGuarantor: (state, { type: _type, on, ...said }, context) =>
    rejectIfAny([
      ...datingHits(state, on, context),
      ...unbornHits(said.born, context.today, 'the guarantor'),
      ...minorHits(state, said, on, context),
    ]) ?? accept([{ type: 'GuarantorConfirmed', effectiveDate: on, ...said }]),
  RegisterPatient: (state, { type: _type, on, patient, relationshipToGuarantor, ...said }, context) => {
    const known = state.registration.patients.has(patient)
      ? [
          precondition(
            'registration.patientKnown',
            `patient ${patient} is already registered`,
            'use the patient on file',
          ),
        ]
      : []
    return (
      rejectIfAny([
        ...datingHits(state, on, context),
        ...known,
        ...unbornHits(said.born, context.today, 'the patient'),
      ]) ??
      accept([
        {
          type: 'PatientRegistered',
          effectiveDate: on,
          patientId: patient,
          relationshipToGuarantor: relationshipToGuarantor ?? 'unknown',
          ...said,
        },
      ])
    )
  },
  HintSamePerson: (state, { type: _type, on, patient: patientId, ...said }) => {
    const known = state.registration.samePersons.get(pairOf({ patientId, ...said }))
    const refused = rejectIfAny(patientHits(state, patientId))
    if (refused) return refused
    if (known && (known.judged || said.by.every((each) => known.by.includes(each)))) return accept([])
    return accept([{ type: 'SamePersonHinted', effectiveDate: on, patientId, ...said }])
  },
  JudgeSamePerson: (state, { type: _type, on, patient: patientId, ...said }, context) =>
    rejectIfAny([
      ...datingHits(state, on, context),
      ...patientHits(state, patientId),
      ...(state.registration.account?.accountId === said.other.accountId
        ? [
            precondition(
              'registration.ownPatient',
              'both are patients of this account',
              'name a patient of another account',
            ),
          ]
        : []),
    ]) ?? accept([{ type: 'SamePersonJudged', effectiveDate: on, patientId, ...said }]),
  LinkPerson: (state, { on, person: personId, role }, context) => {
    const refused = rejectIfAny(datingHits(state, on, context))
    if (refused) return refused
    if (state.registration.persons.get(personId)?.role === role) return accept([])
    return accept([{ type: 'PersonLinked', effectiveDate: on, personId, role }])
  },
  UnlinkPerson: (state, { on, person: personId, reason }, context) => {
    const refused = rejectIfAny(datingHits(state, on, context))
    if (refused) return refused
    if (!state.registration.persons.has(personId)) return accept([])
    return accept([{ type: 'PersonUnlinked', effectiveDate: on, personId, reason }])
  },
  OpenVisit: (state, command, context) => {
    const hits = [...datingHits(state, command.on, context), ...patientHits(state, command.patient)]
    if (state.registration.visits.has(command.visit)) {
      hits.push(precondition('registration.visitOpen', `visit ${command.visit} is already open`))
    }
    return (
      rejectIfAny(hits) ??
      accept([
        {
          type: 'VisitOpened',
          effectiveDate: command.on,
          visitId: command.visit,
          patientId: command.patient,
          kind: command.kind ?? 'unknown',
          ...(command.patientControlNumber ? { patientControlNumber: command.patientControlNumber } : {}),
        },
      ])
    )
  },
}
