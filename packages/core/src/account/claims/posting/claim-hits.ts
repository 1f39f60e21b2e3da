import type { AdviceClaim } from '../../../documents/advice.ts'
import { correctedOfAdvice, patientOfAdvice } from '../../../documents/advice-patient.ts'
import { claimImbalances } from '../../../documents/balancing.ts'
import { identifierOf, isNamedAlike } from '../../../documents/patients.ts'
import { formatCents, ZERO } from '../../../kernel/cents.ts'
import { precondition, type RuleHit } from '../../../kernel/decision.ts'
import { known } from '../../../rules/facts.ts'
import { ask } from '../../facts.ts'
import type { Draft } from '../unit/draft.ts'

// What an advice says of a claim, looked at by itself: what keeps it from being posted, and what is only odd.

const words: Readonly<Record<string, string>> = {
  B1: 'a line: charge is not paid plus adjustments',
  B2: 'the claim: charge is not paid plus all adjustments',
  B3: 'the claim: charge is not the sum of its lines',
  B4: 'the claim: paid is not the sum of its lines less claim-level adjustments',
  B5: 'the claim: patient responsibility (CLP05) is not the sum of its PR adjustments',
}

/** Why a claim can not be posted whatever the account says: unusable figures, B1, B2, B4. */
export const claimHits = (claim: AdviceClaim): readonly RuleHit[] => [
  ...claim.defects.map((defect) =>
    precondition('defect', defect, 'ask the payer for a readable advice, or post from paper and reject the claim'),
  ),
  ...(claim.charge === undefined || claim.paid === undefined
    ? [precondition('defect', 'CLP03 or CLP04 is missing', 'ask the payer for a complete advice')]
    : []),
  ...claimImbalances(claim)
    .filter((imbalance) => imbalance.holds)
    .map(
      (imbalance): RuleHit => ({
        rule: imbalance.rule,
        reason: `${words[imbalance.rule] ?? imbalance.rule}${imbalance.line ? ` (line ${imbalance.line})` : ''}: ${formatCents(imbalance.amount)} off`,
        citation: 'X12 835 TR3 §1.10.2 (balancing)',
        jurisdiction: 'industry',
        requiredAction: 'ask the payer to correct the advice, or release or reject the claim',
        amount: imbalance.amount,
      }),
    ),
]

/** What is odd about a claim and holds nothing: B3 and B5 (clarification 23), and groups that do not fit their codes. */
export const claimFindings = (draft: Draft, claim: AdviceClaim): readonly string[] => [
  ...claimImbalances(claim)
    .filter((imbalance) => !imbalance.holds)
    .map(({ rule, amount }) => `${rule}: ${words[rule] ?? rule}: ${formatCents(amount)} off`),
  ...groupFindings(draft, claim),
  ...correctionFindings(claim),
]

/** NM1 74: what the claims should say from now on, so that the payer knows the patient by it. */
const correctionFindings = (claim: AdviceClaim): readonly string[] => {
  const corrected = correctedOfAdvice(claim)
  if (!corrected) return []
  const named = patientOfAdvice(claim)
  const toDo = 'correct it where the patient is registered, for the next claim'
  return [
    ...(isNamedAlike(corrected, named)
      ? []
      : [`nameCorrected: the payer has the patient under another name (NM1 74): ${toDo}`]),
    ...(identifierOf(corrected) === identifierOf(named)
      ? []
      : [`memberIdCorrected: the payer has the patient under another member id (NM1 74): ${toDo}`]),
  ]
}

/** AR-08: group constraints of the code list (reference §1.5), each group and code asked once, by charge whole or not. */
const groupFindings = (draft: Draft, claim: AdviceClaim): readonly string[] => {
  const remarks = [...claim.remarks, ...claim.lines.flatMap((line) => line.remarks)]
  const scope = { lines: [], visits: [draft.visitId] }
  const seen = new Set<string>()
  const findings = [claim, ...claim.lines].flatMap(({ charge = ZERO, adjustments }) =>
    adjustments.flatMap(({ group, carc, amount }) => {
      const one = `${group} ${carc} ${amount === charge}`
      if (seen.has(one)) return []
      seen.add(one)
      const own = {
        'adjustment.group': known(group),
        'adjustment.carc': known(carc),
        'adjustment.remarks': known(remarks),
        'adjustment.cents': known(amount),
        'adjustment.charge': known(charge),
      }
      const question = { gate: 'postAdjustment', on: draft.on, scope, own } as const
      const { warnings, passed } = ask(draft.state, question, draft.context)
      draft.pass(passed)
      return warnings.map((warning) => `${warning.rule}: ${warning.reason}`)
    }),
  )
  return [...new Set(findings)]
}
