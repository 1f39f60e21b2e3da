import { type Cents, formatCents, sumOf, toCents } from '../../kernel/cents.ts'
import { addDays, type Day, maxDay } from '../../kernel/day.ts'
import {
  accept,
  type Decide,
  type Decision,
  type Of,
  precondition,
  type RuleHit,
  reject,
  rejectIfAny,
} from '../../kernel/decision.ts'
import type { LineId } from '../../kernel/ids.ts'
import { dueDay } from '../../rules/plan/schedule.ts'
import type { Context } from '../context.ts'
import { askBy } from '../facts.ts'
import { isPlaced, openLines } from '../ledger/balances.ts'
import { askedBeyondNet } from '../payments/on-account.ts'
import { activeOn } from '../plans/terms.ts'
import { datingHits, twiceHits } from '../preconditions.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { Pays, PromiseCommand } from './commands.ts'
import type { PromiseId, PromisePart } from './events.ts'
import { promiseQuestion } from './gate-facts.ts'
import { firstUnmet, isPartly, lastDayOf, type PaymentPromise } from './state.ts'

/** What is promised, part by part, in the order of its days as they were given. */
const partsOf = (pays: Pays): readonly PromisePart[] => {
  const parts: readonly { readonly due: Day; readonly amount: Cents }[] =
    'parts' in pays
      ? pays.parts
      : 'times' in pays
        ? Array.from({ length: pays.times }, (_, n) => ({
            due: dueDay(pays.firstDue, pays.every, n),
            amount: pays.amount,
          }))
        : [pays]
  return parts.map(({ due, amount }, at) => ({ number: at + 1, due, amount }))
}

const partHits = (parts: readonly PromisePart[], on: Day): readonly RuleHit[] =>
  parts.flatMap(({ due }, at) => {
    const before = parts[at - 1]?.due
    if (due < on) return [precondition('promises.dueInPast', `promised for ${due}, before it was made on ${on}`)]
    return before !== undefined && due <= before
      ? [precondition('promises.dueOrder', `${due} does not come after ${before}: parts are named in their order`)]
      : []
  })

/** Lines on which the patient owes as of a day and no agency has anything: what a promise is about by itself. */
const promisableLines = (state: AccountState, on: Day): readonly LineId[] =>
  openLines(state.ledger)
    .map(({ lineId }) => lineId)
    .filter((line) => activeOn(state, line, on) > 0 && !isPlaced(state.ledger, line))

const lineHits = (state: AccountState, lines: readonly LineId[], on: Day): readonly RuleHit[] => [
  ...twiceHits(lines),
  ...lines.flatMap((line) => {
    if (!state.ledger.lines.has(line))
      return [precondition('ledger.lineUnknown', `line ${line} is not on this account`)]
    if (isPlaced(state.ledger, line)) {
      return [precondition('promises.linePlaced', `line ${line} is with an agency: it takes promises on it`)]
    }
    return activeOn(state, line, on) > 0
      ? []
      : [precondition('promises.nothingOpen', `the patient owes nothing on line ${line} on ${on}`)]
  }),
]

const aheadHits = (on: Day, { today }: Context): readonly RuleHit[] =>
  on > today ? [precondition('promises.ahead', `${on} has not come yet`)] : []

