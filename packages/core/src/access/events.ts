import { z } from 'zod'
import { classified, code, oneOf } from '../kernel/classes.ts'
import { event, makeCodec } from '../kernel/event.ts'
import { fieldSet, purposeOfUse } from '../policy/field-sets.ts'
import { role } from '../policy/roles.ts'

// What people looked at (45 CFR 164.312(b); reference §4.7). It stands in a log of its own, beside the book.

/** Accounts, persons or remittances that one record names at most; a longer answer has several records. */
export const SUBJECTS_OF_A_RECORD = 1_000

const subject = classified(z.string().min(1).max(120), 'id')
const subjects = z.array(subject).max(SUBJECTS_OF_A_RECORD).optional()

/** Somebody asked, and what they were shown. Who it was is the actor of the event; when, its time. */
export const accessRecorded = event('AccessRecorded', {
  /** The book's origin: the log of one book holds no record of another's. */
  book: classified(z.string().min(1).max(80), 'id'),
  /** What was asked, as the API calls it: `account`, `history`, `worklist` … */
  question: code(40),
  roles: z.array(role),
  purpose: purposeOfUse,
  /** `refused`: their role has not the fields that the answer is made of, and nothing was shown. */
  outcome: oneOf(['shown', 'refused']),
  /** Field sets that the answer was given with, and those that were left out of it. */
  shown: z.array(fieldSet),
  withheld: z.array(fieldSet),
  /** Whom it was about. None: the answer named nobody. */
  accounts: subjects,
  persons: subjects,
  remittances: subjects,
})
export interface AccessRecorded extends z.infer<typeof accessRecorded.schema> {}

export type AccessEvent = AccessRecorded
export const accessEventDefinitions = [accessRecorded] as const
export const accessCodec = makeCodec<AccessEvent>(accessEventDefinitions)

/** The stream of one opening of a book: what was asked through it, in order. */
export const accessStream = (opening: string): string => `access-${opening}`
