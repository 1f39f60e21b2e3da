import type { PayerNamed } from '../../account/claims/identity/asked.ts'
import type { Company } from '../../account/claims/identity/judge.ts'
import type { RemittanceId, VisitId } from '../../kernel/ids.ts'

/** How a unit is looked for. */
export interface Looking {
  readonly payer: PayerNamed
  readonly company: Company
  readonly remittanceId: RemittanceId
  /** Names the unit for good. */
  readonly name: string
  /** The visit that it opens where nothing else is it. */
  readonly own: VisitId
  readonly openMissing: boolean
  /** The visit that a person has named. */
  readonly named?: VisitId | undefined
}
