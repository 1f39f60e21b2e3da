// The tags of tests: the laws that a test checks, and kinds of tests that are picked out by their tag. Any other tag is
// an error, of the types (vitest.d.ts) and of the run.
import { lawIds, wordsOf } from '../../packages/core/src/testing/laws/words.ts'
import { kills } from './kills.ts'
import { patience } from './patience.ts'

const kinds = [
  /** Not on the page of laws, which is the same where these files are absent. */
  { name: 'samples', description: 'reads files of other people that are not part of this repository' },
  { name: 'long', description: 'does more where PROPERTY_RUNS says full, and not by the runs of a property' },
  {
    name: 'torture',
    description: 'kills processes, as often as DAYBOOK_TEST_KILLS says',
    /** Of so many kills, and of what is done besides. */
    timeout: patience(60_000 + kills * 10_000),
  },
] as const

export type Kind = (typeof kinds)[number]['name']

export const tags = [...lawIds.map((id) => ({ name: id, description: wordsOf(id) })), ...kinds]
