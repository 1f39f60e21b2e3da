import { formatCents, negateCents, sumOf, toCents } from '../kernel/cents.ts'
import { type Dated, firstDayOf, negated } from '../kernel/dated.ts'
import { accept, type Decide, precondition, type RuleHit, reject, rejectIfAny } from '../kernel/decision.ts'
import { netContra } from '../kernel/effects.ts'
import { aheadHits } from '../policy/dated-ahead.ts'
import type { RemittanceCommand } from './commands.ts'
import type { RemittanceContext } from './context.ts'
import type { RemittanceEvent } from './events.ts'
import { type RemittanceState, WITHHELD } from './state.ts'

// What a payer kept of a payment beside its claims, or gave back there: which account's withhold it ends, once each cent, and
// that it is lost, or came by money of its own.

type GivenBackDecide = Pick<
  Decide<RemittanceState, RemittanceCommand, RemittanceEvent, RemittanceContext>,
  'NameGivenBack' | 'FreeGivenBack' | 'GiveUpWithhold' | 'ReturnWithhold'
>

const notReceived = precondition('remittance.unknown', 'no such remittance has been received')

const sameSign = (a: number, b: number): boolean => a < 0 === b < 0

const amountOf = (dated: Dated): number => sumOf(dated, (change) => change.amount)

/** What of the pairs of a code no account has named yet, and nobody has given up or sent, cents. Above zero: what came back. */
const freeOf = (
  { received, namings, givenUp, returned }: RemittanceState,
  { code, amount }: { readonly code: string; readonly amount: number },
): number => {
  // A pair below zero gives, one above takes (reference §1.6 B6).
  const pairs = (received?.providerAdjustments ?? []).filter(
    (pair) => pair.code === code && pair.amount !== 0 && !sameSign(pair.amount, amount),
  )
  const named = namings.filter((one) => one.code === code && sameSign(one.amount, amount))
  const given = code === WITHHELD ? givenUp.filter((one) => !sameSign(one, amount)) : []
  const came = code === WITHHELD && amount < 0 ? amountOf(returned) : 0
  const taken = sumOf(named, (one) => Math.abs(one.amount)) + sumOf(given, (one) => Math.abs(one)) + came
  return Math.max(0, sumOf(pairs, (pair) => Math.abs(pair.amount)) - taken)
}

/** What stands withheld beside the claims, less what accounts have named of it. */
const standing = ({ withheld, namings }: RemittanceState): number =>
  amountOf(withheld) +
  sumOf(
    namings.filter(({ code }) => code === WITHHELD),
    ({ amount }) => amount,
  )

const amountHits = (stands: number, wanted: number): readonly RuleHit[] => {
  if (stands === 0)
    return [
      precondition('remittance.nothingWithheld', 'this remittance has withheld nothing beside its claims that stands'),
    ]
  if (wanted !== 0 && sameSign(wanted, stands) && Math.abs(wanted) <= Math.abs(stands)) return []
  const reason = `${formatCents(toCents(stands))} stand withheld beside the claims of this remittance, not ${formatCents(toCents(wanted))}`
  return [precondition('remittance.beyondWithheld', reason)]
}

/** No more comes than is withheld; and no more of that goes again than came. */
const returnHits = (state: RemittanceState, amount: number): readonly RuleHit[] => {
  if (amount >= 0) return amountHits(Math.max(0, standing(state)), amount)
  const came = amountOf(state.returned)
  if (-amount <= came) return []
  const reason = `${formatCents(toCents(came))} of what was withheld came by money of its own, not ${formatCents(toCents(-amount))}`
  return [precondition('remittance.beyondReturned', reason)]
}

export const givenBack: GivenBackDecide = {
  NameGivenBack: (state, { on, use, accountId, code, amount }) => {
    if (!state.received) return reject([notReceived])
    if (state.namings.some((one) => one.use === use)) return accept([])
    const free = freeOf(state, { code, amount })
    if (Math.abs(amount) > free) {
      const others = [...new Set(state.namings.filter((one) => one.code === code).map((one) => one.accountId))]
      const by = others.length > 0 ? `, the rest ended what it had withheld of ${others.slice(0, 5).join(', ')}` : ''
      const reason = `${formatCents(toCents(free))} of what came under ${code} is left${by}; not ${formatCents(toCents(Math.abs(amount)))}`
      return reject([
        precondition('claims.beyondReturned', reason, 'name the advice that gave this back, or how else it ended'),
      ])
    }
    return accept([{ type: 'GivenBackNamed', effectiveDate: on, use, accountId, code, amount }])
  },
  FreeGivenBack: (state, { on, use }) =>
    state.namings.some((one) => one.use === use)
      ? accept([{ type: 'GivenBackFreed', effectiveDate: on, use }])
      : accept([]),
  GiveUpWithhold: (state, { on, reason, ...given }, context) => {
    const { received } = state
    if (!received) return reject([notReceived])
    const stands = standing(state)
    const amount = toCents(given.amount ?? stands)
    const refused = rejectIfAny([...aheadHits(on, context), ...amountHits(stands, amount)])
    if (refused) return refused
    const dated = amount > 0 ? state.withheld : negated(state.withheld)
    return accept([
      {
        type: 'WithholdGivenUp',
        effectiveDate: firstDayOf(Math.abs(amount), on, [dated]) ?? on,
        amount,
        reason,
        effects: [],
        contra: netContra([
          { account: 'contractual', amount },
          { account: `withholdReceivable:${received.payerId}`, amount: negateCents(amount) },
        ]),
      },
    ])
  },
  ReturnWithhold: (state, { on, by, reference, reason, ...given }, context) => {
    const { received } = state
    if (!received) return reject([notReceived])
    const amount = toCents(given.amount ?? Math.max(0, standing(state)))
    const refused = rejectIfAny([...aheadHits(on, context), ...returnHits(state, amount)])
    if (refused) return refused
    const there = amount > 0 ? state.withheld : state.returned
    return accept([
      {
        type: 'WithholdReturned',
        effectiveDate: firstDayOf(Math.abs(amount), on, [there]) ?? on,
        settlement: state.settlements + 1,
        amount,
        by,
        ...(reference === undefined ? {} : { reference }),
        reason,
        effects: [],
        contra: netContra([
          { account: 'cash', amount },
          { account: `withholdReceivable:${received.payerId}`, amount: negateCents(amount) },
        ]),
      },
    ])
  },
}
