import type { Decide } from '../../kernel/decision.ts'
import type { Context } from '../context.ts'
import type { AccountEvent } from '../events.ts'
import type { AccountState } from '../state.ts'
import type { PlacementCommand } from './commands.ts'
import { placeAccount, recallAccount, reviewForPlacement } from './place.ts'

export const decide: Decide<AccountState, PlacementCommand, AccountEvent, Context> = {
  ReviewForPlacement: reviewForPlacement,
  PlaceAccount: placeAccount,
  RecallAccount: recallAccount,
}
