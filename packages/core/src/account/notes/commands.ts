import { z } from 'zod'
import { code, count, flag, oneOf, said } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { patientId } from '../../kernel/ids.ts'
import { attachmentId, disclosureId, disclosurePurposes, noteId, noteMatters } from './events.ts'

// What the desk may write down. The wire contract of the command line and the API. `on` is the effective date.

/** Line breaks and tabs belong to a text; what else could steer a terminal does not. */
const isPlain = (text: string): boolean => !/[\p{Cc}\p{Bidi_Control}\p{Cs}]/u.test(text.replace(/[\n\r\t]/g, ''))
const written = (max: number) => said(max).refine(isPlain, 'has control characters')

/** Reports what was said or done. */
export const addNote = z.strictObject({
  type: z.literal('AddNote'),
  on: day,
  /** Absent: a new one. */
  note: noteId.optional(),
  about: z.strictObject({ matter: oneOf(noteMatters), id: code(80) }).optional(),
  with: written(200).optional(),
  verified: flag().optional(),
  summary: written(10_000),
  commitment: written(500).optional(),
  nextStep: written(500).optional(),
})

/** Reports something more to a note, which stays as it was. */
export const amendNote = z.strictObject({
  type: z.literal('AmendNote'),
  on: day,
  note: noteId,
  /** Absent: a new one. */
  addendum: noteId.optional(),
  summary: written(10_000),
})

/** Reports that a document belongs to a note: by its hash, and where it lies. */
export const attachDocument = z.strictObject({
  type: z.literal('AttachDocument'),
  on: day,
  note: noteId,
  /** Absent: a new one. */
  attachment: attachmentId.optional(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits in lower case'),
  bytes: count(),
  mediaType: z
    .string()
    .regex(/^[a-z0-9.+-]+\/[a-z0-9.+-]+$/, 'a media type such as application/pdf')
    .max(100),
  place: written(500),
})

/** Reports that health information was given to somebody outside: whom, what and why (45 CFR 164.528). */
export const recordDisclosure = z.strictObject({
  type: z.literal('RecordDisclosure'),
  on: day,
  /** Absent: a new one. */
  disclosure: disclosureId.optional(),
  patient: patientId.optional(),
  to: written(200),
  address: written(300).optional(),
  purpose: oneOf(disclosurePurposes),
  summary: written(2_000),
  reason: written(2_000),
})

export const noteCommands = [addNote, amendNote, attachDocument, recordDisclosure] as const
export type NoteCommand = z.output<(typeof noteCommands)[number]>

/** Which of them ask, and which report what has happened (decision 0014, law Q8). */
export const noteAsksOrReports: { readonly [Type in NoteCommand['type']]: 'asks' | 'reports' } = {
  AddNote: 'reports',
  AmendNote: 'reports',
  AttachDocument: 'reports',
  RecordDisclosure: 'reports',
}
