import type { CallOutcome, Medium } from '../kernel/contact.ts'
import { accept, type Decide, precondition, type RuleHit, reject, rejectIfAny } from '../kernel/decision.ts'
import type { GateResult } from '../rules/check.ts'
import type { ContactCommand } from './contact-commands.ts'
import type { ContactId } from './contact-events.ts'
import { type Command, datumHits, questionAbout, type Reported, reportedOf, reportHits } from './contact-report.ts'
import { momentAt, type PersonContext } from './context.ts'
import { datingHits } from './decide-file.ts'
import type { PersonEvent } from './events.ts'
import { type ContactQuestion, discussionFacts, isCurrent, unfitFor } from './gate-facts.ts'
import type { GroupContactBegun } from './group-events.ts'
import {
  attorneyHits,
  checkContact,
  contactHits,
  earliestContact,
  locationHits,
  practiceDay,
  questionOf,
} from './may.ts'
import { type Datum, isToReview, type PersonState } from './state.ts'

// Reaching a person. One command asks; the others report, and are recorded whatever stands against them, with what does
// (decision 0014, law Q8).

/** Whether it could be used at all: it is used no more, or takes no such thing. */
const unusableHits = (
  datum: Datum | undefined,
  medium: Medium,
  on: PersonEvent['effectiveDate'],
): readonly RuleHit[] => {
  if (!datum) return []
  const { datumId } = datum.added
  const why = unfitFor(datum, medium)
  return [
    ...(isCurrent(datum, on) ? [] : [precondition('contact.retired', `datum ${datumId} is used no more`)]),
    ...(why === undefined ? [] : [precondition('contact.unfit', `datum ${datumId}: ${why}`)]),
  ]
}

/**
 * What stood against it then: nothing of it was in the way of who did it, all of it is on record. Whether a begun contact
 * could use what it used was asked when it began: what it found out of a number is not held against it.
 */
const judged = (
  state: PersonState,
  report: Reported,
  question: ContactQuestion,
  context: PersonContext,
): GateResult => {
  const { at, datumId, effectiveDate } = report.fields
  const gate = checkContact(state, question, context, at)
  const used = datumId === undefined || report.before ? undefined : state.data.get(datumId)
  const own = [...unusableHits(used, question.medium, effectiveDate), ...attorneyHits(question)]
  return { ...gate, hits: [...own, ...gate.hits] }
}

const against = ({ hits }: Pick<GateResult, 'hits'>): { against: string[] } => ({
  against: [...new Set(hits.map(({ rule }) => rule))],
})

const recorded = (events: readonly PersonEvent[], gate: Pick<GateResult, 'hits' | 'warnings' | 'passed'>) =>
  accept(events, { allowedBy: gate.passed, warnings: [...gate.hits, ...gate.warnings] })

/** The outcome by itself, or by the practice's word for it. */
const outcomeOf = (
  { outcome, code }: Command<'RecordCallAttempt'>,
  { policy }: PersonContext,
): { readonly outcome: CallOutcome } | { readonly fault: string } => {
  const mapped = policy.policy.contact.outcomes.find((each) => each.code === code)?.is
  if (code !== undefined && mapped === undefined) return { fault: `policy contact.outcomes does not know ${code}` }
  if (outcome !== undefined && mapped !== undefined && outcome !== mapped) {
    return { fault: `${code} is ${mapped} by policy contact.outcomes, not ${outcome}` }
  }
  const is = outcome ?? mapped
  return is === undefined ? { fault: 'say how it ended: outcome, or code' } : { outcome: is }
}

const noteOf = (note: Command<'RecordVisit'>['note']) => (note === undefined ? {} : { note })

/** A number that is another's, or nobody's, is used no more from then on (reference §11.6). */
const retired = (state: PersonState, { fields }: Reported, outcome: CallOutcome): readonly PersonEvent[] => {
  const { datumId, effectiveDate } = fields
  const datum = datumId === undefined ? undefined : state.data.get(datumId)
  if (!datum || !isCurrent(datum, effectiveDate)) return []
  if (outcome !== 'wrongNumber' && outcome !== 'disconnected') return []
  return [{ type: 'ContactDatumRetired', effectiveDate, datumId: datum.added.datumId, because: outcome }]
}

/** What the group has let begin, as the file of whom it is says it. */
const toldOf = ({
  effectiveDate,
  contactId,
  accountId,
  at,
  datumId,
  with: other,
  purpose,
  medium,
  letterLevel,
  location,
}: GroupContactBegun): PersonEvent => ({
  type: 'ContactBegun',
  effectiveDate,
  contactId,
  accountId,
  medium,
  at,
  with: other,
  purpose,
  ...(datumId === undefined ? {} : { datumId }),
  ...(letterLevel === undefined ? {} : { letterLevel }),
  ...(location === undefined ? {} : { location }),
})

