import type { SubmissionEvent, SubmittedClaimHeld } from './events.ts'

/** A claim that was not taken when its file came, and what became of it. */
export interface NotTaken {
  readonly held: SubmittedClaimHeld
  readonly standing: 'held' | 'taken' | 'dismissed'
}

/** The claims of one 837 that were not taken at once, by their keys, the first first. */
export type SubmissionState = ReadonlyMap<string, NotTaken>

const after = (claims: Map<string, NotTaken>, event: SubmissionEvent): void => {
  if (event.type === 'SubmittedClaimHeld') {
    claims.set(event.key, { held: event, standing: 'held' })
    return
  }
  const known = claims.get(event.key)
  const standing = event.type === 'SubmittedClaimTaken' ? 'taken' : 'dismissed'
  if (known) claims.set(event.key, { ...known, standing })
}

export const fold = (state: SubmissionState, events: readonly SubmissionEvent[]): SubmissionState => {
  if (events.length === 0) return state
  const claims = new Map(state)
  for (const event of events) after(claims, event)
  return claims
}

/** The claims that wait for somebody. */
export const heldClaims = (state: SubmissionState): readonly SubmittedClaimHeld[] =>
  [...state.values()].flatMap(({ held, standing }) => (standing === 'held' ? [held] : []))
