import type { AccountEvent } from '@daybook/core/account'
import type { Entry } from './books.ts'
import { controlOf, receivableBy } from './books.ts'

/** What the log says of one claim of a remittance: the picture that `EXPECTED-835.json` draws of it. */
export interface PostedClaim {
  readonly balances: { readonly coverage: number; readonly next: number; readonly patient: number }
  readonly charge: number
  readonly cash: number
  readonly contractual: number
  readonly capitated: number
  readonly withheld: number
  readonly priorPayerSettled: number
  readonly denied: number
  readonly pending: number
  readonly heldResponsibility: number
  readonly heldOnDenialCarc: number
  readonly lines: readonly Readonly<Record<string, string | number>>[]
  readonly dispositions: readonly string[]
  readonly findings: readonly string[]
}

const total = (amounts: readonly { readonly amount: number }[]): number =>
  amounts.reduce((sum, { amount }) => sum + amount, 0)

type Of<T extends AccountEvent['type']> = Extract<AccountEvent, { type: T }>

/** The events of a visit, by type. */
const eventsOfVisit = (log: readonly Entry[], visitId: string) => {
  const own = log.filter(({ event }) => 'visitId' in event && event.visitId === visitId && 'type' in event)
  return {
    log: own,
    of: <T extends AccountEvent['type']>(type: T): readonly Of<T>[] =>
      own.flatMap(({ event, stored }) =>
        stored.stream.startsWith('account-') && event.type === type ? [event as Of<T>] : [],
      ),
  }
}

/** Code and modifiers as X12 writes them. */
const codeOf = (charge: Of<'ChargePosted'> | undefined): string =>
  charge ? [charge.code, ...charge.modifiers].join(':') : ''

/** Where each claim of a remittance was posted: claim number → account and visit. */
export const placesOf = (log: readonly Entry[], remittanceId: string): ReadonlyMap<number, string> => {
  const places = new Map<number, string>()
  for (const { stored, event } of log) {
    if (stored.stream !== `remittance-${remittanceId}` || event.type !== 'RemittanceClaimPosted') continue
    for (const claim of event.claims) if (event.visitId) places.set(claim, event.visitId)
  }
  return places
}

/** Draws a visit that one adjudication opened. */
export const postedClaim = (log: readonly Entry[], visitId: string): PostedClaim => {
  const { log: own, of } = eventsOfVisit(log, visitId)
  const [adjudicated] = of('ClaimAdjudicated')
  if (!adjudicated) throw new Error(`nothing was adjudicated on visit ${visitId}`)
  const { coverageId } = adjudicated
  const side = (party: string): string => (party === 'patient' ? party : party === coverageId ? 'coverage' : 'next')
  const balances = { coverage: 0, next: 0, patient: 0, ...receivableBy(own, ({ party }) => side(party)) }
  const control = controlOf(own)
  const resolved = new Set(of('DenialResolved').map(({ denialId }) => denialId))
  const denials = of('DenialRecorded').filter(({ denialId }) => !resolved.has(denialId))
  const released = new Set(of('ResponsibilityReleased').map(({ holdingId }) => holdingId))
  const holdings = of('ResponsibilityHeld').filter(({ holdingId }) => !released.has(holdingId))
  const triples = adjudicated.lines.flatMap((line, at) => line.adjustments.map((triple) => ({ at: at + 1, ...triple })))
  const capitated = total(triples.filter(({ disposition }) => disposition === 'capitated'))
  const openDenied = denials.filter(({ amountHeld, pending }) => !amountHeld && !pending).flatMap(({ lines }) => lines)
  const heldLines = holdings.flatMap(({ lines }) => lines)
  const byLine = receivableBy(own, ({ party, lineId }) => `${lineId} ${side(party)}`)
  const ofLine = (lines: readonly { readonly lineId: string; readonly amount: number }[], id: string) =>
    total(lines.filter(({ lineId }) => lineId === id))
  const contractual = of('ContractualAdjustmentPosted')
    .filter(({ contra }) => contra.every(({ account }) => account === 'contractual'))
    .flatMap(({ lines }) => lines)
  return {
    balances,
    charge: total(of('ChargePosted')),
    cash: total(of('InsurancePaymentPosted').flatMap(({ lines }) => lines)),
    contractual: (control['contractual'] ?? 0) - capitated,
    capitated,
    withheld: Object.entries(control).reduce(
      (sum, [name, cents]) => sum + (name.startsWith('withhold:') ? cents : 0),
      0,
    ),
    priorPayerSettled: control['priorPayerUnverified'] ?? 0,
    denied: total(openDenied),
    pending: total(denials.filter(({ pending }) => pending).flatMap(({ lines }) => lines)),
    heldResponsibility: total(holdings.filter(({ denialId }) => !denialId).flatMap(({ lines }) => lines)),
    heldOnDenialCarc: total(holdings.filter(({ denialId }) => denialId).flatMap(({ lines }) => lines)),
    lines: adjudicated.lines.map(({ lineId, charge, paid }, at) => ({
      line: at + 1,
      code: codeOf(of('ChargePosted').find((posted) => posted.lineId === lineId)),
      charge,
      paid,
      coverage: byLine[`${lineId} coverage`] ?? 0,
      next: byLine[`${lineId} next`] ?? 0,
      patient: byLine[`${lineId} patient`] ?? 0,
      contractual: ofLine(contractual, lineId),
      denied: ofLine(openDenied, lineId),
      held: ofLine(heldLines, lineId),
    })),
    dispositions: triples
      .filter(({ amount }) => amount !== 0)
      .map(({ at, group, carc, amount, disposition, derived }) =>
        [at, group, carc, amount, disposition, derived ? 'derived' : 'reported'].join(' '),
      )
      .sort(),
    findings: adjudicated.findings,
  }
}
