import {
  type ActivityLine,
  type Addressee,
  type ApartReason,
  apartReason,
  type Sender,
  type StatementContent,
} from '../../documents/statement/content.ts'
import { noticesFor } from '../../documents/statement/notices.ts'
import { TEMPLATE } from '../../documents/statement/templates.ts'
import { type Cents, sumOf, toCents } from '../../kernel/cents.ts'
import { addDays, type Day, daysBetween, maxDay } from '../../kernel/day.ts'
import type { LineId } from '../../kernel/ids.ts'
import type { PracticePolicy } from '../../policy/policy.ts'
import { besides, netOf } from '../payments/on-account.ts'
import type { AccountState } from '../rooms.ts'
import { toldBy } from './activity-state.ts'
import { levelAfter, type NextDocument } from './ladder.ts'
import { namesOf, serviceOf } from './lines.ts'
import { FINAL_NOTICE } from './state.ts'

// What a statement or letter says, reference §3.2, of the account as it is known and as of its day.

/** What is to be printed besides what the account knows. */
export interface StatementAsked {
  readonly on: Day
  readonly to: Addressee
  /** The person asked to be reached in one place alone. */
  readonly confidential: boolean
  readonly mentions?: readonly string[] | undefined
}

/** Who sends it, as policy says. */
export const senderOf = ({ profile }: PracticePolicy): Sender => ({
  ...profile,
  address: [...profile.address],
  waysToPay: [...profile.waysToPay],
  taglines: [...profile.taglines],
})

/** What the practice has not said of itself, in words. */
export const profileMissing = ({ profile }: PracticePolicy): string[] => {
  const { name, address, phone, answers, waysToPay } = profile
  const said = {
    name,
    address: address.join(''),
    phone,
    'desk that answers': answers,
    'ways to pay': waysToPay.join(''),
  }
  return Object.entries(said).flatMap(([what, value]) => (value.trim() === '' ? [what] : []))
}

/** Changes that no statement has told and that count by a day, in the order of the book (law K7). */
export const untold = ({ statements }: AccountState, on: Day): readonly ActivityLine[] => toldBy(statements.pending, on)

/** What the next document asks for. */
export const amountDueOf = (state: AccountState, policy: PracticePolicy, document: NextDocument, on: Day) => {
  const owed = document.asked.flatMap(({ lines }) => lines.filter(({ apart }) => apart === undefined))
  const asked = sumOf(owed, ({ amount }) => amount)
  const instalments = sumOf(document.instalments, ({ amount }) => amount)
  const own = Math.min(asked + instalments, besides(netOf(state, on), policy))
  return { owed, own, instalments, amountDue: toCents(asked - own + instalments) }
}

const buckets: readonly (readonly [from: number, to?: number])[] = [[0, 30], [31, 60], [61, 90], [91, 120], [121]]

/** What is asked for by its age: money on account met the oldest. */
const agingOf = (
  parts: readonly { readonly since: Day; readonly amount: number }[],
  own: number,
  on: Day,
): StatementContent['aging'] => {
  let left = own
  const open = [...parts]
    .sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0))
    .map(({ since, amount }) => {
      const met = Math.min(left, amount)
      left -= met
      return { age: Math.max(0, daysBetween(since, on)), amount: amount - met }
    })
  return buckets.map(([from, to]) => ({
    from,
    ...(to === undefined ? {} : { to }),
    amount: sumOf(
      open.filter(({ age }) => age >= from && (to === undefined || age <= to)),
      ({ amount }) => amount,
    ),
  }))
}

/** What is owed and not asked for, by reason; the rest of the difference is money on account that is kept for something. */
const apartOf = (
  document: NextDocument,
  figures: { readonly balance: number; readonly amountDue: number; readonly instalments: number },
): StatementContent['apart'] => {
  const asked = new Set(document.asked.map(({ visitId }) => visitId))
  const amounts = new Map<ApartReason, number>()
  for (const { visitId, lines } of document.visits) {
    for (const { apart, amount } of lines) {
      const why = apart ?? (asked.has(visitId) ? undefined : 'paused')
      if (why !== undefined) amounts.set(why, (amounts.get(why) ?? 0) + amount)
    }
  }
  amounts.set('onPlan', (amounts.get('onPlan') ?? 0) - figures.instalments)
  const apart = [...amounts.values()].reduce((sum, amount) => sum + amount, 0)
  amounts.set('onAccount', figures.balance - figures.amountDue - apart)
  return apartReason.options.flatMap((why) => {
    const amount = amounts.get(why) ?? 0
    return amount === 0 ? [] : [{ why, amount: toCents(amount) as StatementContent['apart'][number]['amount'] }]
  })
}

