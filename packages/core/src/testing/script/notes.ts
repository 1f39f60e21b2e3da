import type { NoteCommand } from '../../account/notes/commands.ts'
import { type Generate, none, oneOf, recently, type Ways } from './moment.ts'

// What a desk writes down.

const addNote: Generate<'AddNote'> = (random, { today, number, state }) => {
  const promise = [...state.promises.promises.keys()].at(-1)
  return {
    type: 'AddNote',
    on: recently(random, today),
    note: `n${number}`,
    summary: 'called, nobody there',
    ...(promise !== undefined && random.oneIn(2) ? { about: { matter: 'promise', id: promise } } : {}),
    ...(random.oneIn(16) ? { about: { matter: 'dispute', id: 'x-unknown' } } : {}),
  }
}

const amendNote: Generate<'AmendNote'> = (random, { today, state }) => {
  const notes = [...state.notes.notes.keys()]
  if (none(random, notes)) return undefined
  return { type: 'AmendNote', on: today, note: oneOf(random, notes, 'n-unknown'), summary: 'it was the neighbour' }
}

const attachDocument: Generate<'AttachDocument'> = (random, { today, state }) => {
  const notes = [...state.notes.notes.keys()]
  if (none(random, notes)) return undefined
  return {
    type: 'AttachDocument',
    on: today,
    note: oneOf(random, notes, 'n-unknown'),
    sha256: random.pick(['a', 'b', 'c']).repeat(64),
    bytes: random.int(1, 100_000),
    mediaType: 'application/pdf',
    place: 'scans',
  }
}

const recordDisclosure: Generate<'RecordDisclosure'> = (random, { today, state }) => {
  const patients = [...state.registration.patients.keys()]
  return {
    type: 'RecordDisclosure',
    on: recently(random, today),
    ...(patients.length > 0 && random.oneIn(2) ? { patient: random.pick(patients) } : {}),
    to: 'State Registry',
    purpose: random.pick(['publicHealth', 'payment', 'judicial']),
    summary: 'dates of service',
    reason: 'asked in writing',
  }
}

/** How its commands come into random lives. */
export const noteWays: Ways<NoteCommand> = {
  AddNote: { make: addNote, often: 1, collecting: 1 },
  AmendNote: { make: amendNote, often: 1, collecting: 1, instead: 'AddNote' },
  AttachDocument: { make: attachDocument, often: 1, collecting: 1, instead: 'AddNote' },
  RecordDisclosure: { make: recordDisclosure, often: 1, collecting: 1 },
}
