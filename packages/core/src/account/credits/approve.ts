import { type Cents, formatCents, sumOf } from '../../kernel/cents.ts'
import type { Day } from '../../kernel/day.ts'
import { accept, type Decision, type Of, precondition, type RuleHit, rejectIfAny } from '../../kernel/decision.ts'
import { partyKey } from '../../kernel/effects.ts'
import type { ActorId, RefundId } from '../../kernel/ids.ts'
import type { Context } from '../context.ts'
import { unappliedOf } from '../payments/state.ts'
import { datingHits } from '../preconditions.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { CreditCommand } from './commands.ts'
import type { CreditSource } from './events.ts'
import { keyOf } from './judge.ts'
import { isPatients, owedBeforeRefund } from './owed-first.ts'
import { beyondPaid, withinPaid } from './payers-money.ts'
import type { Refund } from './state.ts'
import { notYetCredit, unsureHit } from './through-time.ts'

type Approve = Of<CreditCommand, 'ApproveRefund'>

/** What a refund may be paid from, as it stands. */
const available = (state: AccountState, command: Approve): readonly CreditSource[] | RuleHit => {
  if ((command.credit === undefined) === (command.payment === undefined)) {
    return precondition('credits.oneSource', 'a refund is of one credit or of one payment', 'name one of them')
  }
  if (command.credit !== undefined) {
    const credit = state.credits.credits.get(command.credit)
    if (!credit) return precondition('credits.unknown', `no credit ${command.credit} stands on this account`)
    return unsureHit(state, credit, command.on) ?? credit.sources
  }
  const payment = command.payment === undefined ? undefined : state.payments.payments.get(command.payment)
  if (!payment) return precondition('payments.unknown', `payment ${command.payment} is not on this account`)
  const unapplied = unappliedOf(payment)
  return unapplied > 0
    ? [{ paymentId: payment.paymentId, amount: unapplied as Cents }]
    : precondition('payments.nothingUnapplied', 'all of the payment has its place')
}

/** Where one part of a credit stands: a payment and its layer, or a party on a line. */
const placeOf = (source: CreditSource): string =>
  'paymentId' in source ? `payment ${source.paymentId} ${source.layerId ?? ''}` : `party ${partyKey(source.party)}`

/** Refunds that were approved on a day and have been given up since. */
const givenUpSince = ({ credits }: AccountState, on: Day): readonly Refund[] =>
  [...credits.refunds.values()].filter(
    ({ approved, issued, voidedOn }) =>
      !issued && voidedOn !== undefined && approved.effectiveDate <= on && on < voidedOn,
  )

/**
 * The sources less what other refunds, approved and not issued yet, will take of each: it is spoken for (law G1). Where a day
 * is named, it was also where the refund that was to take it then has been given up since.
 */
export const notSpokenFor = (
  state: AccountState,
  sources: readonly CreditSource[],
  on?: Day,
): readonly CreditSource[] => {
  const key = keyOf(sources)
  const spoken = new Map<string, number>()
  const underway = [...state.credits.refunds.where('approved'), ...(on === undefined ? [] : givenUpSince(state, on))]
  for (const { approved } of underway) {
    if (keyOf(approved.of) !== key) continue
    for (const source of approved.of) spoken.set(placeOf(source), (spoken.get(placeOf(source)) ?? 0) + source.amount)
  }
  return sources.flatMap((source) => {
    const taken = Math.min(source.amount, spoken.get(placeOf(source)) ?? 0)
    spoken.set(placeOf(source), (spoken.get(placeOf(source)) ?? 0) - taken)
    return taken < source.amount ? [{ ...source, amount: (source.amount - taken) as Cents }] : []
  })
}

/** The first sources that make up an amount. */
const upTo = (sources: readonly CreditSource[], amount: number): CreditSource[] => {
  const chosen: CreditSource[] = []
  let left = amount
  for (const source of sources) {
    const part = Math.min(left, source.amount)
    if (part <= 0) break
    chosen.push({ ...source, amount: part as Cents })
    left -= part
  }
  return chosen
}

