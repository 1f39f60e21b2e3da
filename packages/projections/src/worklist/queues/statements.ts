import { type AccountState, gapAfter, type IssuedDocument } from '@daybook/core/account'
import { addDays, type Day, earliestWords, formatCents, minDay, type RuleHit, sumOf } from '@daybook/core/kernel'
import type { PracticePolicy } from '@daybook/core/policy'
import { patientLayers } from '../patient-layers.ts'
import { facetQueues } from '../queue.ts'
import type { Work } from '../work.ts'

/** What the patient owes on a visit, and how far the ladder has come with it. Cents. */
export interface DunningMatter {
  readonly amount: number
  /** Since when it is theirs, or the day of the last step. */
  readonly since: Day
  readonly level: number
}

/** A statement or letter: the last of them. */
export interface SentMatter {
  readonly document: string
  readonly on: Day
  readonly level: number
  readonly amountDue: number
  readonly stage?: string
  readonly stageOn?: Day
  readonly remindedOn?: Day
}

export interface StatementMatters {
  readonly visits: readonly DunningMatter[]
  /** The first open instalment of a running plan. */
  readonly instalmentOn?: Day
  readonly last?: SentMatter
  /** Documents that nobody has handed to a carrier, or not again since it was corrected where they go. */
  readonly unsent: readonly { readonly document: string; readonly on: Day; readonly correctedOn?: Day }[]
  readonly itemised: readonly { readonly itemisation: string; readonly since: Day; readonly dueBy: Day }[]
}

const visitsOf = (state: AccountState): readonly DunningMatter[] =>
  [...Map.groupBy(patientLayers(state), ({ visitId }) => visitId)].map(([visitId, layers]) => {
    const rung = state.statements.rungs.get(visitId)
    const told = rung && layers.some(({ layerId }) => rung.layers.some((layer) => layer === layerId)) ? rung : undefined
    return {
      amount: sumOf(layers, ({ active }) => active),
      since: told?.on ?? layers.map(({ agingFrom }) => agingFrom).reduce(minDay),
      level: told?.level ?? 0,
    }
  })

const sentMatter = (document: IssuedDocument): SentMatter | undefined => {
  const { event, documentId, deliveries, remindedOn } = document
  if (event.type !== 'StatementIssued' && event.type !== 'LetterIssued') return undefined
  const last = deliveries.at(-1)
  return {
    document: documentId,
    on: event.effectiveDate,
    level: event.level,
    amountDue: event.amountDue,
    ...(last ? { stage: last.stage, stageOn: last.effectiveDate } : {}),
    ...(remindedOn === undefined ? {} : { remindedOn }),
  }
}

/** A document that has to go out: made and not sent, or corrected and not sent again. A step of the ladder gives way to a later one. */
const unsentMatter = (state: AccountState, document: IssuedDocument): StatementMatters['unsent'] => {
  const { documentId, event, deliveries } = document
  if (event.to.channel === 'inPerson') return []
  const last = deliveries.at(-1)
  const of = { document: documentId, on: event.effectiveDate }
  if (last === undefined || last.stage === 'made') return [of]
  const isStep = event.type === 'StatementIssued' || event.type === 'LetterIssued'
  const isPast = isStep && state.statements.last?.documentId !== documentId
  return last.stage === 'corrected' && !isPast ? [{ ...of, correctedOn: last.effectiveDate }] : []
}

/** Whether a step has come by the calendar; pauses only make it later. */
const hasCome = ({ since, level }: DunningMatter, { statements: figures }: PracticePolicy, asOf: Day): boolean => {
  const days = gapAfter(level, figures)
  return days !== undefined && addDays(since, days) <= asOf
}

const itemised = (matters: StatementMatters): readonly Work<'statementFollowUp'>[] =>
  matters.itemised.map(({ itemisation, since, dueBy }) => ({
    queue: 'statementFollowUp:itemised',
    subject: itemisation,
    amount: 0,
    since,
    reasons: [`an itemised bill was asked for on ${since}`],
    nextAction: 'make it (IssueItemisation) and hand it out',
    deadline: { due: dueBy, legal: true, source: 'DS-08: within 30 days of the request (42 U.S.C. 1395b-7(b))' },
  }))

const unsent = (matters: StatementMatters): readonly Work<'statementFollowUp'>[] =>
  matters.unsent.map(({ document, on, correctedOn }) => ({
    queue: 'statementFollowUp:unsent',
    subject: document,
    amount: 0,
    since: correctedOn ?? on,
    reasons: [
      correctedOn === undefined
        ? `made on ${on}, and nobody has said that it was sent`
        : `it came back, where it goes was corrected on ${correctedOn}, and nobody has sent it again`,
    ],
    nextAction: 'send it, then record it (RecordDelivery)',
  }))

