import type { AccountEvent } from '@daybook/core/account'
import type { Words } from '../tell.ts'

export const coverageWords = {
  CoverageAdded: (event, tell) => {
    const span = [event.from && `from ${event.from}`, event.to && `to ${event.to}`].filter(Boolean).join(' ')
    const stub = event.stub ? '; known by name only, to be completed' : ''
    const capitated = event.capitated ? ', paid per head' : ''
    const patient = tell.patient(event.patientId)
    return `Coverage added: ${event.payerName}, place ${event.order} for ${patient}${span === '' ? '' : `, ${span}`}${capitated}${stub}`
  },
  CoverageTerminated: (event, tell) =>
    `Coverage ended: ${tell.payer(event.coverageId)} pays for services up to ${event.lastDay} only`,
  CobOrderSet: (event, tell) =>
    `Payers of ${tell.patient(event.patientId)} put in order: ${event.order.map(tell.payer).join(', then ')}`,
} satisfies Partial<Words<AccountEvent>>