/** Takes a promise, by the gate `recordPromise`: for no more than is owed, and by days that come one after the other. */
const recordPromise = (
  state: AccountState,
  command: Of<PromiseCommand, 'RecordPromise'>,
  context: Context,
): Decision<AccountEvent> => {
  const { on, madeBy, channel, method } = command
  const lines = command.lines ?? promisableLines(state, on)
  const parts = partsOf(command.pays)
  const total = toCents(sumOf(parts, ({ amount }) => amount))
  const open = sumOf([...new Set(lines)], (line) => Math.max(0, activeOn(state, line, on)))
  const hits: RuleHit[] = [
    ...datingHits(state, on, context),
    ...aheadHits(on, context),
    ...lineHits(state, lines, on),
    ...partHits(parts, on),
  ]
  if (command.promise !== undefined && state.promises.promises.has(command.promise)) {
    hits.push(precondition('promises.known', `promise ${command.promise} is on file`))
  }
  if (lines.length === 0) hits.push(precondition('promises.nothingOpen', 'the patient owes nothing to be promised'))
  else if (total > open) {
    hits.push(precondition('promises.beyondOpen', `${formatCents(open)} is owed, not ${formatCents(total)}`))
  }
  hits.push(...askedBeyondNet(state, total, 'promises.onAccount', { ...context, on }))
  const last = parts.map(({ due }) => due).reduce(maxDay)
  const gate = askBy(state, promiseQuestion(state, { lines, last, on }), context)
  const refused = rejectIfAny([...hits, ...gate.hits])
  if (refused) return refused
  const { graceDays, partlyFrom } = context.policy.policy.promises
  return accept<AccountEvent>(
    [
      {
        type: 'PromiseMade',
        effectiveDate: on,
        promiseId: command.promise ?? (context.newId('promise') as PromiseId),
        parts: [...parts],
        lines: lines.flatMap((lineId) => {
          const line = state.ledger.lines.get(lineId)
          return line ? [{ visitId: line.visitId, lineId }] : []
        }),
        graceDays,
        partlyFrom,
        madeBy,
        channel,
        method,
      },
    ],
    { allowedBy: gate.passed, warnings: gate.warnings },
  )
}

const named = (state: AccountState, id: PromiseId): PaymentPromise | RuleHit =>
  state.promises.promises.get(id) ?? precondition('promises.unknown', `promise ${id} is not on this account`)

const isHit = (value: PaymentPromise | RuleHit): value is RuleHit => 'rule' in value

/** Records that the time of a promise has passed with too little paid. What is paid is seen with the payment itself. */
const evaluatePromise = (
  state: AccountState,
  { on, promise: id }: Of<PromiseCommand, 'EvaluatePromise'>,
  context: Context,
): Decision<AccountEvent> => {
  const promise = named(state, id)
  const dating = [...datingHits(state, on, context), ...aheadHits(on, context)]
  if (isHit(promise)) return reject([promise, ...dating])
  const refused = rejectIfAny(dating)
  if (refused) return refused
  const unmet = firstUnmet(promise)
  if (promise.status !== 'open' || !unmet) return accept<AccountEvent>([])
  const last = lastDayOf(promise, unmet.part)
  if (on <= last) return accept<AccountEvent>([])
  return accept<AccountEvent>([
    {
      type: isPartly(promise, unmet) ? 'PromisePartiallyKept' : 'PromiseBroken',
      effectiveDate: addDays(last, 1),
      promiseId: id,
      number: unmet.number,
      asked: toCents(unmet.asked),
      paid: unmet.paid,
    },
  ])
}

/** Ends the watch over a promise: one that was kept has ended already. */
const closePromise = (
  state: AccountState,
  { on, promise: id, reason }: Of<PromiseCommand, 'ClosePromise'>,
  context: Context,
): Decision<AccountEvent> => {
  const promise = named(state, id)
  const dating = [...datingHits(state, on, context), ...aheadHits(on, context)]
  if (isHit(promise)) return reject([promise, ...dating])
  const { status, standings } = promise
  const hits: RuleHit[] = [...dating]
  if (status === 'kept' || status === 'closed') {
    hits.push(precondition('promises.standing', `promise ${id} is ${status}: nobody waits for it`))
  }
  const since = standings.at(-1)?.from
  if (since !== undefined && on < since) {
    hits.push(precondition('promises.beforeStanding', `it stands so since ${since}, not on ${on}`))
  }
  return (
    rejectIfAny(hits) ??
    accept<AccountEvent>([{ type: 'PromiseClosed', effectiveDate: on, promiseId: id, because: 'byHand', reason }])
  )
}

export const decide: Decide<AccountState, PromiseCommand, AccountEvent, Context> = {
  RecordPromise: recordPromise,
  EvaluatePromise: evaluatePromise,
  ClosePromise: closePromise,
}
