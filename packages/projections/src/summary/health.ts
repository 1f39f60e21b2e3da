import { type AccountState, type FailedClaim, isOfQmb, unappliedOf } from '@daybook/core/account'
import { type Day, type LineId, PATIENT, type VisitId } from '@daybook/core/kernel'
import type { LayerMoney } from './money.ts'
import type { Page } from './part.ts'

/**
 * What a reviewer looks at, by kinds of discrepancies (`ReviewAccount`), and `claimData`: a claim went out with data that is
 * wrong (duty F44). What an account knows of itself, no more.
 */
export type HealthKind = 'unposted' | 'unmatched' | 'negative' | 'missingDiagnosis' | 'qmb' | 'claimData'

/** One thing that does not look right. Amount in cents, without sign. */
export interface HealthItem {
  readonly kind: HealthKind
  readonly amount: number
  /** AR-05, of what a QMB should not be asked for. */
  readonly rule?: string
  readonly since?: Day
  readonly visit?: string
  readonly line?: string
  readonly payment?: string
  readonly holding?: string
  /** Of `claimData`: what `ResolveFinding` names, and what is wrong with which element (X12). */
  readonly finding?: string
  readonly problems?: FailedClaim['event']['problems']
}

/** An answer that is computed once for each of what is asked about: a visit may have thousands of lines. */
const eachOnce = <Of, Answer>(compute: (of: Of) => Answer): ((of: Of) => Answer) => {
  const known = new Map<Of, Answer>()
  return (of) => {
    const found = known.get(of)
    if (found !== undefined) return found
    const answer = compute(of)
    known.set(of, answer)
    return answer
  }
}

/** What the practice was given and has not booked: it has not settled. */
const unposted = ({ payments: { pending, decided } }: AccountState): readonly HealthItem[] =>
  [...pending.values()]
    .filter(({ paymentId }) => !decided.has(paymentId))
    .map(({ paymentId: payment, amount, receivedDate: since }) => ({ kind: 'unposted', amount, since, payment }))

/** Money of the patient that has not found its item. */
const unmatched = ({ payments: { payments } }: AccountState): readonly HealthItem[] =>
  payments.where('unapplied').map((payment) => ({
    kind: 'unmatched',
    amount: unappliedOf(payment),
    since: payment.receivedOn,
    payment: payment.event.paymentId,
  }))

const placeOf = ({ lines }: AccountState['ledger'], { lineId: line }: LayerMoney) => {
  const visit = lines.get(line)?.visitId
  return visit === undefined ? { line } : { visit, line }
}

/** Items below zero, whoever's they are: overpaid, or taken back twice. */
const negative = ({ ledger }: AccountState, layers: readonly LayerMoney[]): readonly HealthItem[] =>
  layers.flatMap((layer): HealthItem[] => {
    const below = Math.min(layer.active + layer.placed, layer.badDebt)
    return below < 0 ? [{ kind: 'negative', amount: -below, ...placeOf(ledger, layer) }] : []
  })

/** Lines that a claim has, and that no replacement has: what their first claim left out is not answered. */
const claimedOnce = ({ claims }: AccountState, visit: VisitId): ReadonlySet<LineId> => {
  const sent = claims.submissions.get(visit) ?? []
  const answered = new Set(sent.flatMap(({ frequency, lines }) => (frequency === '7' ? lines : [])))
  return new Set(sent.flatMap(({ lines }) => lines.filter((line) => !answered.has(line))))
}

/**
 * Charges of a professional claim that point at no diagnosis, which it must (SV107), while a payer owes them. A claim of
 * another kind has its diagnoses for the whole, and they are not kept.
 */
const missingDiagnosis = (state: AccountState, layers: readonly LayerMoney[]): readonly HealthItem[] => {
  const { lines } = state.ledger
  const claimed = eachOnce((visit: VisitId) => claimedOnce(state, visit))
  return layers.flatMap((layer): HealthItem[] => {
    const line = lines.get(layer.lineId)
    const amount = layer.active + layer.placed
    if (!line || layer.party === PATIENT || amount <= 0) return []
    if (line.diagnosed || line.echoed || line.broughtForward) return []
    const { visitId: visit, lineId } = line
    if (state.registration.visits.get(visit)?.kind !== 'professional' || !claimed(visit).has(lineId)) return []
    return [{ kind: 'missingDiagnosis', amount, visit, line: lineId }]
  })
}

const rule = 'AR-05'

/** Patient responsibility of a QMB: what is held off the patient, and what stands there all the same (AR-05). */
const qmb = (state: AccountState, layers: readonly LayerMoney[]): readonly HealthItem[] => {
  const held = [...state.ledger.holdings.values()]
    .filter(({ open, event }) => open && event.blockedBy.includes(rule))
    .flatMap(({ event: { holdingId: holding, visitId: visit, effectiveDate: since, lines } }) =>
      lines.map(({ lineId: line, amount }): HealthItem => ({ kind: 'qmb', amount, rule, since, visit, line, holding })),
    )
  const isQmb = eachOnce((visit: VisitId) => isOfQmb(state.claims, visit))
  const asked = layers.flatMap((layer): HealthItem[] => {
    const amount = layer.active + layer.placed
    const visit = state.ledger.lines.get(layer.lineId)?.visitId
    if (layer.party !== PATIENT || amount <= 0 || visit === undefined || !isQmb(visit)) return []
    return [{ kind: 'qmb', amount, rule, visit, line: layer.lineId }]
  })
  return [...held, ...asked]
}

/** Claims whose data is wrong, and that no replacement has answered. Amount: the charge of the claim. */
const claimData = ({ reviews }: AccountState): readonly HealthItem[] =>
  reviews.failed.where('open').map(({ event: { findingId, visitId, charge, problems }, foundOn }) => ({
    ...{ kind: 'claimData', amount: Math.abs(charge), since: foundOn },
    ...{ visit: visitId, finding: findingId, problems },
  }))

/** What somebody who reviews the account should look at, computed from the account alone (duty F05). */
export const healthOf = ({ state, money: { layers } }: Pick<Page, 'state' | 'money'>): readonly HealthItem[] => [
  ...unposted(state),
  ...unmatched(state),
  ...negative(state, layers),
  ...missingDiagnosis(state, layers),
  ...qmb(state, layers),
  ...claimData(state),
]
