import { z } from 'zod'
import { type ClaimCommand, claimCommands } from './claims/commands.ts'
import { type CoverageCommand, coverageCommands } from './coverage/commands.ts'
import { type CreditCommand, creditCommands } from './credits/commands.ts'
import { type LedgerCommand, ledgerCommands } from './ledger/commands.ts'
import { type PaymentCommand, paymentCommands } from './payments/commands.ts'
import { type PlacementCommand, placementCommands } from './placement/commands.ts'
import { type PlanCommand, planCommands } from './plans/commands.ts'
import { type RegistrationCommand, registrationCommands } from './registration/commands.ts'

/** Everything the desk may ask of an account. A new facet adds its union here, its schemas below. */
export type AccountCommand =
  | RegistrationCommand
  | CoverageCommand
  | LedgerCommand
  | PaymentCommand
  | ClaimCommand
  | CreditCommand
  | PlanCommand
  | PlacementCommand

/** Schemas of all commands of an account. */
export const accountCommandSchemas = [
  ...registrationCommands,
  ...coverageCommands,
  ...ledgerCommands,
  ...paymentCommands,
  ...claimCommands,
  ...creditCommands,
  ...planCommands,
  ...placementCommands,
] as const

export const accountCommand = z.discriminatedUnion('type', accountCommandSchemas)
/** A command as a caller writes it: plain strings and numbers; brands come out of validation. */
export type AccountCommandInput = z.input<typeof accountCommand>
