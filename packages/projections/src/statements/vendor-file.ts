import type { IssuedDocument } from '@daybook/core/account'
import { contentOf, printed } from '@daybook/core/account'
import { clearText, type EncryptedLeaf } from '@daybook/core/kernel'

// Documents for whoever prints and mails them: one record a document, as CSV (RFC 4180). docs/statement-file.md says what
// each column is; a column is added at the end, and none changes its meaning under a version of the record.

/** Version of the record: its first column. */
const RECORD = '1'

/** The columns, in their order. */
const columns = [
  'record',
  'document_id',
  'account_id',
  'kind',
  'number',
  'level',
  'document_date',
  'due_date',
  'channel',
  'to_name',
  'to_address',
  'from_name',
  'from_address',
  'from_phone',
  'patients',
  'previous_balance_cents',
  'balance_cents',
  'amount_due_cents',
  'text_sha256',
  'page_text',
] as const
type Column = (typeof columns)[number]

/** A document of an account, as the book holds it. */
export interface VendorDocument {
  readonly account: string
  readonly document: IssuedDocument
}

const kinds: Readonly<Record<IssuedDocument['event']['type'], string>> = {
  CorrespondenceIssued: 'correspondence',
  ItemisationIssued: 'itemised',
  LetterIssued: 'letter',
  ReceiptIssued: 'receipt',
  StatementIssued: 'statement',
}

/** A spreadsheet takes what begins so for a formula. */
const formula = /^[=+\-@\t\r]/

/** A cell: quoted where it must be, and never a formula. */
const cell = (value: string): string => {
  const tame = formula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame
}

const named = (patients: readonly { readonly name: string | EncryptedLeaf }[]): string =>
  patients.map(({ name }) => clearText(name)).join('; ')

const recordOf = ({ account, document: { documentId, event } }: VendorDocument): Readonly<Record<Column, string>> => {
  const { sender, to } = event
  const isStep = event.type === 'StatementIssued' || event.type === 'LetterIssued'
  const money = (cents: number | undefined): string => (cents === undefined ? '' : String(cents))
  return {
    record: RECORD,
    document_id: documentId,
    account_id: account,
    kind: kinds[event.type],
    number: isStep ? String(event.number) : '',
    level: isStep ? String(event.level) : '',
    document_date: event.effectiveDate,
    due_date: isStep ? event.dueOn : '',
    channel: to.channel,
    to_name: clearText(to.name),
    to_address: clearText(to.address),
    from_name: sender.name,
    from_address: sender.address.join('\n'),
    from_phone: sender.phone,
    patients: 'patients' in event ? named(event.patients) : '',
    previous_balance_cents: money(isStep ? event.previousBalance : undefined),
    balance_cents: money('balance' in event ? event.balance : undefined),
    amount_due_cents: money(isStep ? event.amountDue : undefined),
    text_sha256: event.textHash,
    page_text: printed(contentOf(event))?.text ?? '',
  }
}

/** The file: a line of titles, then a record a document, lines ended by CR LF. */
export const vendorFile = (documents: readonly VendorDocument[]): string =>
  [[...columns], ...documents.map(recordOf).map((record) => columns.map((column) => record[column]))]
    .map((cells) => `${cells.map(cell).join(',')}\r\n`)
    .join('')
