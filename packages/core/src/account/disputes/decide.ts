import type { Day } from '../../kernel/day.ts'
import type { Decision, Of } from '../../kernel/decision.ts'
import { accept, type Decide, precondition, type RuleHit, reject, rejectIfAny } from '../../kernel/decision.ts'
import type { Context } from '../context.ts'
import { datingHits, twiceHits } from '../preconditions.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { DisputeCommand } from './commands.ts'
import type { DisputeClosed, DisputeId } from './events.ts'
import type { Dispute } from './state.ts'

type Open = Of<DisputeCommand, 'OpenDispute'>

/** What is reported has happened: on a day that is in the books and not to come. */
const reportHits = (state: AccountState, on: Day, context: Context): readonly RuleHit[] => [
  ...datingHits(state, on, context),
  ...(on > context.today ? [precondition('disputes.ahead', `${on} has not come yet`)] : []),
]

const openingHits = (
  state: AccountState,
  { dispute, lines, payment, placement, respondBy, on }: Open,
): readonly RuleHit[] => [
  ...(dispute !== undefined && state.disputes.disputes.has(dispute)
    ? [precondition('disputes.known', `dispute ${dispute} is on file`)]
    : []),
  ...twiceHits(lines),
  ...lines.flatMap((line) =>
    state.ledger.lines.has(line) ? [] : [precondition('ledger.lineUnknown', `line ${line} is not on this account`)],
  ),
  ...(payment !== undefined && !state.payments.payments.has(payment)
    ? [precondition('payments.unknown', `payment ${payment} is not on this account`)]
    : []),
  ...(placement !== undefined && !state.placement.known.has(placement)
    ? [precondition('placement.unknown', `placement ${placement} is not on this account`)]
    : []),
  ...(respondBy !== undefined && respondBy < on
    ? [precondition('disputes.respondBefore', `an answer by ${respondBy} was due before it was received on ${on}`)]
    : []),
]

const openDispute = (state: AccountState, command: Open, context: Context): Decision<AccountEvent> => {
  const { on, kind, lines, amount, raisedBy, channel, written, says, payment, placement, respondBy } = command
  const refused = rejectIfAny([...reportHits(state, on, context), ...openingHits(state, command)])
  if (refused) return refused
  return accept<AccountEvent>([
    {
      type: 'DisputeOpened',
      effectiveDate: on,
      disputeId: command.dispute ?? (context.newId('dispute') as DisputeId),
      kind,
      lines: lines.flatMap((lineId) => {
        const line = state.ledger.lines.get(lineId)
        return line ? [{ visitId: line.visitId, lineId }] : []
      }),
      amount,
      raisedBy,
      channel,
      written,
      says,
      payment,
      placement,
      respondBy,
    },
  ])
}

/** The open dispute that a command names, with what keeps the command from being one of its days. */
const onOpen = (
  state: AccountState,
  { on, dispute: id }: Exclude<DisputeCommand, Open>,
  context: Context,
  decide: (dispute: Dispute) => readonly RuleHit[] | AccountEvent,
): Decision<AccountEvent> => {
  const hits = reportHits(state, on, context)
  const dispute = state.disputes.disputes.get(id)
  if (!dispute) return reject([precondition('disputes.unknown', `dispute ${id} is not on this account`), ...hits])
  if (dispute.closedOn) {
    return reject([precondition('disputes.closed', `dispute ${id} was closed on ${dispute.closedOn}`), ...hits])
  }
  const began = dispute.decided?.effectiveDate ?? dispute.opened.effectiveDate
  const early = on < began ? [precondition('disputes.beforeStanding', `it stands so since ${began}, not on ${on}`)] : []
  const decided = decide(dispute)
  const refused = rejectIfAny([...hits, ...early, ...('type' in decided ? [] : decided)])
  return refused ?? accept<AccountEvent>('type' in decided ? [decided] : [])
}

const decidedAlready = ({ decided, disputeId }: Dispute): readonly RuleHit[] =>
  decided ? [precondition('disputes.decided', `dispute ${disputeId} was decided on ${decided.effectiveDate}`)] : []

export const decide: Decide<AccountState, DisputeCommand, AccountEvent, Context> = {
  OpenDispute: openDispute,
  AcknowledgeDispute: (state, command, context) =>
    onOpen(state, command, context, ({ disputeId, acknowledgedOn }) =>
      acknowledgedOn
        ? [precondition('disputes.acknowledged', `it was acknowledged on ${acknowledgedOn}`)]
        : { type: 'DisputeAcknowledged', effectiveDate: command.on, disputeId, channel: command.channel },
    ),
  InvestigateDispute: (state, command, context) =>
    onOpen(state, command, context, (dispute) => {
      const hits = decidedAlready(dispute)
      const { finding, consumerAdded, on: effectiveDate } = command
      const { disputeId } = dispute
      return hits.length > 0 ? hits : { type: 'DisputeInvestigated', effectiveDate, disputeId, finding, consumerAdded }
    }),
  ResolveDispute: (state, command, context) =>
    onOpen(state, command, context, (dispute) => {
      const hits = decidedAlready(dispute)
      const { outcome, explanation, on: effectiveDate } = command
      const { disputeId } = dispute
      return hits.length > 0 ? hits : { type: 'DisputeDecided', effectiveDate, disputeId, outcome, explanation }
    }),
  CloseDispute: (state, command, context) =>
    onOpen(state, command, context, ({ disputeId, decided }) => {
      const { because, on: effectiveDate } = command
      const closed: DisputeClosed = { type: 'DisputeClosed', effectiveDate, disputeId, because: because.kind }
      if (because.kind === 'withdrawn') return { ...closed, reason: because.reason }
      return decided
        ? { ...closed, channel: because.channel, letter: because.letter }
        : [precondition('disputes.undecided', 'nothing was decided that a letter could say', 'ResolveDispute')]
    }),
}
