export * from './explain.ts'
export type { OpenMatter } from './matter.ts'
export type { Part, PartKind, PartyExplanation, Source } from './parts.ts'
export type { UnappliedPart } from './unapplied.ts'
