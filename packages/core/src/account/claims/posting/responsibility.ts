import { PATIENT, type Party } from '../../../kernel/effects.ts'
import type { LineId } from '../../../kernel/ids.ts'
import type { Facts } from '../../../rules/facts.ts'
import type { TransferReason } from '../../ledger/events.ts'
import { evidenceOf, patientGate } from '../advice/gates.ts'
import { nettedShares, type Share } from '../advice/patient-share.ts'
import { components, type LineReading } from '../advice/reading.ts'
import type { Draft } from '../unit/draft.ts'
import { isForwarded, partyOf, type RemittedClaim } from '../unit/remitted-claim.ts'
import { nextCoverage } from '../unit/so-far.ts'
import { stubCoverage } from './crossover.ts'
import { type Blocked, holdShares } from './hold-shares.ts'
import { type Moving, transferShares } from './transfer-shares.ts'

/**
 * Row 8 or 9 for every share of patient responsibility. To another payer it moves freely, on a denial only with evidence
 * or forwarded (clarification 8); to the patient only through the gates. Else it is held and stays at the coverage.
 * `limited` lines move no more than is left at the coverage.
 */
export const moveResponsibility = (
  draft: Draft,
  remitted: RemittedClaim,
  lines: readonly LineReading[],
  limited: Pick<ReadonlySet<LineId>, 'has'>,
): readonly string[] => {
  const evidence = evidenceOf(draft, remitted)
  const blockers = gateOf(
    draft,
    evidence,
    lines.map(({ lineId }) => lineId),
  )
  const moving: Moving[] = []
  const blocked: Blocked[] = []
  for (const line of lines) {
    for (const share of nettedShares(line)) {
      const { to, reason } = destination(draft, remitted, share)
      const free = share.onDenial ? isForwarded(remitted.claim) : to !== PATIENT
      const blockedBy = free ? [] : blockers(share)
      if (blockedBy.length > 0) blocked.push({ ...share, blockedBy })
      else moving.push({ ...share, to, reason })
    }
    // What no patient may be billed for is held without a question (row OA-209, CO-303).
    for (const component of components(line, 'regulatory')) {
      blocked.push({ line, component, amount: component.amount, blockedBy: ['AR-05'], onDenial: false })
    }
  }
  const findings = transferShares(draft, remitted, moving, { lines, blocked, limited })
  holdShares(draft, remitted, blocked, evidence)
  return findings
}

/** Where a line's patient share goes: the next coverage, a crossover carrier not on file yet, or the patient. */
const destination = (
  draft: Draft,
  remitted: RemittedClaim,
  { line, component }: Share,
): { readonly to: Party; readonly reason: TransferReason } => {
  const forwarded = isForwarded(remitted.claim)
  const reason: TransferReason = forwarded ? { kind: 'forwarded' } : { kind: 'pr', carc: component.carc }
  const next = nextCoverage(draft, remitted.coverage.coverageId, line.lineId)
  if (next) return { to: partyOf(next), reason }
  return { to: forwarded ? partyOf(stubCoverage(draft, remitted)) : PATIENT, reason }
}

/** Says which rules keep a share off the patient; asked once for each reason code, of the whole claim's evidence. */
const gateOf = (draft: Draft, evidence: Facts, lines: readonly LineId[]): ((share: Share) => readonly string[]) => {
  const verdicts = new Map<string, readonly string[]>()
  return ({ component, onDenial }) => {
    const key = `${component.group} ${component.carc} ${onDenial}`
    const known = verdicts.get(key)
    if (known) return known
    const { hits, passed } = patientGate(draft, evidence, component, onDenial, lines)
    const blockedBy = [...new Set(hits.map((hit) => hit.rule))]
    if (blockedBy.length === 0) draft.pass(passed)
    verdicts.set(key, blockedBy)
    return blockedBy
  }
}
