import type { BankLine } from '../controls/bank.ts'
import { type AccountMatters, type QueueFacet, queueFacets, queuesOf } from './account-queues.ts'
import { arranged } from './arranged.ts'
import type { AccountDocument, PersonDocument, RemittanceDocument, SubmissionDocument } from './documents.ts'
import { type Forbidden, heldBack } from './forbidden.ts'
import { itemOf, type Owner } from './item.ts'
import type { OwnDay, WaitingItem } from './own-day.ts'
import type { AmongPayments, RemittanceContext } from './queue.ts'
import { bankQueues } from './queues/bank.ts'
import { personQueues } from './queues/persons.ts'
import type { Answer } from './queues/recoupment-answers.ts'
import { type RemittanceMatters, remittanceKeys, remittanceQueuesOf } from './queues/remittance.ts'
import { submissionQueues } from './queues/submissions.ts'
import type { ScoreInputs } from './score.ts'
import type { Work, WorkContext } from './work.ts'

const knowPatients = queueFacets.filter((facet) => queuesOf(facet).patientInputs !== undefined)

/** What the facets together know of how the patient pays. */
export const patientInputs = (matters: AccountMatters, context: WorkContext): Partial<ScoreInputs> => {
  const known = <Facet extends QueueFacet>(facet: Facet) => queuesOf(facet).patientInputs?.(matters[facet], context)
  return Object.assign({}, ...knowPatients.map(known))
}

/** What counts from a later day is not there yet. */
const counts = ({ atOnce, since }: Work, { asOf }: WorkContext): boolean => atOnce === true || since <= asOf

const isWaiting = ({ waits }: Work, { asOf }: WorkContext): boolean =>
  waits !== undefined && (waits.until === undefined || asOf < waits.until)

/** What is on a list of the day: it counts, and waits for nothing. */
export const begun =
  (context: WorkContext) =>
  (work: Work): boolean =>
    counts(work, context) && !isWaiting(work, context)

/** What of some work waits, each with its dated reason. */
const waitingOf = (owner: Owner, works: readonly Work[], context: WorkContext): readonly WaitingItem[] =>
  works.flatMap((work): readonly WaitingItem[] => {
    const { queue, subject, amount, waits } = work
    if (!waits || !counts(work, context) || !isWaiting(work, context)) return []
    return [{ ...owner, queue, subject, amount, reason: waits.says, ...(waits.until ? { until: waits.until } : {}) }]
  })

/**
 * An account's work as of a day, without that for which a gate is asked, and what stands open
 * and is on no list, each with its dated reason. `besides`: what is known of the patient's paying
 * that does not stand on the account; `forbidden`: why nobody contacts the guarantor. Pure: the same document, policy and day, the same items.
 */
export const accountDay = (
  { account, matters }: AccountDocument,
  context: WorkContext,
  besides: Partial<ScoreInputs> = {},
  forbidden?: Forbidden,
): OwnDay => {
  const workOf = <Facet extends QueueFacet>(facet: Facet) => queuesOf(facet).work(matters[facet], context)
  const works = queueFacets.flatMap((facet) => workOf(facet)).map((work) => heldBack(work, forbidden))
  const patient = { ...patientInputs(matters, context), ...besides }
  const items = works.filter(begun(context)).map((work) => itemOf({ account }, work, context, patient))
  const shared = arranged(items, matters.work, context.asOf)
  return { items: shared.items, waiting: [...waitingOf({ account }, works, context), ...shared.waiting] }
}

/** A person's work as of a day, and what of it waits. */
export const personDay = ({ person, matters }: PersonDocument, context: WorkContext): OwnDay => {
  // By an account that they stand behind a list names them: a view is not shredded, so it holds no name.
  const [first] = matters.accounts
  const days = personQueues.work(matters, context).map(({ account = first, ...work }) => {
    const owner = { ...(account === undefined ? {} : { account }), person }
    return {
      items: begun(context)(work) ? [itemOf(owner, work, context)] : [],
      waiting: waitingOf(owner, [work], context),
    }
  })
  return { items: days.flatMap(({ items }) => items), waiting: days.flatMap(({ waiting }) => waiting) }
}

/** The work on what of a file of claims is not in the books. */
export const submissionDay = ({ submission, matters }: SubmissionDocument, context: WorkContext): OwnDay => {
  const works = submissionQueues.work(matters)
  return {
    items: works.filter(begun(context)).map((work) => itemOf({ submission }, work, context)),
    waiting: waitingOf({ submission }, works, context),
  }
}

/** The work on a line of the bank's statement that differs from the books. What the bank calls it is its name. */
export const bankDay = (line: BankLine, context: WorkContext): OwnDay => {
  const whose = `bank ${line.reference} of ${line.day}`
  const items = bankQueues.work(line).map((work) => ({ ...itemOf({ deposit: line.deposit }, work, context), whose }))
  return { items, waiting: [] }
}

/**
 * A remittance's work as of a day, and what of it waits. `among`: what the payers' other payments say to it; `answers`: what accounts have said to what it took.
 */
export const remittanceDay = (
  document: RemittanceDocument,
  context: WorkContext,
  among: AmongPayments,
  answers: readonly Answer[],
): OwnDay => {
  const { matters, remittance } = document
  const own: RemittanceContext = { ...document, ...context, ...among, answers }
  const workOf = <Key extends keyof RemittanceMatters>(key: Key) => remittanceQueuesOf(key).work(matters[key], own)
  const works = remittanceKeys.flatMap((key) => workOf(key))
  return {
    items: works.filter(begun(context)).map((work) => itemOf({ remittance }, work, context)),
    waiting: waitingOf({ remittance }, works, context),
  }
}
