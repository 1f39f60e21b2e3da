import { z } from 'zod'
import { code } from '../kernel/classes.ts'
import { type SectionName, sections } from '../terms.ts'

type SectionSchemas = { readonly [N in SectionName]: (typeof sections)[N]['schema'] }

const sectionSchemas = Object.fromEntries(
  Object.entries(sections).map(([name, { schema }]) => [name, schema]),
) as SectionSchemas

/**
 * The whole of a practice's policy: every figure and choice that is the practice's to make. Nothing has a default. It
 * can make law stricter, never looser. Published as versions on an event stream, so that years later a decision can be
 * read with the policy it was made by. Amounts are cents, shares basis points, waits calendar days.
 */
export const practicePolicy = z.strictObject({
  /** Name of the preset or of the practice's own policy. */
  name: code(80),
  ...sectionSchemas,
})
export interface PracticePolicy extends z.infer<typeof practicePolicy> {}

/** Sections that list checks which the practice does not use: `notInUse`, by fact name. */
export type SetsAside = {
  [N in SectionName]: PracticePolicy[N] extends { readonly notInUse: readonly string[] } ? N : never
}[SectionName]

/** Policy as decisions read it: the text, and which version of the stream it is. */
export interface PolicyVersion {
  readonly version: number
  readonly policy: PracticePolicy
}
