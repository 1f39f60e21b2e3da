import type { Told } from './editing.ts'

// Who tells of what is edited in the file of a book: written down here, asked of a book by trust-editing.test.ts, and
// shown by docs/editing.md. A column that stands in a book and not here fails the test.

/** Undefined: there is no such edit, as of two rows where there is one. */
type Tellers = readonly [Told | undefined, Told | undefined, Told | undefined]

export interface TableTold {
  /** A row deleted, inserted, duplicated. */
  readonly rows: Tellers
  /** Of each column: edited, nulled, swapped between two rows. */
  readonly columns: Readonly<Record<string, Tellers>>
  /** Why what only a head tells, or nobody, is told by nothing else. */
  readonly why?: string
}

const bound: Tellers = ['check', 'refused', 'check']

export const tables: Readonly<Record<string, TableTold>> = {
  book: {
    rows: ['opening', 'refused', 'refused'],
    columns: {
      one: ['refused', 'nobody', undefined],
      format: ['opening', 'refused', undefined],
      tenant: ['nobody', 'refused', undefined],
      origin: ['opening', 'refused', undefined],
    },
    why: 'A number that is emptied SQLite gives again: nothing was changed. The tenant is a label; a store that is opened for a named one refuses another.',
  },
  streams: {
    rows: ['check', 'nobody', 'nobody'],
    columns: { stream: ['check', 'check', 'opening'], name: ['check', 'refused', 'opening'] },
    why: 'A name that no event has is read by nobody. Swapped with the stream of the policy it is told at once.',
  },
  types: {
    rows: ['check', 'nobody', 'nobody'],
    columns: { number: ['check', 'check', 'opening'], name: ['check', 'refused', 'opening'] },
    why: 'A type that no event has is read by nobody. Swapped with that of the policy it is told at once.',
  },
  events: {
    rows: ['check', 'check', 'check'],
    columns: {
      position: ['check', 'check', 'check'],
      stream: ['check', 'refused', 'check'],
      version: bound,
      type_number: ['check', 'refused', 'opening'],
      schema_version: ['check', 'refused', 'opening'],
      effective_date: ['check', 'refused', 'opening'],
      recorded_at: ['check', 'refused', 'opening'],
      committed_at: bound,
      actor: bound,
      id: ['check', 'refused', 'opening'],
      leaf: ['check', 'refused', 'opening'],
      data: ['check', 'refused', 'opening'],
      meta: ['check', 'nobody', 'opening'],
    },
    why: 'A meta that is emptied is that of the event before it, by the same command: here it was so, and nothing was changed; else check tells. Swapped with an event of the policy it is told at once: opening a book reads its policy, and proves it.',
  },
  commands: {
    rows: ['check', 'check', 'check'],
    columns: {
      first_position: ['check', 'check', 'check'],
      last_position: bound,
      stream: bound,
      first_version: bound,
      last_version: bound,
      command_id: bound,
      fingerprint: ['head', 'refused', 'head'],
    },
    why: 'A fingerprint is the hash of a command that is not kept: nothing else in the book gives it. One that is no hash is told by check.',
  },
  secret_check: {
    rows: ['nobody', 'refused', 'refused'],
    columns: { one: ['refused', 'nobody', undefined], value: ['opening', 'refused', undefined] },
    why: 'A check value that is gone is kept again by the next opening, from a secret that has proved itself against the references of the book.',
  },
  view_checkpoint: {
    rows: ['check', 'nobody', 'nobody'],
    columns: {
      id: ['check', 'check', 'check'],
      view: ['nobody', 'refused', 'nobody'],
      version: ['nobody', 'refused', 'nobody'],
      position: ['check', 'refused', undefined],
      leaf: ['check', 'refused', undefined],
    },
    why: 'Under another name or version nobody reads a view: it is built anew by the next question, with right figures.',
  },
  view_doc: { rows: ['check', 'check', 'check'], columns: { view: bound, key: bound, body: bound } },
  view_cell: {
    rows: ['check', 'check', 'check'],
    columns: { view: bound, series: bound, x: bound, y: bound, z: bound, kind: bound, amount: bound },
  },
  view_item: {
    rows: ['check', 'check', 'check'],
    columns: { view: bound, list: bound, key: bound, rank: bound, body: bound },
  },
}

/** A class of what can be done to a book, as a whole. */
export interface ClassTold {
  readonly what: string
  readonly told: Told
  readonly why?: string
}

export const classes = [
  { what: 'the body of an event made another', told: 'check' },
  { what: 'an event inserted in the midst of a stream', told: 'check' },
  { what: 'two events of a stream in another order', told: 'check' },
  { what: 'two events of two streams in another order', told: 'check' },
  { what: 'an event moved to another stream', told: 'check' },
  { what: 'an event taken out of the midst', told: 'check' },
  { what: 'the newest event of one account deleted', told: 'check' },
  { what: 'the newest event of the book deleted', told: 'check' },
  {
    what: 'the newest command deleted with its events, its record and the views',
    told: 'head',
    why: 'what is left is a book that ends earlier',
  },
  {
    what: 'a whole stream deleted with its records and the views, the rest moved up',
    told: 'head',
    why: 'streams do not name each other, and positions are in no leaf',
  },
  { what: 'all committed times, alike', told: 'head', why: "they are the store's, and in no leaf" },
  {
    what: 'an event made another with all that follows from it: its entries, its hash, the views',
    told: 'head',
    why: 'whoever computes every hash again has written a book that is whole',
  },
  { what: 'another book put in its place', told: 'head', why: 'it is whole, and another' },
  { what: 'an old copy restored and gone on with', told: 'head', why: 'it is whole, and has lost what came since' },
  {
    what: 'two copies gone on with, each shown to another auditor',
    told: 'nobody',
    why: 'both keep the head of before; the auditors have to compare theirs',
  },
  {
    what: 'a false command of somebody who may give it',
    told: 'nobody',
    why: 'it is an event like any other: rules, two persons and the name on it are what stands against it',
  },
  { what: 'the command id of events, as their record has it', told: 'check' },
  { what: 'an event forged above the head', told: 'check' },
  { what: 'an amount that its entries do not give, its hash computed again', told: 'check' },
  { what: 'a guard of the log dropped', told: 'check' },
  { what: 'a trigger planted', told: 'check' },
] as const satisfies readonly ClassTold[]
export type ClassName = (typeof classes)[number]['what']
