import { type Cents, negateCents, sumOf, ZERO } from '../kernel/cents.ts'
import { type Day, maxDay } from '../kernel/day.ts'
import { accept, type Decide, type Decision, type Of, precondition, reject } from '../kernel/decision.ts'
import { type ControlAccount, controlAccountNames, netContra } from '../kernel/effects.ts'
import type { RemittanceCommand } from './commands.ts'
import type { Difference, ProviderAdjustmentRecorded, RemittanceEvent, RemittanceReceived } from './events.ts'
import { clearingOf } from './identity.ts'
import { accountOf, carriedUnder } from './provider-adjustments.ts'
import { type RemittanceState, unsettled } from './state.ts'

type RemittanceDecide = Decide<RemittanceState, RemittanceCommand, RemittanceEvent, unknown>

const notReceived = precondition('remittance.unknown', 'no such remittance has been received')

const claimsPaid = (state: RemittanceState): Cents => sumOf(state.claims.values(), (claim) => claim.paid ?? 0)
const adjustmentsTotal = (received: RemittanceReceived): Cents =>
  sumOf(received.providerAdjustments, (adjustment) => adjustment.amount)

/** B6: BPR02 − (Σ CLP04 − Σ PLB). */
const outOfBalance = (state: RemittanceState, received: RemittanceReceived): Cents =>
  (received.amount - claimsPaid(state) + adjustmentsTotal(received)) as Cents

type Earlier = NonNullable<Of<RemittanceCommand, 'OpenRemittance'>['earlier']>
type PlbPair = RemittanceReceived['providerAdjustments'][number]

/** What stands under the pair's reference after it: earlier remittances, this one's pairs up to and including it. */
const standingAfter = (received: RemittanceReceived, earlier: Earlier, at: number): number => {
  const own = carriedUnder(received.providerAdjustments[at] as PlbPair, received.payerId)
  const same = (pair: { readonly code: string; readonly reference: string }) =>
    carriedUnder(pair, received.payerId)?.value === own?.value
  return (
    sumOf(earlier.filter(same), ({ amount }) => amount) +
    sumOf(received.providerAdjustments.slice(0, at + 1).filter(same), ({ amount }) => amount)
  )
}

/**
 * Errata 1 and clarification 16: a recoupment of money is explained by what the payer had put off under the same
 * reference; a forwarded balance that is collected, by one that was announced. A PLB never holds a transaction.
 */
const exceptionOf = (
  received: RemittanceReceived,
  earlier: Earlier,
  at: number,
): ProviderAdjustmentRecorded['exception'] => {
  const pair = received.providerAdjustments[at] as PlbPair
  const carried = carriedUnder(pair, received.payerId)
  if (!carried) return undefined
  const standing = standingAfter(received, earlier, at)
  if (carried.kind === 'forwardBalance') {
    return pair.amount > 0 && standing > 0 ? 'forwardBalanceWithoutOrigin' : undefined
  }
  return standing > 0 ? 'recoupmentWithoutReversal' : standing < 0 ? 'recoupmentOutstanding' : undefined
}

/** A reference that stood open and is even now. */
const matched = (received: RemittanceReceived, earlier: Earlier, at: number, on: Day): readonly RemittanceEvent[] => {
  const pair = received.providerAdjustments[at] as PlbPair
  if (carriedUnder(pair, received.payerId)?.kind !== 'recoupment' || standingAfter(received, earlier, at) !== 0)
    return []
  return [
    {
      type: 'RecoupmentMatched',
      effectiveDate: on,
      payerId: received.payerId,
      reference: pair.reference,
      amount: pair.amount,
    },
  ]
}

