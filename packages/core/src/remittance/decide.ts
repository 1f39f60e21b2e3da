import { clearingOf } from '../documents/identity.ts'
import { formatCents, negateCents, ZERO } from '../kernel/cents.ts'
import { type Day, maxDay } from '../kernel/day.ts'
import { accept, type Decide, type Of, precondition, type RuleHit, reject, rejectIfAny } from '../kernel/decision.ts'
import { type ControlAccount, netContra } from '../kernel/effects.ts'
import { aheadHits } from '../policy/dated-ahead.ts'
import type { RemittanceCommand } from './commands.ts'
import type { RemittanceContext } from './context.ts'
import { isDifferenceAccount, notForDifferences } from './difference-account.ts'
import type { Difference, RemittanceEvent, RemittanceReceived } from './events.ts'
import { givenBack } from './given-back.ts'
import { closed, opening, outOfBalance, pairsFrom } from './opening.ts'
import { nothingToSend, refunds } from './refund.ts'
import { countsFrom, type RemittanceState, unsettled } from './state.ts'

type RemittanceDecide = Decide<RemittanceState, RemittanceCommand, RemittanceEvent, RemittanceContext>

const notReceived = precondition('remittance.unknown', 'no such remittance has been received')
const notHeld = ({ standing }: RemittanceState): RuleHit =>
  precondition('remittance.notHeld', `this remittance is ${standing}, not held`)

/** A claim can be rejected or tried again while it is held, and nobody is about to post it. */
const claimNotHeld = ({ outcomes }: RemittanceState, claim: number): readonly RuleHit[] => {
  const outcome = outcomes.get(claim)
  if (outcome?.kind !== 'held') {
    const standing = outcome ? outcome.kind : 'not judged yet'
    return [precondition('remittance.claimNotHeld', `claim ${claim} is ${standing}, not held`)]
  }
  if (!outcome.retried) return []
  return [
    precondition(
      'remittance.claimRetried',
      `claim ${claim} is being posted to account ${outcome.retried.accountId}`,
      'retry the held claims: what was begun is finished, and it is posted or held',
    ),
  ]
}

/** Outcomes for claims that are open or held; one that is settled already is a repeat of the process and is left out. */
const fresh = (state: RemittanceState, claims: readonly number[]): boolean =>
  claims.some((claim) => state.claims.has(claim) && (state.outcomes.get(claim)?.kind ?? 'held') === 'held')

