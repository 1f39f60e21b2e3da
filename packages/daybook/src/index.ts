export type { AccountCommandInput } from '@daybook/core/account'
export { type PracticePolicy, presets, type Role } from '@daybook/core/policy'
export {
  CommandMismatch,
  Conflict,
  Indeterminate,
  Integrity,
  InvalidCommand,
  LimitExceeded,
  ReadOnly,
  Unavailable,
  UnreadableEvent,
} from '@daybook/core/ports'
export * from './book/contract.ts'
export * from './book/errors.ts'
export { decideRule, describeRules, type RuleAnswer } from './book/rules.ts'
export type { Clock } from './book/world.ts'
export type { CheckName, Finding } from './check/finding.ts'
export type { FindingKind, FindingPlace, ImportFinding, ImportFindings } from './import/findings.ts'
export * from './import/report.ts'
export { type Book, openDaybook, type Refused } from './promise-api.ts'
