// What random lives do not meet, each with the reason. What can not be met and is met all the same fails too: its line is untrue.

/** Why something is not met: `rare` may be met in other lives. */
export interface Why {
  readonly why: string
  readonly rare?: true
}

const noFacet: Why = { why: 'no facet keeps it yet: holds, assistance, bankruptcies and estates come later' }
const noCommand: Why = {
  why: 'in the catalogue alone, no command of a practice asks (issue 9): test/rules/vectors.test.ts has both sides',
}
const elsewhere = (place: string): Why => ({ why: `a chain of commands too long for chance: ${place}`, rare: true })

/** Events that are not written. */
export const neverMet: Readonly<Record<string, Why>> = {
  DocumentPartKept: { why: 'a document above 1 MiB: test/statements and the statements of three thousand services' },
  InquiryExtended: elsewhere('test/inquiries'),
  PlanReaged: elsewhere('test/plans'),
  PlanResumed: elsewhere('test/plans'),
  PlanSuspended: elsewhere('test/plans'),
  PriorPayerSettlementUndone: elsewhere('test/claims/rule-n.test.ts'),
}

/** Commands that are never let through, for the same reason. */
export const neverPassed: Readonly<Record<string, Why>> = {
  CurePlan: elsewhere('test/plans'),
  DeferPlan: elsewhere('test/plans'),
  EndSelfPay: elsewhere('test/faults'),
  ExtendInquiry: elsewhere('test/inquiries'),
  ReagePlan: elsewhere('test/plans'),
  ResolveWorkItem: elsewhere('test/claims'),
  ResumePlan: elsewhere('test/plans'),
}

/** Rules that never let anything through. */
export const neverAllowed: Readonly<Record<string, Why>> = {
  'CT-08': noCommand,
  'DS-02': noCommand,
  'PR-01': noCommand,
  'PR-01.fields': noCommand,
  'PR-02': noCommand,
  // A Medicare coverage, its cost share held or at the coverage, and a check that is named, in one write-off.
  'WO-05': elsewhere('test/faults/word-grounds'),
}

/** Rules that never block anything. */
export const neverBlocked: Readonly<Record<string, Why>> = {
  'CT-08': noCommand,
  'DS-02': noCommand,
  'PR-01': noCommand,
  'PR-01.fields': noCommand,
  'PR-02': noCommand,
  'PL-02.amendments': elsewhere('test/plans'),
  'ST-02.assistance': noFacet,
  'ST-02.bankruptcy': noFacet,
  'ST-02.deceased': noFacet,
  'ST-02.hold': noFacet,
  'ST-02.ppdr': { why: 'statements leave such a line out (DS-10); a first notice names it: test/letters', rare: true },
}
