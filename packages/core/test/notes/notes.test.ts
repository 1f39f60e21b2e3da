import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/account/index.ts'
import { opened } from '../support/desk.ts'

const on = '2026-03-02'
const later = '2026-03-09'
type Note = Extract<AccountCommandInput, { type: 'AddNote' }>
const note = (over: Partial<Note> = {}): Note => ({
  type: 'AddNote',
  on,
  note: 'n1',
  with: 'the guarantor, 555-0100',
  verified: true,
  summary: 'asked about the deductible\nexplained it',
  commitment: 'pays on Friday',
  nextStep: 'look on Monday',
  ...over,
})
const amend = { type: 'AmendNote', on: later, note: 'n1', addendum: 'n2', summary: 'it was the spouse' } as const
const attach = {
  type: 'AttachDocument',
  on: later,
  note: 'n1',
  attachment: 'f1',
  sha256: 'a'.repeat(64),
  bytes: 12_000,
  mediaType: 'application/pdf',
  place: 'scans/2026/03',
} as const

describe('F12, §11.7: notes are added to and never edited', () => {
  it('what is amended is an addendum; the note stays as it was', () => {
    const desk = opened(on)
    const [added] = desk.does(note(), on)
    expect(desk.does(amend, later)).toEqual([
      { type: 'NoteAddended', effectiveDate: later, noteId: 'n1', addendumId: 'n2', summary: 'it was the spouse' },
    ])
    expect(desk.events().find(({ type }) => type === 'NoteAdded')).toEqual(added)
    expect(desk.refused(note({ summary: 'other words' }), on)).toEqual(['notes.known'])
    expect(desk.refused({ ...amend, addendum: 'n2' }, later)).toEqual(['notes.known'])
    expect(desk.refused({ ...amend, addendum: 'n1' }, later)).toEqual(['notes.known'])
  })

  it('a document belongs to a note by its hash and place, once', () => {
    const desk = opened(on)
    desk.does(note(), on)
    expect(desk.does(attach, later)).toMatchObject([{ type: 'AttachmentAdded', sha256: 'a'.repeat(64), bytes: 12_000 }])
    expect(desk.refused({ ...attach, attachment: 'f2' }, later)).toEqual(['notes.attached'])
    expect(() => desk.tries({ ...attach, sha256: 'A'.repeat(64) }, later)).toThrow()
    expect(() => desk.tries({ ...attach, mediaType: 'pdf' }, later)).toThrow()
  })

  it('every reason at once: about something that is not there, on a day to come, to a note that is not there', () => {
    const desk = opened(on)
    const about = { matter: 'promise', id: 'w9' } as const
    expect(desk.refused(note({ about, on: '2026-03-03' }), on)).toEqual(['notes.ahead', 'notes.aboutUnknown'])
    expect(desk.refused(amend, later)).toEqual(['notes.unknown'])
    desk.does(note({ on: later }), later)
    expect(desk.refused({ ...attach, on }, later)).toEqual(['notes.beforeNote'])
  })

  it.each([
    ['of a megabyte', 'x'.repeat(1_000_000)],
    ['of blanks', ' \n '],
    ['with an escape', 'red \u001b[31m'],
    ['that turns the line around', 'a\u202eb'],
  ])('a text %s is no note', (_, summary) => {
    const desk = opened(on)
    expect(() => desk.tries(note({ summary }), on)).toThrow()
    expect(desk.events()).toHaveLength(1)
  })
})
