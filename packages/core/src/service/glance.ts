import * as Effect from 'effect/Effect'
import { account } from '../account/account.ts'
import type { Asked } from '../account/claims/identity/asked.ts'
import { askedByAdvice } from '../account/claims/identity/asked.ts'
import { identifierOf } from '../documents/patients.ts'
import type { Unit } from '../documents/units.ts'
import { accountStream } from '../kernel/streams.ts'
import type { ReadError } from '../ports/errors.ts'
import { registry } from '../registry/registry.ts'
import { type Desk, referenceStream, seenReference } from './desk.ts'
import { memberValues, seenPayer } from './identity/payers.ts'
import { nameValue } from './identity/persons.ts'
import { numberValue, waitingUnder } from './identity/place.ts'
import { loadAhead } from './load.ts'
import { lead, type Run } from './run.ts'

// A batch reads ahead what its claims will ask for: references in one round trip, then the accounts that these name
// (decision 0030).

/** A desk for one batch: what it has read once it asks for no more. */
export const glancing = (desk: Desk): Desk => ({
  ...desk,
  service: { ...desk.service, glance: { seen: new Set(), names: new Map() } },
})

type Reference = readonly [kind: string, value: string]

/** Reads references, and gives the accounts that they name. */
export const readReferences = (
  desk: Desk,
  references: readonly Reference[],
): Effect.Effect<readonly string[], ReadError> => {
  const streams = references.map(([kind, value]) => referenceStream(desk, kind, value))
  return Effect.map(loadAhead(desk.service, registry, streams), () =>
    references.flatMap(([kind, value]) =>
      seenReference(desk, kind, value).flatMap(({ target }) => target.accountId ?? []),
    ),
  )
}

const readWithAccounts = (desk: Desk, references: readonly Reference[]): Effect.Effect<void, ReadError> =>
  Effect.flatMap(readReferences(desk, references), (accounts) =>
    loadAhead(desk.service, account, accounts.map(accountStream)),
  )

const numberIn = (number: string): readonly Reference[] => {
  const value = numberValue(number)
  return value === undefined ? [] : [['patientControlNumber', value]]
}

/** The member ids of a claim under the payers that are known; another one is met first, and read by itself. */
const membersIn = (desk: Desk, { members }: Pick<Asked, 'members'>): readonly Reference[] =>
  members.flatMap(({ payer, id }) => {
    const known = seenPayer(desk, payer)
    return known && identifierOf({ id }) !== ''
      ? memberValues(known, id).map((value) => ['person', value] as const)
      : []
  })

/** What the units of a batch are looked for by: their numbers, what waits under them; where they may open a visit, their people. */
export const readAheadOfUnits = (
  { desk, payer, options }: Run,
  units: readonly Unit[],
): Effect.Effect<void, ReadError> =>
  readWithAccounts(
    desk,
    units.flatMap((unit): readonly Reference[] => [
      ...unit.claims.flatMap(({ patientControlNumber }) => numberIn(patientControlNumber)),
      ['heldClaim', waitingUnder(lead(unit).patientControlNumber)],
      ...(options.openMissing ? membersIn(desk, askedByAdvice(lead(unit), payer)) : []),
    ]),
  )

/** What the claims of an 837 are looked for by: their numbers and their people. */
export const readAheadOfClaims = (desk: Desk, asked: readonly Asked[]): Effect.Effect<void, ReadError> =>
  readWithAccounts(
    desk,
    asked.flatMap((one): readonly Reference[] => {
      const name = nameValue(one.patient)
      return [
        ...numberIn(one.controlNumber),
        ...(name === undefined ? [] : [['person', name] as const]),
        ...membersIn(desk, one),
      ]
    }),
  )