export const decideContact: Decide<PersonState, ContactCommand, PersonEvent, PersonContext> = {
  BeginContact: (state, command, context) => {
    // The group has let it begin, with all rules asked: it is told to the file of whom it is.
    if (context.begun) {
      const { event, warnings } = context.begun
      return accept(state.contacts.has(event.contactId) ? [] : [toldOf(event)], { warnings })
    }
    const { account, contact, medium, datum, letterLevel, location } = command
    const question = questionOf(command)
    const gate = checkContact(state, question, context, context.now)
    const used = datum === undefined ? undefined : state.data.get(datum)
    const today = practiceDay(context, context.now)
    const own = [
      ...contactHits(state, account),
      ...datumHits(state, command),
      ...unusableHits(used, medium, today),
      ...attorneyHits(command),
      ...locationHits(command),
      ...(contact !== undefined && state.contacts.has(contact)
        ? [precondition('contact.known', `contact ${contact} was used before`)]
        : []),
    ]
    const hits = [...own, ...gate.hits]
    if (hits.length > 0) {
      const { earliest: _latest, ...refused } = reject(hits as [RuleHit, ...RuleHit[]])
      const earliest = own.length > 0 ? undefined : earliestContact(state, question, context, gate.hits)
      return { ...refused, ...(earliest === undefined ? {} : { earliest }) }
    }
    return accept<PersonEvent>(
      [
        {
          type: 'ContactBegun',
          effectiveDate: today,
          contactId: contact ?? (context.newId('contact') as ContactId),
          accountId: account,
          medium,
          at: context.now,
          with: question.with,
          purpose: question.purpose,
          ...(datum === undefined ? {} : { datumId: datum }),
          ...(letterLevel === undefined ? {} : { letterLevel }),
          ...(location === undefined ? {} : { location }),
        },
      ],
      { allowedBy: gate.passed, warnings: gate.warnings },
    )
  },
  RecordCallAttempt: (state, command, context) => {
    const report = reportedOf(state, command, context)
    const ended = outcomeOf(command, context)
    const refused = rejectIfAny([
      ...reportHits(state, command, report, 'CallAttempted', context),
      ...('fault' in ended ? [precondition('contact.noOutcome', ended.fault)] : []),
    ])
    if (refused || 'fault' in ended) return refused ?? accept([])
    const begun = report.before?.medium
    const medium = command.medium ?? (begun === 'autodialedCall' || begun === 'prerecordedCall' ? begun : 'call')
    const gate = judged(state, report, questionAbout(report, medium), context)
    return recorded(
      [
        {
          type: 'CallAttempted',
          ...report.fields,
          ...against(gate),
          medium,
          outcome: ended.outcome,
          ...(command.code === undefined ? {} : { practiceCode: command.code }),
          ...noteOf(command.note),
        },
        ...retired(state, report, ended.outcome),
      ],
      gate,
    )
  },
  RecordConversation: (state, command, context) => {
    const report = reportedOf(state, command, context)
    const refused = rejectIfAny(reportHits(state, command, report, 'ContactMade', context))
    if (refused) return refused
    const { direction, discussed, check, summary, commitment, nextStep } = command
    const medium = command.medium ?? 'call'
    const { at } = report.fields
    const question = questionAbout(report, medium === 'call' ? 'call' : 'visit')
    // Who is called back, or has been judged when they were dialed, is not judged for it again.
    const outbound = direction === 'outbound' && !report.before
    const judge =
      medium === 'other' ? checkContact(state, question, context, at) : judged(state, report, question, context)
    const reaching = outbound ? judge : undefined
    const moment = momentAt(context, at, practiceDay(context, at))
    const talking = discussed
      ? context.catalogue.check(
          'discussAccount',
          discussionFacts(state, question, check, moment, context.others),
          moment,
        )
      : undefined
    const said = new Map([...(reaching?.hits ?? []), ...(talking?.hits ?? [])].map((hit) => [hit.rule, hit]))
    const gate = {
      hits: [...said.values()],
      warnings: reaching?.warnings ?? [],
      passed: [...(reaching?.passed ?? []), ...(talking?.passed ?? [])],
    }
    return recorded(
      [
        {
          type: 'ContactMade',
          ...report.fields,
          ...against(gate),
          medium,
          direction,
          discussed,
          summary,
          ...(check === undefined ? {} : { identityCheckId: check }),
          ...(commitment === undefined ? {} : { commitment }),
          ...(nextStep === undefined ? {} : { nextStep }),
        },
      ],
      gate,
    )
  },
  RecordMessage: (state, command, context) => {
    const report = reportedOf(state, command, context)
    const refused = rejectIfAny(reportHits(state, command, report, 'MessageSent', context))
    if (refused) return refused
    const { medium, template, letterLevel = 0, optOutOffered = true } = command
    const question = questionAbout(report, medium, { letterLevel, optOutOffered })
    const gate = judged(state, report, question, context)
    return recorded(
      [
        {
          type: 'MessageSent',
          ...report.fields,
          ...against(gate),
          medium,
          letterLevel,
          optOutOffered,
          ...(template === undefined ? {} : { template }),
        },
      ],
      gate,
    )
  },
  RecordVisit: (state, command, context) => {
    const report = reportedOf(state, command, context)
    const refused = rejectIfAny(reportHits(state, command, report, 'VisitMade', context))
    if (refused) return refused
    const gate = judged(state, report, questionAbout(report, 'visit'), context)
    return recorded(
      [{ type: 'VisitMade', ...report.fields, ...against(gate), met: command.met, ...noteOf(command.note) }],
      gate,
    )
  },
  ReviewContact: (state, { on, contact, note }, context) => {
    const found = state.contacts.get(contact)
    const left = found && isToReview(found)
    return (
      rejectIfAny([
        ...datingHits(state, { on }, context),
        ...(found ? [] : [precondition('contact.unknown', `there is no contact ${contact} on this person's file`)]),
        ...(found && !left ? [precondition('contact.nothingToReview', `nothing of contact ${contact} is open`)] : []),
      ]) ?? accept([{ type: 'ContactReviewed', effectiveDate: on, contactId: contact, note }])
    )
  },
}
