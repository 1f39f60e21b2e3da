import { type AccountState, deliveryOf, type OwedLetter, untoldLetters } from '@daybook/core/account'
import { addBusinessDays, type Day } from '@daybook/core/kernel'
import { facetQueues } from '../queue.ts'
import type { Work, WorkContext } from '../work.ts'

/** A document beside the ladder that came back. */
export interface BackMatter {
  readonly document: string
  readonly since: Day
}

export interface LetterMatters {
  readonly owed: readonly OwedLetter[]
  readonly back: readonly BackMatter[]
}

const says: Readonly<Record<OwedLetter['about'], string>> = {
  assistanceGranted: 'help with the bill was given',
  assistanceReceived: 'help with the bill was asked for',
  planAmended: 'the plan was changed',
  planDeferred: 'the plan was put off',
  refund: 'a refund was issued',
}

/** Those of the ladder stand with the statements: the last of them alone says where the next goes. */
const backOf = ({ statements }: AccountState): readonly BackMatter[] =>
  [...statements.documents.values()].flatMap((document) => {
    const stage = deliveryOf(document)
    const isLadder = document.event.type === 'StatementIssued' || document.event.type === 'LetterIssued'
    const since = document.deliveries.at(-1)?.effectiveDate
    const isBack = !isLadder && since !== undefined && (stage === 'returned' || stage === 'bounced')
    return isBack ? [{ document: document.documentId, since }] : []
  })

const ofOwed = (
  { about, concerns, on, until }: OwedLetter,
  { asOf, policy }: WorkContext,
): readonly Work<'lettersDue'>[] => {
  const { owed, days } = policy.letters
  // A practice that has not said who it is writes nothing from here, as with statements.
  if (!owed.includes(about) || policy.profile.name === '' || (until !== undefined && until <= asOf)) return []
  return [
    {
      queue: `lettersDue:${about}`,
      subject: concerns,
      amount: 0,
      since: on,
      reasons: [`${says[about]} on ${on}, and no letter says so`],
      nextAction: 'make the letter (IssueLetter, or the run of the day) and send it',
      deadline: {
        due: addBusinessDays('FED_OBSERVED', on, days),
        legal: false,
        source: `policy: a letter that is owed within ${days} business days`,
      },
    },
  ]
}

const ofBack = ({ document, since }: BackMatter): Work<'lettersDue'> => ({
  queue: 'lettersDue:returned',
  subject: document,
  amount: 0,
  since,
  reasons: [`it came back on ${since}: who it was for has not been told`],
  nextAction: 'find the address, then record it (RecordDelivery corrected) and send it again',
})

/**
 * Letters that are owed to somebody who has not asked for them, and documents beside the ladder that came back. The
 * acknowledgement and the result of a dispute, the answer to a complaint or an inquiry, the notice of a cure and of a
 * draft, an itemised bill stand in the queue of their own matter, and are in no second one.
 */
export const queues = facetQueues({
  names: ['lettersDue'],
  version: 1,
  matters: (state): LetterMatters => ({ owed: untoldLetters(state), back: backOf(state) }),
  work: ({ owed, back }, context) => [...owed.flatMap((one) => ofOwed(one, context)), ...back.map(ofBack)],
})
