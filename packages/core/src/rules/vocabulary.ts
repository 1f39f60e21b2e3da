import { words } from '../terms.ts'

// The words of the rules, all together. A fact is known, with a value, or unknown, with the reason; what no facet supplies
// is unknown. At a gate on `evidence` what nothing raises counts as absent (postings.md, clarification 1); a `checklist`
// asks, and what nobody knows blocks. Rules never see events or state: only these.

type Words = (typeof words)[keyof typeof words]
type All<Part> = Part extends unknown ? (part: Part) => void : never
/** What all parts say together. */
type Together<Part> = All<Part> extends (part: infer Whole) => void ? { [K in keyof Whole]: Whole[K] } : never
type FactsOf<Part> = Part extends { readonly facts: infer F } ? F : never
type GatesOf<Part> = Part extends { readonly gates: infer G } ? G : never

/** @throws RangeError where two capabilities use one word: it would have two meanings. */
const together = (parts: readonly object[]): object => {
  const names = parts.flatMap((part) => Object.keys(part))
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice) throw new RangeError(`two capabilities use the word ${twice}`)
  return Object.assign({}, ...parts)
}

/** Every fact: what it looks like, and its name in plain words. */
export const vocabulary = together(Object.values(words).map(({ facts }) => facts)) as Together<FactsOf<Words>>

/** Every gate, and what silence means at it. Every rule names the gates that it stands at. */
export const gates = together(Object.values(words).map((part) => ('gates' in part ? part.gates : {}))) as Together<
  GatesOf<Words>
>
export type Gate = keyof typeof gates