/** The opening entry and one record a PLB pair; `difference` goes to the account that a person named. */
const opening = (
  state: RemittanceState,
  received: RemittanceReceived,
  on: Day,
  earlier: Earlier,
  difference?: ControlAccount,
): readonly RemittanceEvent[] => {
  const off = outOfBalance(state, received)
  const effectiveDate = received.paymentDate ?? on
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
    ...received.providerAdjustments.flatMap((adjustment, at): readonly RemittanceEvent[] => {
      const exception = exceptionOf(received, earlier, at)
      const recorded: RemittanceEvent = {
        type: 'ProviderAdjustmentRecorded',
        effectiveDate,
        payerId: received.payerId,
        code: adjustment.code,
        reference: adjustment.reference,
        amount: adjustment.amount,
        account: accountOf(adjustment, received.payerId),
        ...(exception ? { exception } : {}),
      }
      return [recorded, ...matched(received, earlier, at, effectiveDate)]
    }),
    ...(state.claims.size === 0 ? [closed(effectiveDate)] : []),
  ]
}

const closed = (effectiveDate: Day): RemittanceEvent => ({ type: 'RemittanceClosed', effectiveDate })

const isControlAccount = (name: string): name is ControlAccount =>
  (controlAccountNames as readonly string[]).includes(name.split(':', 1)[0] ?? '')

const unknownAccount = (name: string) =>
  precondition(
    'remittance.account',
    `${name} is not a control account`,
    `name one of ${controlAccountNames.join(', ')}`,
  )

/** Outcomes for claims that are open or held; one that is settled already is a repeat of the process and is left out. */
const fresh = (state: RemittanceState, claims: readonly number[]): boolean =>
  claims.some((claim) => state.claims.has(claim) && (state.outcomes.get(claim)?.kind ?? 'held') === 'held')

const sameHold = (
  state: RemittanceState,
  claims: readonly number[],
  reasons: readonly { readonly rule: string }[],
): boolean => {
  const outcome = state.outcomes.get(claims[0] ?? 0)
  return (
    outcome?.kind === 'held' && outcome.event.reasons.map((r) => r.rule).join() === reasons.map((r) => r.rule).join()
  )
}

/** Closes when nothing is left in clearing. */
const closeIfSettled = (
  state: RemittanceState,
  events: readonly RemittanceEvent[],
  on: Day,
): readonly RemittanceEvent[] => {
  const settled = new Set(
    events.flatMap((event) =>
      event.type === 'RemittanceClaimPosted' || event.type === 'RemittanceClaimRejected' ? event.claims : [],
    ),
  )
  const left = unsettled(state).filter((claim) => !settled.has(claim.number))
  return events.length > 0 && left.length === 0 ? [...events, closed(on)] : events
}

const open: NonNullable<RemittanceDecide['OpenRemittance']> = (state, command) => {
  const { received } = state
  if (!received) return reject([notReceived])
  if (state.standing !== 'receiving') return accept([])
  if (state.chunks.size < received.chunks || state.claims.size < received.claims) {
    return reject([
      precondition(
        'remittance.incomplete',
        `${state.claims.size} of ${received.claims} claims are recorded`,
        'import the file again: what is missing is added, nothing is posted twice',
      ),
    ])
  }
  const off = outOfBalance(state, received)
  const differences: readonly Difference[] =
    off === 0 ? [] : [{ level: 'transaction', reference: 'transaction', rule: 'B6', amount: off }]
  const reasons = [
    ...(off !== 0 ? (['outOfBalance'] as const) : []),
    ...(command.conflictsWith ? (['conflict'] as const) : []),
    ...(received.paymentDate === undefined ? (['noDate'] as const) : []),
    ...(received.currency !== undefined && received.currency !== 'USD' ? (['currency'] as const) : []),
  ]
  if (reasons.length === 0) return accept(opening(state, received, command.on, command.earlier ?? []))
  return accept([
    {
      type: 'RemittanceHeld',
      effectiveDate: command.on,
      reasons,
      differences: [...differences],
      ...(command.conflictsWith ? { conflictsWith: command.conflictsWith } : {}),
    },
  ])
}

