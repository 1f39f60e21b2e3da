import type { Aggregate } from '../kernel/aggregate.ts'
import { accept, type Decision, precondition, reject } from '../kernel/decision.ts'
import { type SubmissionCommand, submissionCommand } from './commands.ts'
import { type SubmissionEvent, submissionCodec } from './events.ts'
import { fold, heldClaims, type SubmissionState } from './state.ts'

const notHeld = (claim: number) =>
  precondition('claim.notHeld', `claim ${claim} of this file is not held`, 'look at the worklist for what is held')

const decide = (state: SubmissionState, command: SubmissionCommand): Decision<SubmissionEvent> => {
  switch (command.type) {
    case 'HoldSubmittedClaim': {
      const { type: _type, on, ...held } = command
      return accept(state.has(held.key) ? [] : [{ type: 'SubmittedClaimHeld', effectiveDate: on, ...held }])
    }
    case 'TakeSubmittedClaim': {
      const { type: _type, on, ...taken } = command
      const isHeld = state.get(taken.key)?.standing === 'held'
      return accept(isHeld ? [{ type: 'SubmittedClaimTaken', effectiveDate: on, ...taken }] : [])
    }
    case 'DismissSubmittedClaim': {
      const { on, claim, reason } = command
      const held = heldClaims(state).filter((one) => one.claim === claim)
      if (held.length === 0) return reject([notHeld(claim)])
      return accept(held.map(({ key }) => ({ type: 'SubmittedClaimDismissed', effectiveDate: on, key, claim, reason })))
    }
  }
}

/**
 * A claim of an 837 that is not in the books (decision 0033). One that is taken at once leaves nothing here: it
 * stands on its account.
 */
export const submission: Aggregate<SubmissionState, SubmissionCommand, SubmissionEvent, unknown> = {
  name: 'submission',
  codec: submissionCodec,
  commandSchema: submissionCommand,
  initial: new Map(),
  fold,
  decide,
}
