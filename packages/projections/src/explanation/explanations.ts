import type { AccountEvent } from '@daybook/core/account'
import { facets } from '../facets/account.ts'
import { isNone } from '../facets/none.ts'
import type { MatterChange } from './matter.ts'
import type { FacetExplanation, MoneyEvent, Telling, UnappliedMove } from './telling.ts'

// What the facets say of why a balance is what it is, by the type of event.

const explanations = Object.values(facets).flatMap(({ explanation }): readonly FacetExplanation[] =>
  isNone(explanation) ? [] : [explanation],
)

/** How each event that moves money tells of it. That none is missing is a matter of types (facets/account.ts). */
export const tellings: Readonly<Record<MoneyEvent['type'], Telling<AccountEvent>>> = Object.assign(
  {},
  ...explanations.map(({ pieces }) => pieces),
)

type ByType<Says> = Readonly<Partial<Record<AccountEvent['type'], Says>>>

/** Whose unapplied money an event moved, where it says so. */
export const unappliedMoves: ByType<(event: AccountEvent, moved: number) => readonly UnappliedMove[]> = Object.assign(
  {},
  ...explanations.map(({ unapplied }) => unapplied),
)

/** What begins or ends with an event of what keeps an amount at a payer. */
export const matterChanges: ByType<(event: AccountEvent, id: string) => MatterChange | undefined> = Object.assign(
  {},
  ...explanations.map(({ matters }) => matters),
)
