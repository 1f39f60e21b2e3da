import { formatCents, sumOf } from '../../kernel/cents.ts'
import type { Day } from '../../kernel/day.ts'
import { accept, type Decide, type Of, precondition, type RuleHit, reject, rejectIfAny } from '../../kernel/decision.ts'
import { returnOf } from '../../rules/autopay/returns.ts'
import type { Context } from '../context.ts'
import { askBy } from '../facts.ts'
import { askedAsOf } from '../plans/arrears.ts'
import { askedOf } from '../plans/plan-state.ts'
import type { Plan } from '../plans/state.ts'
import { isPlan, namedPlan, standingHits } from '../plans/terms.ts'
import { datingHits } from '../preconditions.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { AutopayCommand } from './commands.ts'
import type { AutopayId, DraftId } from './events.ts'
import { authorizeQuestion, presentQuestion } from './gate-facts.ts'
import { type Autopay, type Draft, standsOn } from './state.ts'

/** What is reported has happened: on a day that has come. */
const reportHits = (state: AccountState, on: Day, context: Context): readonly RuleHit[] => [
  ...datingHits(state, on, context),
  ...(on > context.today ? [precondition('autopay.ahead', `${on} has not come yet`)] : []),
]

/** Whether text may be the number of a card or an account: digits, with blanks or dashes between them. */
const looksLikeNumber = (token: string): boolean =>
  /^[\d\s-]+$/.test(token) || /\d{12,}/.test(token.replace(/[\s-]/g, ''))

/** The plan runs: now, and on the day that is asked for. */
const activePlan = (state: AccountState, id: Plan['planId'], on: Day): readonly RuleHit[] => {
  const plan = namedPlan(state, id, ['active'])
  return isPlan(plan) ? standingHits(plan, on, ['active']) : [plan]
}

const authorizing = (state: AccountState, command: Of<AutopayCommand, 'AuthorizeAutopay'>): readonly RuleHit[] => {
  const { autopay, plan, token, on, drawn } = command
  // One that has not ended stands on every later day, whichever of the two is dated first.
  const other = [...state.autopay.autopays.values()].find(
    (each) => each.authorized.planId === plan && (each.endedOn === undefined || standsOn(each, on)),
  )
  return [
    ...activePlan(state, plan, on),
    ...(autopay !== undefined && state.autopay.autopays.has(autopay)
      ? [precondition('autopay.known', `autopay ${autopay} is on file`)]
      : []),
    ...(looksLikeNumber(token)
      ? [precondition('autopay.notAToken', 'that may be the number of a card or an account: only a token is kept')]
      : []),
    ...(other ? [precondition('autopay.onPlan', `autopay ${other.autopayId} draws this plan`, 'RevokeAutopay')] : []),
    ...('least' in drawn && drawn.least > drawn.most
      ? [precondition('autopay.range', `${formatCents(drawn.least)} is more than ${formatCents(drawn.most)}`)]
      : []),
  ]
}

/** What a plan asks by a day and is not paid: disputed and deferred parts are not asked. */
const askedBy = (plan: Plan, on: Day): number => {
  const asked = new Map(askedOf(plan.schedule, plan.held).map(({ number, amount }) => [number, amount]))
  return sumOf(plan.schedule, ({ number, due, paid }) => (due <= on ? Math.max(0, (asked.get(number) ?? 0) - paid) : 0))
}

/**
 * What may be drawn anew where a draft of the authorisation came back: what fell due since that one was first presented, less
 * what was drawn of it. The rest is presented again as what it is, which is counted (PL-05.again), or is paid otherwise.
 */
const anewSince = (state: AccountState, plan: Plan, { autopayId }: Autopay, on: Day): number | undefined => {
  const drafts = [...state.autopay.drafts.values()].filter((each) => each.autopayId === autopayId)
  const last = drafts.filter(({ status }) => status === 'returned').toSorted((a, b) => (a.firstOn < b.firstOn ? -1 : 1))
  const since = last.at(-1)?.firstOn
  if (since === undefined) return undefined
  const fellDue = sumOf(askedOf(plan.schedule, plan.held), ({ due, amount }) => (since < due && due <= on ? amount : 0))
  return (
    fellDue - sumOf(drafts, ({ status, firstOn, amount }) => (status === 'settled' && since < firstOn ? amount : 0))
  )
}

