import type { DocumentId } from '../../kernel/ids.ts'
import { type ReadonlyVersionedMap, VersionedMap } from '../../kernel/versioned-map.ts'
import type { CorrespondenceIssued } from './events.ts'

/** What a letter says, by matter: said once. Its first day tells two offers, two changes of one plan apart. */
export type Said = Pick<CorrespondenceIssued, 'about' | 'concerns' | 'facts'>

export const saidKey = ({ about, concerns, facts }: Said): string => `${about} ${concerns} ${facts[0]?.on ?? ''}`

export interface LetterState {
  /** The last letter that said it. */
  readonly said: ReadonlyVersionedMap<string, DocumentId>
}
export interface LetterBuilder {
  said: VersionedMap<string, DocumentId>
}

export const initial = (): LetterBuilder => ({ said: new VersionedMap() })
export const builderOf = (state: LetterState): LetterBuilder => ({ said: state.said.next() })

export const evolve = {
  CorrespondenceIssued: (slice: LetterBuilder, event: CorrespondenceIssued) => {
    slice.said.set(saidKey(event), event.documentId)
  },
}
