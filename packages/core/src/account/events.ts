import { makeCodec } from '../kernel/event.ts'
import { type ClaimEvent, claimEvents } from './claims/events.ts'
import { type CoverageEvent, coverageEvents } from './coverage/events.ts'
import { type CreditEvent, creditEvents } from './credits/events.ts'
import { type LedgerEvent, ledgerEvents } from './ledger/events.ts'
import { type PaymentEvent, paymentEvents } from './payments/events.ts'
import { type PlacementEvent, placementEvents } from './placement/events.ts'
import { type PlanEvent, planEvents } from './plans/events.ts'
import { type RegistrationEvent, registrationEvents } from './registration/events.ts'

/** Everything that can happen to an account. A new facet adds its union here, its schemas below. */
export type AccountEvent =
  | RegistrationEvent
  | CoverageEvent
  | LedgerEvent
  | PaymentEvent
  | ClaimEvent
  | CreditEvent
  | PlanEvent
  | PlacementEvent

/** Definitions of all events of an account. */
export const accountEventDefinitions = [
  ...registrationEvents,
  ...coverageEvents,
  ...ledgerEvents,
  ...paymentEvents,
  ...claimEvents,
  ...creditEvents,
  ...planEvents,
  ...placementEvents,
] as const

/** Stored text to events of an account and back. */
export const accountCodec = makeCodec<AccountEvent>(accountEventDefinitions)
