import type { Addressee } from '../../documents/statement/content.ts'
import { type PrintedContent, printed, RECEIPT_TEMPLATE, TEMPLATE } from '../../documents/statement/templates.ts'
import { sumOf, toCents } from '../../kernel/cents.ts'
import type { Carrier } from '../../kernel/contact.ts'
import type { Day } from '../../kernel/day.ts'
import {
  accept,
  type Decision,
  type Of,
  precondition,
  type RuleHit,
  reject,
  rejectIfAny,
} from '../../kernel/decision.ts'
import type { DocumentId, LineId, VisitId } from '../../kernel/ids.ts'
import type { Context, Writing, WritingAsked } from '../context.ts'
import { ask, type Question, scopeOf } from '../facts.ts'
import { linesOfVisit } from '../ledger/balances.ts'
import { datingHits } from '../preconditions.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { StatementCommand } from './commands.ts'
import type { ItemisationIssued } from './events.ts'
import { statementQuestion } from './gate-facts.ts'
import { nextDocument } from './ladder.ts'
import { namesOf, serviceOf } from './lines.ts'
import { inParts } from './parts-state.ts'
import { letterLevel, type Step } from './state.ts'
import { amountDueOf, mentionsOf, profileMissing, senderOf, statementOf } from './statement.ts'

// Statements, letters, receipts and itemised bills are asked for, and made where nothing stands against it.

type Command<T extends StatementCommand['type']> = Of<StatementCommand, T>

const nobodyLooked: Writing = {
  hits: [precondition('statements.nobody', 'nobody is named as guarantor who could be written to', 'OpenPerson')],
  warnings: [],
  passed: [],
  confidential: false,
}

/** A document is of today: it says what is known. */
export const todayHits = (state: AccountState, on: Day, context: Context): readonly RuleHit[] => [
  ...datingHits(state, on, context),
  ...(on === context.today
    ? []
    : [precondition('statements.notToday', `what is printed is of ${context.today}, not of ${on}`)]),
]

export const knownHits = (state: AccountState, document: DocumentId | undefined): readonly RuleHit[] =>
  document !== undefined && state.statements.documents.has(document)
    ? [precondition('statements.known', `document ${document} is on file`)]
    : []

/** The hashes of what was printed. @throws RangeError where the template is of a newer program: none makes such a document. */
export const hashesOf = (content: PrintedContent, { sha256 }: Context) => {
  const bytes = printed(content)
  if (!bytes) throw new RangeError(`no template of version ${content.templateVersion}`)
  return { textHash: sha256(bytes.text), htmlHash: sha256(bytes.html) }
}

/** By what a document goes that nobody wants otherwise: on paper, unless something else was agreed to. */
export const carriersOf = (paperless: 'withConsent' | 'never'): readonly Carrier[] =>
  paperless === 'withConsent' ? ['portal', 'email', 'mail'] : ['mail']

/** To nobody: for a look at what would be printed. */
export const NOBODY: Addressee = { channel: 'mail' }

/** Whether these lines may be billed at all (DS-01, DS-10): none that a dispute freezes is among them. */
const billingQuestion = (state: AccountState, lines: readonly LineId[], on: Day): Question => ({
  gate: 'billLines',
  on,
  scope: scopeOf(state, lines),
  own: {},
})

