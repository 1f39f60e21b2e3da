import { type AccountEvent, wordsOfCarc } from '@daybook/core/account'
import type { Of } from '@daybook/core/kernel'
import { adjudicatedLine, ownLines, undoing } from '../lookups.ts'
import type { PlacedMatter } from '../matter.ts'
import type { Piece } from '../parts.ts'
import type { FacetExplanation, Scene } from '../telling.ts'

/** Reductions that are no ordinary discount. */
const contractualWords: Readonly<Record<string, string>> = {
  '24': 'covered by a monthly payment per head',
  '94': 'processed above the charge',
  '253': 'federal sequestration',
}

const contractual = (event: Of<AccountEvent, 'ContractualAdjustmentPosted'>, scene: Scene): readonly Piece[] => {
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

const isDerived = (scene: Scene, adjudication: string | undefined): boolean =>
  adjudicatedLine(scene, adjudication)?.derived ?? false

const settled = 'settled by an earlier payer (not verified)'

const denied = (event: Of<AccountEvent, 'DenialRecorded'>, id: string): readonly PlacedMatter[] =>
  event.lines.map((line) => ({
    kind: event.pending ? 'pending' : 'denied',
    words: `${event.pending ? 'not yet decided' : 'denied'}: ${wordsOfCarc(line.carc)}`,
    amount: line.amount,
    codes: [`${line.group}-${line.carc}`, ...line.remarks],
    blockedBy: [],
    event: id,
    line: line.lineId,
    coverage: event.coverageId,
  }))

export const explanation = {
  pieces: {
    // Its own pieces negated; what remains is what had moved on (rule R).
    AdjudicationReversed: {
      pieces: (event, scene) =>
        scene.postedBy(event.adjudicationId).map((piece) => ({ ...undoing(piece), amount: -piece.amount })),
      rest: 'had moved on, taken back with the decision',
    },
    ContractualAdjustmentPosted: { pieces: contractual, rest: 'contractual adjustment posted' },
    InsurancePaymentPosted: ({ adjudicationId }, scene) => ({
      kind: 'planPaid',
      words: `${scene.plan} paid`,
      derived: isDerived(scene, adjudicationId),
    }),
    PayerTakebackPosted: (_, { plan }) => ({ kind: 'takenBack', words: `taken back by ${plan}` }),
    PayerTakebackUndone: (_, { plan }) => undoing({ kind: 'takenBack', words: `taken back by ${plan}` }),
    PriorPayerSettled: ({ adjudicationId }, scene) => ({
      kind: 'priorPayer',
      words: settled,
      derived: isDerived(scene, adjudicationId),
    }),
    PriorPayerSettlementUndone: () => undoing({ kind: 'priorPayer', words: settled }),
    WithholdSettled: (_, { plan }) => ({ kind: 'withheld', words: `withheld by ${plan}, settled` }),
    RefundAcknowledged: (_, { plan }) => ({ kind: 'refund', words: `refund confirmed by ${plan}` }),
  },
  matters: {
    // An amount that is held is told as held (clarification 8).
    DenialRecorded: (event, id) =>
      event.amountHeld ? undefined : { begins: `denial ${event.denialId}`, matters: denied(event, id) },
    DenialResolved: ({ denialId, lines }) => ({ ends: `denial ${denialId}`, lines }),
  },
} satisfies FacetExplanation