/** Whose money it is that goes back: of a payment that somebody else made, theirs. */
const originOf = (state: AccountState, sources: readonly CreditSource[]): string => {
  if (!sources.every(isPatients)) return 'payer'
  const others = sources.flatMap((source) => {
    const by = 'paymentId' in source ? state.payments.payments.get(source.paymentId)?.event.source : undefined
    // What an agency sends, the guarantor has paid.
    return by === undefined || by === 'guarantor' || by === 'agency' ? [] : [payerWords[by]]
  })
  return [...new Set(others)].join(' and ') || 'guarantor'
}

const payerWords = {
  other: 'somebody else who paid',
  trustee: 'trustee in bankruptcy',
  estate: 'estate',
} as const

/** Law G2: back to whom it came from, and the way it came, unless somebody says why not. */
const originHits = (state: AccountState, command: Approve, sources: readonly CreditSource[]): readonly RuleHit[] => {
  if (command.override !== undefined || sources.length === 0) return []
  const hits: RuleHit[] = []
  const origin = originOf(state, sources)
  if (command.payee !== origin) {
    hits.push(
      precondition('credits.otherPayee', `this money came from the ${origin}`, 'give an override that says why'),
    )
  }
  const byCard = sources.some(
    (source) => 'paymentId' in source && state.payments.payments.get(source.paymentId)?.event.tender === 'card',
  )
  if (byCard && command.method !== 'card') {
    hits.push(precondition('credits.otherTender', 'card money goes back to the card', 'give an override that says why'))
  }
  return hits
}

/**
 * Somebody may be paid back, within a credit that stands or the unapplied money of a payment, to whom it belongs (law
 * G2).
 */
export const approveRefund = (state: AccountState, command: Approve, context: Context): Decision<AccountEvent> => {
  const dating = datingHits(state, command.on, context)
  const sources = available(state, command)
  const hits: RuleHit[] = [...dating]
  if (command.refund !== undefined && state.credits.refunds.has(command.refund)) {
    hits.push(precondition('credits.refundKnown', `refund ${command.refund} is already on file`))
  }
  if ('rule' in sources) hits.push(sources)
  const of = 'rule' in sources ? [] : notSpokenFor(state, sources, command.on)
  const free = sumOf(of, (source) => source.amount)
  const all = 'rule' in sources ? [] : sources
  const spokenFor = sumOf(all, (source) => source.amount) - free
  const may = withinPaid(state, all, free, spokenFor)
  const amount = command.amount ?? may
  if (!('rule' in sources) && (amount > free || free === 0)) {
    const reason =
      free === 0
        ? 'nothing of it is left to refund: all of it is spoken for by refunds on their way'
        : `${formatCents(free)} may be refunded, not ${formatCents(amount)}`
    hits.push(precondition('credits.beyondCredit', reason))
  }
  if (free > 0 && (amount > may || may === 0) && amount <= free) {
    hits.push(beyondPaid(may, all, command.amount ?? free))
  }
  if (!('rule' in sources) && amount <= free) {
    hits.push(...notYetCredit(state, sources, spokenFor + amount, command.on))
    hits.push(...owedBeforeRefund(state, amount, upTo(of, amount), { ...context, on: command.on }))
  }
  const rejection = rejectIfAny([...hits, ...originHits(state, command, 'rule' in sources ? [] : sources)])
  if (rejection) return rejection
  return accept<AccountEvent>([
    {
      type: 'RefundApproved',
      effectiveDate: command.on,
      refundId: command.refund ?? (context.newId('refund') as RefundId),
      creditId: command.credit,
      payee: command.payee,
      amount: amount as Cents,
      of: upTo(of, amount),
      method: command.method,
      approver: context.actor.id as ActorId,
      reason: command.reason,
      override: command.override,
    },
  ])
}
