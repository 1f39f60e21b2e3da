import type { Entry } from './books.ts'
import { chargeInTheEnd, decisionsOf, isLate, people, type Service, type TrueVisit } from './true-visits.ts'

// What a book says of true visits, held against the truth (law Q1).

/** A charge that the book posted, and for whom. */
interface Charge {
  readonly lineId: string
  readonly visitId: string
  readonly code: string
  readonly day: string
  readonly amount: number
  readonly who: string
  readonly stands: boolean
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

export const chargesIn = (log: readonly Entry[]): readonly Charge[] => {
  const names = new Map<string, string>()
  const visits = new Map<string, string>()
  const voided = new Set<string>()
  for (const { stored, event } of log) {
    if (event.type === 'PatientRegistered') names.set(`${stored.stream} ${event.patientId}`, textOf(event.last))
    if (event.type === 'VisitOpened') visits.set(`${stored.stream} ${event.visitId}`, event.patientId)
    if (event.type === 'ChargeVoided') voided.add(event.lineId)
  }
  return log.flatMap(({ stored: { stream }, event }) =>
    event.type !== 'ChargePosted'
      ? []
      : [
          {
            lineId: event.lineId,
            visitId: `${stream} ${event.visitId}`,
            code: event.code,
            day: event.dosFrom,
            amount: event.amount,
            who: names.get(`${stream} ${visits.get(`${stream} ${event.visitId}`)}`) ?? '',
            stands: !voided.has(event.lineId),
          },
        ],
  )
}

const amountsOf = ({ charge, changed }: Service): readonly number[] => [charge, changed]

/** Charges of a service that stand, by their amounts. */
export const standing = (charges: readonly Charge[], service: Service): readonly number[] =>
  charges.filter(({ amount, stands }) => stands && amountsOf(service).includes(amount)).map(({ amount }) => amount)

/** Payments of a service that were ever posted, and those of them that stand: not taken back since. Cents. */
export const paymentsOf = (log: readonly Entry[], { paid, corrected }: Service) => {
  const takenBack = new Set(
    log.flatMap(({ event }) => (event.type === 'AdjudicationReversed' ? event.adjudicationId : [])),
  )
  const posted = log.flatMap(({ event }) =>
    event.type === 'InsurancePaymentPosted'
      ? event.lines
          .filter(({ amount }) => amount === paid || amount === corrected)
          .map(({ amount }) => ({ amount, stands: !takenBack.has(event.adjudicationId) }))
      : [],
  )
  const amounts = (some: typeof posted): readonly number[] => some.map(({ amount }) => amount)
  return { posted: amounts(posted), standing: amounts(posted.filter(({ stands }) => stands)) }
}

/** What is not true in the book; nothing where all that it holds is of its own service. */
export const untruths = (log: readonly Entry[], visits: readonly TrueVisit[]): readonly string[] => {
  const found: string[] = []
  const charges = chargesIn(log)
  const ownOf = new Map<string, Service>()
  for (const visit of visits) {
    for (const service of visit.services) {
      const own = charges.filter(({ amount }) => amountsOf(service).includes(amount))
      for (const { lineId, code, day, who, amount } of own) {
        ownOf.set(lineId, service)
        const isTrue = code === service.code && day === visit.day0 && who === people[visit.person].last
        if (!isTrue) found.push(`charge ${amount} is of ${who}, ${code}, ${day}`)
      }
      const stand = standing(charges, service)
      if (stand.length > 1) found.push(`service ${service.at} is charged ${stand.join(' and ')}`)
      const paid = paymentsOf(log, service).standing
      if (paid.length > 1) found.push(`service ${service.at} is paid ${paid.join(' and ')}`)
    }
  }
  for (const { lineId, amount } of charges) if (!ownOf.has(lineId)) found.push(`charge ${amount} is of no service`)
  const decisions = new Map(visits.flatMap((visit) => [...decisionsOf(visit)]))
  const decidedBy = new Map<string, string>()
  for (const { event } of log) {
    if (event.type === 'ClaimAdjudicated') {
      const number = event.claimKey.payerControlNumber
      decidedBy.set(event.adjudicationId, number)
      for (const { lineId } of event.lines) {
        const service = ownOf.get(lineId)
        if (!service || !decisions.get(number)?.includes(service)) {
          found.push(`decision ${number} stands on service ${service?.at}`)
        }
      }
    }
    if (event.type === 'InsurancePaymentPosted') {
      for (const { lineId, amount } of event.lines) {
        const service = ownOf.get(lineId)
        if (amount !== service?.paid && amount !== service?.corrected) {
          found.push(`payment ${amount} stands on service ${service?.at}`)
        }
      }
    }
    if (event.type === 'AdjudicationReversed') {
      const number = decidedBy.get(event.adjudicationId) ?? ''
      if (!number.startsWith('PAID')) found.push(`${number} was taken back`)
    }
  }
  return found
}

/** What should stand of a service once all of its papers are in the books. */
export const expected = (visit: TrueVisit, service: Service): readonly number[] =>
  visit.change === 'voided' && !isLate(visit, service) ? [] : [chargeInTheEnd(visit, service)]

/** What is held in the end, and whether a person is told what to do: visits that it could be of, where it could be of any. */
export const heldIn = (log: readonly Entry[]) => {
  const last = new Map<string, Entry['event']>()
  for (const { stored, event } of log) {
    if (event.type !== 'RemittanceClaimHeld' && event.type !== 'RemittanceClaimPosted') continue
    for (const claim of event.claims) last.set(`${stored.stream} ${claim}`, event)
  }
  return [...last.values()].flatMap((event) => {
    if (event.type !== 'RemittanceClaimHeld') return []
    const { reasons, candidates = [] } = event
    const isAmbiguous = reasons.some(({ rule }) => rule === 'ambiguousVisit')
    const isTold = !isAmbiguous || (candidates.length > 0 && candidates.every(({ why }) => why !== ''))
    return [{ reasons, isTold }]
  })
}
