import * as Effect from 'effect/Effect'
import type { AdviceClaim } from '../documents/advice.ts'
import { isSameNumber, stemOf } from '../documents/control-number.ts'
import type { Day } from '../kernel/day.ts'
import type { ReferenceAssigned } from '../registry/events.ts'
import type { RemittanceReceived } from '../remittance/events.ts'
import { carriedUnder, namesIn } from '../remittance/provider-adjustments.ts'
import type { RemittanceState } from '../remittance/state.ts'
import { assignReference, type Desk, executeOnRemittance, loadAccount, loadReference, loadRemittance } from './desk.ts'
import { placeOf } from './identity/place.ts'
import { loadNumber, loadPayerNumber } from './identity/references.ts'
import type { ExecuteError } from './service.ts'

// What a payer takes and gives on its payments, claim by claim (errata 1). A PLB reference names the claim in the payer's
// own way; it is tied by the whole of it, then by its parts: the payer's number, ours, a trace (clarification 32).

/** Pairs of one amount on one payment that are tied anew when a later payment asks what they were of. */
const MOST_TIED = 50

type Pair = RemittanceReceived['providerAdjustments'][number]

/** What of a pair's reference tied it, and to which claim of the payer. */
interface Tied {
  /** The payer's number of the claim, else the reference as it is. */
  readonly name: string
  /** The part that tied. */
  readonly by: string
}

const underName = (desk: Desk, payerId: string, name: string) => loadReference(desk, 'recoupment', `${payerId}|${name}`)

const standingOf = (entries: readonly ReferenceAssigned[]): number =>
  entries.reduce((sum, { charge }) => sum + (charge ?? 0), 0)

/** The claims of a remittance by the payer's numbers and by ours: asked for each part of each of its references. */
interface OwnClaims {
  readonly names: ReadonlySet<string>
  readonly byStem: ReadonlyMap<string, readonly AdviceClaim[]>
}

const indexed = new WeakMap<RemittanceState['claims'], OwnClaims>()

const ownClaims = ({ claims }: RemittanceState): OwnClaims => {
  const known = indexed.get(claims)
  if (known) return known
  const all = [...claims.values()]
  const own = {
    names: new Set(all.map(({ payerControlNumber }) => payerControlNumber.trim())),
    byStem: Map.groupBy(all, ({ patientControlNumber }) => stemOf(patientControlNumber)),
  }
  indexed.set(claims, own)
  return own
}

/** The payer's numbers of the claims that it has decided, or brings now, under a number of ours. */
const decidedUnder = (desk: Desk, remittance: RemittanceState, payerId: string, number: string) =>
  Effect.gen(function* () {
    const names = new Set(
      (ownClaims(remittance).byStem.get(stemOf(number)) ?? [])
        .filter((claim) => isSameNumber(claim.patientControlNumber, number))
        .map(({ payerControlNumber }) => payerControlNumber.trim()),
    )
    for (const entry of yield* loadNumber(desk, number)) {
      const place = placeOf(entry)
      if (!place) continue
      const state = yield* loadAccount(desk, place.accountId)
      for (const { event } of state.claims.adjudications.by('visit', place.visitId)) {
        if (event.claimKey.payerId === payerId) names.add(event.claimKey.payerControlNumber.trim())
      }
    }
    return [...names].filter((name) => name !== '')
  })

/** The only one of several claims under which the payer has anything open. */
const openOne = (desk: Desk, payerId: string, names: readonly string[]) =>
  Effect.gen(function* () {
    if (names.length < 2) return names[0]
    const open: string[] = []
    for (const name of names) {
      if (standingOf(yield* underName(desk, payerId, name)) !== 0) open.push(name)
    }
    return open.length === 1 ? open[0] : undefined
  })

/** The claim of the only recoupment on a payment of this trace. */
const onTrace = (desk: Desk, payerId: string, trace: string) =>
  Effect.gen(function* () {
    const names = new Set<string>()
    for (const { target } of yield* underName(desk, payerId, `trace:${trace}`)) {
      if (!target.remittanceId) continue
      const state = yield* loadRemittance(desk, target.remittanceId)
      for (const pair of state.received?.providerAdjustments ?? []) {
        if (carriedUnder(pair, payerId)?.kind === 'recoupment') names.add(pair.reference)
      }
    }
    const [only] = names
    return names.size === 1 ? only : undefined
  })

/** Ties a recoupment to its claim. Where two claims could be meant it stays by itself: an exception for a person. */
const tie = (desk: Desk, state: RemittanceState, pair: Pair): Effect.Effect<Tied, ExecuteError> =>
  Effect.gen(function* () {
    const payerId = state.received?.payerId ?? ''
    const own = ownClaims(state).names
    for (const by of namesIn(pair.reference)) {
      if (own.has(by) || (yield* underName(desk, payerId, by)).length > 0) return { name: by, by }
      // A claim that an earlier payment of the payer has decided: it may be taken before its reversal comes.
      if ((yield* loadPayerNumber(desk, payerId, by)).length > 0) return { name: by, by }
      const decided = yield* decidedUnder(desk, state, payerId, by)
      const name = (yield* openOne(desk, payerId, decided)) ?? (decided.length > 1 ? pair.reference : undefined)
      if (name !== undefined) return { name, by }
      const traced = yield* onTrace(desk, payerId, by)
      if (traced !== undefined) return { name: (yield* tie(desk, state, { ...pair, reference: traced })).name, by }
    }
    return { name: pair.reference, by: pair.reference }
  })

