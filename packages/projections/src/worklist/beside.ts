import { type AccountState, type Net, netOf } from '@daybook/core/account'

/** What is the guarantor's beside what is owed: not asked for, as far as policy nets it (laws G4, Q7). */
export type Beside = Pick<Net, 'credits' | 'onAccount'>

export const besideOf = (state: AccountState): Beside => {
  const { credits, onAccount } = netOf(state)
  return { credits, onAccount }
}
