import type { Adjudication } from '../../account/claims/state.ts'
import { keyOf } from '../../account/credits/judge.ts'
import type { AccountState } from '../../account/index.ts'
import { keptFaults } from '../../account/kept.ts'
import { owedOn } from '../../account/ledger/balances.ts'
import { receivableOf } from '../../account/ledger/state.ts'
import { type Payment, unappliedOf, unappliedTotal } from '../../account/payments/state.ts'
import { isRunning, remainingOf } from '../../account/plans/state.ts'
import { sumOf } from '../../kernel/cents.ts'
import { isPosting, PATIENT, partyKey } from '../../kernel/effects.ts'
import type { LineId } from '../../kernel/ids.ts'
import type { Step } from '../history.ts'
import { differs, eachStep, type Found, type Law } from './law.ts'

// What decisions, follows and identities work out of what a unit touched and of what is open, worked out here once more
// by going through the whole account.

/** Reversals that wait for their correction: something of what they left stands at their payer still. */
const awaited = ({ ledger, claims }: AccountState): readonly Adjudication[] =>
  [...claims.adjudications.values()].filter(
    ({ pending, event: { coverageId, lines } }) =>
      pending &&
      (lines.length === 0 ||
        lines.some(({ lineId }) => {
          const own = [...ledger.layers.values()].filter((layer) => layer.lineId === lineId)
          return sumOf(own, (layer) => (partyKey(layer.party) === coverageId ? receivableOf(layer) : 0)) > 0
        })),
  )

/** Something of the account is open, or waits for a correction. */
const waits = (state: AccountState): boolean =>
  [...state.ledger.layers.values()].some((layer) => receivableOf(layer) > 0) || awaited(state).length > 0

/** What the unapplied money of a payment was given for is open, or has no charge yet. */
const designationWaits = (state: AccountState, payment: Payment): boolean | undefined => {
  const { designation } = payment.event
  const lines = [...state.ledger.lines.values()]
  const open = (of: readonly LineId[]) =>
    [...state.ledger.layers.values()].some((layer) => receivableOf(layer) > 0 && of.includes(layer.lineId))
  if (designation?.lines) return open(designation.lines)
  if (designation?.planId !== undefined) return open(state.plans.plans.get(designation.planId)?.lines ?? [])
  const visit = designation?.visitId
  if (visit === undefined) return undefined
  const ofVisit = lines.filter(({ visitId }) => visitId === visit).map(({ lineId }) => lineId)
  const pending = awaited(state).some(({ event }) => event.visitId === visit)
  return ofVisit.length === 0 || open(ofVisit) || pending
}

/** The credits of the whole account, by what they stand on. */
const creditsOf = ({ before, after }: Step): readonly string[] => {
  const items = new Map<string, number>()
  for (const layer of after.ledger.layers.values()) {
    if (receivableOf(layer) >= 0) continue
    items.set(`line ${layer.lineId} ${partyKey(layer.party)}`, owedOn(after.ledger, layer.lineId, layer.party))
  }
  const old = new Set([...before.credits.credits.values()].map(({ sources }) => keyOf(sources)))
  const anything = waits(after)
  const money = [...after.payments.payments.values()].flatMap((payment) => {
    const amount = unappliedOf(payment)
    const key = `payment ${payment.paymentId}`
    const usable = designationWaits(after, payment) ?? (anything && !old.has(key))
    return amount > 0 && !usable ? [`${key} ${amount}`] : []
  })
  return [...[...items].flatMap(([key, owed]) => (owed < 0 ? [`${key} ${-owed}`] : [])), ...money]
}

const standing = ({ credits }: AccountState): readonly string[] =>
  [...credits.credits.values()].map(({ sources, amount }) => `${keyOf(sources)} ${amount}`)

/** Money that was given for a line which the unit opened for the patient, and that has not met it. */
const unmet = ({ decision, after }: Step): Found => {
  if (!decision.ok) return []
  const opened = new Set(
    decision.events.flatMap((event) =>
      isPosting(event) ? (event.opens ?? []).filter(({ party }) => party === PATIENT).map(({ lineId }) => lineId) : [],
    ),
  )
  return [...after.payments.payments.values()].flatMap((payment) => {
    if (unappliedOf(payment) <= 0 || payment.event.designation === undefined) return []
    const { lines, planId, visitId } = payment.event.designation
    const meant = lines ?? (planId === undefined ? undefined : (after.plans.plans.get(planId)?.lines ?? []))
    return [...opened]
      .filter((line) => (meant ? meant.includes(line) : after.ledger.lines.get(line)?.visitId === visitId))
      .filter((line) => owedOn(after.ledger, line, PATIENT) > 0)
      .map((line) => `payment ${payment.paymentId} has not met line ${line}`)
  })
}

/** Q: what was worked out of a part is what the whole gives. */
export const wholeLaws: readonly Law[] = [
  eachStep('Q11', (step) => {
    const { after, decision } = step
    const { layers } = after.ledger
    const [kept, whole] = [[...standing(after)].sort(), [...creditsOf(step)].sort()]
    return [
      ...keptFaults(after),
      ...differs('the receivable', layers.sum('receivable'), sumOf(layers.values(), receivableOf)),
      ...differs('unapplied', unappliedTotal(after.payments), sumOf(after.payments.payments.values(), unappliedOf)),
      ...(decision.ok && decision.events.length > 0 && kept.join() !== whole.join()
        ? [`credits ${kept.join()} stand, the whole gives ${whole.join()}`]
        : []),
      ...unmet(step),
      ...[...after.plans.plans.values()]
        .filter((plan) => isRunning(plan) && remainingOf(plan) === 0)
        .map(({ planId }) => `plan ${planId} is paid, and not complete`),
    ]
  }),
]