/** What the next statement or letter would be, and what stands against it today. Decides nothing. */
export const draftStatement = (state: AccountState, context: Context, on: Day, given?: readonly string[]) => {
  const { policy } = context.policy
  const next = nextDocument(state, policy, on)
  const mentions = mentionsOf(next.level, policy, given)
  const { owed, amountDue } = amountDueOf(state, policy, next, on)
  const lines = owed.map(({ lineId }) => lineId)
  const { assistancePhone, assistanceUrl } = policy.profile
  const gate = ask(
    state,
    statementQuestion(state, {
      on,
      lines,
      kind: next.kind,
      amountDue,
      dueOn: next.dueOn,
      resumedOn: next.resumedOn,
      pausedBy: next.pausedBy,
      mentions,
      profileMissing: profileMissing(policy),
      assistanceNamed: assistancePhone.trim() !== '' && assistanceUrl.trim() !== '',
    }),
    context,
  )
  const billing = lines.length === 0 ? undefined : ask(state, billingQuestion(state, lines, on), context)
  const writing =
    context.writing?.({
      letterLevel: letterLevel(next.level),
      purpose: 'collect',
      by: carriersOf(policy.statements.paperless),
    }) ?? nobodyLooked
  const { to = NOBODY, confidential } = writing
  const content = statementOf(state, policy, next, { on, to, confidential, mentions })
  return {
    content,
    next,
    writing,
    hits: [...gate.hits, ...(billing?.hits ?? []), ...writing.hits],
    warnings: [...gate.warnings, ...(billing?.warnings ?? []), ...writing.warnings],
    passed: [...gate.passed, ...(billing?.passed ?? []), ...writing.passed],
  }
}

export const issueStatement = (
  state: AccountState,
  { on, document, mentions }: Command<'IssueStatement'>,
  context: Context,
): Decision<AccountEvent> => {
  const own = [...todayHits(state, on, context), ...knownHits(state, document)]
  if (!state.registration.account || on !== context.today) return reject(own as [RuleHit, ...RuleHit[]])
  const draft = draftStatement(state, context, on, mentions)
  const refused = rejectIfAny([...own, ...draft.hits])
  if (refused) return refused
  const { kind, on: effectiveDate, ...content } = draft.content
  return accept<AccountEvent>(
    inParts<Step>({
      type: kind === 'letter' ? 'LetterIssued' : 'StatementIssued',
      effectiveDate,
      documentId: document ?? (context.newId('document') as DocumentId),
      ...content,
      ...hashesOf(draft.content, context),
    }),
    {
      allowedBy: draft.passed,
      warnings: draft.warnings,
      ...(draft.writing.readAt === undefined ? {} : { inputs: { person: draft.writing.readAt } }),
    },
  )
}

/** Where a document goes that was asked for: into the hand of who asks, or where the guarantor may be reached. */
export const addressed = (
  state: AccountState,
  by: Carrier | 'inPerson' | readonly Carrier[],
  context: Context,
  asked: Pick<WritingAsked, 'letterLevel' | 'purpose'> = { letterLevel: 0, purpose: 'answer' },
): Writing => {
  if (by !== 'inPerson') {
    return context.writing?.({ ...asked, by: typeof by === 'string' ? [by] : by }) ?? nobodyLooked
  }
  const name = state.registration.guarantor?.name
  const to: Addressee = { channel: 'inPerson', ...(name === undefined ? {} : { name }) }
  return { hits: [], warnings: [], passed: [], to, confidential: false }
}

export const profileHits = ({ policy: { policy } }: Context): readonly RuleHit[] => {
  const missing = profileMissing(policy)
  return missing.length === 0
    ? []
    : [
        precondition(
          'statements.profile',
          `the practice has not said its ${missing.join(', ')}`,
          'PublishPolicyVersion',
        ),
      ]
}

/** What stands against any document that somebody asked for. */
const askedForHits = (
  state: AccountState,
  { on, document }: { readonly on: Day; readonly document?: DocumentId | undefined },
  writing: Writing,
  context: Context,
): RuleHit[] => [
  ...todayHits(state, on, context),
  ...knownHits(state, document),
  ...profileHits(context),
  ...writing.hits,
]

const passedBy = ({ passed, warnings, readAt }: Writing) => ({
  allowedBy: passed,
  warnings,
  ...(readAt === undefined ? {} : { inputs: { person: readAt } }),
})

