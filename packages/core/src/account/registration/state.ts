import type { Day } from '../../kernel/day.ts'
import type { AccountId, PatientId, PersonId, VisitId } from '../../kernel/ids.ts'
import { type ReadonlyVersionedMap, VersionedMap } from '../../kernel/versioned-map.ts'
import type {
  AccountOpened,
  GuarantorConfirmed,
  OtherPatient,
  PatientCorrectedByPayer,
  PatientRegistered,
  PersonLinked,
  PersonUnlinked,
  SamePersonHinted,
  SamePersonJudged,
  VisitOpened,
} from './events.ts'

/** One encounter, as `VisitOpened` said it. */
export interface Visit {
  readonly visitId: VisitId
  readonly patientId: PatientId
  readonly patientControlNumber?: string | undefined
  readonly kind: VisitOpened['kind']
  readonly openedFrom?: VisitOpened['openedFrom']
  readonly openedOn: Day
}

/** A patient of another account who may be one of this, or is, or is not. */
export interface MayBeSame {
  readonly patientId: PatientId
  readonly other: OtherPatient
  readonly by: SamePersonHinted['by']
  /** The day on which somebody was told first. */
  readonly since: Day
  /** What a person has said of it. */
  readonly judged?: 'same' | 'notSame'
}

/** The two patients as one key. */
export const pairOf = ({ patientId, other }: Pick<MayBeSame, 'patientId' | 'other'>): string =>
  `${patientId} ${other.accountId} ${other.patientId}`

/** Who the account is for and what was opened on it. */
export interface RegistrationState {
  readonly account?:
    | {
        readonly accountId: AccountId
        readonly openedOn: Day
        readonly openedFrom: AccountOpened['openedFrom']
        readonly converted: boolean
      }
    | undefined
  readonly guarantor?: AccountOpened['guarantor'] | undefined
  readonly patients: ReadonlyVersionedMap<PatientId, PatientRegistered>
  /** How payers have a patient otherwise, the oldest first. */
  readonly corrected: ReadonlyVersionedMap<PatientId, readonly PatientCorrectedByPayer[]>
  readonly visits: ReadonlyVersionedMap<VisitId, Visit>
  /** On which payers' advices opened visits: what an older book takes for the day of a service that its paper did not say. */
  readonly adviceDays: ReadonlySet<Day>
  /** By `pairOf`. */
  readonly samePersons: ReadonlyVersionedMap<string, MayBeSame>
  /** Who stands behind the account, and as what (decision 0015). */
  readonly persons: ReadonlyVersionedMap<PersonId, PersonLinked>
}

export interface RegistrationBuilder {
  account?: RegistrationState['account']
  guarantor?: RegistrationState['guarantor']
  patients: VersionedMap<PatientId, PatientRegistered>
  corrected: VersionedMap<PatientId, readonly PatientCorrectedByPayer[]>
  visits: VersionedMap<VisitId, Visit>
  adviceDays: ReadonlySet<Day>
  samePersons: VersionedMap<string, MayBeSame>
  persons: VersionedMap<PersonId, PersonLinked>
}

export const initial = (): RegistrationBuilder => ({
  patients: new VersionedMap(),
  corrected: new VersionedMap(),
  visits: new VersionedMap(),
  adviceDays: new Set(),
  samePersons: new VersionedMap(),
  persons: new VersionedMap(),
})
export const builderOf = (state: RegistrationState): RegistrationBuilder => ({
  ...state,
  patients: state.patients.next(),
  corrected: state.corrected.next(),
  visits: state.visits.next(),
  samePersons: state.samePersons.next(),
  persons: state.persons.next(),
})

/** Older books do not say it of a visit; of an account they do, and there a remittance knows no kind. */
const fromRemittance = ({ account }: RegistrationBuilder, { kind, effectiveDate }: VisitOpened) =>
  account?.openedFrom === 'remittance' && account.openedOn === effectiveDate && kind === 'unknown'
    ? ('remittance' as const)
    : undefined

export const evolve = {
  AccountOpened: (slice: RegistrationBuilder, event: AccountOpened) => {
    slice.account = {
      accountId: event.accountId,
      openedOn: event.effectiveDate,
      openedFrom: event.openedFrom,
      converted: event.converted,
    }
    slice.guarantor = event.guarantor
  },
  GuarantorConfirmed: (slice: RegistrationBuilder, event: GuarantorConfirmed) => {
    slice.guarantor = {
      name: event.name ?? slice.guarantor?.name,
      born: event.born ?? slice.guarantor?.born,
      state: event.state ?? slice.guarantor?.state,
      standing: 'confirmed',
    }
  },
  PatientRegistered: (slice: RegistrationBuilder, event: PatientRegistered) => {
    slice.patients.set(event.patientId, event)
  },
  PatientCorrectedByPayer: (slice: RegistrationBuilder, event: PatientCorrectedByPayer) => {
    slice.corrected.set(event.patientId, [...(slice.corrected.get(event.patientId) ?? []), event])
  },
  SamePersonHinted: (slice: RegistrationBuilder, event: SamePersonHinted) => {
    const { patientId, other, by, effectiveDate } = event
    const known = slice.samePersons.get(pairOf(event))
    slice.samePersons.set(pairOf(event), {
      ...(known ?? { patientId, other, since: effectiveDate }),
      by: [...new Set([...(known?.by ?? []), ...by])],
    })
  },
  SamePersonJudged: (slice: RegistrationBuilder, event: SamePersonJudged) => {
    const { patientId, other, same, effectiveDate } = event
    const known = slice.samePersons.get(pairOf(event)) ?? { patientId, other, by: [], since: effectiveDate }
    slice.samePersons.set(pairOf(event), { ...known, judged: same ? 'same' : 'notSame' })
  },
  PersonLinked: (slice: RegistrationBuilder, event: PersonLinked) => {
    slice.persons.set(event.personId, event)
  },
  PersonUnlinked: (slice: RegistrationBuilder, { personId }: PersonUnlinked) => {
    slice.persons.delete(personId)
  },
  VisitOpened: (slice: RegistrationBuilder, event: VisitOpened) => {
    const openedFrom = event.openedFrom ?? fromRemittance(slice, event)
    if (openedFrom === 'remittance' && !slice.adviceDays.has(event.effectiveDate)) {
      slice.adviceDays = new Set([...slice.adviceDays, event.effectiveDate])
    }
    slice.visits.set(event.visitId, {
      visitId: event.visitId,
      patientId: event.patientId,
      patientControlNumber: event.patientControlNumber,
      kind: event.kind,
      openedFrom,
      openedOn: event.effectiveDate,
    })
  },
}
