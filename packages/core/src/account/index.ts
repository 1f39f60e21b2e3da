export * from '../documents/submission.ts'
export { account, decideAccount, foldAccount, newAccount, review } from './account.ts'
export type * from './claims/adjudication-events.ts'
export { carcWords, wordsOfCarc } from './claims/advice/carc-words.ts'
export { importCommands } from './claims/commands.ts'
export type * from './claims/denial-events.ts'
export type * from './claims/events.ts'
export { type Adjudication, correctionPending, type Denial, deniedAmount, openDenials } from './claims/state.ts'
export type * from './claims/submission-events.ts'
export type * from './claims/takeback-events.ts'
export type * from './claims/work-item-events.ts'
export type * from './context.ts'
export type * from './coverage/events.ts'
export { type Coverage, coverageAfter, coveragesOn } from './coverage/state.ts'
export type * from './credits/events.ts'
export type * from './ledger/events.ts'
export {
  balanceOf,
  balancesByParty,
  type Holding,
  type LayerBalance,
  type Line,
  layersOf,
  owedOn,
  receivableOf,
} from './ledger/state.ts'
export type * from './payments/events.ts'
export { type Payment, unappliedOf, unappliedTotal } from './payments/state.ts'
export type * from './placement/events.ts'
export type { PlacementReview, ReviewRequest } from './placement/review.ts'
export type * from './plans/events.ts'
export { defaultCause, type JudgedInstalment, judgedBy, missedBy, overdueOn } from './plans/standing.ts'
export { type InstalmentState, type Plan, type PlanStatus, remainingOf } from './plans/state.ts'
export type * from './registration/events.ts'
export type { Visit } from './registration/state.ts'
export {
  type AccountCommand,
  type AccountCommandInput,
  type AccountEvent,
  type AccountState,
  accountCodec,
  accountCommand,
  accountCommandSchemas,
  accountEventDefinitions,
} from './rooms.ts'
