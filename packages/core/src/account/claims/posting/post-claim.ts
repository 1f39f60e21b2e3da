import { isLaterPayer } from '../../../documents/claim-status.ts'
import { formatCents, maxCents, sumOf, toCents, ZERO } from '../../../kernel/cents.ts'
import type { LineId } from '../../../kernel/ids.ts'
import { netResponsibility } from '../advice/patient-share.ts'
import { type ClaimReading, totalOf } from '../advice/reading.ts'
import { bothFirst, bothFirstFindings, paymentAlone } from '../order/both-first.ts'
import { type ExplainedAhead, explainedAhead } from '../order/explained-ahead.ts'
import { bringBackFromPatient, bringFromSelfPay, standsWithPatient } from '../order/from-patient.ts'
import {
  appliesRuleN,
  type ContractualLine,
  effectiveContractual,
  fitted,
  isEarlierOnFile,
  priorPayerFindings,
} from '../order/rule-n.ts'
import { settleInOrder } from '../order/settle-in-order.ts'
import { type StandInsUndone, undoStandIns } from '../order/stand-ins.ts'
import { endBeyondOwed, endOwnBeyondOwed, supersede } from '../order/waiting.ts'
import { bringBackUndecided, bringForward } from '../order/whose-turn.ts'
import type { Draft } from '../unit/draft.ts'
import { partyOf, type RemittedClaim } from '../unit/remitted-claim.ts'
import { adjudicationOf, type Circumstances } from './adjudication.ts'
import { awaitCrossover, endAwaited } from './crossover.ts'
import { recordDenials } from './denials.ts'
import { bringUsedCreditsBack } from './moved-on.ts'
import { asReported, negativeNets, postContractual, postPayment, postPriorPayer } from './reductions.ts'
import { moveResponsibility } from './responsibility.ts'

/**
 * Posts one claim that is no reversal: every event of rows 3–9 that it calls for, in that order. Where it comes out of
 * the order of benefits, the books are first brought to where this payer may speak, and at the end to where they would
 * stand had all spoken in order (clarification 6, rule N).
 */
export const postClaim = (
  draft: Draft,
  remitted: RemittedClaim,
  said: ClaimReading,
  { findings, supersedes }: Circumstances,
): void => {
  const ofCredits = bringUsedCreditsBack(draft, remitted, said.lines)
  const standIns = undoStandIns(draft, remitted, said.lines)
  bringBackUndecided(draft, remitted, said.lines)
  bringFromSelfPay(draft, remitted, said.lines)
  const ahead = explainedAhead(draft, remitted, said.lines, standIns.lines)
  if (isLaterPayer(remitted.claim.status)) {
    bringForward(draft, remitted, said.lines, ahead)
    bringBackFromPatient(draft, remitted, said.lines)
  }
  const both = bothFirst(draft, remitted, said.lines)
  const reading: ClaimReading = { ...said, lines: paymentAlone(said.lines, both) }
  const { lines } = reading

  // The adjudication stands before all that names it, and tells what was found while that was decided.
  const adjudicated = draft.keepPlace()
  const ofPriorPayers = settlePriorPayers(draft, remitted, reading)
  const explained = { ...reading, lines: lines.filter(({ lineId }) => !both.has(lineId)) }
  const contractual = contractualOf(draft, remitted, explained, standIns, ahead)
  if (draft.held) return

  postPayment(draft, remitted, lines)
  const ofBoth = bothFirstFindings(draft, remitted, both)
  const reduced = [...contractual, ...asReported(lines, 'capitated'), ...negativeNets(lines)]
  postContractual(draft, remitted, 'contractual', reduced)
  postContractual(draft, remitted, `withhold:${draft.payer.payerId}`, asReported(lines, 'withheld'))
  supersede(draft, remitted, lines, supersedes)
  recordDenials(draft, remitted, reading)
  const left = new Map(lines.map(({ lineId }) => [lineId, draft.owed(lineId, partyOf(remitted.coverage))]))
  const ofShares = moveResponsibility(draft, remitted, lines, ahead)
  const ofOrder = settleInOrder(draft, remitted, lines, ahead, left)
  endWhatIsExplained(draft, remitted, ahead)

  const found = [...findings, ...ofCredits, ...ofPriorPayers, ...standIns.findings, ...ofBoth, ...ofShares, ...ofOrder]
  adjudicated(adjudicationOf(draft, remitted, said, { findings: found, supersedes }))
  raiseOverpaid(draft, remitted, reading)
  endAwaited(draft, remitted)
  awaitCrossover(draft, remitted)
}

/** OA-23: compared with what earlier payers have decided; on lines where none has, it stands in for them (row 6). */
const settlePriorPayers = (draft: Draft, remitted: RemittedClaim, { lines }: ClaimReading): readonly string[] => {
  const unheard = lines.filter((line) => !isEarlierOnFile(draft, remitted, line))
  const differing = priorPayerFindings(draft, remitted, lines)
  return [...differing, ...postPriorPayer(draft, remitted, unheard)]
}

/**
 * The reductions of all lines, by rule N where it applies. Where a stand-in was undone, the reduction is posted as it
 * was reported: what the later payer then has too much or too little is settled at the end.
 */
const contractualOf = (
  draft: Draft,
  remitted: RemittedClaim,
  { lines }: ClaimReading,
  standIns: StandInsUndone,
  ahead: ReadonlyMap<LineId, ExplainedAhead>,
): readonly ContractualLine[] => {
  const ruleN = appliesRuleN(draft, remitted, lines)
  return lines.flatMap((line) => {
    if (standIns.lines.has(line.lineId)) return fitted(line, totalOf(line, 'contractual'))
    const effective = effectiveContractual(draft, remitted, line, ruleN, {
      ahead: ahead.get(line.lineId)?.explained,
      elsewhere: standsWithPatient(draft, remitted, line),
    })
    return effective === undefined ? [] : fitted(line, effective)
  })
}

/** On lines that later payers explained ahead nobody waits for more than is left: not they, and not this payer. */
const endWhatIsExplained = (
  draft: Draft,
  { coverage }: RemittedClaim,
  ahead: ReadonlyMap<LineId, ExplainedAhead>,
): void => {
  const spoke = [...ahead].flatMap(([lineId, { later }]) =>
    later.map(({ event }) => ({ lineId, by: event.coverageId })),
  )
  for (const [coverageId, lines] of Map.groupBy(spoke, ({ by }) => by)) {
    const lineIds = lines.map(({ lineId }) => lineId)
    endBeyondOwed(draft, coverageId, lineIds)
  }
  endOwnBeyondOwed(draft, coverage.coverageId, [...ahead.keys()])
}

/** Clarification 24: the payer says that the patient paid more than the patient's share. */
const raiseOverpaid = (
  draft: Draft,
  { claim, coverage, adjudicationId }: RemittedClaim,
  { lines }: ClaimReading,
): void => {
  if (claim.patientPaid === undefined) return
  const share = sumOf(lines, netResponsibility)
  const over = toCents(claim.patientPaid - maxCents(ZERO, share))
  if (over <= 0) return
  draft.raise({
    code: 'patientMayBeOverpaid',
    adjudicationId,
    coverageId: coverage.coverageId,
    amount: over,
    message: `the payer says that the patient paid ${formatCents(claim.patientPaid)}; the patient's share is ${formatCents(share)}`,
  })
}
