import type { Decide } from '../../kernel/decision.ts'
import type { Context } from '../context.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import { failPayment, settlePayment } from './capture.ts'
import type { PaymentCommand } from './commands.ts'
import { applyUnapplied, postPayment } from './post.ts'
import { deallocatePayment, reversePayment } from './reverse.ts'

export const decide: Decide<AccountState, PaymentCommand, AccountEvent, Context> = {
  PostPayment: postPayment,
  SettlePayment: settlePayment,
  FailPayment: failPayment,
  ApplyUnapplied: applyUnapplied,
  DeallocatePayment: deallocatePayment,
  ReversePayment: reversePayment,
}
