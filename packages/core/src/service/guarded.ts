import * as Effect from 'effect/Effect'
import { account } from '../account/account.ts'
import { precondition, type Rejection, reject } from '../kernel/decision.ts'
import { InvalidCommand, LimitExceeded, StreamClosed, UnreadableEvent } from '../ports/errors.ts'
import type { ExecuteError, Outcome } from './service.ts'

/** The rule by which a claim is held or refused where it is not the claim that is wrong: Daybook could not take it. */
export const FAULT = 'fault'

const notTaken = (why: string): Rejection =>
  reject([
    precondition(
      FAULT,
      `Daybook could not take it, and nothing of it was posted: ${why}`,
      'report the fault with this message; try the claim again with a Daybook that mends it',
    ),
  ])

/**
 * The account for imports: what its decision throws, against its contract, is a refusal of that one claim, so that a
 * fault of Daybook keeps no other claim out of the books. Nothing is written of the claim. An error with a tag is no
 * accident and goes on as it is: whoever threw it knows what it means.
 */
export const guardedAccount: typeof account = {
  ...account,
  decide: (state, command, context) => {
    try {
      return account.decide(state, command, context)
    } catch (fault) {
      if (fault instanceof Error && '_tag' in fault) throw fault
      return notTaken(fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault))
    }
  },
}

/** Errors that are about one account or one command, and by which nothing was written. */
const isAboutOne = (error: unknown): error is InvalidCommand | LimitExceeded | StreamClosed | UnreadableEvent =>
  error instanceof InvalidCommand ||
  error instanceof LimitExceeded ||
  error instanceof StreamClosed ||
  error instanceof UnreadableEvent

/** The same for what a store answers about this claim alone; what is wrong with the store stops the import. */
export const guarded = <F>(
  taking: Effect.Effect<Outcome, ExecuteError | F>,
): Effect.Effect<Outcome, ExecuteError | F> =>
  Effect.catchIf(taking, isAboutOne, ({ _tag, message }) => Effect.succeed<Outcome>(notTaken(`${_tag}: ${message}`)))
