import { freezingOn } from '../../account/disputes/state.ts'
import type { AccountCommand, AccountEvent, AccountState } from '../../account/index.ts'
import { owedOn } from '../../account/ledger/balances.ts'
import { judgedOn } from '../../account/promises/state.ts'
import { formatCents } from '../../kernel/cents.ts'
import { PATIENT } from '../../kernel/effects.ts'
import type { LayerId } from '../../kernel/ids.ts'
import { eachEvent, eachStep, type Found, type Law } from './law.ts'

type Placed = Extract<AccountEvent, { type: 'AccountPlaced' }>

/** What must be known and false before anything goes to an agency, and no facet keeps: somebody has vouched for it. */
const mustBeFalse = ['hold.open', 'assistance.pending'] as const

const vouched = (command: AccountCommand): Found =>
  command.type === 'PlaceAccount'
    ? mustBeFalse
        .filter((name) => command.attested?.[name] !== false)
        .map((name) => `placed, and nobody says no ${name}`)
    : []

const linesOf = ({ items }: Placed) => [...new Set(items.map((item) => item.lineId))]

const blockedBy = (before: AccountState, placed: Placed): Found => {
  const lines = linesOf(placed)
  const plans = [...before.plans.plans.values()]
    .filter((plan) => plan.status === 'active' && plan.lines.some((line) => lines.includes(line)))
    .map((plan) => `placed, though on plan ${plan.planId}`)
  const promises = [...before.promises.promises.values()]
    .filter((promise) => promise.status === 'open' && judgedOn(promise, placed.effectiveDate) === 'open')
    .filter(({ made }) => made.effectiveDate <= placed.effectiveDate)
    .filter(({ made }) => made.lines.some(({ lineId }) => lines.includes(lineId)))
    .map(({ promiseId }) => `placed, though promised by ${promiseId}`)
  const disputes = freezingOn(before.disputes, lines, placed.effectiveDate).map(
    ({ disputeId }) => `placed, though in dispute ${disputeId}`,
  )
  return [...plans, ...promises, ...disputes]
}

/** J: placement. */
export const placementLaws: readonly Law[] = [
  // What is placed is active money of the patient, on no plan, and nothing is in the way.
  eachStep('J1', (step) => {
    if (!step.decision.ok) return []
    return step.decision.events.flatMap((event) => {
      if (event.type !== 'AccountPlaced') return []
      return [
        ...vouched(step.command),
        ...blockedBy(step.before, event),
        ...event.items.flatMap(({ layerId, amount }) => {
          const layer = step.before.ledger.layers.get(layerId)
          return layer?.party === PATIENT && amount > 0 && amount <= layer.active
            ? []
            : [`${amount} of layer ${layerId}`]
        }),
        ...event.effects
          .filter(({ party }) => party !== PATIENT)
          .map(({ layerId }) => `an effect on layer ${layerId}, which is not the patient's`),
      ]
    })
  }),
  eachEvent('J2', (event, before) => {
    if (event.type !== 'AccountPlaced') return []
    const elsewhere = new Set(
      [...before.placement.placements.values()].flatMap((placed) => placed.items.map((item) => item.lineId)),
    )
    return linesOf(event).flatMap((line) => {
      const amount = event.items.reduce((sum, item) => (item.lineId === line ? sum + item.amount : sum), 0)
      const owed = owedOn(before.ledger, line, PATIENT)
      return [
        ...(amount > owed ? [`${formatCents(amount)} of ${formatCents(owed)} on line ${line}`] : []),
        ...(elsewhere.has(line) ? [`line ${line} is with another agency`] : []),
      ]
    })
  }),
  eachStep('J3', (step) => {
    if (!step.decision.ok) return []
    return step.decision.events.flatMap((event) => {
      if (event.type !== 'AccountPlaced') return []
      const stillPlaced = [...step.before.ledger.layers.values()].filter(
        (layer) => layer.placed !== 0 && linesOf(event).includes(layer.lineId),
      )
      return [
        ...(step.before.placement.known.has(event.placementId) ? [`${event.placementId} was used before`] : []),
        ...stillPlaced.map((layer) => `layer ${layer.layerId} was not recalled`),
      ]
    })
  }),
  eachStep('J4', ({ decision, before, after }) => {
    if (!decision.ok) return []
    const at = (state: AccountState, layer: LayerId) => state.ledger.layers.get(layer)?.placed ?? 0
    const collected = new Set(
      [...after.payments.payments.values()].flatMap(({ paymentId, event }) =>
        event.source === 'agency' ? [paymentId] : [],
      ),
    )
    const isAgencys = (event: AccountEvent) =>
      (event.type === 'PatientPaymentPosted' || event.type === 'UnappliedApplied') && collected.has(event.paymentId)
    return [...before.placement.placements.values()].flatMap(({ placementId, items }) => {
      const layers = items.map(({ layerId }) => layerId).filter((layer) => at(before, layer) !== at(after, layer))
      const others = decision.events.filter(
        (event) =>
          'effects' in event &&
          !isAgencys(event) &&
          event.effects.some(({ layerId, stage }) => stage === 'placed' && layers.includes(layerId)),
      )
      const wanted = others.length > 0 ? 1 : 0
      const made = decision.events.filter(
        (event) => event.type === 'AgencyNoticeRaised' && event.placementId === placementId,
      )
      return made.length === wanted ? [] : [`${made.length} notices of a change of ${placementId}, not ${wanted}`]
    })
  }),
]
