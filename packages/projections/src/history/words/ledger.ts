import type { AccountEvent } from '@daybook/core/account'
import type { Of } from '@daybook/core/kernel'
import { because, sum, type Tell, type Words } from '../tell.ts'

/** Categories of write-off as the desk says them. */
export const writeOffWords: Record<Of<AccountEvent, 'WriteOffPosted'>['category'], string> = {
  charity: 'charity care',
  presumptive: 'presumptive charity care',
  smallDebit: 'small balance',
  administrative: 'administrative write-off',
  courtesy: 'courtesy',
  promptPay: 'prompt-pay discount',
  selfPayDiscount: 'self-pay discount',
  settlement: 'settlement',
  bankruptcy: 'bankruptcy',
  estate: 'estate',
  statutoryPlan: 'plan completed by law',
  qmb: 'qualified Medicare beneficiary, not billable',
  medicaid: 'Medicaid, not billable',
  nsa: 'protected by the No Surprises Act',
  timeLimit: 'time limit passed',
}

type Transfer = Of<AccountEvent, 'ResponsibilityTransferred'>

const transferWords = (reason: Transfer['reason'], tell: Tell): string => {
  switch (reason.kind) {
    case 'pr':
      return `patient share, ${tell.adjustment('PR', reason.carc)}`
    case 'denialToNext':
      return 'denied, billed to the next payer'
    case 'denialToPatient':
      return `denied, and the patient is liable${because(tell.text(reason.evidence))}`
    case 'forwarded':
      return 'the payer passed the claim on'
    case 'cobChanged':
      return 'the order of payers changed'
    case 'coverageTermed':
      return 'the coverage had ended'
    case 'coverageFound':
      return 'coverage was found'
    case 'guarantorChanged':
      return 'the guarantor changed'
    case 'released':
      return 'a held amount was released'
    case 'manual':
      return tell.text(reason.reason)
  }
}

const asCorrection = (mode: 'economic' | 'correction'): string =>
  mode === 'correction' ? ' (correction: it counts from the day of what it corrects)' : ''

const outcome: Record<Of<AccountEvent, 'ResponsibilityReleased'>['outcome'], string> = {
  toPatient: 'it goes to the patient',
  toNext: 'it goes to the next payer',
  writtenOff: 'it is written off',
  reversed: 'its adjudication was undone',
}

export const ledgerWords = {
  ChargePosted: (event, tell) => {
    const units = event.units === '1' ? '' : `, ${event.units} units`
    return `Charged ${tell.money(event.amount)} for ${tell.line(event.lineId)}${units}, to ${tell.party(event.party)}`
  },
  ChargeVoided: (event, tell) => {
    const released = sum(event.released)
    const money = released > 0 ? `; ${tell.money(released)} of patient money has no item again` : ''
    return `Charge ${tell.line(event.lineId)} voided${event.replacedBy ? `, replaced by ${tell.line(event.replacedBy)}` : ''}${money}`
  },
  ResponsibilityTransferred: (event, tell) =>
    `Moved ${tell.money(sum(event.lines))} from ${tell.party(event.from)} to ${tell.party(event.to)}: ` +
    `${transferWords(event.reason, tell)} (${tell.lines(event.lines)})${asCorrection(event.mode)}`,
  ResponsibilityHeld: (event, tell) =>
    `Kept ${tell.money(sum(event.lines))} off the patient, still with ${tell.coverage(event.coverageId)}: ` +
    `${[...new Set(event.lines.map((line) => tell.adjustment(line.group, line.carc)))].join(', ')}; ` +
    `blocked by ${event.blockedBy.join(', ')}`,
  ResponsibilityReleased: (event, tell) =>
    event.lines
      ? `${tell.money(sum(event.lines))} no longer held: ${outcome[event.outcome]}`
      : `No longer held: ${outcome[event.outcome]}`,
  WriteOffPosted: (event, tell) => {
    const { approver, also, policy, determination, effort } = event.authority
    const by = [
      approver && `approved by ${approver}${also ? ` and ${also}` : ''}`,
      policy && `by policy ${policy}`,
      determination,
      effort && `after collection efforts (${effort})`,
    ].filter(Boolean)
    const authority = by.length > 0 ? `, ${by.join(', ')}` : ''
    const avoidable = event.avoidable ? '; timely work would have collected it' : ''
    return (
      `Wrote off ${tell.money(sum(event.lines))} owed by ${tell.party(event.party)}: ` +
      `${writeOffWords[event.category]}${authority}${avoidable}`
    )
  },
  AdjustmentReversed: (event, tell) => `Write-off of ${tell.money(sum(event.lines))} undone${asCorrection(event.mode)}`,
  BalanceBroughtForward: (event, tell) =>
    `Brought forward ${tell.money(sum(event.lines))} from ${event.source}; the books begin on ${event.booksBegin}`,
} satisfies Partial<Words<AccountEvent>>
