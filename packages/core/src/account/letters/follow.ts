import type { Day } from '../../kernel/day.ts'
import type { DisputeId } from '../disputes/events.ts'
import type { Follow } from '../follow.ts'
import { curableOn } from '../plans/state.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { CorrespondenceIssued } from './events.ts'

type Letter = Pick<CorrespondenceIssued, 'about' | 'concerns' | 'textHash' | 'to'>

/** The cure was offered in writing, and other terms with it: both are what has to come before default (reference §5.3). */
const toldOfCure = (after: AccountState, { concerns, textHash, to }: Letter, on: Day): readonly AccountEvent[] => {
  const plan = [...after.plans.plans.values()].find(({ planId }) => planId === concerns)
  if (!plan || !curableOn(plan, on)) return []
  const said = { type: 'PlanNoticeSent', effectiveDate: on, planId: plan.planId, letter: textHash } as const
  return [
    { ...said, kind: 'cure', channel: to.channel },
    { ...said, kind: 'renegotiation', channel: to.channel },
  ]
}

const toldOfDispute = (
  after: AccountState,
  { about, concerns, textHash, to }: Letter,
  on: Day,
): readonly AccountEvent[] => {
  const dispute = after.disputes.disputes.get(concerns as DisputeId)
  if (!dispute || dispute.closedOn !== undefined) return []
  const { disputeId, acknowledgedOn, decided } = dispute
  const told = { effectiveDate: on, disputeId, channel: to.channel }
  if (about === 'disputeAcknowledged') {
    return acknowledgedOn === undefined ? [{ type: 'DisputeAcknowledged', ...told }] : []
  }
  return decided ? [{ type: 'DisputeClosed', ...told, because: 'resultSent', letter: textHash }] : []
}

const told = (after: AccountState, letter: Letter, on: Day): readonly AccountEvent[] => {
  switch (letter.about) {
    case 'planCure':
      return toldOfCure(after, letter, on)
    case 'disputeAcknowledged':
    case 'disputeDecided':
      return toldOfDispute(after, letter, on)
    default:
      return []
  }
}

/**
 * A letter counts as said when it goes out, in the same unit: the notice before default, the acknowledgement and the end of a
 * dispute. One that is made to be handed over goes out when it is made, another that is given into a hand goes out then.
 */
export const follow: Follow = (_before, after, events) =>
  events.flatMap((event): readonly AccountEvent[] => {
    if (event.type === 'CorrespondenceIssued') {
      return event.to.channel === 'inPerson' ? told(after, event, event.effectiveDate) : []
    }
    if (event.type !== 'DeliveryRecorded') return []
    const document = after.statements.documents.get(event.documentId)?.event
    if (document?.type !== 'CorrespondenceIssued') return []
    if (event.by === 'inPerson') return told(after, { ...document, to: { channel: 'inPerson' } }, event.effectiveDate)
    return event.stage === 'sent' ? told(after, document, event.effectiveDate) : []
  })