const presenting = (
  state: AccountState,
  { on, amount, draft, again }: Of<AutopayCommand, 'PresentDraft'>,
  autopay: Autopay,
): readonly RuleHit[] => {
  const plan = state.plans.plans.get(autopay.authorized.planId)
  const asked = plan && plan.suspendedFrom === undefined ? Math.min(askedBy(plan, on), askedAsOf(plan, on)) : 0
  const before = again === undefined ? undefined : state.autopay.drafts.get(again)
  // Of whichever authorisation: what is out draws the same instalments.
  const waiting = [...state.autopay.drafts.values()].find(
    (each) =>
      state.autopay.autopays.get(each.autopayId)?.authorized.planId === autopay.authorized.planId &&
      (each.status === 'presented' || (each.answeredOn ?? on) > on),
  )
  const anew = plan && again === undefined ? anewSince(state, plan, autopay, on) : undefined
  return [
    ...activePlan(state, autopay.authorized.planId, on),
    ...(amount > asked
      ? [
          precondition(
            'autopay.beyondAsked',
            `the plan asks ${formatCents(asked)} by ${on}, not ${formatCents(amount)}`,
          ),
        ]
      : []),
    ...(anew !== undefined && amount > anew && amount <= asked
      ? [
          precondition(
            'autopay.cameBack',
            `a draft came back: ${formatCents(Math.max(0, anew))} fell due since, more is not drawn anew`,
            'present it again (again), or ask for another way to pay',
          ),
        ]
      : []),
    ...(draft !== undefined && state.autopay.drafts.has(draft)
      ? [precondition('autopay.draftKnown', `draft ${draft} is on file`)]
      : []),
    ...(waiting
      ? [precondition('autopay.draftWaits', `draft ${waiting.draftId} of ${waiting.on} has no answer yet`)]
      : []),
    ...(again !== undefined &&
    (before?.status !== 'returned' || before.autopayId !== autopay.autopayId || (before.answeredOn ?? on) > on)
      ? [precondition('autopay.notReturned', `draft ${again} did not come back`)]
      : []),
    ...(before && before.amount !== amount
      ? [
          precondition(
            'autopay.otherAmount',
            `draft ${again} was of ${formatCents(before.amount)}: no other is presented again`,
          ),
        ]
      : []),
    ...(before && on < before.on ? [precondition('autopay.beforeDraft', `it was presented on ${before.on}`)] : []),
  ]
}

/** The draft that a report names, in one of the standings that it may have. */
const namedDraft = (
  state: AccountState,
  id: DraftId,
  on: Day,
  allowed: readonly Draft['status'][],
): Draft | RuleHit => {
  const draft = state.autopay.drafts.get(id)
  if (!draft) return precondition('autopay.draftUnknown', `draft ${id} is not on this account`)
  if (!allowed.includes(draft.status)) {
    return precondition('autopay.draftStanding', `draft ${id} is ${draft.status}, not ${allowed.join(' or ')}`)
  }
  return on < draft.on ? precondition('autopay.beforeDraft', `it was presented on ${draft.on}, not before`) : draft
}

const unknownAutopay = (id: AutopayId): RuleHit =>
  precondition('autopay.unknown', `autopay ${id} is not on this account`)

