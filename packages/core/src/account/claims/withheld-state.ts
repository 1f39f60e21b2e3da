import { changedOn, type Dated } from '../../kernel/dated.ts'
import type { ControlAccount } from '../../kernel/effects.ts'
import type { CoverageId, VisitId } from '../../kernel/ids.ts'
import type { Adjudication, ClaimState } from './state.ts'

/** What a payer has withheld of a visit, and not settled: a receivable from the payer. Through time; above zero it owes it. */
export interface Withheld {
  readonly visitId: VisitId
  readonly coverageId: CoverageId
  /** `withhold:<payer>`. */
  readonly account: ControlAccount
  readonly dated: Dated
}

type Standing = Map<string, Withheld>

const put = (standing: Standing, of: Omit<Withheld, 'dated'>, on: Dated[number]['on'], amount: number): void => {
  const key = `${of.visitId} ${of.coverageId}`
  const known = standing.get(key) ?? { ...of, dated: [] }
  standing.set(key, { ...known, dated: changedOn(known.dated, on, amount) })
}

/** A decision that was taken back has withheld until then. */
const byDecision = (standing: Standing, { event, postings, reversed, reversedOn }: Adjudication): void => {
  const { visitId, coverageId } = event
  for (const { contra, effectiveDate } of postings) {
    for (const { account, amount } of contra) {
      if (!account.startsWith('withhold:')) continue
      put(standing, { visitId, coverageId, account }, effectiveDate, amount)
      if (reversed) put(standing, { visitId, coverageId, account }, reversedOn ?? effectiveDate, -amount)
    }
  }
}

const after = (claims: ClaimState, adjudications: Iterable<Adjudication>, visit?: VisitId): Standing => {
  const standing: Standing = new Map()
  for (const adjudication of adjudications) byDecision(standing, adjudication)
  for (const { visitId, coverageId, contra, effectiveDate } of claims.settledWithholds) {
    if (visit !== undefined && visitId !== visit) continue
    for (const { account, amount } of contra)
      if (account.startsWith('withhold:')) put(standing, { visitId, coverageId, account }, effectiveDate, amount)
  }
  return standing
}

/** All that payers of the account have withheld and not settled. */
export const withheldBy = (claims: ClaimState): readonly Withheld[] =>
  [...after(claims, claims.adjudications.values()).values()].filter(({ dated }) =>
    dated.some(({ amount }) => amount !== 0),
  )

/** What one payer has of one visit. */
export const withheldAt = (claims: ClaimState, visit: VisitId, coverage: CoverageId): Withheld | undefined =>
  after(claims, claims.adjudications.by('visit', visit), visit).get(`${visit} ${coverage}`)
