import { z } from 'zod'
import { code, count, flag, freeText, oneOf, phi, pii } from '../../kernel/classes.ts'
import { event } from '../../kernel/event.ts'
import { id } from '../../kernel/id.ts'
import { patientId } from '../../kernel/ids.ts'

// Notes of the desk, reference §11.7. A note is never edited: what is added later is an addendum. The wire contract.

/** One note; an addendum has an id of the same kind. */
export const noteId = id('NoteId')
export type NoteId = z.infer<typeof noteId>
/** One attachment. */
export const attachmentId = id('AttachmentId')
export type AttachmentId = z.infer<typeof attachmentId>

/** What a note is about, beside the account. */
export const noteMatters = ['dispute', 'inquiry', 'payment', 'plan', 'promise', 'visit'] as const
const about = z.strictObject({ matter: oneOf(noteMatters), id: code(80) }).optional()

/** Somebody wrote down what was said or done. */
export const noteAdded = event('NoteAdded', {
  noteId,
  about,
  /** Who was spoken to. */
  with: freeText(200).optional(),
  /** Whether they were verified to be who they said. */
  verified: flag().optional(),
  summary: freeText(10_000),
  /** What somebody said that they will do. */
  commitment: freeText(500).optional(),
  nextStep: freeText(500).optional(),
})
export interface NoteAdded extends z.infer<typeof noteAdded.schema> {}

/** Something is added to a note, which stays as it was. */
export const noteAddended = event('NoteAddended', { noteId, addendumId: noteId, summary: freeText(10_000) })
export interface NoteAddended extends z.infer<typeof noteAddended.schema> {}

/** A document that lies elsewhere belongs to a note: its hash and its place are kept, not what it says. */
export const attachmentAdded = event('AttachmentAdded', {
  attachmentId,
  noteId,
  /** Hex SHA-256 of its bytes. */
  sha256: code(64),
  bytes: count(),
  mediaType: code(100),
  /** Where it lies, as the practice finds it. */
  place: phi(z.string().max(500)),
})
export interface AttachmentAdded extends z.infer<typeof attachmentAdded.schema> {}

/** One disclosure. */
export const disclosureId = id('DisclosureId')
export type DisclosureId = z.infer<typeof disclosureId>

/** Why health information was given out (45 CFR 164.502, 164.506, 164.508, 164.510, 164.512). */
export const disclosurePurposes = [
  'treatment',
  'payment',
  'operations',
  'individual',
  'authorized',
  'involvedInCare',
  'requiredByLaw',
  'publicHealth',
  'oversight',
  'judicial',
  'lawEnforcement',
  'decedent',
  'research',
  'threat',
  'government',
  'workersCompensation',
  'mistaken',
] as const
export type DisclosurePurpose = (typeof disclosurePurposes)[number]

/** Health information of the account was given to somebody outside the practice. */
export const disclosureLogged = event('DisclosureLogged', {
  disclosureId,
  /** Whose it was; of the whole account where absent. */
  patientId: patientId.optional(),
  /** Who received it, and where they are, where that is known (45 CFR 164.528(b)(2)(ii)). */
  to: pii(z.string().max(200)),
  address: pii(z.string().max(300)).optional(),
  purpose: oneOf(disclosurePurposes),
  /** What was given, in short. */
  summary: freeText(2_000),
  /** The purpose in words, or the request that was answered. */
  reason: freeText(2_000),
})
export interface DisclosureLogged extends z.infer<typeof disclosureLogged.schema> {}

export const noteEvents = [noteAdded, noteAddended, attachmentAdded, disclosureLogged] as const
export type NoteEvent = NoteAdded | NoteAddended | AttachmentAdded | DisclosureLogged

/** What they bring into the book, by the name that commands give it: its id stands in `<name>Id`. */
export const noteBrings = {
  AttachmentAdded: 'attachment',
  DisclosureLogged: 'disclosure',
  NoteAdded: 'note',
  NoteAddended: 'addendum',
} as const
