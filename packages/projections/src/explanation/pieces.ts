import { type AccountEvent, wordsOfCarc } from '@daybook/core/account'
import { type LineId, type Of, PATIENT, type Party, sameParty } from '@daybook/core/kernel'
import { writeOffWords } from '../history/words/ledger.ts'
import { reversalWords } from '../history/words/payments.ts'
import type { Piece } from './parts.ts'

/** What an event says about one party's share of one line, and what words need to look up. */
export interface Scene {
  readonly line: LineId
  readonly party: Party
  /** Net change of the receivable of this party on this line by the event. Never zero. */
  readonly net: number
  /** `plan`, or the payer's name where more than one payer is on the line. */
  readonly plan: string
  /** Who else a party is, in words: `the patient`, a payer's name. */
  readonly nameOf: (party: Party) => string
  readonly adjudication: (id: string) => Of<AccountEvent, 'ClaimAdjudicated'> | undefined
  readonly writeOff: (id: string) => Of<AccountEvent, 'WriteOffPosted'> | undefined
  /** What an adjudication has put on this party's share of this line so far. */
  readonly postedBy: (adjudication: string) => readonly Piece[]
}

type Contractual = Of<AccountEvent, 'ContractualAdjustmentPosted'>
type Transfer = Of<AccountEvent, 'ResponsibilityTransferred'>
type AdjudicatedLine = Of<AccountEvent, 'ClaimAdjudicated'>['lines'][number]

const adjudicatedLine = (scene: Scene, adjudication: string | undefined): AdjudicatedLine | undefined =>
  adjudication === undefined
    ? undefined
    : scene.adjudication(adjudication)?.lines.find((line) => line.lineId === scene.line)

const ownLines = <L extends { readonly lineId: LineId }>(scene: Scene, lines: readonly L[]): readonly L[] =>
  lines.filter((line) => line.lineId === scene.line)

/** Reductions that are no ordinary discount. */
const contractualWords: Readonly<Record<string, string>> = {
  '24': 'covered by a monthly payment per head',
  '94': 'processed above the charge',
  '253': 'federal sequestration',
}

const contractual = (event: Contractual, scene: Scene): readonly Piece[] => {
  const withheld = event.contra.some(({ account }) => account.startsWith('withhold'))
  const adjudicated = adjudicatedLine(scene, event.adjudicationId)
  return ownLines(scene, event.lines).map(({ group, carc, amount }) => ({
    kind: withheld ? 'withheld' : 'discount',
    words: withheld ? `withheld by ${scene.plan}` : (contractualWords[carc] ?? 'discount'),
    amount: -amount,
    code: `${group}-${carc}`,
    derived: adjudicated?.adjustments.some((one) => one.carc === carc && one.derived) ?? false,
  }))
}

const whyMoved = (reason: Transfer['reason']): string => {
  switch (reason.kind) {
    case 'pr':
      return wordsOfCarc(reason.carc)
    case 'denialToNext':
      return 'denied by the payer before'
    case 'denialToPatient':
      return 'not paid by the plan'
    case 'forwarded':
      return 'passed on by the payer before'
    case 'cobChanged':
      return 'moved when the order of payers changed'
    case 'coverageTermed':
      return 'moved because the coverage had ended'
    case 'coverageFound':
      return 'moved because coverage was found'
    case 'guarantorChanged':
      return 'moved with the guarantor'
    case 'released':
      return 'share released from hold'
    case 'manual':
      return 'moved by the desk'
  }
}

/**
 * The arriving side of a transfer. A patient share of several components (deductible and coinsurance) is told by
 * component where the adjudication's components make up the amount; otherwise by its largest code.
 */
const arriving = (event: Transfer, scene: Scene): readonly Piece[] => {
  const words = whyMoved(event.reason)
  if (event.reason.kind !== 'pr') return [{ kind: 'movedHere', words, amount: scene.net }]
  const shares = (adjudicatedLine(scene, event.adjudicationId)?.adjustments ?? []).filter(
    (one) => one.disposition === 'transfer' && one.amount !== 0,
  )
  const total = shares.reduce((sum, one) => sum + one.amount, 0)
  if (shares.length === 0 || total !== scene.net) {
    return [{ kind: 'movedHere', words, amount: scene.net, code: `PR-${event.reason.carc}` }]
  }
  return shares.map(({ group, carc, amount, derived }) => ({
    kind: 'movedHere',
    words: wordsOfCarc(carc),
    amount,
    code: `${group}-${carc}`,
    derived: derived ?? false,
  }))
}

