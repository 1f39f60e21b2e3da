// The names of streams are the storage format (design §3.6). References are named in service/desk.ts: by a keyed hash.

const ACCOUNT = 'account-'
const REMITTANCE = 'remittance-'
const PERSON = 'person-'
const GROUP = 'group-'
const DEPOSIT = 'deposit-'
const SUBMISSION = 'submission-'

export const accountStream = (id: string): string => `${ACCOUNT}${id}`
export const remittanceStream = (id: string): string => `${REMITTANCE}${id}`

export const personStream = (id: string): string => `${PERSON}${id}`
/** One human being who is in the book as several persons. */
export const groupStream = (id: string): string => `${GROUP}${id}`
/** One line of the bank's statement, held against the cash of the books. */
export const depositStream = (id: string): string => `${DEPOSIT}${id}`

/** A claim of one of the practice's own 837 transactions that was not taken. */
export const submissionStream = (id: string): string => `${SUBMISSION}${id}`

/** The submission whose stream it is; undefined for other streams. */
export const submissionOfStream = (stream: string): string | undefined =>
  stream.startsWith(SUBMISSION) ? stream.slice(SUBMISSION.length) : undefined

/** The account whose stream it is; undefined for other streams. */
export const accountOfStream = (stream: string): string | undefined =>
  stream.startsWith(ACCOUNT) ? stream.slice(ACCOUNT.length) : undefined

export const isRemittanceStream = (stream: string): boolean => stream.startsWith(REMITTANCE)

/** The remittance whose stream it is; undefined for other streams. */
export const remittanceOfStream = (stream: string): string | undefined =>
  isRemittanceStream(stream) ? stream.slice(REMITTANCE.length) : undefined

export const isPersonStream = (stream: string): boolean => stream.startsWith(PERSON)

/** The person whose stream it is; undefined for other streams. */
export const personOfStream = (stream: string): string | undefined =>
  isPersonStream(stream) ? stream.slice(PERSON.length) : undefined

/** The group whose stream it is; undefined for other streams. */
export const groupOfStream = (stream: string): string | undefined =>
  stream.startsWith(GROUP) ? stream.slice(GROUP.length) : undefined

export const isDepositStream = (stream: string): boolean => stream.startsWith(DEPOSIT)

/** The deposit whose stream it is; undefined for other streams. */
export const depositOfStream = (stream: string): string | undefined =>
  isDepositStream(stream) ? stream.slice(DEPOSIT.length) : undefined
