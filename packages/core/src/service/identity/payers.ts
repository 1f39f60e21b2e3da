import * as Effect from 'effect/Effect'
import type { PayerNamed } from '../../account/claims/identity/asked.ts'
import { normaliseName } from '../../documents/identity.ts'
import { identifierOf } from '../../documents/patients.ts'
import type { Day } from '../../kernel/day.ts'
import type { PayerId } from '../../kernel/ids.ts'
import type { ReferenceAssigned } from '../../registry/events.ts'
import type { AssignReference } from '../../registry/registry.ts'
import { assignReference, type Desk, loadReference, seenReference } from '../desk.ts'
import type { ExecuteError } from '../service.ts'
import { noteAs, Overtaken, once } from './noting.ts'
import type { Place } from './place.ts'

// A payer has other ids in its advices than in claims to it, and is one by its name (`isSamePayer`). Its members are noted
// under the id that came first under that name, so that whoever names it otherwise finds them.

/** A payer as the registry knows it. */
export interface KnownPayer {
  readonly payerId: PayerId
  /** Its name, as it is noted; absent where a paper has none: such a payer is known by its id alone. */
  readonly name?: string
  /** The ids that were noted under the name. */
  readonly entries: readonly ReferenceAssigned[]
}

const isNoted = ({ payerId, entries }: KnownPayer): boolean => entries.some(({ target }) => target.payerId === payerId)

/** A payer as this process has seen it; undefined where its id was not seen under its name. */
export const seenPayer = (desk: Desk, { payerId, payerName }: PayerNamed): KnownPayer | undefined => {
  const name = normaliseName(payerName)
  if (name === '') return { payerId, entries: [] }
  const seen = { payerId, name, entries: seenReference(desk, 'payer', name) }
  return isNoted(seen) ? seen : undefined
}

/** A payer whose id was seen under its name is asked for no more: which id came first there never changes. */
export const loadPayer = (desk: Desk, payer: PayerNamed): Effect.Effect<KnownPayer, ExecuteError> => {
  const seen = seenPayer(desk, payer)
  if (seen) return Effect.succeed(seen)
  const { payerId } = payer
  const name = normaliseName(payer.payerName)
  return Effect.map(loadReference(desk, 'payer', name), (entries) => ({ payerId, name, entries }))
}

/**
 * Notes an id of a payer under its name, unless it is. Fails where another id was noted since the name was looked up: under
 * that one there may be members that whoever looked has not seen.
 */
export const notePayer = (desk: Desk, payer: KnownPayer, on: Day): Effect.Effect<void, ExecuteError | Overtaken> => {
  const { payerId, name, entries } = payer
  if (name === undefined || isNoted(payer)) return Effect.void
  const command: AssignReference = {
    type: 'AssignReference',
    on,
    kind: 'payer',
    target: { payerId },
    patientKeys: [],
    expectNone: false,
  }
  return Effect.flatMap(
    once(assignReference(desk, 'payer', name, command, `payer:${payerId}`, entries.length)),
    (outcome) => (outcome?.ok === false ? Effect.fail(new Overtaken()) : Effect.void),
  )
}

/** The same, where nobody has concluded anything yet from what stands there: the payer as it is known then. */
const metPayer = (desk: Desk, payer: PayerNamed, on: Day): Effect.Effect<KnownPayer, ExecuteError> =>
  Effect.gen(function* () {
    const known = yield* loadPayer(desk, payer)
    if (isNoted(known)) return known
    yield* Effect.catchTag(notePayer(desk, known, on), 'Overtaken', () => Effect.void)
    return yield* loadPayer(desk, payer)
  })

/** Notes the payers of an import before its claims are taken side by side: each once. */
export const notePayers = (desk: Desk, payers: readonly PayerNamed[], on: Day): Effect.Effect<void, ExecuteError> =>
  Effect.gen(function* () {
    const named = new Map(payers.map((payer) => [`${payer.payerId}|${normaliseName(payer.payerName)}`, payer]))
    for (const payer of named.values()) yield* metPayer(desk, payer, on)
  })

export const idValue = (payerId: string, id: string): string => `${payerId}|${id}`

/** The values under which a member of a payer is noted and looked up, that of the payer's first id before its own. */
export const memberValues = ({ payerId, entries }: KnownPayer, id: string): readonly string[] => {
  const member = identifierOf({ id })
  const first = entries.find(({ target }) => target.payerId !== undefined)?.target.payerId
  return member === '' ? [] : [...new Set([first ?? payerId, payerId])].map((each) => idValue(each, member))
}

/** Notes a patient as a member of a payer, with the payer. */
export const noteMember = (
  desk: Desk,
  payer: PayerNamed,
  id: string,
  whose: Pick<Place, 'accountId' | 'patientId'>,
  on: Day,
): Effect.Effect<void, ExecuteError> =>
  Effect.gen(function* () {
    if (identifierOf({ id }) === '') return
    const known = yield* metPayer(desk, payer, on)
    for (const value of memberValues(known, id)) yield* noteAs(desk, value, whose, on, [])
  })