export const decide: Decide<AccountState, AutopayCommand, AccountEvent, Context> = {
  AuthorizeAutopay: (state, command, context) => {
    const { on, plan, method, token, drawn, text, textVersion, how, copyGiven } = command
    const gate = askBy(state, authorizeQuestion(state, command), context)
    const refused = rejectIfAny([...reportHits(state, on, context), ...authorizing(state, command), ...gate.hits])
    if (refused) return refused
    const autopayId = command.autopay ?? (context.newId('autopay') as AutopayId)
    return accept<AccountEvent>(
      [
        {
          ...{ type: 'AutopayAuthorized', effectiveDate: on, autopayId, planId: plan, method, token, drawn },
          ...{ text, textVersion, how, copyGiven },
        },
      ],
      { allowedBy: gate.passed, warnings: gate.warnings },
    )
  },
  RevokeAutopay: (state, { on, autopay: id, channel, reason }, context) => {
    const hits = reportHits(state, on, context)
    const autopay = state.autopay.autopays.get(id)
    if (!autopay) return reject([unknownAutopay(id), ...hits])
    const early = !standsOn(autopay, on)
      ? [precondition('autopay.standing', `autopay ${id} does not stand on ${on}`)]
      : autopay.endedOn !== undefined
        ? [precondition('autopay.standing', `autopay ${id} has ended on ${autopay.endedOn}`)]
        : []
    return (
      rejectIfAny([...hits, ...early]) ??
      accept<AccountEvent>([
        { type: 'AutopayRevoked', effectiveDate: on, autopayId: id, because: 'consumer', channel, reason },
      ])
    )
  },
  RecordDraftNotice: (state, { on, autopay: id, amount, draftOn, channel }, context) => {
    const hits = reportHits(state, on, context)
    const autopay = state.autopay.autopays.get(id)
    if (!autopay) return reject([unknownAutopay(id), ...hits])
    const late =
      draftOn < on ? [precondition('autopay.noticeAfter', `${draftOn} has passed when notice was sent on ${on}`)] : []
    return (
      rejectIfAny([...hits, ...late]) ??
      accept<AccountEvent>([{ type: 'DraftNoticeSent', effectiveDate: on, autopayId: id, amount, draftOn, channel }])
    )
  },
  PresentDraft: (state, command, context) => {
    const { on, amount, again } = command
    const dating = datingHits(state, on, context)
    const autopay = state.autopay.autopays.get(command.autopay)
    if (!autopay) return reject([unknownAutopay(command.autopay), ...dating])
    const before = again === undefined ? undefined : state.autopay.drafts.get(again)
    const gate = askBy(state, presentQuestion(state, { autopay, amount, on, again: before }, context), context)
    const refused = rejectIfAny([...dating, ...presenting(state, command, autopay), ...gate.hits])
    if (refused) return refused
    return accept<AccountEvent>(
      [
        {
          type: 'DraftPresented',
          effectiveDate: on,
          draftId: again ?? command.draft ?? (context.newId('draft') as DraftId),
          autopayId: autopay.autopayId,
          amount,
          presentation: (before?.presentations ?? 0) + 1,
        },
      ],
      { allowedBy: gate.passed, warnings: gate.warnings },
    )
  },
  RecordDraftSettled: (state, { on, draft: id, payment }, context) => {
    const hits = reportHits(state, on, context)
    const draft = namedDraft(state, id, on, ['presented'])
    if (!('draftId' in draft)) return reject([draft, ...hits])
    const unknown = state.payments.payments.has(payment)
      ? []
      : [precondition('payments.unknown', `payment ${payment} is not on this account`)]
    const other = [...state.autopay.drafts.values()].find((each) => each.draftId !== id && each.payment === payment)
    const taken = other
      ? [precondition('autopay.paymentTaken', `payment ${payment} is what draft ${other.draftId} brought`)]
      : []
    return (
      rejectIfAny([...hits, ...unknown, ...taken]) ??
      accept<AccountEvent>([{ type: 'DraftSettled', effectiveDate: on, draftId: id, paymentId: payment }])
    )
  },
  RecordDraftReturned: (state, { on, draft: id, code }, context) => {
    const hits = reportHits(state, on, context)
    const draft = namedDraft(state, id, on, ['presented', 'settled'])
    if (!('draftId' in draft)) return reject([draft, ...hits])
    const refused = rejectIfAny(hits)
    if (refused) return refused
    const { autopayId } = draft
    const stands = state.autopay.autopays.get(autopayId)?.endedOn === undefined
    const gone: readonly AccountEvent[] =
      returnOf(code).ends && stands
        ? [{ type: 'AutopayRevoked', effectiveDate: on, autopayId, because: 'returned' }]
        : []
    return accept<AccountEvent>([{ type: 'DraftReturned', effectiveDate: on, draftId: id, code }, ...gone])
  },
}
