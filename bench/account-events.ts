import {
  type AccountEvent,
  type AccountState,
  account,
  decideAccount,
  foldAccount,
  newAccount,
} from '@daybook/core/account'
import type { AccountId, Day, Instant, PatientId, PayerId, RemittanceId, VisitId } from '@daybook/core/kernel'
import type { EventStoreShape } from '@daybook/core/ports'
import { payerIdOf } from '@daybook/core/remittance'
import { accountContext } from '@daybook/core/service'
import { deskOn } from './desk.ts'
import { singlePayment } from './practice/single-payment.ts'

/**
 * What an account would hold after many visits: real decisions, each claim decided on the account as it was before the
 * first, so that making them costs by events and not by their square. Every event names its own visit.
 */
export const accountEvents = (count: number): readonly AccountEvent[] => {
  const contextOf = accountContext(deskOn({} as EventStoreShape))
  const { advice } = singlePayment(3, Math.ceil(count / 6))
  const payer = { payerId: payerIdOf(advice) as PayerId, payerName: advice.payer.name }
  const events: AccountEvent[] = []
  let known: AccountState = newAccount
  for (const claim of advice.claims) {
    if (events.length >= count) break
    const context = contextOf({
      commandId: `claim-${claim.number}`,
      stream: 'account-bench',
      now: '2026-11-21T12:00:00.000Z' as Instant,
      today: '2026-11-21' as Day,
      actor: { id: 'bench', roles: ['system'] },
    })
    const decision = decideAccount(
      known,
      {
        type: 'PostRemittedClaims',
        on: advice.date as Day,
        remittanceId: 'r1' as RemittanceId,
        payer,
        capitation: false,
        claims: [{ ...claim, patient: { id: 'M1', last: 'DEMO', first: 'BRINN' } }],
        visit: {
          open: {
            accountId: 'bench' as AccountId,
            patientId: 'p1' as PatientId,
            visitId: `v${claim.number}` as VisitId,
          },
        },
      },
      context,
    )
    if (!decision.ok) throw new RangeError(`claim ${claim.number}: ${JSON.stringify(decision.hits)}`)
    if (known === newAccount) known = foldAccount(newAccount, decision.events)
    events.push(...decision.events)
  }
  return events.slice(0, count)
}

export const { codec } = account
