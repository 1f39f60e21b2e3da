import type { Day } from '../../kernel/day.ts'
import { accept, type Decide, precondition, type RuleHit, reject, rejectIfAny } from '../../kernel/decision.ts'
import type { Context } from '../context.ts'
import { datingHits } from '../preconditions.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { NoteCommand } from './commands.ts'
import type { AttachmentId, DisclosureId, NoteId } from './events.ts'
import type { Note } from './state.ts'

type About = NonNullable<Extract<NoteCommand, { type: 'AddNote' }>['about']>

/** What there is of each matter that a note may be about. */
const known = (state: AccountState): { readonly [Matter in About['matter']]: ReadonlyMap<string, unknown> } => ({
  dispute: state.disputes.disputes,
  inquiry: state.inquiries.inquiries,
  payment: state.payments.payments,
  plan: state.plans.plans,
  promise: state.promises.promises,
  visit: state.registration.visits,
})

const reportHits = (state: AccountState, on: Day, context: Context): readonly RuleHit[] => [
  ...datingHits(state, on, context),
  ...(on > context.today ? [precondition('notes.ahead', `${on} has not come yet`)] : []),
]

const usedHits = (state: AccountState, id: NoteId | AttachmentId | undefined): readonly RuleHit[] =>
  id !== undefined && (state.notes.notes.has(id as NoteId) || state.notes.used.has(id))
    ? [precondition('notes.known', `${id} was used before: a note is never edited, AmendNote adds to it`)]
    : []

/** What keeps something from being added to a note: there is none, or it was written later. */
const addingHits = (note: Note, on: Day): readonly RuleHit[] =>
  on < note.on ? [precondition('notes.beforeNote', `the note is of ${note.on}, not of ${on}`)] : []

const unknown = (id: NoteId): RuleHit => precondition('notes.unknown', `there is no note ${id} on this account`)

export const decide: Decide<AccountState, NoteCommand, AccountEvent, Context> = {
  AddNote: (state, { on, note, about, with: whom, verified, summary, commitment, nextStep }, context) => {
    const strange =
      about && !known(state)[about.matter].has(about.id)
        ? [precondition('notes.aboutUnknown', `there is no ${about.matter} ${about.id} on this account`)]
        : []
    return (
      rejectIfAny([...reportHits(state, on, context), ...usedHits(state, note), ...strange]) ??
      accept<AccountEvent>([
        {
          type: 'NoteAdded',
          effectiveDate: on,
          noteId: note ?? (context.newId('note') as NoteId),
          about,
          with: whom,
          verified,
          summary,
          commitment,
          nextStep,
        },
      ])
    )
  },
  AmendNote: (state, { on, note: noteId, addendum, summary }, context) => {
    const note = state.notes.notes.get(noteId)
    const hits = [...reportHits(state, on, context), ...usedHits(state, addendum)]
    if (!note) return reject([unknown(noteId), ...hits])
    const addendumId = addendum ?? (context.newId('note') as NoteId)
    return (
      rejectIfAny([...hits, ...addingHits(note, on)]) ??
      accept<AccountEvent>([{ type: 'NoteAddended', effectiveDate: on, noteId, addendumId, summary }])
    )
  },
  RecordDisclosure: (state, { on, disclosure, patient, to, address, purpose, summary, reason }, context) => {
    const strange =
      patient !== undefined && !state.registration.patients.has(patient)
        ? [precondition('notes.patientUnknown', `there is no patient ${patient} on this account`)]
        : []
    const twice =
      disclosure !== undefined && state.notes.disclosures.has(disclosure)
        ? [precondition('notes.known', `${disclosure} was used before: a disclosure is never edited`)]
        : []
    const disclosureId = disclosure ?? (context.newId('disclosure') as DisclosureId)
    return (
      rejectIfAny([...reportHits(state, on, context), ...twice, ...strange]) ??
      accept<AccountEvent>([
        {
          type: 'DisclosureLogged',
          effectiveDate: on,
          disclosureId,
          patientId: patient,
          to,
          address,
          purpose,
          summary,
          reason,
        },
      ])
    )
  },
  AttachDocument: (state, { on, note: noteId, attachment, sha256, bytes, mediaType, place }, context) => {
    const note = state.notes.notes.get(noteId)
    const hits = [...reportHits(state, on, context), ...usedHits(state, attachment)]
    if (!note) return reject([unknown(noteId), ...hits])
    const twice = note.documents.includes(sha256)
      ? [precondition('notes.attached', 'a document of these bytes belongs to the note already')]
      : []
    const attachmentId = attachment ?? (context.newId('attachment') as AttachmentId)
    return (
      rejectIfAny([...hits, ...addingHits(note, on), ...twice]) ??
      accept<AccountEvent>([
        { type: 'AttachmentAdded', effectiveDate: on, attachmentId, noteId, sha256, bytes, mediaType, place },
      ])
    )
  },
}