const undoing = (piece: Pick<Piece, 'kind' | 'words' | 'undoes'>, amount: number): Piece => {
  const undoes = piece.undoes ?? { kind: piece.kind, words: piece.words }
  return { kind: 'undone', words: `${undoes.words}: undone`, amount, undoes }
}

/** The reversal of an adjudication: its own pieces negated; what remains is what had moved on (rule R). */
const reversed = (event: Of<AccountEvent, 'AdjudicationReversed'>, scene: Scene): readonly Piece[] =>
  scene.postedBy(event.adjudicationId).map((piece) => undoing(piece, -piece.amount))

const spaced = (type: string): string => type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()

const settled = 'settled by an earlier payer (not verified)'

/** The labelled pieces that an event tells of; they need not add up to the net change. */
const told = (event: AccountEvent, scene: Scene): readonly Piece[] => {
  const { net } = scene
  const whole = (kind: Piece['kind'], words: string, more: Partial<Piece> = {}): readonly Piece[] => [
    { kind, words, amount: net, ...more },
  ]
  switch (event.type) {
    case 'ChargePosted':
      return whole('billed', 'billed')
    case 'BalanceBroughtForward':
      return whole('broughtForward', 'brought forward from the old book')
    case 'ContractualAdjustmentPosted':
      return contractual(event, scene)
    case 'InsurancePaymentPosted':
      return whole('planPaid', `${scene.plan} paid`, {
        derived: adjudicatedLine(scene, event.adjudicationId)?.derived ?? false,
      })
    case 'PriorPayerSettled':
      return whole('priorPayer', settled, {
        derived: adjudicatedLine(scene, event.adjudicationId)?.derived ?? false,
      })
    case 'PriorPayerSettlementUndone':
      return [undoing({ kind: 'priorPayer', words: settled }, net)]
    case 'ResponsibilityTransferred':
      return sameParty(event.to, scene.party)
        ? arriving(event, scene)
        : whole('movedAway', `moved to ${scene.nameOf(event.to)}`)
    case 'PatientPaymentPosted':
    case 'UnappliedApplied':
      return whole('paid', scene.party === PATIENT ? 'you paid' : 'patient paid')
    case 'PaymentDeallocated':
      return whole('paymentUndone', 'payment taken off again')
    case 'PaymentReversed':
      return whole('paymentUndone', `payment ${reversalWords[event.kind].replace(/^payment /, '')}`)
    case 'WriteOffPosted':
      return whole('writeOff', writeOffWords[event.category])
    case 'AdjustmentReversed': {
      const original = scene.writeOff(event.adjustmentId)
      return whole('writeOffUndone', `${original ? writeOffWords[original.category] : 'write-off'} undone`)
    }
    case 'ChargeVoided':
      return whole('voided', 'charge voided')
    case 'AdjudicationReversed':
      return reversed(event, scene)
    case 'PayerTakebackPosted':
      return whole('takenBack', `taken back by ${scene.plan}`)
    case 'PayerTakebackUndone':
      return [undoing({ kind: 'takenBack', words: `taken back by ${scene.plan}` }, net)]
    case 'RefundIssued':
      return whole('refund', 'refunded')
    case 'RefundVoided':
      return whole('refund', 'refund voided')
    case 'RefundAcknowledged':
      return whole('refund', `refund confirmed by ${scene.plan}`)
    default:
      return []
  }
}

const leftOver: Readonly<Partial<Record<AccountEvent['type'], string>>> = {
  AdjudicationReversed: 'had moved on, taken back with the decision',
}

/**
 * An event's pieces of one party's share of one line. They add up to the net change: what an event's own figures do
 * not tell stands as a piece of its own, so that no explanation can leave a cent out.
 */
export const piecesOf = (event: AccountEvent, scene: Scene): readonly Piece[] => {
  const pieces = told(event, scene).filter((piece) => piece.amount !== 0)
  const rest = scene.net - pieces.reduce((sum, piece) => sum + piece.amount, 0)
  if (rest === 0) return pieces
  return [...pieces, { kind: 'other', words: leftOver[event.type] ?? spaced(event.type), amount: rest }]
}
