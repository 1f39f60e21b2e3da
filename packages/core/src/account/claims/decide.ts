import type { Decide } from '../../kernel/decision.ts'
import type { Context } from '../context.ts'
import type { AccountEvent } from '../events.ts'
import type { AccountState } from '../state.ts'
import type { ClaimCommand } from './commands.ts'
import { postRemittedClaims } from './post-remitted.ts'
import { recordSubmittedClaim } from './record-submission.ts'
import { resolveDenial } from './resolve-denial.ts'
import { resolveWorkItem } from './resolve-work-item.ts'
import { acknowledgeRefund, postTakeback } from './takeback.ts'

export const decide: Decide<AccountState, ClaimCommand, AccountEvent, Context> = {
  PostRemittedClaims: postRemittedClaims,
  RecordSubmittedClaim: recordSubmittedClaim,
  ResolveDenial: resolveDenial,
  PostTakeback: postTakeback,
  AcknowledgeRefund: acknowledgeRefund,
  ResolveWorkItem: resolveWorkItem,
}
