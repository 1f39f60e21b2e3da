import { type AccountEvent, isDuplicate } from '@daybook/core/account'
import type { Of } from '@daybook/core/kernel'
import { listed, sum, type Tell, type Words } from '../tell.ts'

/** CLP02 in our own words (reference §12.4). */
const statusWords: Readonly<Record<string, string>> = {
  '1': 'as primary',
  '2': 'as secondary',
  '3': 'as tertiary',
  '4': 'denied',
  '19': 'as primary, passed on',
  '20': 'as secondary, passed on',
  '21': 'as tertiary, passed on',
  '22': 'reversal',
  '23': 'not our claim, passed on',
  '25': 'predetermination only',
}
const frequencies: Readonly<Record<string, string>> = { '1': 'original', '7': 'replacement', '8': 'void' }

const source = (event: Of<AccountEvent, 'ClaimAdjudicated' | 'AdjudicationReversed'>, tell: Tell): string =>
  'remittanceId' in event.source
    ? `remittance ${event.source.remittanceId}, claim ${event.source.claim}`
    : `keyed from paper: ${tell.text(event.source.manual)}`

const signed = (what: string, lines: readonly { readonly amount: number }[], tell: Tell): string => {
  const amount = sum(lines)
  return amount < 0 ? `${what} ${tell.money(-amount)} less` : `${what} ${tell.money(amount)}`
}

const denialReasons = (event: Of<AccountEvent, 'DenialRecorded'>, tell: Tell): string => {
  const reasons = event.lines.map((line) => {
    const remarks = line.remarks.length > 0 ? ` with ${line.remarks.join(', ')}` : ''
    return `${tell.adjustment(line.group, line.carc)}${remarks}`
  })
  return [...new Set(reasons)].join(', ')
}

const resolution = (event: Of<AccountEvent, 'DenialResolved'>, tell: Tell): string => {
  const { outcome } = event
  switch (outcome.kind) {
    case 'appealWon':
      return `appeal won (${outcome.reference})`
    case 'rebilledNext':
      return `billed to ${tell.coverage(outcome.coverageId)}`
    case 'writtenOff':
      return `written off${outcome.avoidable ? ', avoidable' : ''}`
    case 'movedToPatient':
      return `moved to the patient: ${tell.text(outcome.evidence)}`
    case 'superseded':
      return 'the payer replaced its decision'
    case 'voided':
      return 'the charge was voided'
  }
}

export const claimWords = {
  ClaimSubmitted: (event, tell) =>
    `Claim ${event.patientControlNumber} for ${tell.money(event.charge)} sent to ${tell.coverage(event.coverageId)} ` +
    `(${frequencies[event.frequency] ?? `frequency ${event.frequency}`})`,
  ClaimAdjudicated: (event, tell) => {
    const status = statusWords[event.status] ?? `status ${event.status}`
    const spread = event.lines.some((line) => line.derived)
      ? '; amounts by line are derived from claim level (rule S)'
      : ''
    const findings = event.findings.length > 0 ? `; findings: ${event.findings.join('; ')}` : ''
    const forwarded = event.forwardedTo ? `, passed on to ${event.forwardedTo}` : ''
    const corrects = event.supersedes ? ', corrects its earlier decision' : isDuplicate(event) ? ', a duplicate' : ''
    return (
      `${tell.coverage(event.coverageId)} decided claim ${event.claimKey.patientControlNumber} (${status}${forwarded}${corrects}): ` +
      `charged ${tell.money(event.chargeTotal)}, paid ${tell.money(event.paidTotal)}; ${source(event, tell)}${spread}${findings}`
    )
  },
  InsurancePaymentPosted: (event, tell) =>
    `${tell.coverage(event.coverageId)} paid ${tell.money(sum(event.lines))}: ${tell.lines(event.lines)}`,
  ContractualAdjustmentPosted: (event, tell) => {
    const codes = [...new Set(event.lines.map((line) => tell.adjustment(line.group, line.carc)))].join(', ')
    const differs = event.lines.some((line) => line.amount !== line.reported)
      ? '; the payer reported another figure, net of what is open here (rule N)'
      : ''
    return `${signed('Took off by contract', event.lines, tell)} for ${tell.coverage(event.coverageId)}: ${codes}${differs}`
  },
  PriorPayerSettled: (event, tell) =>
    `${signed('Took off as settled by an earlier payer', event.lines, tell)}, on the word of ` +
    `${tell.coverage(event.coverageId)}; unverified until that payer is heard`,
  PriorPayerSettlementUndone: (event, tell) =>
    `The earlier payer was heard: its stand-in of ${tell.money(sum(event.lines))} is undone`,
  DenialRecorded: (event, tell) => {
    const what = event.pending ? 'has not decided' : 'denied'
    const held = event.amountHeld ? '; the amount is held' : ''
    const nothing = event.expected === 0 ? '; nobody is expected to pay it' : ''
    return (
      `${tell.coverage(event.coverageId)} ${what} ${tell.money(sum(event.lines))} ` +
      `(${event.category}): ${denialReasons(event, tell)}${held}${nothing}`
    )
  },
  DenialResolved: (event, tell) =>
    event.lines
      ? `${tell.money(sum(event.lines))} of a denial ended: ${resolution(event, tell)}`
      : `Denial ended: ${resolution(event, tell)}`,
  AdjudicationReversed: (event, tell) => {
    const residual = event.residual.map(
      ({ lineId, amount, cause }) => `${tell.line(lineId)} ${tell.money(amount)} ${moved[cause]}`,
    )
    const rest = residual.length > 0 ? `; could not simply be taken back: ${listed(residual)}` : ''
    const pending = event.pending ? '; a correction is awaited' : ''
    return `${tell.coverage(event.coverageId)} took back its decision (${source(event, tell)})${rest}${pending}`
  },
  PayerTakebackPosted: (event, tell) =>
    `${tell.coverage(event.coverageId)} recouped ${tell.money(sum(event.lines))}: ${tell.lines(event.lines)}`,
  PayerTakebackUndone: (event, tell) => `Recoupment by ${tell.coverage(event.coverageId)} undone`,
  RefundAcknowledged: (event, tell) => `The payer confirmed our refund of ${tell.money(event.amount)}`,
  WithholdSettled: (event, tell) => {
    const what = `what ${tell.coverage(event.coverageId)} had withheld`
    const { outcome, amount } = event
    if ('lost' in outcome)
      return `${tell.money(amount)} of ${what} is lost (${outcome.lost}): ${tell.text(event.reason)}`
    const how =
      'returned' in outcome ? `by ${outcome.returned}` : `in remittance ${outcome.remittanceId} (PLB ${outcome.code})`
    return amount > 0
      ? `${tell.money(amount)} of ${what} came back ${how}`
      : `${tell.money(-amount)} of ${what}, and had given back, is taken back ${how}`
  },
  ClaimWorkItemRaised: (event, tell) => {
    const amount = event.amount === undefined ? '' : ` ${tell.money(event.amount)}`
    return `To be looked at (${event.code}${amount})${event.due ? ` by ${event.due}` : ''}: ${event.message}`
  },
  ClaimWorkItemResolved: () => 'Done with what was to be looked at',
} satisfies Partial<Words<AccountEvent>>

const moved: Record<Of<AccountEvent, 'AdjudicationReversed'>['residual'][number]['cause'], string> = {
  paidByPatient: 'had been paid by the patient',
  writtenOff: 'had been written off',
  movedToNext: 'had moved on to the next payer',
  placed: 'is with an agency',
}