export const issueReceipt = (
  state: AccountState,
  { on, document, payment: id, by }: Command<'IssueReceipt'>,
  context: Context,
): Decision<AccountEvent> => {
  const payment = state.payments.payments.get(id)
  const writing = addressed(state, by ?? 'inPerson', context)
  const hits = askedForHits(state, { on, document }, writing, context)
  if (!payment) return reject([precondition('payments.unknown', `payment ${id} is not on this account`), ...hits])
  if (payment.reversed > 0) hits.push(precondition('statements.paymentReversed', `payment ${id} was taken back`))
  if (payment.receivedOn > on) {
    hits.push(precondition('statements.paymentAhead', `payment ${id} counts from ${payment.receivedOn}`))
  }
  const refused = rejectIfAny(hits)
  if (refused) return refused
  const allocated = payment.allocations.flatMap(({ lineId, amount }) => {
    const line = state.ledger.lines.get(lineId)
    return line ? [{ lineId, from: line.dosFrom, code: line.code, amount }] : []
  })
  const before = state.statements.receipts.get(id)
  const fields = {
    templateVersion: RECEIPT_TEMPLATE,
    accountNumber: state.registration.account?.accountId ?? '',
    sender: senderOf(context.policy.policy),
    to: writing.to ?? NOBODY,
    number: before ?? state.statements.receipts.size + 1,
    ...(before === undefined ? {} : { copy: true }),
    paymentId: id,
    receivedOn: payment.receivedOn,
    tender: payment.event.tender,
    amount: payment.amount,
    applied: allocated,
    onAccount: toCents(payment.amount - sumOf(allocated, ({ amount }) => amount)),
  }
  return accept<AccountEvent>(
    [
      {
        type: 'ReceiptIssued',
        effectiveDate: on,
        documentId: document ?? (context.newId('document') as DocumentId),
        ...fields,
        ...hashesOf({ kind: 'receipt', on, ...fields }, context),
      },
    ],
    passedBy(writing),
  )
}

/** Lines of visits that were charged by a day, in the order of the book. */
const chargedLines = (state: AccountState, visits: readonly VisitId[], on: Day) =>
  visits.flatMap((visit) =>
    linesOfVisit(state.ledger, visit).filter(({ lineId }) =>
      state.ledger.layers.by('line', lineId).some(({ openedOn }) => openedOn <= on),
    ),
  )

export const issueItemisation = (
  state: AccountState,
  { on, document, itemisation: id, by }: Command<'IssueItemisation'>,
  context: Context,
): Decision<AccountEvent> => {
  const itemisation = state.statements.itemisations.get(id)
  const writing = addressed(state, by ?? 'inPerson', context)
  const hits = askedForHits(state, { on, document }, writing, context)
  if (!itemisation) {
    return reject([precondition('statements.itemisationUnknown', `nobody asked for ${id} on this account`), ...hits])
  }
  const { requested, documentId } = itemisation
  if (documentId !== undefined) {
    hits.push(precondition('statements.itemised', `it was given already, as document ${documentId}`))
  }
  const refused = rejectIfAny(hits)
  if (refused) return refused
  const lines = chargedLines(state, requested.visits, on).map((line) => serviceOf(state, line, on))
  const patients = requested.visits.flatMap((visit) => state.registration.visits.get(visit)?.patientId ?? [])
  const fields = {
    templateVersion: TEMPLATE,
    accountNumber: state.registration.account?.accountId ?? '',
    sender: senderOf(context.policy.policy),
    to: writing.to ?? NOBODY,
    patients: namesOf(state, patients, writing.confidential),
    lines,
    balance: sumOf(lines, ({ balance }) => balance),
  }
  return accept<AccountEvent>(
    inParts<ItemisationIssued>({
      type: 'ItemisationIssued',
      effectiveDate: on,
      itemisationId: id,
      documentId: document ?? (context.newId('document') as DocumentId),
      ...fields,
      ...hashesOf({ kind: 'itemised', on, ...fields }, context),
    }),
    passedBy(writing),
  )
}
