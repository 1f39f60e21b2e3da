import * as Effect from 'effect/Effect'
import { nameOnFile } from '../../account/claims/identity/on-file.ts'
import type { OtherPatient, SamePersonHinted } from '../../account/registration/events.ts'
import { pairOf } from '../../account/registration/state.ts'
import type { AccountState } from '../../account/rooms.ts'
import { identifierOf, likeness } from '../../documents/patients.ts'
import { clearOf } from '../../kernel/classes.ts'
import type { Day } from '../../kernel/day.ts'
import type { AccountId, PatientId } from '../../kernel/ids.ts'
import type { ReferenceAssigned } from '../../registry/events.ts'
import { type Desk, issueToAccount, loadAccount, loadReference, seenReference } from '../desk.ts'
import type { ExecuteError } from '../service.ts'
import { loadPayer, memberValues } from './payers.ts'
import { calledValue, guarantorValue, nameValue, type Person } from './persons.ts'

// One person with two accounts: told by the references under which people are noted (decision 0004), never made one.

type By = SamePersonHinted['by'][number]

/** Of people of one name, so many accounts are named to the next: what a newcomer costs does not grow with them. */
const NAMED = 5

interface Likely {
  readonly other: OtherPatient
  readonly by: ReadonlySet<By>
}

const targetsOf = (entries: readonly ReferenceAssigned[], accountId: AccountId): readonly OtherPatient[] =>
  entries.flatMap(({ target }) =>
    target.accountId !== undefined && target.patientId !== undefined && target.accountId !== accountId
      ? [{ accountId: target.accountId, patientId: target.patientId }]
      : [],
  )

/** Those of references, with what each reference says. */
const likelyBy = (references: readonly (readonly [By, readonly ReferenceAssigned[]])[], accountId: AccountId) => {
  const found = new Map<string, { readonly other: OtherPatient; readonly by: Set<By> }>()
  for (const [by, entries] of references) {
    for (const other of targetsOf(entries, accountId).slice(0, NAMED)) {
      const key = `${other.accountId} ${other.patientId}`
      const known = found.get(key) ?? { other, by: new Set<By>() }
      known.by.add(by)
      found.set(key, known)
    }
  }
  return [...found.values()].slice(0, NAMED) as readonly Likely[]
}

/** How a patient is noted by name: with the birth day, and without. */
type Named = Pick<Person, 'name' | 'called'>

/** Who is noted under a name and a birth day, patients and guarantors; and under the name alone. */
const namesakes = (desk: Desk, { name, called }: Named) => {
  const values: readonly (readonly [By, string])[] = [
    ...(name === undefined ? [] : [['nameAndBirth', name] as const, ['nameAndBirth', guarantorValue(name)] as const]),
    ...(called === undefined ? [] : [['name', called] as const]),
  ]
  return Effect.forEach(values, ([by, value]) => {
    // Who was noted just now has seen who was before them.
    const seen = by === 'name' ? seenReference(desk, 'person', value) : []
    const entries = seen.length > 0 ? Effect.succeed(seen) : loadReference(desk, 'person', value)
    return Effect.map(entries, (found) => [by, found] as const)
  })
}

/** Who is noted under the member ids of a patient. */
const members = (desk: Desk, state: AccountState, patientId: PatientId) =>
  Effect.gen(function* () {
    const found: (readonly [By, readonly ReferenceAssigned[]])[] = []
    for (const coverage of state.coverage.coverages.by('patient', patientId)) {
      const id = identifierOf({ id: clearOf(coverage.memberId) })
      if (id === '') continue
      for (const value of memberValues(yield* loadPayer(desk, coverage), id)) {
        found.push(['memberId', yield* loadReference(desk, 'person', value)])
      }
    }
    return found
  })

/**
 * What two have in common, if anything. A family shares a member id: names and birth days that contradict are two people. The
 * name alone says something where an advice has opened one of the accounts: it names no birth day to be compared.
 */
const inCommon = (state: AccountState, patientId: PatientId, others: AccountState, { other, by }: Likely): By[] => {
  if (!others.registration.patients.has(other.patientId)) return []
  const [one, two] = [nameOnFile(state, patientId), nameOnFile(others, other.patientId)]
  const contradict = likeness(two, one, { ids: 'equal', bothInFile: false, sameClaim: false }).is === 'other'
  const isByAdvice = [state, others].some(({ registration }) => registration.account?.openedFrom === 'remittance')
  const says: Readonly<Record<By, boolean>> = {
    nameAndBirth: true,
    memberId: !contradict || by.has('nameAndBirth'),
    name: isByAdvice && !contradict && !by.has('nameAndBirth'),
  }
  return [...by].filter((each) => says[each]).sort()
}

/** Tells the account who may be its patient. Again is safe, and tells nothing twice. */
const tell = (desk: Desk, { accountId, patientId, on }: Told, all: readonly Likely[]) =>
  Effect.gen(function* () {
    if (all.length === 0) return
    const state = yield* loadAccount(desk, accountId)
    if (!state.registration.patients.has(patientId)) return
    for (const likely of all) {
      const { other } = likely
      const others = yield* loadAccount(desk, other.accountId)
      // Said there already, it is not said here as well.
      const back = pairOf({ patientId: other.patientId, other: { accountId, patientId } })
      const by = inCommon(state, patientId, others, likely)
      if (by.length === 0 || others.registration.samePersons.has(back)) continue
      const command = { type: 'HintSamePerson', on, patient: patientId, other, by } as const
      const id = `samePerson:${pairOf({ patientId, other })}:${by.join('+')}`
      yield* Effect.catchTag(issueToAccount(desk, accountId, command, id), 'CommandMismatch', () => Effect.void)
    }
  })

interface Told {
  readonly accountId: AccountId
  readonly patientId: PatientId
  readonly on: Day
}

/**
 * Of a patient whom a claim or an advice brought: by name and birth day, as it is noted (`nameValue`), and by the name alone.
 * Its member id has decided where the claim went.
 */
export const hintNamesakes = (desk: Desk, named: Named, told: Told): Effect.Effect<void, ExecuteError> =>
  Effect.flatMap(namesakes(desk, named), (references) => tell(desk, told, likelyBy(references, told.accountId)))

/** Of a patient whom the desk registered, or whose coverage it added; and of one for whom a visit was opened. */
export const hintSamePersons = (desk: Desk, told: Told): Effect.Effect<void, ExecuteError> =>
  Effect.gen(function* () {
    const state = yield* loadAccount(desk, told.accountId)
    const patient = nameOnFile(state, told.patientId)
    const [name, called] = [nameValue(patient), calledValue(patient)]
    const named = yield* namesakes(desk, { ...(name ? { name } : {}), ...(called ? { called } : {}) })
    const references = [...named, ...(yield* members(desk, state, told.patientId))]
    yield* tell(desk, told, likelyBy(references, told.accountId))
  })
