import { type AccountState, correctionPending } from '@daybook/core/account'
import { clearText, type Day, PATIENT, type Party, partyKey } from '@daybook/core/kernel'
import { type BeforeTheBooks, beforeTheBooks, type FromTheBooks } from './books.ts'
import {
  type CreditSummary,
  creditsOf,
  type DenialSummary,
  denialsOf,
  type HoldingSummary,
  holdingsOf,
  type PlacementSummary,
  type PlanSummary,
  placementsOf,
  plansOf,
} from './matters.ts'
import { type LayerMoney, type Money, moneyOf, type Totals, totalsOf } from './money.ts'
import { labelOf, type PartyLabel } from './parties.ts'
import { type VisitSummary, visitsOf } from './visits.ts'

/** What one responsible party owes, by stage. Debits only; overpaid layers stand in `credits`. */
export interface PartyBalance extends PartyLabel {
  readonly active: number
  readonly placed: number
  /** Memo: written off as bad debt, outside the receivable. */
  readonly badDebt: number
  /** Sum of the party's negative layers: zero or below. */
  readonly credits: number
}

/** Reference §1.11, as far as the facets that exist can tell; the flags are orthogonal to the phase. */
export type Phase = 'new' | 'insurancePending' | 'insuranceDenied' | 'patientResponsibility' | 'placed' | 'settled'

export interface Standing {
  readonly phase: Phase
  readonly flags: readonly ('onPlan' | 'planDefaulted' | 'credit' | 'held' | 'correctionPending' | 'badDebt')[]
}

/** Which account it is, and who answers for it. */
export interface AccountHeading {
  readonly account: string
  readonly asOf: Day
  readonly guarantor: {
    /** `(protected)` where it is encrypted, absent where nobody has given one. */
    readonly name?: string
    readonly state?: string
    readonly standing: 'confirmed' | 'unconfirmed'
  }
  readonly openedOn: Day
  readonly openedFrom: string
  /** Known from a remittance or an older book alone. */
  readonly converted: boolean
}

/** An account on one page. Amounts are cents, days ISO. */
export interface AccountSummary extends AccountHeading, FromTheBooks {
  readonly standing: Standing
  readonly totals: Totals
  readonly balances: readonly PartyBalance[]
  readonly credits: readonly CreditSummary[]
  readonly plans: readonly PlanSummary[]
  readonly holdings: readonly HoldingSummary[]
  readonly denials: readonly DenialSummary[]
  readonly placements: readonly PlacementSummary[]
  readonly visits: readonly VisitSummary[]
}

/** An account on a day of which its books say nothing. */
export interface AccountBeforeBooks extends AccountHeading, BeforeTheBooks {}

const balancesOf = (state: AccountState, layers: readonly LayerMoney[], asOf: Day): readonly PartyBalance[] => {
  const byParty = new Map<string, { party: Party; active: number; placed: number; badDebt: number; credits: number }>()
  for (const layer of layers) {
    const key = partyKey(layer.party)
    const total = byParty.get(key) ?? { party: layer.party, active: 0, placed: 0, badDebt: 0, credits: 0 }
    byParty.set(key, total)
    if (layer.active + layer.placed < 0) total.credits += layer.active + layer.placed
    else {
      total.active += layer.active
      total.placed += layer.placed
    }
    total.badDebt += layer.badDebt
  }
  return [...byParty.values()]
    .filter((total) => total.active !== 0 || total.placed !== 0 || total.badDebt !== 0 || total.credits !== 0)
    .sort((a, b) => Number(a.party === PATIENT) - Number(b.party === PATIENT))
    .map(({ party, ...amounts }) => ({ ...labelOf(state, party, asOf), ...amounts }))
}

const phaseOf = (state: AccountState, layers: readonly LayerMoney[]): Phase => {
  const open = layers.filter((layer) => layer.active + layer.placed > 0)
  if (open.length === 0) return state.ledger.lines.size === 0 ? 'new' : 'settled'
  if (open.some((layer) => layer.placed > 0)) return 'placed'
  if (open.every((layer) => layer.party === PATIENT)) return 'patientResponsibility'
  const denied = [...state.claims.denials.values()].some(
    (denial) => denial.resolved === undefined && !denial.event.pending,
  )
  return denied ? 'insuranceDenied' : 'insurancePending'
}

const standingOf = (state: AccountState, money: Money): Standing => {
  const plans = [...state.plans.plans.values()]
  const flags = {
    onPlan: plans.some((plan) => plan.status === 'active'),
    planDefaulted: plans.some((plan) => plan.status === 'defaulted'),
    credit: state.credits.credits.size > 0,
    held: [...state.ledger.holdings.values()].some((holding) => holding.open),
    correctionPending: [...state.registration.visits.keys()].some((visit) => correctionPending(state.claims, visit)),
    badDebt: money.layers.some((layer) => layer.badDebt !== 0),
  } as const
  const raised = (Object.keys(flags) as (keyof typeof flags)[]).filter((name) => flags[name])
  return { phase: phaseOf(state, money.layers), flags: raised }
}

/** @throws RangeError when the state is of no account: nothing was opened. */
const headingOf = (state: AccountState, asOf: Day): AccountHeading => {
  const { account, guarantor } = state.registration
  if (!account) throw new RangeError('no account was opened in this history')
  const name = clearText(guarantor?.name)
  return {
    account: account.accountId,
    asOf,
    guarantor: {
      ...(name === '' ? {} : { name }),
      ...(guarantor?.state ? { state: guarantor.state } : {}),
      standing: guarantor?.standing ?? 'unconfirmed',
    },
    openedOn: account.openedOn,
    openedFrom: account.openedFrom,
    converted: account.converted,
  }
}

/**
 * An account as of a day. Standing, plans, holdings and denials are those of the given state, which is the fold of a
 * prefix (known-at); `money` may be the dated sums of the same prefix (`moneyAsOf`), and is all of it where not given.
 * @throws RangeError when the state is of no account: nothing was opened.
 */
export const summarise = (state: AccountState, asOf: Day, money: Money = moneyOf(state)): AccountSummary => ({
  ...headingOf(state, asOf),
  standing: standingOf(state, money),
  totals: totalsOf(money),
  balances: balancesOf(state, money.layers, asOf),
  credits: creditsOf(state, asOf),
  plans: plansOf(state),
  holdings: holdingsOf(state, asOf),
  denials: denialsOf(state, asOf),
  placements: placementsOf(state),
  visits: visitsOf(state, money.layers, asOf),
})

/** The same, without any figure where the day lies before the account's books. */
export const accountOn = (state: AccountState, asOf: Day, money: Money): AccountSummary | AccountBeforeBooks => {
  const none = beforeTheBooks(state, asOf)
  return none ? { ...headingOf(state, asOf), ...none } : summarise(state, asOf, money)
}
