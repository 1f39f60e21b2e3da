export * from './commands.ts'
export * from './events.ts'
export { heldClaims, type NotTaken, type SubmissionState } from './state.ts'
export * from './submission.ts'
