import type { Day } from '../../kernel/day.ts'
import { accept, type Decide, precondition, type RuleHit, reject, rejectIfAny } from '../../kernel/decision.ts'
import { accountingOf } from '../../rules/contact/privacy.ts'
import type { Context } from '../context.ts'
import { askBy } from '../facts.ts'
import { datingHits } from '../preconditions.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { InquiryCommand } from './commands.ts'
import type { InquiryId } from './events.ts'
import { answerQuestion } from './gate-facts.ts'
import { type Inquiry, verifiedOn } from './state.ts'

const dayHits = (state: AccountState, on: Day, context: Context): readonly RuleHit[] => [
  ...datingHits(state, on, context),
  ...(on > context.today ? [precondition('inquiries.ahead', `${on} has not come yet`)] : []),
]

/** The inquiry that a command names: it must wait for an answer, and not have come later than the day of the command. */
const waiting = (
  state: AccountState,
  { on, inquiry: id }: { readonly on: Day; readonly inquiry: InquiryId },
): Inquiry | RuleHit => {
  const inquiry = state.inquiries.inquiries.get(id)
  if (!inquiry) return precondition('inquiries.unknown', `inquiry ${id} is not on this account`)
  if (inquiry.answeredOn) return precondition('inquiries.answered', `it was answered on ${inquiry.answeredOn}`)
  return on < inquiry.receivedOn
    ? precondition('inquiries.beforeReceived', `it came on ${inquiry.receivedOn}, not on ${on}`)
    : inquiry
}
const isHit = (value: Inquiry | RuleHit): value is RuleHit => 'rule' in value

/** Law gives more time for an accounting of disclosures alone, once, and only while there is time (PR-04). */
const extensionHits = ({ topic, receivedOn, extendedTo }: Inquiry, on: Day, until: Day): readonly RuleHit[] => {
  const { due, extended } = accountingOf(receivedOn)
  if (topic !== 'disclosures') {
    return [
      precondition('inquiries.noExtension', 'only an accounting of disclosures is given more time (45 CFR 164.528)'),
    ]
  }
  return [
    ...(extendedTo === undefined
      ? []
      : [
          precondition('inquiries.extended', `it was given time until ${extendedTo}: once is allowed`, 'AnswerInquiry'),
        ]),
    ...(on > due
      ? [precondition('inquiries.extendedLate', `it was due on ${due}: its time has passed`, 'AnswerInquiry')]
      : []),
    ...(until <= due || until > extended
      ? [
          precondition(
            'inquiries.extension',
            `it is due on ${due}, with more time on ${extended} at the latest, not ${until}`,
          ),
        ]
      : []),
  ]
}

const isVerified = (identifiers: readonly string[], { policy }: Context): boolean =>
  new Set(identifiers).size >= policy.policy.inquiries.identifiers

export const decide: Decide<AccountState, InquiryCommand, AccountEvent, Context> = {
  RecordInquiry: (state, { on, inquiry, topic, channel, by, identifiers = [], says }, context) => {
    const twice =
      inquiry !== undefined && state.inquiries.inquiries.has(inquiry)
        ? [precondition('inquiries.known', `inquiry ${inquiry} is on file`)]
        : []
    const refused = rejectIfAny([...dayHits(state, on, context), ...twice])
    if (refused) return refused
    const inquiryId = inquiry ?? (context.newId('inquiry') as InquiryId)
    return accept<AccountEvent>([
      {
        type: 'InquiryReceived',
        effectiveDate: on,
        inquiryId,
        topic,
        channel,
        by,
        identifiers: [...identifiers],
        says,
      },
      ...(isVerified(identifiers, context) ? [] : [{ type: 'PhiWithheld' as const, effectiveDate: on, inquiryId }]),
    ])
  },
  VerifyInquirer: (state, command, context) => {
    const inquiry = waiting(state, command)
    const hits = dayHits(state, command.on, context)
    if (isHit(inquiry)) return reject([inquiry, ...hits])
    const { on: effectiveDate, identifiers } = command
    return (
      rejectIfAny(hits) ??
      accept<AccountEvent>([
        { type: 'InquirerVerified', effectiveDate, inquiryId: inquiry.inquiryId, identifiers: [...identifiers] },
      ])
    )
  },
  AnswerInquiry: (state, command, context) => {
    const inquiry = waiting(state, command)
    const hits = dayHits(state, command.on, context)
    if (isHit(inquiry)) return reject([inquiry, ...hits])
    const { on, channel, phi, answer } = command
    const { inquiryId, by } = inquiry
    const wanted = { phi, by, identifiers: verifiedOn(inquiry, on), on }
    const gate = askBy(state, answerQuestion(state, wanted), context)
    return (
      rejectIfAny([...hits, ...gate.hits]) ??
      accept<AccountEvent>([{ type: 'InquiryAnswered', effectiveDate: on, inquiryId, channel, phi, answer }], {
        allowedBy: gate.passed,
        warnings: gate.warnings,
      })
    )
  },
  ExtendInquiry: (state, command, context) => {
    const inquiry = waiting(state, command)
    const hits = dayHits(state, command.on, context)
    if (isHit(inquiry)) return reject([inquiry, ...hits])
    const { on: effectiveDate, until, reason } = command
    return (
      rejectIfAny([...hits, ...extensionHits(inquiry, effectiveDate, until)]) ??
      accept<AccountEvent>([{ type: 'InquiryExtended', effectiveDate, inquiryId: inquiry.inquiryId, until, reason }])
    )
  },
  EscalateInquiry: (state, command, context) => {
    const inquiry = waiting(state, command)
    const hits = dayHits(state, command.on, context)
    if (isHit(inquiry)) return reject([inquiry, ...hits])
    const { on: effectiveDate, to, reason } = command
    return (
      rejectIfAny(hits) ??
      accept<AccountEvent>([{ type: 'InquiryEscalated', effectiveDate, inquiryId: inquiry.inquiryId, to, reason }])
    )
  },
}
