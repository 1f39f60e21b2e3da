import { addDays, type Day, minDay } from '../../kernel/day.ts'
import { accept, type Decide, precondition, type RuleHit, reject, rejectIfAny } from '../../kernel/decision.ts'
import type { VisitId } from '../../kernel/ids.ts'
import { itemisedStatement } from '../../rules/dispute/clocks.ts'
import type { Context } from '../context.ts'
import { datingHits } from '../preconditions.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { StatementCommand } from './commands.ts'
import type { DeliveryRecorded, ItemisationId, PauseId } from './events.ts'
import { issueItemisation, issueReceipt, issueStatement } from './issue.ts'
import { deliveryOf } from './state.ts'

/** What is reported has happened: on a day that is in the books and not to come. */
const reportHits = (state: AccountState, on: Day, context: Context): readonly RuleHit[] => [
  ...datingHits(state, on, context),
  ...(on > context.today ? [precondition('statements.ahead', `${on} has not come yet`)] : []),
]

type Stage = DeliveryRecorded['stage']

/** What may be said of a document after what was said last: it is made, sent, and then arrives or not. */
const goesOn: Readonly<Record<Stage, readonly (Stage | undefined)[]>> = {
  made: [undefined],
  sent: [undefined, 'made', 'corrected'],
  delivered: ['sent'],
  returned: ['sent', 'delivered'],
  bounced: ['sent', 'delivered'],
  corrected: ['returned', 'bounced'],
}

/** Into somebody's hand it goes whatever became of it before, unless it has arrived. */
const handsOver: readonly (Stage | undefined)[] = [undefined, 'made', 'sent', 'returned', 'bounced', 'corrected']

const chargedVisits = (state: AccountState): VisitId[] => [
  ...new Set([...state.ledger.lines.values()].map(({ visitId }) => visitId)),
]

export const decide: Decide<AccountState, StatementCommand, AccountEvent, Context> = {
  IssueStatement: issueStatement,
  IssueReceipt: issueReceipt,
  IssueItemisation: issueItemisation,
  RequestItemisation: (state, { on, itemisation, visits, channel }, context) => {
    const named = visits ?? chargedVisits(state)
    const charged = new Set(chargedVisits(state))
    const hits = [
      ...reportHits(state, on, context),
      ...(itemisation !== undefined && state.statements.itemisations.has(itemisation)
        ? [precondition('statements.itemisationKnown', `request ${itemisation} is on file`)]
        : []),
      ...named
        .filter((visit) => !charged.has(visit))
        .map((visit) => precondition('statements.visitUnknown', `visit ${visit} has no charge on this account`)),
      ...(named.length === 0 ? [precondition('statements.nothingCharged', 'nothing was charged on this account')] : []),
    ]
    const { itemisedDays } = context.policy.policy.inquiries
    return (
      rejectIfAny(hits) ??
      accept<AccountEvent>([
        {
          type: 'ItemisationRequested',
          effectiveDate: on,
          itemisationId: itemisation ?? (context.newId('itemisation') as ItemisationId),
          visits: [...new Set(named)],
          channel,
          dueBy: minDay(addDays(on, itemisedDays), addDays(on, itemisedStatement.days)),
        },
      ])
    )
  },
  RecordDelivery: (state, { on, document: id, stage, by, reference, reason }, context) => {
    const hits = [...reportHits(state, on, context)]
    const document = state.statements.documents.get(id)
    if (!document) return reject([precondition('statements.unknown', `document ${id} is not on this account`), ...hits])
    const since = document.deliveries.at(-1)?.effectiveDate ?? document.event.effectiveDate
    if (on < since) hits.push(precondition('statements.beforeStanding', `it stands so since ${since}, not on ${on}`))
    const last = deliveryOf(document)
    if (by !== undefined && stage !== 'delivered') {
      hits.push(precondition('statements.handed', `what is given into somebody's hand is delivered, not ${stage}`))
    } else if (!(by === undefined ? goesOn[stage] : handsOver).includes(last)) {
      hits.push(precondition('statements.stage', `it is ${last ?? 'not made yet'}: it can not be ${stage} now`))
    }
    if (reason === undefined && (stage === 'returned' || stage === 'bounced')) {
      hits.push(precondition('statements.why', 'say why it did not arrive'))
    }
    return (
      rejectIfAny(hits) ??
      accept<AccountEvent>([
        { type: 'DeliveryRecorded', effectiveDate: on, documentId: id, stage, by, reference, reason },
      ])
    )
  },
  RecordReminder: (state, { on, document: id, channel }, context) => {
    const hits = [...reportHits(state, on, context)]
    const document = state.statements.documents.get(id)
    if (!document) return reject([precondition('statements.unknown', `document ${id} is not on this account`), ...hits])
    const { type, effectiveDate } = document.event
    if (type !== 'StatementIssued' && type !== 'LetterIssued') {
      hits.push(precondition('statements.asksNothing', 'it asks for nothing that anybody could be reminded of'))
    }
    if (on < effectiveDate) {
      hits.push(precondition('statements.beforeStanding', `it is of ${effectiveDate}, not of ${on}`))
    }
    return (
      rejectIfAny(hits) ?? accept<AccountEvent>([{ type: 'ReminderSent', effectiveDate: on, documentId: id, channel }])
    )
  },
  PauseDunning: (state, { on, pause, because, until, reason }, context) => {
    const hits = [
      ...reportHits(state, on, context),
      ...(pause !== undefined && state.statements.pauses.has(pause)
        ? [precondition('statements.pauseKnown', `pause ${pause} is on file`)]
        : []),
      ...(until !== undefined && until <= on
        ? [precondition('statements.pauseEnds', `a pause until ${until} ends before it begins on ${on}`)]
        : []),
    ]
    const pauseId = pause ?? (context.newId('pause') as PauseId)
    return (
      rejectIfAny(hits) ??
      accept<AccountEvent>([{ type: 'DunningPaused', effectiveDate: on, pauseId, because, until, reason }])
    )
  },
  ResumeDunning: (state, { on, pause: id, reason }, context) => {
    const hits = [...reportHits(state, on, context)]
    const pause = state.statements.pauses.get(id)
    if (!pause) return reject([precondition('statements.pauseUnknown', `no pause ${id} is on this account`), ...hits])
    if (pause.resumed) hits.push(precondition('statements.resumed', `pause ${id} has ended on ${pause.to}`))
    if (on < pause.from) hits.push(precondition('statements.beforeStanding', `it began on ${pause.from}`))
    return (
      rejectIfAny(hits) ?? accept<AccountEvent>([{ type: 'DunningResumed', effectiveDate: on, pauseId: id, reason }])
    )
  },
}
