import * as Effect from 'effect/Effect'
import { isDemand } from '../account/letters/decide.ts'
import type { AccountEvent } from '../account/rooms.ts'
import { type Issued, letterLevel } from '../account/statements/state.ts'
import { clearText } from '../kernel/classes.ts'
import type { Day, Instant } from '../kernel/day.ts'
import { dayBegins, type Of, type RuleHit } from '../kernel/decision.ts'
import type { AccountId, PersonId } from '../kernel/ids.ts'
import type { PersonCommandInput } from '../person/commands.ts'
import { type Desk, loadAccount } from './desk.ts'
import { executeOnPerson } from './person-commands.ts'
import type { ExecuteError } from './service.ts'

// What was sent is a contact of the person, whatever account it was about (decision 0015): their own stream hears of it.

type Delivery = Of<AccountEvent, 'DeliveryRecorded'>

/** It was a contact, by what it demands. */
const sent = (event: Issued, account: AccountId, at: Instant | undefined): PersonCommandInput => {
  const isStep = event.type === 'StatementIssued' || event.type === 'LetterIssued'
  const { channel, datumId } = event.to
  return {
    type: 'RecordMessage',
    account,
    ...(at === undefined ? {} : { at }),
    // Of what stands on the portal a notice goes out by e-mail.
    medium: channel === 'mail' ? 'mail' : 'email',
    purpose: isStep || (event.type === 'CorrespondenceIssued' && isDemand(event.about)) ? 'collect' : 'answer',
    letterLevel: isStep ? letterLevel(event.level) : 0,
    template: event.type,
    ...(datumId === undefined ? {} : { datum: datumId }),
  }
}

/** Nothing is written to that address until somebody confirms it, about no account (reference §11.6). */
const returned = ({ to }: Issued, on: Day): PersonCommandInput | undefined =>
  to.channel === 'mail' && to.datumId !== undefined ? { type: 'RecordReturnedMail', on, datum: to.datumId } : undefined

/** A complaint is answered when the letter goes out, or is given into their hand. */
const complaintAnswered = (event: Issued, on: Day): PersonCommandInput | undefined =>
  event.type === 'CorrespondenceIssued' && event.about === 'complaint' && event.answer !== undefined
    ? { type: 'AnswerComplaint', on, complaint: event.concerns, answer: clearText(event.answer) }
    : undefined

const isNews = ({ stage, by }: Delivery): boolean => stage === 'sent' || stage === 'returned' || by === 'inPerson'

/** What their own stream has against it: it is recorded all the same, where it is a report. */
const tell = (desk: Desk, person: PersonId, command: PersonCommandInput, commandId: string, account: AccountId) =>
  Effect.map(executeOnPerson(desk, person, command, commandId, { account }), (outcome) =>
    outcome.ok ? outcome.warnings : outcome.hits,
  )

/**
 * Tells the guarantor's stream of every document that these events say was sent, of mail that came back, and of a complaint that
 * a letter in their hand answers: that one was no message. Derived ids: told again, it is told once.
 */
export const toldOfSending = (
  desk: Desk,
  account: AccountId,
  events: readonly AccountEvent[],
  commandId: string,
): Effect.Effect<readonly RuleHit[], ExecuteError> =>
  Effect.gen(function* () {
    const deliveries = events.filter((event) => event.type === 'DeliveryRecorded').filter(isNews)
    if (deliveries.length === 0) return []
    const { statements } = yield* loadAccount(desk, account)
    const warnings: RuleHit[] = []
    const begins = dayBegins(desk.policy().policy.practice.timeZone, desk.service.world.localTime)
    for (const { documentId, effectiveDate: on, stage } of deliveries) {
      // The begin of its day: said again on another day, it is the same command.
      const at = begins(on)
      const event = statements.documents.get(documentId)?.event
      const to = event?.to
      if (!event || !to?.personId || to.channel === 'inPerson') continue
      const news = stage === 'sent' ? sent(event, account, at) : stage === 'returned' ? returned(event, on) : undefined
      if (news) warnings.push(...(yield* tell(desk, to.personId, news, `${commandId}:${stage}:${documentId}`, account)))
      const answer = stage === 'returned' ? undefined : complaintAnswered(event, on)
      if (answer)
        warnings.push(...(yield* tell(desk, to.personId, answer, `${commandId}:answered:${documentId}`, account)))
    }
    return warnings
  })
