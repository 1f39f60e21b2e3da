import * as Effect from 'effect/Effect'
import type { AccountCommand } from '../account/rooms.ts'
import { formatCents } from '../kernel/cents.ts'
import { precondition, type RuleHit } from '../kernel/decision.ts'
import type { RemittanceReceived } from '../remittance/events.ts'
import { type Desk, loadRemittance } from './desk.ts'
import type { ExecuteError } from './service.ts'

// What a command of the desk says of a remittance must be what the remittance says: an account knows none.

/** As payers write references: with blanks, hyphens and in either case. */
const plain = (reference: string): string => reference.toUpperCase().replace(/[^A-Z0-9]+/g, '')

type Takeback = Extract<AccountCommand, { type: 'PostTakeback' }>

/** The payer of the remittance took something under this reference (PLB03-2), and not less than is pushed to lines. */
const takebackHits = (
  { payerId, providerAdjustments }: RemittanceReceived,
  { recoupment, lines }: Takeback,
): readonly RuleHit[] => {
  const hits: RuleHit[] = []
  if (payerId !== recoupment.payerId) {
    const reason = `remittance ${recoupment.remittanceId} is of payer ${payerId}, not of ${recoupment.payerId}`
    hits.push(precondition('claims.otherPayer', reason, 'name the payer of the remittance'))
  }
  const wanted = plain(recoupment.payerControlNumber)
  const taken = providerAdjustments.filter(({ reference }) => wanted !== '' && plain(reference).includes(wanted))
  if (taken.length === 0) {
    const known = [...new Set(providerAdjustments.map(({ reference }) => reference))].slice(0, 5)
    const reason = `remittance ${recoupment.remittanceId} took nothing under ${recoupment.payerControlNumber}`
    const doWhat =
      known.length > 0 ? `name one of its references: ${known.join(', ')}` : 'name the remittance that took it'
    return [...hits, precondition('claims.recoupmentUnknown', reason, doWhat)]
  }
  const most = taken.reduce((sum, { amount }) => sum + Math.abs(amount), 0)
  const pushed = lines.reduce((sum, { amount }) => sum + amount, 0)
  if (pushed > most) {
    const reason = `${formatCents(most)} moved under ${recoupment.payerControlNumber}, not ${formatCents(pushed)}`
    hits.push(precondition('claims.beyondRecoupment', reason))
  }
  return hits
}

/** Why what a command says of a remittance can not be: every reason, none where all is as the remittance says. */
export const remittanceHits = (desk: Desk, command: AccountCommand): Effect.Effect<readonly RuleHit[], ExecuteError> =>
  Effect.gen(function* () {
    if (command.type !== 'PostTakeback' && command.type !== 'AcknowledgeRefund') return []
    const id = command.type === 'PostTakeback' ? command.recoupment.remittanceId : command.remittanceId
    const { received, standing } = yield* loadRemittance(desk, id)
    if (!received) {
      return [
        precondition('remittance.unknown', `there is no remittance ${id} in this book`, 'name one that was received'),
      ]
    }
    if (standing === 'rejected') {
      return [precondition('remittance.rejected', `remittance ${id} was rejected: it moved no money`)]
    }
    return command.type === 'PostTakeback' ? takebackHits(received, command) : []
  })
