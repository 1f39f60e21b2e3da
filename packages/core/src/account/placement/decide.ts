import type { Decide } from '../../kernel/decision.ts'
import type { Context } from '../context.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { PlacementCommand } from './commands.ts'
import { placeAccount, recallAccount, reviewForPlacement } from './place.ts'
import { tellAgency } from './tell-agency.ts'

export const decide: Decide<AccountState, PlacementCommand, AccountEvent, Context> = {
  ReviewForPlacement: reviewForPlacement,
  PlaceAccount: placeAccount,
  RecallAccount: recallAccount,
  TellAgency: tellAgency,
}
