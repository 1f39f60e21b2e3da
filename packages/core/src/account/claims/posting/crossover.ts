import { normaliseName, payerIdFrom } from '../../../documents/identity.ts'
import type { CoverageId } from '../../../kernel/ids.ts'
import type { Coverage } from '../../coverage/state.ts'
import { COMPLETE_COVERAGE } from '../follow.ts'
import type { Draft } from '../unit/draft.ts'
import { isForwarded, type RemittedClaim } from '../unit/remitted-claim.ts'

// A payer that passes the claim on itself (CLP02 19–21, NM1 TT): the next payer works on it without a claim of ours.

/** An unknown crossover carrier becomes a stub coverage and a work item: never the patient. */
export const stubCoverage = (draft: Draft, { claim, coverage }: RemittedClaim): Coverage => {
  const { patientId } = coverage
  const known = [...draft.coverages.values()].find((other) => other.stub && other.patientId === patientId)
  if (known) return known
  const stub: Coverage = {
    coverageId: draft.context.newId('coverage') as CoverageId,
    patientId,
    payerId: payerIdFrom(claim.crossover?.id, claim.crossover?.name ?? ''),
    payerName: claim.crossover?.name ?? '(crossover carrier not named)',
    order: coverage.order + 1,
    capitated: false,
    stub: true,
  }
  draft.cover(stub)
  draft.raise({
    code: COMPLETE_COVERAGE,
    coverageId: stub.coverageId,
    message: `crossed over to ${stub.payerName}: complete this coverage`,
  })
  return stub
}

const AWAIT_CROSSOVER = 'awaitCrossover'

/** A crossed-over claim must not be billed again while the next payer works on it (reference §1.7). */
export const awaitCrossover = (draft: Draft, { claim, coverage, adjudicationId }: RemittedClaim): void => {
  if (!isForwarded(claim)) return
  const to = claim.crossover ? ` to ${normaliseName(claim.crossover.name)}` : ''
  draft.raise({
    code: AWAIT_CROSSOVER,
    adjudicationId,
    coverageId: coverage.coverageId,
    message: `crossed over${to}: send no second claim`,
  })
}

/** The payer that the claim was crossed over to has decided: nobody waits for it any more. */
export const endAwaited = (draft: Draft, { coverage }: RemittedClaim): void => {
  for (const item of draft.state.claims.workItems.by('visit', draft.visitId)) {
    if (item.code !== AWAIT_CROSSOVER || item.coverageId === coverage.coverageId) continue
    draft.emit({
      type: 'ClaimWorkItemResolved',
      visitId: draft.visitId,
      workItemId: item.workItemId,
      reason: `${coverage.payerName} has decided the claim`,
    })
  }
}
