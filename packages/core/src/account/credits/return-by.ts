import { addDays, type Day } from '../../kernel/day.ts'
import { PATIENT } from '../../kernel/effects.ts'
import { governmentOverpayment } from '../../rules/claims/legal-waits.ts'
import { coverageType } from '../coverage/filing.ts'
import type { AccountState } from '../rooms.ts'
import type { CreditBalanceIdentified } from './events.ts'

/** The government payers that AR-11 reaches, by claim filing indicator (CLP06, SBR09): not TRICARE, not the VA. */
export const overpaymentRuleReaches = (filingIndicator: string | undefined): boolean =>
  ['medicare', 'medicaid'].includes(coverageType(filingIndicator))

/** The last day on which law lets a credit be kept: of Medicare and Medicaid, 60 days from when it was identified (AR-11). */
export const returnBy = (
  { coverage }: AccountState,
  { owner, provisional, sources, identifiedDate }: CreditBalanceIdentified,
): Day | undefined => {
  const { effective, days } = governmentOverpayment
  if (owner !== 'government' || provisional || identifiedDate < effective.from) return undefined
  const payers = sources.flatMap((source) =>
    'party' in source && source.party !== PATIENT ? [source.party.coverageId] : [],
  )
  const isReached = payers.some((id) => overpaymentRuleReaches(coverage.coverages.get(id)?.filingIndicator))
  return isReached ? addDays(identifiedDate, days) : undefined
}
