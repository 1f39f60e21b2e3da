export * from './account.ts'
export { carcWords, wordsOfCarc } from './claims/carc-words.ts'
export { type Adjudication, correctionPending, type Denial, deniedAmount, openDenials } from './claims/state.ts'
export * from './claims/submission.ts'
export { type AccountCommand, type AccountCommandInput, accountCommand, accountCommandSchemas } from './commands.ts'
export * from './context.ts'
export { type Coverage, coverageAfter, coveragesOn } from './coverage/state.ts'
export { type AccountEvent, accountCodec, accountEventDefinitions } from './events.ts'
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
export { type Payment, unappliedOf, unappliedTotal } from './payments/state.ts'
export { type PlacementReview, type ReviewRequest, reviewPlacement } from './placement/review.ts'
export { defaultCause, type JudgedInstalment, judgedBy, missedBy, overdueOn } from './plans/standing.ts'
export { type InstalmentState, type Plan, type PlanStatus, remainingOf } from './plans/state.ts'
export type { Visit } from './registration/state.ts'
export type { AccountState } from './state.ts'
