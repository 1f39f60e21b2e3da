import type { Decide } from '../../kernel/decision.ts'
import type { Context } from '../context.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import { approveRefund } from './approve.ts'
import type { CreditCommand } from './commands.ts'
import { moveCredit } from './move.ts'
import { clearRefund, issueRefund, voidRefund } from './refund.ts'

export const decide: Decide<AccountState, CreditCommand, AccountEvent, Context> = {
  ApproveRefund: approveRefund,
  IssueRefund: issueRefund,
  ClearRefund: clearRefund,
  VoidRefund: voidRefund,
  MoveCredit: moveCredit,
}
