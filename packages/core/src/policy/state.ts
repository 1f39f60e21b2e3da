import type { Day } from '../kernel/day.ts'
import type { PolicyEvent } from './events.ts'
import type { PolicyVersion, PracticePolicy } from './policy.ts'

/** Every version that was ever published, oldest first: an old decision is read with the policy it was made by. */
export interface PolicyState {
  readonly versions: readonly (PolicyVersion & { readonly from: Day })[]
}

/** Before anything was published. */
export const newPolicy: PolicyState = { versions: [] }

const policyOf = ({ name, sections }: PolicyEvent): PracticePolicy => ({
  name,
  ...(Object.fromEntries(Object.entries(sections).map(([section, { values }]) => [section, values])) as Omit<
    PracticePolicy,
    'name'
  >),
})

/** Adds the versions that were published since. */
export const foldPolicy = (state: PolicyState, events: readonly PolicyEvent[]): PolicyState => ({
  versions: [
    ...state.versions,
    ...events.map((event) => ({ version: event.version, policy: policyOf(event), from: event.effectiveDate })),
  ],
})

/** The policy in force: the last one published. */
export const currentPolicy = (state: PolicyState): PolicyVersion | undefined => state.versions.at(-1)
/** A version as it was published; undefined where there is none. */
export const policyVersion = (state: PolicyState, version: number): PolicyVersion | undefined =>
  state.versions.find((each) => each.version === version)
