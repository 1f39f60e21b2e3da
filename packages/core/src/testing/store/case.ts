import type { StoreCapabilities } from '../../ports/event-store.ts'
import type { LawId } from '../laws/words.ts'
import type { StoreCase } from './fixture.ts'
import { type Workbook, withWorkbook } from './workbook.ts'

interface About {
  readonly laws?: readonly LawId[]
  /** What a store must have declared for the case to be asked of it. */
  readonly needs?: Partial<StoreCapabilities>
}

/** Why a case is not asked of a store that can do so much, in words; undefined where it is. */
export const leftOut = ({ needs = {} }: StoreCase, capabilities: StoreCapabilities): string | undefined => {
  const missing = Object.entries(needs).filter(
    ([name, value]) => capabilities[name as keyof StoreCapabilities] !== value,
  )
  if (missing.length === 0) return undefined
  return `left out: it is about a store with ${missing.map(([name, value]) => `${name}: ${value}`).join(', ')}`
}

/** Makes the cases of one suite: each opens an empty book, and says one thing of it. */
export const suiteOf =
  (suite: string, about: About = {}) =>
  (name: string, check: (workbook: Workbook) => Promise<void>, more: About = {}): StoreCase => {
    const { laws = [], needs } = { ...about, ...more }
    return {
      suite,
      name: [...laws, `${suite}: ${name}`].join(' '),
      laws,
      ...(needs ? { needs } : {}),
      run: (fixture) => withWorkbook(fixture, check),
    }
  }
