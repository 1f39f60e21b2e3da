import type { Decide } from '../../kernel/decision.ts'
import type { Context } from '../context.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { ClaimCommand } from './commands.ts'
import { resolveDenial } from './desk/resolve-denial.ts'
import { resolveWorkItem } from './desk/resolve-work-item.ts'
import { settleWithhold } from './desk/settle-withhold.ts'
import { acknowledgeRefund, postTakeback } from './desk/takeback.ts'
import { postRemittedClaims } from './posting/post-remitted.ts'
import { recordSubmittedClaim } from './submitting/record-submission.ts'

export const decide: Decide<AccountState, ClaimCommand, AccountEvent, Context> = {
  PostRemittedClaims: postRemittedClaims,
  RecordSubmittedClaim: recordSubmittedClaim,
  ResolveDenial: resolveDenial,
  PostTakeback: postTakeback,
  AcknowledgeRefund: acknowledgeRefund,
  SettleWithhold: settleWithhold,
  ResolveWorkItem: resolveWorkItem,
}
