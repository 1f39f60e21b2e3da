import type { AccountState } from '@daybook/core/account'
import { clearText, type Day, PATIENT } from '@daybook/core/kernel'
import { facets } from '../facets/account.ts'
import { type BeforeTheBooks, beforeTheBooks, type FromTheBooks } from './books.ts'
import { type Money, moneyOf } from './money.ts'
import type { Page } from './part.ts'
import type { AccountSections, Flag } from './sections.ts'

/** Reference §1.11, as far as the facets that exist can tell; the flags are orthogonal to the phase. */
export type Phase = 'new' | 'insurancePending' | 'insuranceDenied' | 'patientResponsibility' | 'placed' | 'settled'

/** Where the account as a whole has got to. */
export interface AccountStanding {
  readonly phase: Phase
  readonly flags: readonly Flag[]
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

/** An account on one page: its heading, how it stands, and the sections of its facets. Amounts are cents, days ISO. */
export interface AccountSummary extends AccountHeading, FromTheBooks, AccountSections {
  readonly standing: AccountStanding
}

/** An account on a day of which its books say nothing. */
export interface AccountBeforeBooks extends AccountHeading, BeforeTheBooks {}

const phaseOf = ({ state, money }: Page): Phase => {
  const open = money.layers.filter((layer) => layer.active + layer.placed > 0)
  if (open.length === 0) return state.ledger.lines.size === 0 ? 'new' : 'settled'
  if (open.some((layer) => layer.placed > 0)) return 'placed'
  if (open.every((layer) => layer.party === PATIENT)) return 'patientResponsibility'
  const denied = [...state.claims.denials.values()].some(
    (denial) => denial.resolved === undefined && !denial.event.pending,
  )
  return denied ? 'insuranceDenied' : 'insurancePending'
}

/** In the order in which a person reads them: a flag that is not here does not compile. */
const flagsOf = (page: Page): readonly Flag[] => {
  const flags: { readonly [Name in Flag]: boolean } = {
    onPlan: facets.plans.summary.flags.onPlan(page),
    planDefaulted: facets.plans.summary.flags.planDefaulted(page),
    promised: facets.promises.summary.flags.promised(page),
    disputed: facets.disputes.summary.flags.disputed(page),
    promiseBroken: facets.promises.summary.flags.promiseBroken(page),
    credit: facets.credits.summary.flags.credit(page),
    held: facets.ledger.summary.flags.held(page),
    correctionPending: facets.claims.summary.flags.correctionPending(page),
    badDebt: facets.ledger.summary.flags.badDebt(page),
  }
  return (Object.keys(flags) as Flag[]).filter((name) => flags[name])
}

/** In the order in which a person reads them: a section that is not here does not compile. */
const sectionsOf = (page: Page): AccountSections => ({
  totals: facets.ledger.summary.sections.totals(page),
  balances: facets.ledger.summary.sections.balances(page),
  credits: facets.credits.summary.sections.credits(page),
  plans: facets.plans.summary.sections.plans(page),
  autopay: facets.autopay.summary.sections.autopay(page),
  promises: facets.promises.summary.sections.promises(page),
  disputes: facets.disputes.summary.sections.disputes(page),
  inquiries: facets.inquiries.summary.sections.inquiries(page),
  health: facets.reviews.summary.sections.health(page),
  reviews: facets.reviews.summary.sections.reviews(page),
  holdings: facets.ledger.summary.sections.holdings(page),
  selfPay: facets.agreements.summary.sections.selfPay(page),
  denials: facets.claims.summary.sections.denials(page),
  workItems: facets.claims.summary.sections.workItems(page),
  placements: facets.placement.summary.sections.placements(page),
  persons: facets.registration.summary.sections.persons(page),
  patients: facets.registration.summary.sections.patients(page),
  coverages: facets.coverage.summary.sections.coverages(page),
  payments: facets.payments.summary.sections.payments(page),
  refunds: facets.credits.summary.sections.refunds(page),
  documents: facets.statements.summary.sections.documents(page),
  writeOffs: facets.ledger.summary.sections.writeOffs(page),
  visits: facets.registration.summary.sections.visits(page),
})

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
export const summarise = (state: AccountState, asOf: Day, money: Money = moneyOf(state)): AccountSummary => {
  const page: Page = { state, asOf, money }
  return {
    ...headingOf(state, asOf),
    standing: { phase: phaseOf(page), flags: flagsOf(page) },
    ...sectionsOf(page),
  }
}

/** The same, without any figure where the day lies before the account's books. */
export const accountOn = (state: AccountState, asOf: Day, money: Money): AccountSummary | AccountBeforeBooks => {
  const none = beforeTheBooks(state, asOf)
  return none ? { ...headingOf(state, asOf), ...none } : summarise(state, asOf, money)
}
