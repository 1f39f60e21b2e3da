import type { FieldSet } from '@daybook/core/policy'

/**
 * What each field of an answer tells, by its name: the field sets that somebody must have to see it. A field that is in
 * none of the lists tells everything: it is shown only to those who may see all. So a new field is hidden until somebody
 * has said what it is.
 */

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

/** Which account, event, day or rule it is, and how it stands: nothing about anybody. */
const open = words(`
  account person patientId visit line remittance submission deposit plan promise payment placement dispute inquiry credit refund denial election holding
  workItem adjudication coverage patient document datum contactId accountId id at position version knownAtPosition
  asOf knownAt kind type effectiveDate recordedAt committedAt actor since due dueOn day on booksBegin openedOn
  openedFrom converted standing status phase flags ok allowed asPrinted outcome frozen pending provisional
  derived stub voided legalDeadline daysLate priority assignedTo queue level letterLevel exact next rules catalogue policyVersion
  rule citation jurisdiction number missed identifiedOn ageDays approvedOn issuedOn receivedOn placedOn madeOn agreedOn cureBy
  lastDay medium purpose earliest stage templateVersion role as spokesperson complaint answerBy counted topic
  accountNumber website answers assistancePhone assistanceUrl personId lineId paymentId visitId why
  reviewedOn foundOn finding review reviews findings health problems
  onBehalfOf delegation copy concerns facts what about
  dryRun date events steps catalogueHash beforeTheBooks carrier
`)

const bySet: Readonly<Record<FieldSet, readonly string[]>> = {
  identity: words(
    'name first middle last suffix born memberId memberIds patientName guarantor whose relationship sameAs foundBy',
  ),
  contact: words(`
    state value place source confidence zone zones language reach datumId consents data contacts channel scope honourBy
    confirmedOn returnedOn until because address ways attorneys time askedOf
  `),
  clinical: words('code codes modifiers units from to dosFrom dosTo'),
  money: words(`
    amount net owed credits unapplied badDebt balance total totals remaining paid open moved charge adjustments insurance
    other elsewhere previousBalance amountDue onAccount amountHeld expected left toTell refunded reversed applied active
    placed step reviewOn agingFrom tender method payee owner depositBatch externalRef score term points inputs by
  `),
  payer: words('payer payerName party label order trace paymentDate carc category agency held'),
  notes: words('reason note summary commitment nextStep answer'),
}

/** Parts of an answer whose fields mean something of their own: by the name of the part, and of the field in it. */
const inPart: Readonly<Record<string, readonly FieldSet[]>> = {
  // A control number is the patient's, and the payer knows it by it.
  'items.claims': ['identity', 'payer'],
  'visits.patientControlNumber': ['identity', 'payer'],
  // That the patient is a QMB is said by a payer, and a diagnosis is the clinic's.
  'health.kind': ['payer', 'clinical'],
  'health.rule': ['payer', 'clinical'],
  // An element, not what stands in it; the words may quote that.
  'problems.code': [],
  'problems.element': [],
  'problems.words': ['identity', 'clinical'],
  'findings.kind': ['payer', 'clinical'],
  'findings.says': ['notes'],
  // By name, where anybody has given one; `patientId` is the id.
  'visits.patient': ['identity'],
  'data.since': ['contact'],
  'consents.on': ['contact'],
  'contacts.at': ['contact'],
  'contacts.medium': ['contact'],
  'to.name': ['identity'],
  // The practice itself, which is no secret.
  'sender.name': [],
  'sender.address': [],
  'sender.phone': [],
  'sender.waysToPay': [],
  'sender.taglines': [],
  'why.reason': ['notes'],
  'cause.commandId': [],
}

const byName = new Map<string, readonly FieldSet[]>([
  ...open.map((name) => [name, []] as const),
  ...Object.entries(bySet).flatMap(([set, names]) => names.map((name) => [name, [set as FieldSet]] as const)),
])

/** The field sets that a field tells of, by the names on the way to it; undefined where nobody has said. */
export const setsOf = (path: readonly string[]): readonly FieldSet[] | undefined => {
  const [part, name = ''] = path.length > 1 ? path.slice(-2) : ['', ...path]
  return inPart[`${part}.${name}`] ?? byName.get(name)
}
