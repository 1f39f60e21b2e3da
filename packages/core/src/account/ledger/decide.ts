import type { Decide } from '../../kernel/decision.ts'
import type { Context } from '../context.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import { bringForward } from './bring-forward.ts'
import { postCharge } from './charge.ts'
import type { LedgerCommand } from './commands.ts'
import { releaseResponsibility } from './release.ts'
import { transferResponsibility } from './transfer.ts'
import { voidCharge } from './void.ts'
import { reverseAdjustment, writeOff } from './write-off.ts'

export const decide: Decide<AccountState, LedgerCommand, AccountEvent, Context> = {
  PostCharge: postCharge,
  VoidCharge: voidCharge,
  TransferResponsibility: transferResponsibility,
  ReleaseResponsibility: releaseResponsibility,
  WriteOff: writeOff,
  ReverseAdjustment: reverseAdjustment,
  BringForward: bringForward,
}
