import { accept, type Decide, rejectIfAny } from '../../kernel/decision.ts'
import type { Context } from '../context.ts'
import type { AccountEvent } from '../events.ts'
import { datingHits } from '../ledger/dating.ts'
import type { AccountState } from '../state.ts'
import type { PaymentCommand } from './commands.ts'
import { applyUnapplied, pendingHits, postPayment, settlePayment } from './post.ts'
import { deallocatePayment, reversePayment } from './reverse.ts'

export const decide: Decide<AccountState, PaymentCommand, AccountEvent, Context> = {
  PostPayment: postPayment,
  SettlePayment: settlePayment,
  FailPayment: (state, { on, payment, reason }, context) =>
    rejectIfAny([...datingHits(state, on, context), ...pendingHits(state, payment)]) ??
    accept([{ type: 'PaymentCaptureFailed', effectiveDate: on, paymentId: payment, reason }]),
  ApplyUnapplied: applyUnapplied,
  DeallocatePayment: deallocatePayment,
  ReversePayment: reversePayment,
}