const returned = ({ document, stage, stageOn }: SentMatter): readonly Work<'statementFollowUp'>[] =>
  stageOn !== undefined && (stage === 'returned' || stage === 'bounced')
    ? [
        {
          queue: 'statementFollowUp:returned',
          subject: document,
          amount: 0,
          since: stageOn,
          reasons: [`it came back on ${stageOn}: nothing goes out until somebody knows where to`],
          nextAction: 'find the address, then record it (RecordDelivery corrected)',
        },
      ]
    : []

const owed = ({ visits }: StatementMatters): number => sumOf(visits, ({ amount }) => amount)

/** The steps of the ladder that a person does: the reminder after the first statement, the call after the first letter. */
const byHand = (
  matters: StatementMatters,
  { document, on, level, remindedOn }: SentMatter,
  { statements: figures }: PracticePolicy,
): readonly Work<'statementFollowUp'>[] => {
  const amount = owed(matters)
  if (amount <= 0) return []
  const step = { subject: document, amount, asksPatient: true }
  if (level === 1 && remindedOn === undefined) {
    const since = addDays(on, figures.reminder - figures.firstStatement)
    const reasons = [`the first statement is of ${on}, and ${formatCents(amount)} is open`]
    const nextAction = 'remind by text or e-mail where that may be (daybook may), then RecordReminder'
    return [{ ...step, queue: 'statementFollowUp:reminder', since, reasons, nextAction }]
  }
  if (level === 3) {
    const since = addDays(on, figures.call - figures.firstLetter)
    const reasons = [`the first letter is of ${on}, and ${formatCents(amount)} is open`]
    return [
      { ...step, queue: 'statementFollowUp:call', since, reasons, nextAction: 'call, where that may be (daybook may)' },
    ]
  }
  return []
}

const whyNot = (hits: readonly RuleHit[]): readonly string[] => hits.map(({ rule, reason }) => `${rule}: ${reason}`)

/** Statements and letters that are due, and what becomes of those that were made. */
export const queues = facetQueues({
  names: ['statementsDue', 'statementFollowUp'],
  version: 2,
  matters: (state): StatementMatters => {
    const documents = [...state.statements.documents.values()]
    const last = state.statements.last && state.statements.documents.get(state.statements.last.documentId)
    const sent = last && sentMatter(last)
    const instalments = state.plans.plans
      .where('running')
      .flatMap(({ schedule }) => schedule.flatMap(({ due, amount, paid }) => (amount > paid ? [due] : [])))
    return {
      visits: visitsOf(state),
      ...(instalments.length === 0 ? {} : { instalmentOn: instalments.reduce(minDay) }),
      ...(sent ? { last: sent } : {}),
      unsent: documents.flatMap((document) => unsentMatter(state, document)),
      itemised: [...state.statements.itemisations.values()].flatMap(({ requested, documentId }) =>
        documentId === undefined
          ? [{ itemisation: requested.itemisationId, since: requested.effectiveDate, dueBy: requested.dueBy }]
          : [],
      ),
    }
  },
  work: (matters, { policy }) => [
    ...itemised(matters),
    ...unsent(matters),
    ...(matters.last ? [...returned(matters.last), ...byHand(matters, matters.last, policy)] : []),
  ],
  reviewed: {
    gate: 'issueStatement',
    queue: 'statementsDue',
    // A practice that has not said who it is sends nothing: the run of the day says so once, not each account.
    isWorthALook: (matters, { asOf, policy }) =>
      policy.profile.name !== '' &&
      ((owed(matters) > policy.writeOff.smallBalance && matters.visits.some((visit) => hasCome(visit, policy, asOf))) ||
        (matters.instalmentOn !== undefined && addDays(matters.instalmentOn, -policy.statements.dueDays) <= asOf)),
    work: (matters, { pass, hits, earliest }, { policy, localTime, asOf }) => {
      // A cycle or a step that is still to come is no work and no riddle: it comes by itself.
      const isCalendar = hits.length > 0 && hits.every(({ rule }) => rule === 'ST-01.step' || rule === 'ST-01.cycle')
      if (isCalendar) return []
      const when =
        earliest === undefined ? [] : [`earliest ${earliestWords(earliest, policy.practice.timeZone, localTime)}`]
      return [
        {
          queue: 'statementsDue',
          subject: 'patient',
          amount: owed(matters),
          since: matters.visits.map(({ since }) => since).reduce(minDay, asOf),
          reasons: pass ? ['a statement or letter is due'] : [...whyNot(hits), ...when],
          nextAction: pass ? 'send it (daybook statement, or the run of the day)' : 'clear what stands in the way',
          allowed: pass,
          blockedBy: [...new Set(hits.map(({ rule }) => rule))],
          atOnce: true,
        },
      ]
    },
  },
})