/** What is told of each visit, and how far the ladder has come with it. */
const visitsOf = (document: NextDocument): StatementContent['visits'] =>
  document.asked.map((visit) => {
    const told = document.due.has(visit.visitId)
    return {
      visitId: visit.visitId,
      ...(visit.patientId === undefined ? {} : { patientId: visit.patientId }),
      level: told ? levelAfter(visit, document.level) : visit.level,
      told,
      layers: visit.lines.flatMap(({ layers }) => layers.map(({ layerId }) => layerId)),
    }
  })

/** The last day to pay: after a final notice nothing follows for thirty days (reference §3.1 D6). */
const dueOn = (document: NextDocument, { statements: figures }: PracticePolicy, on: Day): Day => {
  if (document.level === FINAL_NOTICE) return addDays(on, figures.placementReview - figures.finalNotice)
  const [instalment] = document.instalments.map(({ due }) => due).toSorted()
  return document.level === 0 && instalment !== undefined ? maxDay(on, instalment) : addDays(on, figures.dueDays)
}

/** What a letter says will happen: of the final notice what policy says, of others nothing. */
export const mentionsOf = (
  level: number,
  { statements: figures }: PracticePolicy,
  given: readonly string[] | undefined,
): string[] => [...(given ?? (level === FINAL_NOTICE ? figures.mentions : []))]

/** The document that a day brings. */
export const statementOf = (
  state: AccountState,
  policy: PracticePolicy,
  document: NextDocument,
  { on, to, confidential, mentions }: StatementAsked,
): StatementContent => {
  const { registration, statements, ledger } = state
  const activity = untold(state, on)
  const previousBalance = statements.last?.balance ?? (0 as Cents)
  const balance = toCents(previousBalance + sumOf(activity, ({ amount }) => amount))
  const { owed, own, instalments, amountDue } = amountDueOf(state, policy, document, on)
  const shown = new Set<LineId>([
    ...document.visits.flatMap(({ lines }) => lines.map(({ lineId }) => lineId)),
    ...activity.flatMap(({ lineId }) => lineId ?? []),
  ])
  const lines = ledger.lines.inOrder(shown).map((line) => serviceOf(state, line, on))
  const patients = lines.flatMap(({ visitId }) => registration.visits.get(visitId)?.patientId ?? [])
  const states = [policy.practice.state, registration.guarantor?.state].flatMap((each) => each ?? [])
  return {
    kind: document.kind,
    on,
    number: (statements.last?.number ?? 0) + 1,
    level: document.level,
    templateVersion: TEMPLATE,
    accountNumber: registration.account?.accountId ?? '',
    sender: senderOf(policy),
    to,
    patients: namesOf(state, patients, confidential),
    dueOn: dueOn(document, policy, on),
    ...(statements.last ? { previousOn: statements.last.effectiveDate } : {}),
    previousBalance,
    activity: [...activity],
    balance,
    apart: apartOf(document, { balance, amountDue, instalments }),
    amountDue,
    instalments: document.instalments.map((each) => ({ ...each, amount: toCents(each.amount) })),
    visits: visitsOf(document),
    lines,
    aging: agingOf(
      [
        ...owed.flatMap(({ layers }) => layers.map(({ agingFrom: since, amount }) => ({ since, amount }))),
        ...document.instalments.map(({ due: since, amount }) => ({ since, amount })),
      ],
      own,
      on,
    ),
    notices: [...noticesFor({ on, entityType: policy.practice.entityType, states, kind: document.kind })],
    mentions: mentionsOf(document.level, policy, mentions),
  }
}