/** The kind and the value under which a pair is noted; nothing where its code carries nothing. */
const carriedBy = (desk: Desk, state: RemittanceState, pair: Pair) =>
  Effect.gen(function* () {
    const payerId = state.received?.payerId ?? ''
    const carried = carriedUnder(pair, payerId)
    if (carried?.kind !== 'recoupment') return carried && { ...carried, by: pair.reference }
    const { name, by } = yield* tie(desk, state, pair)
    return { kind: carried.kind, value: `${payerId}|${name}`, by }
  })

/** The references by which other payments named the same claim. */
const namedBefore = (desk: Desk, entries: readonly ReferenceAssigned[], value: string) =>
  Effect.gen(function* () {
    const references = new Set<string>()
    for (const { target, charge } of entries) {
      if (!target.remittanceId) continue
      const state = yield* loadRemittance(desk, target.remittanceId)
      const pairs = (state.received?.providerAdjustments ?? []).filter(({ amount }) => amount === charge)
      for (const pair of pairs) {
        const says = namesIn(pair.reference).some((name) => value.endsWith(`|${name}`))
        // A payment with hundreds of equal pairs names each claim in its reference; others are tied anew.
        const isTied = pairs.length <= MOST_TIED && (yield* carriedBy(desk, state, pair))?.value === value
        if (says || isTied) references.add(pair.reference)
      }
    }
    return [...references]
  })

/** What other remittances have left under the claims of this one's PLB pairs, and how else those are called: one entry a reference. */
export const earlierUnder = (desk: Desk, state: RemittanceState) =>
  Effect.gen(function* () {
    const { received } = state
    if (!received) return []
    const ties = new Map<string, { pair: Pair; kind: 'recoupment' | 'forwardBalance'; value: string; by: string }>()
    for (const pair of received.providerAdjustments) {
      const carried = carriedUnder(pair, received.payerId)
      const key = carried && `${carried.kind} ${carried.value}`
      if (!key || ties.has(key)) continue
      const tied = yield* carriedBy(desk, state, pair)
      if (tied) ties.set(key, { pair, ...tied })
    }
    const together = Map.groupBy(ties.values(), ({ kind, value }) => `${kind} ${value}`)
    const entries: { code: string; reference: string; amount: number; by?: string; also?: string[] }[] = []
    for (const { pair, kind, value, by } of ties.values()) {
      const assigned = (yield* loadReference(desk, kind, value)).filter(
        ({ target }) => target.remittanceId !== received.remittanceId,
      )
      const amount = standingOf(assigned)
      // Under which names this payment itself calls the claim counts where nothing stands, too.
      const own = kind === 'recoupment' ? (together.get(`${kind} ${value}`) ?? []) : []
      const before = amount !== 0 && kind === 'recoupment' ? yield* namedBefore(desk, assigned, value) : []
      const names = new Set([...before, ...own.map((one) => one.pair.reference)])
      const also = [...names].filter((one) => one !== pair.reference)
      if (amount === 0 && also.length === 0) continue
      entries.push({
        code: pair.code,
        reference: pair.reference,
        amount,
        ...(by === pair.reference ? {} : { by }),
        ...(also.length > 0 ? { also } : {}),
      })
    }
    return entries
  })

/** Records the PLB pairs that the opening of a remittance has left, or a process that was killed. Gives it as it is left. */
export const recordPairs = (
  desk: Desk,
  opened: RemittanceState,
  on: Day,
): Effect.Effect<RemittanceState, ExecuteError> =>
  Effect.gen(function* () {
    const { received, standing } = opened
    let state = opened
    if (!received || (standing !== 'open' && standing !== 'closed')) return state
    const count = received.providerAdjustments.length
    if (state.pairs >= count) return state
    const earlier = yield* earlierUnder(desk, opened)
    while (state.pairs < count) {
      const from = state.pairs
      const recorded = yield* executeOnRemittance(
        desk,
        received.remittanceId,
        { type: 'RecordProviderAdjustments', on, from, ...(earlier.length > 0 ? { earlier } : {}) },
        `pairs:${received.remittanceId}:${from}`,
      )
      state = recorded.state
      if (state.pairs === from) return state
    }
    return state
  })

/** Notes what an opened remittance took or left under each claim, for the payer's later ones; and by which trace. */
export const rememberCarried = (desk: Desk, state: RemittanceState, on: Day): Effect.Effect<void, ExecuteError> =>
  Effect.gen(function* () {
    const { received } = state
    if (!received) return
    const { remittanceId, payerId, providerAdjustments, trace } = received
    const note = (kind: 'recoupment' | 'forwardBalance', value: string, charge: number, id: string) =>
      assignReference(
        desk,
        kind,
        value,
        { type: 'AssignReference', on, kind, target: { remittanceId }, patientKeys: [], charge, expectNone: false },
        id,
      )
    let recoups = false
    for (const [at, pair] of providerAdjustments.entries()) {
      const carried = yield* carriedBy(desk, state, pair)
      if (!carried) continue
      recoups ||= carried.kind === 'recoupment'
      yield* note(carried.kind, carried.value, pair.amount, `plb:${remittanceId}:${at + 1}`)
    }
    if (recoups) yield* note('recoupment', `${payerId}|trace:${trace.trim()}`, 0, `trace:${remittanceId}`)
  })
