import type { AccountEvent } from '@daybook/core/account'
import type { Of } from '@daybook/core/kernel'
import { because, listed, type Words } from '../tell.ts'

type Opened = Of<AccountEvent, 'DisputeOpened'>

export const kindWords: Record<Opened['kind'], string> = {
  billingError: 'billing error',
  insuranceProcessing: 'how the insurance was processed',
  agencyWritten: 'in writing to the agency',
  bureau: 'what a bureau was told',
  identityTheft: 'identity theft',
  quality: 'quality of care or service',
  ppdr: 'patient-provider dispute resolution',
  chargeback: 'chargeback by the issuer',
}

const outcomes: Record<Of<AccountEvent, 'DisputeDecided'>['outcome'], string> = {
  upheld: 'upheld',
  partiallyUpheld: 'upheld in part',
  rejected: 'rejected',
}

export const disputeWords = {
  DisputeOpened: ({ kind, lines, says, amount }, tell) =>
    `Disputed (${kindWords[kind]})${amount === undefined ? '' : ` ${tell.money(amount)} of`} ` +
    `${listed(lines.map(({ lineId }) => tell.line(lineId)))}${because(tell.text(says))}`,
  DisputeAcknowledged: () => 'Dispute acknowledged',
  DisputeInvestigated: ({ finding }, tell) => `Dispute looked into${because(tell.text(finding))}`,
  DisputeDecided: ({ outcome, explanation }, tell) => `Dispute ${outcomes[outcome]}${because(tell.text(explanation))}`,
  DisputeClosed: (event, tell) => {
    if (event.because === 'resultSent') return 'Dispute closed: the letter with the result is out'
    if (event.because === 'chargedBack') return 'Dispute closed: the issuer has taken all of the payment back'
    return `Dispute withdrawn${because(tell.text(event.reason))}`
  },
} satisfies Partial<Words<AccountEvent>>
