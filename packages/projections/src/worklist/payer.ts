import type { AccountState } from '@daybook/core/account'
import type { CoverageId } from '@daybook/core/kernel'

/** The payer of a coverage by name, by the coverage's id where there is none. */
export const payerOf = (state: AccountState, id: CoverageId): string =>
  state.coverage.coverages.get(id)?.payerName ?? id
