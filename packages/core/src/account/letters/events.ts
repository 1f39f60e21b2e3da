import type { z } from 'zod'
import { letterFields } from '../../documents/letter/content.ts'
import { code, count } from '../../kernel/classes.ts'
import { event } from '../../kernel/event.ts'
import { documentId } from '../../kernel/ids.ts'

// Letters beside the ladder, decision 0032. They move no money. Each keeps all that was printed, and the hashes of the
// bytes: it is printed again from here, and nothing else (law K6). The wire contract.

/** A letter was made that answers, confirms or gives notice: what it says stands in the book. Effective the day it is of. */
export const correspondenceIssued = event('CorrespondenceIssued', {
  documentId,
  ...letterFields,
  /** Hex SHA-256 of what was printed, by form. */
  textHash: code(64),
  htmlHash: code(64),
  /** In how many parts before it its lines are kept; absent: they stand in it. */
  parts: count().optional(),
})
export interface CorrespondenceIssued extends z.infer<typeof correspondenceIssued.schema> {}

export const letterEvents = [correspondenceIssued] as const
export type LetterEvent = CorrespondenceIssued

/** What they bring into the book, by the name that commands give it: its id stands in `<name>Id`. */
export const letterBrings = { CorrespondenceIssued: 'document' } as const