const release: NonNullable<RemittanceDecide['ReleaseRemittance']> = (state, command): Decision<RemittanceEvent> => {
  const { received } = state
  if (!received) return reject([notReceived])
  if (state.standing !== 'held') {
    return reject([precondition('remittance.notHeld', `this remittance is ${state.standing}, not held`)])
  }
  const off = outOfBalance(state, received)
  const account = command.differenceAccount
  if (off !== 0 && account === undefined) {
    return reject([
      precondition(
        'remittance.difference',
        'it is out of balance',
        'name the control account that takes the difference',
      ),
    ])
  }
  if (account !== undefined && !isControlAccount(account)) return reject([unknownAccount(account)])
  const paymentDate = received.paymentDate ?? command.paymentDate
  if (paymentDate === undefined) {
    return reject([precondition('remittance.noDate', 'the advice names no payment date', 'give the payment date')])
  }
  return accept([
    {
      type: 'RemittanceReleased',
      effectiveDate: command.on,
      reason: command.reason,
      ...(account ? { differenceAccount: account } : {}),
      ...(command.paymentDate ? { paymentDate: command.paymentDate } : {}),
    },
    ...opening(
      state,
      { ...received, paymentDate },
      command.on,
      command.earlier ?? [],
      account as ControlAccount | undefined,
    ),
  ])
}

export const decide: RemittanceDecide = {
  ReceiveRemittance: (state, { type: _type, on, ...received }) =>
    state.received ? accept([]) : accept([{ type: 'RemittanceReceived', effectiveDate: on, ...received }]),
  RecordRemittanceClaims: (state, command) => {
    if (!state.received) return reject([notReceived])
    return accept(
      command.chunks
        .filter(({ chunk }) => !state.chunks.has(chunk))
        .map((one): RemittanceEvent => ({ type: 'RemittanceClaimsRecorded', effectiveDate: command.on, ...one })),
    )
  },
  OpenRemittance: open,
  RecordClaimOutcomes: (state, command) => {
    if (state.standing !== 'open') return accept([])
    const events: RemittanceEvent[] = [
      ...command.posted
        .filter((outcome) => fresh(state, outcome.claims))
        .map((outcome): RemittanceEvent => ({ type: 'RemittanceClaimPosted', effectiveDate: command.on, ...outcome })),
      ...command.held
        .filter((outcome) => fresh(state, outcome.claims) && !sameHold(state, outcome.claims, outcome.reasons))
        .map((outcome): RemittanceEvent => ({ type: 'RemittanceClaimHeld', effectiveDate: command.on, ...outcome })),
    ]
    return accept(closeIfSettled(state, events, command.on))
  },
  ReleaseRemittance: release,
  RejectRemittance: (state, command) => {
    if (!state.received) return reject([notReceived])
    if (state.standing !== 'held') {
      return reject([precondition('remittance.notHeld', `this remittance is ${state.standing}, not held`)])
    }
    return accept([{ type: 'RemittanceRejected', effectiveDate: command.on, reason: command.reason }])
  },
  RejectRemittanceClaim: (state, command) => {
    const { received } = state
    if (!received) return reject([notReceived])
    const outcome = state.outcomes.get(command.claim)
    if (outcome?.kind !== 'held') {
      return reject([precondition('remittance.claimNotHeld', `claim ${command.claim} is not held`)])
    }
    if (!isControlAccount(command.differenceAccount)) return reject([unknownAccount(command.differenceAccount)])
    const amount = outcome.event.amount
    const event: RemittanceEvent = {
      type: 'RemittanceClaimRejected',
      effectiveDate: maxDay(command.on, received.paymentDate ?? command.on),
      claims: outcome.event.claims,
      amount,
      reason: command.reason,
      effects: [],
      contra:
        amount === ZERO
          ? []
          : netContra([
              { account: clearingOf(received.remittanceId), amount },
              { account: command.differenceAccount, amount: negateCents(amount) },
            ]),
    }
    return accept(closeIfSettled(state, [event], command.on))
  },
}
