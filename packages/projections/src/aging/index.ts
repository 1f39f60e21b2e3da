export { type AgingBasis, agingBases } from './bases.ts'
export { type BucketRange, usualEdges } from './buckets.ts'
export { heldInAging } from './journal.ts'
export type { AgingParty } from './kinds.ts'
export { type AgingQuery, agingReport } from './query.ts'
export {
  type AgingBucket,
  type AgingDimension,
  type AgingFigures,
  type AgingReport,
  type AgingRowOfReport,
  agingDimensions,
  type BeforeTheBooks,
} from './report.ts'
export { type AgingView, agingView } from './view.ts'
