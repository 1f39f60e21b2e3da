import type { AccountEvent } from '@daybook/core/account'
import { type Day, daysBetween, formatCents, PATIENT, partyKey } from '@daybook/core/kernel'
import { type AgingBasis, agingBases, agingReport, usualEdges } from '@daybook/projections/aging'
import type { ProjectionError } from '@daybook/projections/runner'
import { type LayerMoney, moneyAsOf } from '@daybook/projections/summary'
import * as Effect from 'effect/Effect'
import type { OpenBook } from '../book/open-book.ts'
import { inBook } from '../book/questions.ts'
import type { Finding } from './finding.ts'

/**
 * An aging by folding accounts, to hold the view against: on each basis by the dates of the account itself, credits,
 * unapplied. Nothing of the view's making is used.
 */
export interface FoldedAging {
  readonly buckets: Readonly<Record<AgingBasis, number[]>>
  /** Accounts that have something there. */
  readonly accounts: Readonly<Record<AgingBasis, number[]>>
  credits: number
  unapplied: number
}

const UNDATED = usualEdges.length + 1

const noBuckets = (): number[] => new Array<number>(UNDATED + 1).fill(0)
const noBases = (): Readonly<Record<AgingBasis, number[]>> => ({
  responsibility: noBuckets(),
  dos: noBuckets(),
  billDate: noBuckets(),
  firstStatement: noBuckets(),
})

export const emptyAging = (): FoldedAging => ({
  buckets: noBases(),
  accounts: noBases(),
  credits: 0,
  unapplied: 0,
})

const bucketOf = (anchor: Day | undefined, asOf: Day): number => {
  if (anchor === undefined) return UNDATED
  const age = daysBetween(anchor, asOf)
  const place = usualEdges.findIndex((edge) => age <= edge)
  return place === -1 ? usualEdges.length : place
}

/** The dates of an account's lines: first day of service, and of the first claim that told a coverage of them. */
const datesOf = (events: readonly AccountEvent[]) => {
  const served = new Map<string, Day>()
  const billed = new Map<string, Day>()
  for (const event of events) {
    if (event.type === 'ChargePosted') served.set(event.lineId, event.dosFrom)
    // A refund that is owed again on a line of its own is of no service: its day stands for one.
    if (event.type === 'RefundOwedAgain' && event.owedOn) served.set(event.owedOn.lineId, event.effectiveDate)
    if (event.type === 'BalanceBroughtForward') {
      for (const { lineId, dosFrom } of event.lines) {
        if (dosFrom !== undefined && !served.has(lineId)) served.set(lineId, dosFrom)
      }
    }
    // Frequency 8 voids another claim, and bills nothing.
    if (event.type !== 'ClaimSubmitted' || event.frequency === '8') continue
    for (const lineId of event.lines) {
      const key = `${lineId} ${event.coverageId}`
      const known = billed.get(key)
      if (known === undefined || event.effectiveDate < known) billed.set(key, event.effectiveDate)
    }
  }
  return { served, billed }
}

export const addToAging = (aging: FoldedAging, events: readonly AccountEvent[], asOf: Day): void => {
  const { layers, unapplied } = moneyAsOf(events, asOf)
  const { served, billed } = datesOf(events)
  const anchors = ({ lineId, party, agingFrom }: LayerMoney): Readonly<Record<AgingBasis, Day | undefined>> => {
    const claim = party === PATIENT ? undefined : billed.get(`${lineId} ${partyKey(party)}`)
    const billDate = claim !== undefined && claim <= asOf ? claim : undefined
    // No event tells of a statement yet.
    return { responsibility: agingFrom, dos: served.get(lineId), billDate, firstStatement: undefined }
  }
  aging.unapplied -= unapplied
  const has = Object.fromEntries(agingBases.map((basis) => [basis, new Set<number>()]))
  for (const layer of layers) {
    const amount = layer.active + layer.placed
    if (amount < 0) {
      aging.credits += amount
      continue
    }
    const dates = anchors(layer)
    for (const basis of agingBases) {
      const place = bucketOf(dates[basis], asOf)
      aging.buckets[basis][place] = (aging.buckets[basis][place] ?? 0) + amount
      if (amount !== 0) has[basis]?.add(place)
    }
  }
  for (const basis of agingBases) {
    const accounts = aging.accounts[basis]
    for (const place of has[basis] ?? []) accounts[place] = (accounts[place] ?? 0) + 1
  }
}

/** Holds the aging that is answered against the fold of all accounts: for a day, as known at a position, on every basis. */
export const agingFindings = (
  book: OpenBook,
  { asOf, head, aging }: { readonly asOf: Day; readonly head: number; readonly aging: FoldedAging },
): Effect.Effect<readonly Finding[], ProjectionError> =>
  Effect.gen(function* () {
    const findings: Finding[] = []
    const differ = (what: string, view: number, fold: number): void => {
      if (view === fold) return
      const message = `aging as of ${asOf}: ${what} is ${formatCents(view)} in the view, ${formatCents(fold)} by the events`
      findings.push({ check: 'aging', message, amount: view - fold })
    }
    for (const basis of agingBases) {
      const report = yield* inBook(book, agingReport({ asOf, knownAtPosition: head, basis, countAccounts: true }))
      const words = basis === 'responsibility' ? '' : ` by ${basis}`
      for (const [place, fold] of aging.buckets[basis].entries()) {
        const bucket = report.buckets[place]
        const name = `${bucket?.name ?? 'undated'}${words}`
        differ(name, bucket?.amount ?? 0, fold)
        const [view, log] = [bucket?.accounts ?? 0, aging.accounts[basis][place] ?? 0]
        if (view === log) continue
        const message = `aging as of ${asOf}: ${name} has ${view} accounts in the view, ${log} by the events`
        findings.push({ check: 'aging', message })
      }
      if (basis !== 'responsibility') continue
      differ('credits', report.credits, aging.credits)
      differ('unapplied', report.unapplied, aging.unapplied)
    }
    return findings
  })
