export { type AccountRow, type AccountsQuery, listAccounts } from './accounts.ts'
export type { FoundBy, PersonListed } from './documents.ts'
export { coverageLabels, coverageName, type Labels, ownerLabels, payerLabels } from './labels.ts'
export {
  listPayments,
  listPlans,
  listRemittances,
  type PaymentRow,
  type PlanRow,
  type RemittanceRow,
  type RemittancesWanted,
} from './money.ts'
export type { Listing } from './page.ts'
export { personsBySign } from './persons.ts'
export { listsView } from './view.ts'
