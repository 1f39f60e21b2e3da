import * as Effect from 'effect/Effect'
import { isSamePayer } from '../account/claims/identity/asked.ts'
import { withheldAt } from '../account/claims/withheld-state.ts'
import type { AccountCommand, AccountState } from '../account/rooms.ts'
import { formatCents, toCents } from '../kernel/cents.ts'
import { precondition, type RuleHit } from '../kernel/decision.ts'
import type { AccountId, RemittanceId } from '../kernel/ids.ts'
import type { RemittanceReceived } from '../remittance/events.ts'
import { type Desk, loadAccount, loadRemittance } from './desk.ts'
import type { ExecuteError } from './service.ts'

// What a command of the desk says of a remittance must be what the remittance says: an account knows none.

/** As payers write references: with blanks, hyphens and in either case. */
const plain = (reference: string): string => reference.toUpperCase().replace(/[^A-Z0-9]+/g, '')

type Takeback = Extract<AccountCommand, { type: 'PostTakeback' }>
type Settle = Extract<AccountCommand, { type: 'SettleWithhold' }>
type Acknowledge = Extract<AccountCommand, { type: 'AcknowledgeRefund' }>

/** Codes of PLB pairs that have accounts and ends of their own (postings.md): none of them gives back a withhold. */
const ofOthers: ReadonlySet<string> = new Set(['WO', '72', 'OB', 'FB', 'L6', 'CT', 'CR', 'IR', 'LE'])

/** The remittance that a command speaks of. */
const namedBy = (command: AccountCommand): RemittanceId | undefined => {
  switch (command.type) {
    case 'PostTakeback':
      return command.recoupment.remittanceId
    case 'AcknowledgeRefund':
      return command.remittanceId
    case 'SettleWithhold':
      return command.outcome.kind === 'inRemittance' ? command.outcome.remittance : undefined
    default:
      return undefined
  }
}

/** What the payer of the remittance moved under a reference (PLB03-2), cents; or why there is nothing. */
const movedUnder = (
  { remittanceId, providerAdjustments }: RemittanceReceived,
  named: string,
  isMeant: (pair: RemittanceReceived['providerAdjustments'][number]) => boolean,
): number | RuleHit => {
  const wanted = plain(named)
  const meant = providerAdjustments.filter(isMeant)
  const moved = meant.filter(({ reference }) => wanted !== '' && plain(reference).includes(wanted))
  if (moved.length > 0) return moved.reduce((sum, { amount }) => sum + Math.abs(amount), 0)
  const known = [...new Set(meant.map(({ reference }) => reference))].slice(0, 5)
  return precondition(
    'claims.recoupmentUnknown',
    `remittance ${remittanceId} moved nothing under ${named}`,
    known.length > 0 ? `name one of its references: ${known.join(', ')}` : 'name the remittance that moved it',
  )
}

/** No more than the payer moved under the reference. */
const beyondHits = (moved: number | RuleHit, named: string, asked: number): readonly RuleHit[] => {
  if (typeof moved !== 'number') return [moved]
  if (asked <= moved) return []
  const reason = `${formatCents(moved)} moved under ${named}, not ${formatCents(asked)}`
  return [precondition('claims.beyondRecoupment', reason)]
}

/** The payer of the remittance took something under this reference, and not less than is pushed to lines. */
const takebackHits = (received: RemittanceReceived, { recoupment, lines }: Takeback): readonly RuleHit[] => {
  const { payerId } = received
  const hits: RuleHit[] = []
  if (payerId !== recoupment.payerId) {
    const reason = `remittance ${recoupment.remittanceId} is of payer ${payerId}, not of ${recoupment.payerId}`
    hits.push(precondition('claims.otherPayer', reason, 'name the payer of the remittance'))
  }
  const named = recoupment.payerControlNumber
  const pushed = lines.reduce((sum, { amount }) => sum + amount, 0)
  return [
    ...hits,
    ...beyondHits(
      movedUnder(received, named, () => true),
      named,
      pushed,
    ),
  ]
}

/** The pairs by which a payer shows money that we had sent back. */
const isShown = ({ code, amount }: RemittanceReceived['providerAdjustments'][number]): boolean =>
  code === '72' && amount < 0

