export { type CatchUpOptions, catchUp, type Progress, type ProjectionError } from './catch-up.ts'
export { endOfDay, NotAMoment, resolveKnownAt } from './known-at.ts'
export { rebuild } from './rebuild.ts'
export type { Changes, Needs, Page, Recorded, View } from './view.ts'
