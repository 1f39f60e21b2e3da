import type { Verdict } from './judge.ts'

/** What the visits on file say of whose a claim is. */
export type Choice<V extends Verdict> =
  | { readonly kind: 'this'; readonly one: V }
  /** More than one could be it, or a letter of the name keeps it from being told. */
  | { readonly kind: 'several'; readonly some: readonly V[] }
  | { readonly kind: 'none' }

/**
 * Of the visits whose patient and services fit, the only one; of several, those of a patient with the very given name, and of
 * these the one whose lines fit all lines of the claim (clarification 27).
 */
export const choose = <V extends Verdict>(verdicts: readonly V[]): Choice<V> => {
  const fitting = verdicts.filter(({ served }) => served)
  const same = fitting.filter(({ patient }) => patient.is === 'same')
  const called = same.filter(({ patient }) => patient.is === 'same' && patient.isCalledSo)
  const kept = called.length > 0 ? called : same
  const [only] = kept
  if (only && kept.length === 1) return { kind: 'this', one: only }
  const whole = kept.filter((verdict) => verdict.whole)
  const [one] = whole
  if (one && whole.length === 1) return { kind: 'this', one }
  if (kept.length > 0) return { kind: 'several', some: kept }
  const unsure = fitting.filter(({ patient }) => patient.is === 'unsure')
  return unsure.length > 0 ? { kind: 'several', some: unsure } : { kind: 'none' }
}
