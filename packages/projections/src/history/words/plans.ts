import type { AccountEvent } from '@daybook/core/account'
import type { Of } from '@daybook/core/kernel'
import { because, type Words } from '../tell.ts'

const causes: Record<Of<AccountEvent, 'PlanDefaulted'>['cause'], string> = {
  consecutiveMisses: 'several instalments in a row were missed',
  cumulativeMisses: 'too many instalments were missed',
  pastDue: 'it was too long past due',
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
  PlanAmended: (event, tell) => `Plan amended: ${tell.money(event.total)} in ${event.schedule.length} instalments`,
  PlanRecomputed: (event, tell) =>
    `Plan shortened by ${tell.money(event.reducedBy)} to ${tell.money(event.total)}: less is owed than it covered`,
  PlanSuspended: () => 'Plan suspended: a payer has taken back what it is on, and has not corrected itself yet',
  PlanResumed: (event, tell) => {
    const [next] = event.schedule
    const until = next ? `; ${event.schedule.length} instalments` : ''
    return `Plan goes on${event.reason === undefined ? ': the correction is here' : because(tell.text(event.reason))}${until}`
  },
  PlanCompleted: () => 'Plan completed',
  PlanCancelled: () => 'Plan cancelled',
} satisfies Partial<Words<AccountEvent>>
