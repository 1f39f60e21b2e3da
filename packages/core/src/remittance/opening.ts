import { clearingOf } from '../documents/identity.ts'
import { type Cents, negateCents, sumOf } from '../kernel/cents.ts'
import type { Day } from '../kernel/day.ts'
import type { Of } from '../kernel/decision.ts'
import { type ControlAccount, netContra } from '../kernel/effects.ts'
import type { PayerId } from '../kernel/ids.ts'
import type { RemittanceCommand } from './commands.ts'
import type { ProviderAdjustmentRecorded, RemittanceEvent, RemittanceReceived } from './events.ts'
import { accountOf, carriedUnder } from './provider-adjustments.ts'
import type { RemittanceState } from './state.ts'

const claimsPaid = (state: RemittanceState): Cents => sumOf(state.claims.values(), (claim) => claim.paid ?? 0)
const adjustmentsTotal = (received: RemittanceReceived): Cents =>
  sumOf(received.providerAdjustments, (adjustment) => adjustment.amount)

/** B6: BPR02 − (Σ CLP04 − Σ PLB). */
export const outOfBalance = (state: RemittanceState, received: RemittanceReceived): Cents =>
  (received.amount - claimsPaid(state) + adjustmentsTotal(received)) as Cents

type Earlier = NonNullable<Of<RemittanceCommand, 'OpenRemittance'>['earlier']>
type PlbPair = RemittanceReceived['providerAdjustments'][number]

/** A PLB pair with what stands under its reference after it. */
interface Carried {
  readonly pair: PlbPair
  /** Absent where the pair's code carries nothing. */
  readonly kind?: 'recoupment' | 'forwardBalance' | undefined
  readonly earlier?: Earlier[number] | undefined
  /** How else this payment or earlier ones call the same claim. */
  readonly also: readonly string[]
  /** Cents: earlier remittances, and this one's pairs up to and including it. */
  readonly standing: number
}

/** References that earlier payments tie to one claim, each with all of them: what stands under one stands under all. */
const tiedNames = (earlier: Earlier): ReadonlyMap<string, readonly string[]> => {
  const groups = new Map<string, Set<string>>()
  for (const { code, reference, also = [] } of earlier) {
    if (carriedUnder({ code, reference }, '')?.kind !== 'recoupment') continue
    const names = [reference, ...also]
    const known = names.flatMap((name) => groups.get(name) ?? [])
    const group = new Set([...names, ...known.flatMap((of) => [...of])])
    for (const name of group) groups.set(name, group)
  }
  return new Map([...groups].map(([name, group]) => [name, [...group]]))
}

/** Each pair with what stands after it, in one walk: a payer may send thousands. */
const carriedPairs = ({ providerAdjustments, payerId }: RemittanceReceived, earlier: Earlier): readonly Carried[] => {
  const standing = new Map<string, number>()
  const add = (name: string, amount: number): number => {
    const sum = (standing.get(name) ?? 0) + amount
    standing.set(name, sum)
    return sum
  }
  const tied = tiedNames(earlier)
  /** Under which one of its names a claim's money is added up. */
  const placeOf = ({ code, reference }: Pick<PlbPair, 'code' | 'reference'>): string => {
    const [first = reference] = tied.get(reference) ?? []
    return carriedUnder({ code, reference: first }, payerId)?.value ?? ''
  }
  const before = new Map<string, Earlier[number]>()
  for (const left of earlier) {
    const under = carriedUnder(left, payerId)
    if (!under) continue
    // Each name of one claim says the same of it.
    if (!standing.has(placeOf(left))) add(placeOf(left), left.amount)
    before.set(under.value, left)
  }
  return providerAdjustments.map((pair) => {
    const under = carriedUnder(pair, payerId)
    if (!under) return { pair, also: [], standing: 0 }
    const known = before.get(under.value)
    const names = under.kind === 'recoupment' ? (tied.get(pair.reference) ?? []) : []
    const also = [...new Set([...(known?.also ?? []), ...names])].filter((name) => name !== pair.reference)
    return { pair, kind: under.kind, earlier: known, also, standing: add(placeOf(pair), pair.amount) }
  })
}

/**
 * Errata 1 and clarification 16: a recoupment of money is explained by what the payer had put off under the same
 * reference; a forwarded balance that is collected, by one that was announced. A PLB never holds a transaction.
 */
const exceptionOf = ({ pair, kind, standing }: Carried): ProviderAdjustmentRecorded['exception'] => {
  if (kind === undefined) return undefined
  if (kind === 'forwardBalance') {
    return pair.amount > 0 && standing > 0 ? 'forwardBalanceWithoutOrigin' : undefined
  }
  return standing > 0 ? 'recoupmentWithoutReversal' : standing < 0 ? 'recoupmentOutstanding' : undefined
}

/** A reference that stood open and is even now. */
const matched = ({ pair, kind, standing, also }: Carried, payerId: PayerId, on: Day): readonly RemittanceEvent[] =>
  kind === 'recoupment' && standing === 0
    ? [pair.reference, ...also].map((reference) => ({
        type: 'RecoupmentMatched',
        effectiveDate: on,
        payerId,
        reference,
        amount: pair.amount,
      }))
    : []

/** PLB pairs of one command: each gives up to two events, and a store takes a thousand at once. */
const PAIRS_AT_ONCE = 300

/** Records of PLB pairs from one on, as many as one command takes. */
export const pairsFrom = (
  received: RemittanceReceived,
  earlier: Earlier,
  effectiveDate: Day,
  from: number,
): readonly RemittanceEvent[] =>
  carriedPairs(received, earlier)
    .slice(from, from + PAIRS_AT_ONCE)
    .flatMap((carried): readonly RemittanceEvent[] => {
      const { pair } = carried
      const exception = exceptionOf(carried)
      const recorded: RemittanceEvent = {
        type: 'ProviderAdjustmentRecorded',
        effectiveDate,
        payerId: received.payerId,
        code: pair.code,
        reference: pair.reference,
        amount: pair.amount,
        account: accountOf(pair, received.payerId),
        ...(carried.earlier?.by ? { tiedBy: carried.earlier.by } : {}),
        ...(carried.earlier?.also ? { alsoNamed: carried.earlier.also } : {}),
        ...(exception ? { exception } : {}),
      }
      return [recorded, ...matched(carried, received.payerId, effectiveDate)]
    })

/**
 * The opening entry and one record a PLB pair, of the first ones, all counting from the payment date; `difference` goes to the account
 * that a person named.
 */
export const opening = (
  state: RemittanceState,
  received: RemittanceReceived,
  effectiveDate: Day,
  earlier: Earlier,
  difference?: ControlAccount,
): readonly RemittanceEvent[] => {
  const off = outOfBalance(state, received)
  const opened: RemittanceEvent = {
    type: 'RemittanceOpened',
    effectiveDate,
    effects: [],
    contra: netContra([
      { account: 'cash', amount: received.amount },
      ...received.providerAdjustments.map((adjustment) => ({
        account: accountOf(adjustment, received.payerId),
        amount: adjustment.amount,
      })),
      { account: clearingOf(received.remittanceId), amount: negateCents(claimsPaid(state)) },
      ...(difference ? [{ account: difference, amount: negateCents(off) }] : []),
    ]),
  }
  return [
    opened,
    ...pairsFrom(received, earlier, effectiveDate, 0),
    ...(state.claims.size === 0 ? [closed(effectiveDate)] : []),
  ]
}

/** Nothing of it is left in clearing. */
export const closed = (effectiveDate: Day): RemittanceEvent => ({ type: 'RemittanceClosed', effectiveDate })