const sameHold = (
  state: RemittanceState,
  claims: readonly number[],
  reasons: readonly { readonly rule: string; readonly reason: string }[],
): boolean => {
  const said = (all: typeof reasons) => all.map(({ rule, reason }) => `${rule} ${reason}`).join()
  const outcome = state.outcomes.get(claims[0] ?? 0)
  return outcome?.kind === 'held' && !outcome.retried && said(outcome.event.reasons) === said(reasons)
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

/** A payment date beyond policy's days ahead is a slip: the ledger would refuse every claim of it. */
const isTooFarAhead = (on: Day | undefined, context: RemittanceContext): boolean =>
  on !== undefined && aheadHits(on, context).length > 0

/** Named of those whose payment can not be read; their advice needs to be sent again, however many they are. */
const MOST_UNREADABLE = 40

/** What a sum lacks: the claims whose payment (CLP04) is missing or no amount. */
const unreadable = ({ claims }: RemittanceState): readonly Difference[] =>
  [...claims.values()]
    .filter(({ paid }) => paid === undefined)
    .slice(0, MOST_UNREADABLE)
    .map((claim) => ({ level: 'claim', reference: claim.patientControlNumber, rule: 'defect', amount: ZERO }))

const open: NonNullable<RemittanceDecide['OpenRemittance']> = (state, command, context) => {
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
    off === 0 ? [] : [{ level: 'transaction', reference: 'transaction', rule: 'B6', amount: off }, ...unreadable(state)]
  const { paymentDate } = received
  const reasons = [
    ...(off !== 0 ? (['outOfBalance'] as const) : []),
    ...(command.conflictsWith ? (['conflict'] as const) : []),
    ...(paymentDate === undefined ? (['noDate'] as const) : []),
    ...(isTooFarAhead(paymentDate, context) ? (['tooFarAhead'] as const) : []),
    ...(received.currency !== undefined && received.currency !== 'USD' ? (['currency'] as const) : []),
  ]
  if (reasons.length === 0 && paymentDate !== undefined) {
    return accept(opening(state, received, paymentDate, command.earlier ?? []))
  }
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

/** Of two advices of one payment one brings the cash: what a release would do to it is said before it does. */
const cashTwice = (
  { amount }: RemittanceReceived,
  { booked, anotherPayment }: Of<RemittanceCommand, 'ReleaseRemittance'>,
): readonly RuleHit[] => {
  if (!booked || anotherPayment || amount === 0) return []
  const what = booked.open
    ? `the ${formatCents(booked.amount)} of this payment are in the books with remittance ${booked.remittanceId}`
    : `remittance ${booked.remittanceId}, an advice of the same payment, is being released`
  return [
    precondition(
      'remittance.cashTwice',
      `${what}: this one would bring ${formatCents(amount)} of cash again`,
      booked.open
        ? 'reject it and post what differs by hand; only if a second payment came, release it as another payment'
        : 'reject one of the two',
    ),
  ]
}

const release: NonNullable<RemittanceDecide['ReleaseRemittance']> = (state, command, context) => {
  const { received } = state
  if (!received) return reject([notReceived])
  if (state.standing !== 'held') return reject([notHeld(state)])
  const { differenceAccount } = command
  const paymentDate = command.paymentDate ?? received.paymentDate
  const hits: RuleHit[] = [...aheadHits(command.on, context), ...cashTwice(received, command)]
  if (outOfBalance(state, received) !== 0 && differenceAccount === undefined) {
    hits.push(
      precondition(
        'remittance.difference',
        'it is out of balance',
        'name the control account that takes the difference',
      ),
    )
  }
  if (differenceAccount !== undefined && !isDifferenceAccount(differenceAccount, received.payerId)) {
    hits.push(notForDifferences(differenceAccount, received.payerId))
  }
  hits.push(...nothingToSend(differenceAccount ?? '', outOfBalance(state, received)))
  if (paymentDate === undefined) {
    hits.push(precondition('remittance.noDate', 'the advice names no payment date', 'give the payment date'))
  } else {
    const ahead = aheadHits(paymentDate, context)
    hits.push(...ahead.map((hit) => ({ ...hit, requiredAction: 'release it with the day of the payment' })))
  }
  if (hits.length > 0 || paymentDate === undefined) return reject(hits as [RuleHit, ...RuleHit[]])
  return accept([
    {
      type: 'RemittanceReleased',
      effectiveDate: command.on,
      reason: command.reason,
      ...(differenceAccount ? { differenceAccount } : {}),
      ...(command.paymentDate ? { paymentDate: command.paymentDate } : {}),
      ...(command.booked && command.anotherPayment ? { anotherPayment: true as const } : {}),
    },
    ...opening(state, received, paymentDate, command.earlier ?? [], differenceAccount as ControlAccount | undefined),
  ])
}

export const decide: RemittanceDecide = {
  ...refunds,
  ...givenBack,
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
  RecordProviderAdjustments: (state, { from, earlier = [] }) => {
    const { received, pairs, standing } = state
    const counts = countsFrom(state)
    if (!received || counts === undefined) return reject([notReceived])
    const isOpened = standing === 'open' || standing === 'closed'
    return accept(isOpened && pairs === from ? pairsFrom(received, earlier, counts, from) : [])
  },
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
  RetryRemittanceClaim: (state, { type: _type, on, ...retried }) => {
    const [refused] = retried.claims.flatMap((claim) => claimNotHeld(state, claim))
    if (refused) return reject([refused])
    return accept([{ type: 'RemittanceClaimRetried', effectiveDate: on, ...retried }])
  },
  ReleaseRemittance: release,
  RejectRemittance: (state, command, context) => {
    if (!state.received) return reject([notReceived])
    if (state.standing !== 'held') return reject([notHeld(state)])
    const refused = rejectIfAny(aheadHits(command.on, context))
    if (refused) return refused
    return accept([{ type: 'RemittanceRejected', effectiveDate: command.on, reason: command.reason }])
  },
  RejectRemittanceClaim: (state, command, context) => {
    const { received } = state
    if (!received) return reject([notReceived])
    const outcome = state.outcomes.get(command.claim)
    const [notOnHold] = claimNotHeld(state, command.claim)
    if (notOnHold || outcome?.kind !== 'held') return reject([notOnHold ?? notHeld(state)])
    const { differenceAccount } = command
    const refused = rejectIfAny([
      ...aheadHits(command.on, context),
      ...(isDifferenceAccount(differenceAccount, received.payerId)
        ? []
        : [notForDifferences(differenceAccount, received.payerId)]),
      ...nothingToSend(differenceAccount, outcome.event.amount),
    ])
    if (refused) return refused
    const amount = outcome.event.amount
    const event: RemittanceEvent = {
      type: 'RemittanceClaimRejected',
      effectiveDate: maxDay(command.on, countsFrom(state) ?? command.on),
      claims: outcome.event.claims,
      amount,
      reason: command.reason,
      effects: [],
      contra:
        amount === ZERO
          ? []
          : netContra([
              { account: clearingOf(received.remittanceId), amount },
              { account: differenceAccount as ControlAccount, amount: negateCents(amount) },
            ]),
    }
    return accept(closeIfSettled(state, [event], command.on))
  },
}
