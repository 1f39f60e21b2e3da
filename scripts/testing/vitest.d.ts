import type { LawId } from '../../packages/core/src/testing/laws/words.ts'
import type { Figures } from './figures.ts'
import type { Kind } from './tags.ts'

declare module 'vitest' {
  interface TestTags {
    daybook: LawId | Kind
  }
  interface ProvidedContext {
    /** How often a test of torture kills. */
    kills: number
  }
  interface TaskMeta {
    /** On which store a test runs that runs on several. */
    over?: string
    /** How many runs each property of the test has made, in their order. */
    runs?: readonly number[]
    /** A property of it was stopped before its full count. */
    stopped?: true
    /** What a test of torture tried and found. */
    figures?: readonly Figures[]
  }
}
