import * as Effect from 'effect/Effect'
import type { AccountEvent } from '../account/rooms.ts'
import { dayBegins, type RuleHit } from '../kernel/decision.ts'
import type { AccountId } from '../kernel/ids.ts'
import type { PersonCommandInput } from '../person/commands.ts'
import { type Desk, loadAccount } from './desk.ts'
import { executeOnPerson } from './person-commands.ts'
import type { ExecuteError } from './service.ts'

// What was sent is a contact of the person, whatever account it was about (decision 0015): their own stream hears of it.

/** Statements demand nothing; the letters do, from level 1. */
const LAST_STATEMENT = 2

/** Tells the guarantor's stream of every document that these events say was sent. Derived ids: told again, it is told once. */
export const toldOfSending = (
  desk: Desk,
  account: AccountId,
  events: readonly AccountEvent[],
  commandId: string,
): Effect.Effect<readonly RuleHit[], ExecuteError> =>
  Effect.gen(function* () {
    const sent = events.filter((event) => event.type === 'DeliveryRecorded').filter(({ stage }) => stage === 'sent')
    if (sent.length === 0) return []
    const { statements } = yield* loadAccount(desk, account)
    const warnings: RuleHit[] = []
    const begins = dayBegins(desk.policy().policy.practice.timeZone, desk.service.world.localTime)
    for (const { documentId, effectiveDate } of sent) {
      // The begin of its day: said again on another day, it is the same command.
      const at = begins(effectiveDate)
      const event = statements.documents.get(documentId)?.event
      const to = event?.to
      if (!event || !to?.personId || to.channel === 'inPerson') continue
      const isStep = event.type === 'StatementIssued' || event.type === 'LetterIssued'
      const command: PersonCommandInput = {
        type: 'RecordMessage',
        contact: `${documentId}:sent`,
        account,
        ...(at === undefined ? {} : { at }),
        medium: to.channel,
        purpose: isStep ? 'collect' : 'answer',
        letterLevel: isStep ? Math.max(0, event.level - LAST_STATEMENT) : 0,
        template: event.type,
        ...(to.datumId === undefined ? {} : { datum: to.datumId }),
      }
      const outcome = yield* executeOnPerson(desk, to.personId, command, `${commandId}:sent:${documentId}`, {
        account,
      })
      if (!outcome.ok) warnings.push(...outcome.hits)
      else if ('warnings' in outcome) warnings.push(...outcome.warnings)
    }
    return warnings
  })
