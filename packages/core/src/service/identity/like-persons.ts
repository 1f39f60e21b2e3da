import * as Effect from 'effect/Effect'
import { nameFrom } from '../../account/claims/identity/on-file.ts'
import { calledOf } from '../../documents/patients.ts'
import { clearOf, clearText } from '../../kernel/classes.ts'
import type { Day } from '../../kernel/day.ts'
import type { AccountId, PersonId } from '../../kernel/ids.ts'
import type { PersonLikenessHinted } from '../../person/likeness-events.ts'
import type { PersonState } from '../../person/state.ts'
import { type Desk, loadAccount } from '../desk.ts'
import { loadPerson } from '../person-files.ts'
import type { ExecuteError } from '../service.ts'

// Two files that may be of one human being: told by what both say of them, never by a weak sign alone, and never made one
// (decision 0028).

type By = PersonLikenessHinted['by']

/** Two persons who may be one, and nobody has said so or asked. The hint goes on the first's file. */
export interface LikePersons {
  readonly person: PersonId
  readonly other: PersonId
  readonly by: By
  /** An account that one of them stands behind: it is what lists name them by. */
  readonly account: AccountId
}

/** A name as two are compared by it; undefined where a part of it is not known. */
const calledAs = (name: string | undefined): string | undefined => calledOf(nameFrom(name))

/** What a file says of whose it is, with the birth day that an account of theirs knows. */
interface Signs {
  readonly file: PersonState
  readonly called?: string | undefined
  readonly born?: Day | undefined
  readonly phones: ReadonlySet<string>
  readonly emails: ReadonlySet<string>
}

const inUse = ({ data }: PersonState, kind: 'phone' | 'email'): ReadonlySet<string> =>
  new Set(
    [...data.values()].flatMap(({ added, retired }) => {
      const value = clearText(added.value).toLowerCase()
      return added.kind === kind && retired === undefined && value !== '' ? [value] : []
    }),
  )

/** A file without a birth day: the accounts for which they answer may have it. */
const bornOf = (desk: Desk, file: PersonState): Effect.Effect<Day | undefined, ExecuteError> =>
  Effect.gen(function* () {
    const own = clearOf(file.person?.born)
    if (own !== undefined) return own as Day
    for (const { accountId, role } of file.accounts.values()) {
      if (role !== 'guarantor') continue
      const { guarantor } = (yield* loadAccount(desk, accountId)).registration
      const born = clearOf(guarantor?.born)
      // The account's guarantor may be somebody whom the file is not of.
      const isTheirs = calledAs(clearText(guarantor?.name)) === calledAs(clearText(file.person?.name))
      if (born !== undefined && isTheirs) return born as Day
    }
    return undefined
  })

const signsOf = (desk: Desk, id: PersonId): Effect.Effect<Signs, ExecuteError> =>
  Effect.gen(function* () {
    const file = yield* loadPerson(desk, id)
    return {
      file,
      called: calledAs(clearText(file.person?.name)),
      born: yield* bornOf(desk, file),
      phones: inUse(file, 'phone'),
      emails: inUse(file, 'email'),
    }
  })

const haveCommon = (one: ReadonlySet<string>, two: ReadonlySet<string>): boolean =>
  [...one].some((value) => two.has(value))

/**
 * What two have in common, where it says enough: a name with its birth day, or a phone or an e-mail with either. Two birth
 * days that differ are two people; a family shares a phone, a name is borne by many.
 */
const inCommon = (one: Signs, two: Signs): By => {
  if (one.born !== undefined && two.born !== undefined && one.born !== two.born) return []
  const isSameDay = one.born !== undefined && one.born === two.born
  const isSameName = one.called !== undefined && one.called === two.called
  if (!isSameDay && !isSameName) return []
  const reach: By = [
    ...(haveCommon(one.phones, two.phones) ? (['phone'] as const) : []),
    ...(haveCommon(one.emails, two.emails) ? (['email'] as const) : []),
  ]
  if (isSameDay && isSameName) return ['nameAndBirth', ...reach]
  return reach.length > 0 ? [isSameDay ? 'birth' : 'name', ...reach] : []
}

/** Whether somebody was told already, or has said what they are. */
const isTold = (one: PersonState, two: PersonState): boolean => {
  const [a, b] = [one.person?.personId, two.person?.personId]
  const isTogether = one.group !== undefined && one.group.groupId === two.group?.groupId
  return isTogether || (b !== undefined && one.likenesses.has(b)) || (a !== undefined && two.likenesses.has(a))
}

/** Of persons who have a sign in common, the pairs that look like one human being, and of whom nobody was told. */
export const likePersons = (
  desk: Desk,
  groups: readonly (readonly string[])[],
): Effect.Effect<readonly LikePersons[], ExecuteError> =>
  Effect.gen(function* () {
    const known = new Map<string, Signs>()
    const found = new Map<string, LikePersons>()
    for (const group of groups) {
      const ids = [...new Set(group)].toSorted() as PersonId[]
      for (const id of ids) if (!known.has(id)) known.set(id, yield* signsOf(desk, id))
      for (const [at, other] of ids.entries()) {
        for (const person of ids.slice(at + 1)) {
          const [one, two] = [known.get(person), known.get(other)]
          if (!one || !two || found.has(`${person} ${other}`) || isTold(one.file, two.file)) continue
          const by = inCommon(one, two)
          const account = [...one.file.accounts.keys(), ...two.file.accounts.keys()][0]
          if (by.length > 0 && account !== undefined) found.set(`${person} ${other}`, { person, other, by, account })
        }
      }
    }
    return [...found.values()]
  })
