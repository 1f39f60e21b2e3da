import {
  type AccountState,
  correctionPending,
  deniedAmount,
  type LayerBalance,
  type Payment,
  unappliedOf,
  wordsOfCarc,
} from '@daybook/core/account'
import { type CoverageId, type Day, type LineId, PATIENT, partyKey, type VisitId } from '@daybook/core/kernel'
import type {
  AccountDocument,
  ClaimWorkMatter,
  DenialMatter,
  HoldingMatter,
  PlanMatter,
  SelfPayMatter,
  StubMatter,
  UnappliedMatter,
} from './documents.ts'

const payerOf = (state: AccountState, id: CoverageId): string => state.coverage.coverages.get(id)?.payerName ?? id

const receivable = (layer: LayerBalance): number => layer.active + layer.placed

const insuranceOpenOn = (state: AccountState, visit: VisitId): boolean =>
  [...state.ledger.layers.values()].some(
    (layer) => layer.visitId === visit && layer.party !== PATIENT && receivable(layer) > 0,
  )

const unappliedMatter = (state: AccountState, payment: Payment): UnappliedMatter[] => {
  const amount = unappliedOf(payment)
  if (amount === 0) return []
  const visit = payment.event.designation?.visitId
  const waits = visit !== undefined && insuranceOpenOn(state, visit)
  return [{ payment: payment.paymentId, amount, since: payment.receivedOn, ...(waits ? { waitsForVisit: visit } : {}) }]
}

const denials = (state: AccountState): readonly DenialMatter[] =>
  [...state.claims.denials.values()]
    .filter(({ resolved }) => resolved === undefined)
    .map((denial) => {
      const { event } = denial
      const filing = state.coverage.coverages.get(event.coverageId)?.filingIndicator
      return {
        denial: event.denialId,
        payer: payerOf(state, event.coverageId),
        ...(filing ? { filingIndicator: filing } : {}),
        category: event.category,
        reasons: [...new Set(event.lines.map(({ group, carc }) => `${group}-${carc} ${wordsOfCarc(carc)}`))],
        pending: event.pending,
        amountHeld: event.amountHeld,
        ...(event.expected === undefined ? {} : { expected: event.expected }),
        amount: deniedAmount(denial),
        since: event.effectiveDate,
      }
    })

/** Held amounts that stand on no denial: those that do are worked as denials (clarification 8). */
const holdings = (state: AccountState): readonly HoldingMatter[] =>
  [...state.ledger.holdings.values()]
    .filter(({ open, event }) => open && event.denialId === undefined)
    .map(({ event }) => ({
      holding: event.holdingId,
      payer: payerOf(state, event.coverageId),
      blockedBy: event.blockedBy,
      reasons: [...new Set(event.lines.map(({ group, carc }) => `${group}-${carc} ${wordsOfCarc(carc)}`))],
      amount: event.lines.reduce((sum, line) => sum + line.amount, 0),
      since: event.effectiveDate,
    }))

/** Lines that a running plan takes care of: nobody is asked for them outside the plan. */
const linesOnPlans = (state: AccountState): ReadonlySet<LineId> =>
  new Set([...state.plans.plans.values()].flatMap((plan) => (plan.status === 'active' ? plan.lines : [])))

const selfPay = (state: AccountState): readonly SelfPayMatter[] => {
  const planned = linesOnPlans(state)
  const matters = new Map<string, SelfPayMatter>()
  for (const layer of state.ledger.layers.values()) {
    if (layer.party !== PATIENT || layer.active <= 0 || planned.has(layer.lineId)) continue
    const waits = correctionPending(state.claims, layer.visitId)
    const key = `${layer.agingFrom} ${waits}`
    const amount = (matters.get(key)?.amount ?? 0) + layer.active
    matters.set(key, { amount, since: layer.agingFrom, correctionPending: waits })
  }
  return [...matters.values()].sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0))
}

const plans = (state: AccountState): readonly PlanMatter[] =>
  [...state.plans.plans.values()].flatMap((plan): PlanMatter[] => {
    if (plan.status !== 'active' && plan.status !== 'defaulted') return []
    const missed = plan.schedule
      .filter((instalment) => instalment.missed && instalment.paid < instalment.amount)
      .map(({ number, due, amount, paid }) => ({ number, due, open: amount - paid }))
    if (missed.length === 0 && plan.status === 'active') return []
    return [{ plan: plan.planId, status: plan.status, missed, ...(plan.cureBy ? { cureBy: plan.cureBy } : {}) }]
  })

/** Coverages known by name only, with what stands at them and since when. */
const stubs = (state: AccountState, openedOn: Day): readonly StubMatter[] =>
  [...state.coverage.coverages.values()]
    .filter(({ stub }) => stub)
    .map((coverage) => {
      const layers = [...state.ledger.layers.values()].filter((layer) => partyKey(layer.party) === coverage.coverageId)
      return {
        coverage: coverage.coverageId,
        payer: coverage.payerName,
        amount: layers.reduce((sum, layer) => sum + receivable(layer), 0),
        since: layers.reduce(
          (oldest, layer) => (layer.openedOn < oldest ? layer.openedOn : oldest),
          layers[0]?.openedOn ?? openedOn,
        ),
      }
    })

const claimWork = (state: AccountState): ClaimWorkMatter[] =>
  [...state.claims.workItems.values()].map((item) => ({
    workItem: item.workItemId,
    code: item.code,
    message: item.message,
    amount: item.amount ?? 0,
    since: item.effectiveDate,
    ...(item.due ? { due: item.due } : {}),
  }))

const lastPaymentOn = (state: AccountState): Day | undefined =>
  [...state.payments.payments.values()]
    .filter((payment) => payment.reversed < payment.amount)
    .map((payment) => payment.receivedOn)
    .reduce<Day | undefined>((last, on) => (last === undefined || on > last ? on : last), undefined)

/** The document of an account; undefined while nothing has opened it. */
export const accountDocument = (state: AccountState): AccountDocument | undefined => {
  const { account, guarantor } = state.registration
  if (!account) return undefined
  const last = lastPaymentOn(state)
  return {
    kind: 'account',
    account: account.accountId,
    guarantorConfirmed: guarantor?.standing === 'confirmed',
    unapplied: [...state.payments.payments.values()].flatMap((payment) => unappliedMatter(state, payment)),
    credits: [...state.credits.credits.values()].map((credit) => ({
      credit: credit.creditId,
      owner: credit.owner,
      provisional: credit.provisional,
      amount: credit.amount,
      since: credit.identifiedDate,
    })),
    denials: denials(state),
    holdings: holdings(state),
    selfPay: selfPay(state),
    plans: plans(state),
    stubs: stubs(state, account.openedOn),
    claimWork: claimWork(state),
    ...(last ? { lastPaymentOn: last } : {}),
  }
}
