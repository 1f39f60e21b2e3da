export type {
  AccountCommandInput,
  AccountEvent,
  AccountState,
  AskedFact,
  Made,
  MadeIds,
  NextAction,
  NextStep,
} from '@daybook/core/account'
export type { DepositCommandInput } from '@daybook/core/deposit'
export type { AccountId, Day, Earliest, Instant, RemittanceId, RuleHit } from '@daybook/core/kernel'
export type { ContactParty, ContactPurpose, Medium, PersonCommandInput, RoleOnAccount, Way } from '@daybook/core/person'
export {
  type FieldSet,
  type PolicyVersion,
  type PracticePolicy,
  type PurposeOfUse,
  presets,
  type Role,
} from '@daybook/core/policy'
export {
  ClockAhead,
  CommandMismatch,
  Conflict,
  Indeterminate,
  Integrity,
  InvalidCommand,
  LimitExceeded,
  type MigrationProgress,
  ReadOnly,
  type Receipt,
  type Retry,
  type StoreHealth,
  StreamClosed,
  Unavailable,
  UnreadableEvent,
} from '@daybook/core/ports'
export {
  type AnyOwnRule,
  block,
  type Fact,
  type FactName,
  type Gate,
  known,
  notApplicable,
  type OwnFact,
  type OwnFacts,
  type OwnRule,
  pass,
  type RuleDecision,
  type RuleDescription,
  unknown,
  type Verdict,
  warn,
} from '@daybook/core/rules'
export type { ClaimFinding, HeldReason, HeldUnit, RemittanceReport } from '@daybook/core/service'
export type {
  AgingBasis,
  AgingBucket,
  AgingDimension,
  AgingFigures,
  AgingReport,
  AgingRowOfReport,
} from '@daybook/projections/aging'
export type {
  CashBatch,
  CashDay,
  CashEntry,
  CashOut,
  CashReport,
  ControlAccountRow,
  ControlAccountsReport,
  Explained,
  Matter,
  OtherCash,
  PatientCash,
  PayerCash,
} from '@daybook/projections/controls'
export type {
  Explanation,
  LineExplanation,
  NothingToExplain,
  Part,
  PartyExplanation,
} from '@daybook/projections/explanation'
export type { AccountHistoryEntry, Grounds, HistoryEntry } from '@daybook/projections/history'
export type { AccountRow, FoundBy, PaymentRow, PersonListed, PlanRow, RemittanceRow } from '@daybook/projections/lists'
export { NotAMoment } from '@daybook/projections/runner'
export type {
  AccountBeforeBooks,
  AccountHeading,
  AccountSections,
  AccountStanding,
  AccountSummary,
  BeforeTheBooks,
  CoverageSummary,
  CreditSummary,
  DenialSummary,
  DisputeSummary,
  FindingSummary,
  Flag,
  FromTheBooks,
  HealthItem,
  HealthKind,
  HoldingSummary,
  InquirySummary,
  InstalmentSummary,
  LineShare,
  LineSummary,
  PartyBalance,
  PartyLabel,
  PatientSummary,
  PaymentSummary,
  PersonBehind,
  Phase,
  PlacementSummary,
  PlanSummary,
  PromiseSummary,
  RefundSummary,
  ReviewSummary,
  Totals,
  VisitSummary,
  WorkItemSummary,
  WriteOffSummary,
} from '@daybook/projections/summary'
export type { Queue, ScoreTerm, WorkItem, Worklist } from '@daybook/projections/worklist'
export type {
  Accepted,
  AccountPage,
  Aging,
  BackupReport,
  BookHealth,
  Cash,
  CheckReport,
  ControlAccounts,
  DayReport,
  DayStep,
  Decided,
  Delegated,
  DelegationShown,
  Found,
  HandedOver,
  History,
  KnownAt,
  Listed,
  MoveReport,
  NothingToDo,
  Opened,
  OpenedPerson,
  Posted,
  Published,
  Refused,
  StatementFile,
  StatementReply,
  ViewHealth,
  WorkItemShown,
  WorkOfDay,
} from './book/answers.ts'
export type { Book, LimitedBook } from './book/book.ts'
export {
  Aborted,
  BookClosed,
  DriverMissing,
  InvalidOptions,
  InvalidQuery,
  InvalidRules,
  KeyFault,
  MissingDirectory,
  NotFound,
  PracticeNeeded,
  Rejected,
  UnknownTimeZone,
  UnknownUrl,
  UnsupportedNode,
  ViewsNeeded,
} from './book/errors.ts'
export type {
  AccountsRequest,
  ListRequest,
  PaymentsRequest,
  PlansRequest,
  RemittancesRequest,
} from './book/list-requests.ts'
export type { BackupOptions, ExportOptions, ImportLogOptions } from './book/moving-requests.ts'
export { ownFacts, ownRule } from './book/own-rules.ts'
export type { DatumListed, MayReply, PersonPage, ReplyWay } from './book/person-answers.ts'
export type {
  Acting,
  ActingInput,
  ActorInput,
  AgingRequest,
  Asking,
  CashRequest,
  CheckOptions,
  CommandOptions,
  ControlAccountsRequest,
  DayOptions,
  DelegateRequest,
  DelegationsRequest,
  DismissOptions,
  ExplanationRequest,
  Guarantor,
  HandOverRequest,
  MayRequest,
  Moments,
  OpenAccountInput,
  OpenOptions,
  OpenPersonInput,
  PublishOptions,
  RefundOptions,
  RejectOptions,
  ReleaseOptions,
  RevokeOptions,
  StatementFileRequest,
  StatementRequest,
  WorklistRequest,
} from './book/requests.ts'
export { type DescribedRule, decideRule, describeRules, type Own, type RuleAnswer } from './book/rules.ts'
export type { Clock } from './book/world.ts'
export type { CheckName, Finding } from './check/finding.ts'
export type {
  EventsRequest,
  Keyed,
  OwnView,
  SubscribeRequest,
  ViewDefinition,
  ViewRequest,
} from './events/contract.ts'
export type { DaybookEvent, EventOf, EventType, RecordedEvent, ViewedEvent } from './events/recorded.ts'
export type { FindingKind, FindingPlace, ImportFinding, ImportFindings } from './import/findings.ts'
export type {
  ContentOptions,
  FileReport,
  HeldClaims,
  ImportContent,
  ImportOptions,
  ImportProblem,
  ImportProgress,
  ImportReport,
  ImportTotals,
  Split,
  TransactionOutcome,
  TransactionReport,
  Where,
} from './import/report.ts'
export type { Access, AccessesRequest } from './privacy/access-answers.ts'
export type { Disclosure, Disclosures, DisclosuresRequest } from './privacy/disclosure-answers.ts'
export { AccessUnrecorded, FieldsWithheld } from './privacy/errors.ts'
export { isMasked, type Limited, type Masked } from './privacy/limited.ts'
export { importLog, openDaybook } from './promise-api.ts'