/** All that a payer shows so, cents; or that it shows nothing. */
const shownIn = ({ remittanceId, providerAdjustments }: RemittanceReceived): number | RuleHit => {
  const shown = providerAdjustments.filter(isShown)
  if (shown.length > 0) return shown.reduce((sum, { amount }) => sum - amount, 0)
  const reason = `remittance ${remittanceId} shows nothing that was sent back (PLB 72)`
  return precondition('claims.recoupmentUnknown', reason, 'name the remittance that shows it')
}

/** The payer that got the refund shows it (PLB 72, below zero), under the reference where one is named, and not less. */
const acknowledgedHits = (
  received: RemittanceReceived,
  { reference, amount, coverage }: Acknowledge,
  { coverage: { coverages } }: AccountState,
): readonly RuleHit[] => {
  const payer = coverages.get(coverage)
  const hits: RuleHit[] = []
  if (payer && !isSamePayer(payer, received)) {
    const reason = `remittance ${received.remittanceId} is of payer ${received.payerId}, not of ${payer.payerId}`
    hits.push(precondition('claims.otherPayer', reason, 'name a remittance of the payer'))
  }
  const moved = reference === undefined ? shownIn(received) : movedUnder(received, reference, isShown)
  return [...hits, ...beyondHits(moved, reference ?? 'PLB 72', amount)]
}

/** The payer gave so much beside the claims of the advice under the code, or took it, and under no code that is something else. */
const withheldHits = (
  { remittanceId, payerId, providerAdjustments }: RemittanceReceived,
  { visit, coverage, outcome, ...given }: Settle,
  { claims, coverage: { coverages } }: AccountState,
): readonly RuleHit[] => {
  if (outcome.kind !== 'inRemittance') return []
  const payer = coverages.get(coverage)?.payerId
  if (payer !== undefined && payer !== payerId) {
    const reason = `remittance ${remittanceId} is of payer ${payerId}, not of ${payer}`
    return [precondition('claims.otherPayer', reason, 'name a remittance of the payer')]
  }
  const stands = withheldAt(claims, visit, coverage)?.dated.reduce((sum, change) => sum + change.amount, 0) ?? 0
  const amount = given.amount ?? stands
  const { code } = outcome
  const isBack = amount >= 0
  const pairs = providerAdjustments.filter((pair) => pair.code === code && isBack === pair.amount < 0)
  const moved = pairs.reduce((sum, pair) => sum + Math.abs(pair.amount), 0)
  if (moved > 0 && !ofOthers.has(code)) {
    if (Math.abs(amount) <= moved) return []
    return [
      precondition(
        'claims.beyondReturned',
        `${formatCents(toCents(moved))} came back under ${code}, not ${formatCents(toCents(Math.abs(amount)))}`,
      ),
    ]
  }
  const reason = `remittance ${remittanceId} gave nothing back under ${code} beside its claims`
  return [
    precondition('claims.nothingReturned', reason, 'name the code of the pair (PLB03-1), or how else it came back'),
  ]
}

/** Why what a command says of a remittance can not be: every reason, none where all is as the remittance says. */
export const remittanceHits = (
  desk: Desk,
  accountId: AccountId,
  command: AccountCommand,
): Effect.Effect<readonly RuleHit[], ExecuteError> =>
  Effect.gen(function* () {
    const id = namedBy(command)
    if (id === undefined) return []
    const { received, standing } = yield* loadRemittance(desk, id)
    if (!received) {
      return [
        precondition('remittance.unknown', `there is no remittance ${id} in this book`, 'name one that was received'),
      ]
    }
    if (standing === 'rejected') {
      return [precondition('remittance.rejected', `remittance ${id} was rejected: it moved no money`)]
    }
    switch (command.type) {
      case 'PostTakeback':
        return takebackHits(received, command)
      case 'AcknowledgeRefund':
        return acknowledgedHits(received, command, yield* loadAccount(desk, accountId))
      case 'SettleWithhold':
        return withheldHits(received, command, yield* loadAccount(desk, accountId))
      default:
        return []
    }
  })
