import type { AccountEvent } from '@daybook/core/account'
import type { Of } from '@daybook/core/kernel'
import { because, type Words } from '../tell.ts'

const causes: Record<Of<AccountEvent, 'PlanDefaulted'>['cause'], string> = {
  consecutiveMisses: 'several instalments in a row were missed',
  cumulativeMisses: 'too many instalments were missed',
  pastDue: 'it was too long past due',
}

const consents = (consent: Of<AccountEvent, 'PlanAmended'>['consent']): string =>
  consent === undefined ? '' : `; the patient agreed on ${consent.on} (${consent.how})`

const notices: Record<Of<AccountEvent, 'PlanNoticeSent'>['kind'], string> = {
  cure: 'Notice before default of the plan sent',
  renegotiation: 'New terms of the plan offered',
  contactAttempt: 'Tried to reach the patient about the plan',
}

export const planWords = {
  PlanProposed: (event, tell) =>
    `Plan proposed: ${tell.money(event.total)} in ${event.schedule.length} instalments, ` +
    `first ${event.schedule[0]?.due ?? ''}; open until ${event.expires}`,
  PlanActivated: (event) => `Plan agreed on ${event.agreedOn}`,
  InstalmentPaid: (event, tell) =>
    `Instalment ${event.number}: ${tell.money(event.amount)} paid${event.complete ? ', complete' : ', in part'}`,
  InstalmentReopened: (event, tell) => `Instalment ${event.number}: ${tell.money(event.amount)} is unpaid again`,
  InstalmentMissed: (event, tell) =>
    `Instalment ${event.number} of ${event.due} missed, ${tell.money(event.open)} open`,
  PlanCureOffered: (event, tell) => `Cure offered: ${tell.money(event.open)} by ${event.cureBy}`,
  PlanCured: () => 'Plan cured: it goes on',
  PlanDefaulted: (event, tell) => `Plan in default, ${tell.money(event.open)} open: ${causes[event.cause]}`,
  PlanAmended: (event, tell) =>
    `Plan amended: ${tell.money(event.total)} in ${event.schedule.length} instalments${consents(event.consent)}`,
  PlanRecomputed: (event, tell) =>
    `Plan shortened by ${tell.money(event.reducedBy)} to ${tell.money(event.total)}: less is owed than it covered`,
  PlanSuspended: () => 'Plan suspended: a payer has taken back what it is on, and has not corrected itself yet',
  PlanResumed: (event, tell) => {
    const [next] = event.schedule
    const until = next ? `; ${event.schedule.length} instalments` : ''
    return `Plan goes on${event.reason === undefined ? ': the correction is here' : because(tell.text(event.reason))}${until}`
  },
  PlanPartHeld: (event, tell) =>
    `${tell.money(event.held)} of the plan is in dispute: it is not asked for, the rest goes on`,
  PlanPartReleased: (event) => {
    const next = event.schedule.at(-1)
    return `Nothing of the plan is in dispute any more${next ? `: the last instalment falls due on ${next.due}` : ''}`
  },
  PlanDeferred: (event, tell) =>
    `Plan put off by ${event.months} ${event.months === 1 ? 'month' : 'months'}${event.hardship ? ' for hardship' : ''}` +
    `${consents(event.consent)}${because(tell.text(event.reason))}`,
  PlanReaged: (event, tell) =>
    `Plan made current: ${tell.money(event.moved)} that was overdue falls due at its end, ` +
    `approved by ${event.approvedBy}${because(tell.text(event.reason))}`,
  PlanNoticeSent: (event) => `${notices[event.kind]} (${event.channel})`,
  PlanDisclosed: (event, tell) =>
    `Terms of the plan disclosed (${event.channel}): ${tell.money(event.amountFinanced)} financed, ` +
    `finance charge ${tell.money(event.financeCharge)}, ${tell.money(event.totalOfPayments)} in ${event.schedule.length} payments`,
  PlanCompleted: () => 'Plan completed',
  PlanCancelled: () => 'Plan cancelled',
} satisfies Partial<Words<AccountEvent>>
