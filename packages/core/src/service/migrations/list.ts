import { members, payerNumbers, references } from '../identity/rebuild.ts'
import type { Migration } from './migrate.ts'

/** Every migration that there is, in the order in which they are run. One that is on the list stays on it. */
export const migrations: readonly Migration[] = [references, payerNumbers, members]
