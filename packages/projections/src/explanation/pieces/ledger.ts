import { type AccountEvent, wordsOfCarc } from '@daybook/core/account'
import { type Of, sameParty } from '@daybook/core/kernel'
import { writeOffWords } from '../../history/words/ledger.ts'
import { adjudicatedLine } from '../lookups.ts'
import type { PlacedMatter } from '../matter.ts'
import type { Piece } from '../parts.ts'
import type { FacetExplanation, Scene } from '../telling.ts'

type Transfer = Of<AccountEvent, 'ResponsibilityTransferred'>

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

const leaving = ({ to }: Transfer, scene: Scene): readonly Piece[] => [
  { kind: 'movedAway', words: `moved to ${scene.nameOf(to)}`, amount: scene.net },
]

const held = (event: Of<AccountEvent, 'ResponsibilityHeld'>, id: string): readonly PlacedMatter[] =>
  event.lines.map((line) => ({
    kind: 'held',
    words: `kept off the patient: ${wordsOfCarc(line.carc)}`,
    amount: line.amount,
    codes: [`${line.group}-${line.carc}`],
    blockedBy: event.blockedBy,
    event: id,
    line: line.lineId,
    coverage: event.coverageId,
  }))

export const explanation = {
  pieces: {
    AdjustmentReversed: ({ adjustmentId }, scene) => {
      const original = scene.writeOff(adjustmentId)
      return {
        kind: 'writeOffUndone',
        words: `${original ? writeOffWords[original.category] : 'write-off'} undone`,
      }
    },
    BalanceBroughtForward: () => ({ kind: 'broughtForward', words: 'brought forward from the old book' }),
    ChargePosted: () => ({ kind: 'billed', words: 'billed' }),
    ChargeVoided: () => ({ kind: 'voided', words: 'charge voided' }),
    ResponsibilityTransferred: {
      pieces: (event, scene) => (sameParty(event.to, scene.party) ? arriving(event, scene) : leaving(event, scene)),
      rest: 'responsibility transferred',
    },
    WriteOffPosted: ({ category }) => ({ kind: 'writeOff', words: writeOffWords[category] }),
  },
  unapplied: {
    ChargeVoided: ({ released }) => released.map(({ paymentId, amount }) => ({ payment: paymentId, amount })),
  },
  matters: {
    ResponsibilityHeld: (event, id) => ({ begins: `holding ${event.holdingId}`, matters: held(event, id) }),
    ResponsibilityReleased: ({ holdingId, lines }) => ({ ends: `holding ${holdingId}`, lines }),
  },
} satisfies FacetExplanation
