import type { Day } from '../../kernel/day.ts'
import { type ReadonlyVersionedMap, VersionedMap } from '../../kernel/versioned-map.ts'
import type {
  AttachmentAdded,
  AttachmentId,
  DisclosureId,
  DisclosureLogged,
  NoteAdded,
  NoteAddended,
  NoteId,
} from './events.ts'

/** What decisions need of a note: its words stay in the log. */
export interface Note {
  readonly on: Day
  /** Hashes of the documents that belong to it. */
  readonly documents: readonly string[]
}

export interface NoteState {
  readonly notes: ReadonlyVersionedMap<NoteId, Note>
  /** Ids of addenda and attachments: each is used once. */
  readonly used: ReadonlyVersionedMap<NoteId | AttachmentId, NoteId>
  /** The day of each disclosure: what it says stays in the log. */
  readonly disclosures: ReadonlyVersionedMap<DisclosureId, Day>
}
export interface NoteBuilder {
  notes: VersionedMap<NoteId, Note>
  used: VersionedMap<NoteId | AttachmentId, NoteId>
  disclosures: VersionedMap<DisclosureId, Day>
}

export const initial = (): NoteBuilder => ({
  notes: new VersionedMap(),
  used: new VersionedMap(),
  disclosures: new VersionedMap(),
})
export const builderOf = (state: NoteState): NoteBuilder => ({
  notes: state.notes.next(),
  used: state.used.next(),
  disclosures: state.disclosures.next(),
})

export const evolve = {
  NoteAdded: (slice: NoteBuilder, { noteId, effectiveDate }: NoteAdded) => {
    slice.notes.set(noteId, { on: effectiveDate, documents: [] })
  },
  NoteAddended: (slice: NoteBuilder, { noteId, addendumId }: NoteAddended) => {
    slice.used.set(addendumId, noteId)
  },
  DisclosureLogged: (slice: NoteBuilder, { disclosureId, effectiveDate }: DisclosureLogged) => {
    slice.disclosures.set(disclosureId, effectiveDate)
  },
  AttachmentAdded: (slice: NoteBuilder, { attachmentId, noteId, sha256 }: AttachmentAdded) => {
    slice.used.set(attachmentId, noteId)
    const note = slice.notes.get(noteId)
    if (note) slice.notes.set(noteId, { ...note, documents: [...note.documents, sha256] })
  },
}
