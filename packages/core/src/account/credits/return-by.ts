import { addDays, type Day } from '../../kernel/day.ts'
import { PATIENT } from '../../kernel/effects.ts'
import { governmentOverpayment } from '../../rules/claims/legal-waits.ts'
import { coverageType } from '../coverage/filing.ts'
import type { AccountState } from '../rooms.ts'
import type { CreditBalanceIdentified } from './events.ts'

const reached: readonly string[] = ['medicare', 'medicaid']

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
  const isReached = payers.some((id) => reached.includes(coverageType(coverage.coverages.get(id)?.filingIndicator)))
  return isReached ? addDays(identifiedDate, days) : undefined
}
