import type { Day } from '../../kernel/day.ts'
import { type AgreementState, initial as noAgreements } from '../agreements/state.ts'
import { type ClaimState, initial as noClaims } from '../claims/state.ts'
import type { AccountState } from '../rooms.ts'
import { linesOfVisit } from './balances.ts'
import { movesBy } from './line-moves-state.ts'
import { holdingOn, type LedgerState, type Line, initial as noLedger } from './state.ts'

// What stood behind a hand move on a day that has passed: for what is recorded late. Nothing is decided on it (decision 0018):
// it is what the gate is asked with for that day, beside what is asked with the account as it stands.

/** What payers had said of a visit by the end of a day, and had not taken back. */
const claimsOn = (claims: ClaimState, { visitId }: Line, on: Day): ClaimState => {
  const then = noClaims()
  for (const decision of claims.adjudications.by('visit', visitId)) {
    const { event, reversedOn } = decision
    if (event.effectiveDate > on) continue
    then.adjudications.set(event.adjudicationId, {
      ...decision,
      reversed: reversedOn !== undefined && reversedOn <= on,
    })
  }
  for (const denial of claims.denials.by('visit', visitId)) {
    const { event, resolvedOn } = denial
    if (event.effectiveDate > on) continue
    const isOver = resolvedOn !== undefined && resolvedOn <= on
    then.denials.set(event.denialId, isOver ? denial : { event })
  }
  return then
}

/** What was held of a visit at the end of a day, and what had moved of its lines by then. */
const ledgerOn = (ledger: LedgerState, { visitId }: Line, on: Day): LedgerState => {
  const { holdings } = noLedger()
  for (const holding of ledger.holdings.by('visit', visitId)) {
    const held = holdingOn(holding, on)
    if (held) holdings.set(held.event.holdingId, held)
  }
  const lines = linesOfVisit(ledger, visitId).map(({ lineId }) => lineId)
  return { ...ledger, holdings, moves: movesBy(ledger.moves, lines, on) }
}

/** What notices of a line were on file at the end of a day. */
const agreementsOn = (agreements: AgreementState, { lineId }: Line, on: Day): AgreementState => {
  const { notices } = noAgreements()
  for (const notice of agreements.notices.by('line', lineId)) {
    if (notice.effectiveDate <= on) notices.set(notice.noticeId, notice)
  }
  return { ...agreements, notices }
}

/** The account as far as the gate to the patient asks about a line, as it stood at the end of a day. */
export const evidenceOn = (state: AccountState, line: Line, on: Day): AccountState => ({
  ...state,
  agreements: agreementsOn(state.agreements, line, on),
  claims: claimsOn(state.claims, line, on),
  ledger: ledgerOn(state.ledger, line, on),
})
