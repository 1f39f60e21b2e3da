import type { Episode, Office } from './episode.ts'
import * as beside from './provider-level.ts'
import * as unusual from './unusual.ts'
import * as usual from './usual.ts'

export type Scenario = (office: Office) => Episode

/** Each of these once in every `SPECIAL_EVERY` visits. */
const specials: readonly Scenario[] = [
  unusual.bundled,
  unusual.paidAboveCharge,
  unusual.splitLine,
  unusual.claimLevelReduction,
  unusual.withoutLines,
  unusual.medicaidShares,
  unusual.protectedByCode,
  unusual.protectedByRemark,
  unusual.shareOnDenial,
  unusual.crossedOver,
  unusual.crossedToUnknown,
  unusual.secondPayerRepeats,
  unusual.secondPayerDenies,
  unusual.child,
  unusual.facility,
  unusual.facility,
  unusual.statedPatientPayment,
  unusual.corrected,
  unusual.voided,
  unusual.outOfBalance,
  unusual.correctedByPayer,
  unusual.correctedLater,
  beside.takenBackLater,
  beside.carriedForward,
  beside.paidWithInterest,
  beside.recoupedWithoutReversal,
  beside.adjustedPlainly,
  beside.refundConfirmed,
  beside.capitated,
  beside.zeroPay,
  beside.inUnbalancedPayment,
  beside.inUnbalancedPayment,
  beside.inUnbalancedPayment,
]
export const SPECIAL_EVERY = 140

/** How often, of 100 other visits. */
const weights: readonly (readonly [Scenario, number])[] = [
  [usual.paidWithCopay, 32],
  [usual.paidAfterDeductible, 26],
  [usual.unanswered, 14],
  [usual.deniedWhole, 9],
  [usual.deniedInPart, 7],
  [(office) => usual.withSecondPayer(office), 12],
]

/** The scenarios of `count` visits in order: specials first, the rest by weight. */
export const deal = (office: Office, count: number): readonly Episode[] => {
  const rounds = Math.ceil(count / SPECIAL_EVERY)
  const fixed = Array.from({ length: rounds }, () => specials)
    .flat()
    .slice(0, count)
  return Array.from({ length: count }, (_, at) => (fixed[at] ?? byWeight(office.random.int(100)))(office))
}

const byWeight = (draw: number): Scenario => {
  let left = draw
  for (const [scenario, weight] of weights) {
    if (left < weight) return scenario
    left -= weight
  }
  return usual.paidWithCopay
}
