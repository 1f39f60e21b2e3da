import { type AccountState, type Autopay, askedOf, autopayVaries } from '@daybook/core/account'
import { type Day, formatCents } from '@daybook/core/kernel'
import { returnOf, varyingNoticeBy } from '@daybook/core/rules'
import { facetQueues } from '../queue.ts'
import type { Work, WorkContext } from '../work.ts'

export interface AutopayMatter {
  readonly autopay: string
  /** What the plan asks next and has not got, whether notice of it is needed, and whether it was sent. */
  readonly next?: { readonly due: Day; readonly amount: number; readonly notice?: 'due' | 'sent' }
  /** A draft without an answer. */
  readonly out?: { readonly draft: string; readonly on: Day; readonly amount: number }
  /** The last draft, where it came back. */
  readonly back?: {
    readonly draft: string
    readonly on: Day
    readonly amount: number
    readonly code: string
    readonly presentations: number
    /** The payment as which it was posted, and which is not reversed. */
    readonly payment?: string
  }
}

const nextOf = (state: AccountState, autopay: Autopay): AutopayMatter['next'] => {
  const { planId, method } = autopay.authorized
  const plan = state.plans.plans.get(planId)
  if (autopay.endedOn !== undefined || plan?.status !== 'active' || plan.suspendedFrom !== undefined) return undefined
  const asked = new Map(askedOf(plan.schedule, plan.held).map(({ number, amount }) => [number, amount]))
  const next = plan.schedule.find(({ number, paid }) => (asked.get(number) ?? 0) > paid)
  if (!next) return undefined
  const amount = (asked.get(next.number) ?? 0) - next.paid
  const told = autopay.notices.some((notice) => notice.amount === amount && notice.draftOn === next.due)
  const needed = method === 'ach' && autopayVaries(autopay, amount)
  return { due: next.due, amount, ...(needed ? { notice: told ? ('sent' as const) : ('due' as const) } : {}) }
}

const backOf = (state: AccountState, { autopayId }: Autopay): AutopayMatter['back'] => {
  const last = [...state.autopay.drafts.values()].filter((draft) => draft.autopayId === autopayId).at(-1)
  if (last?.status !== 'returned') return undefined
  const { draftId, on, amount, code = '', presentations, payment } = last
  const posted = payment === undefined ? undefined : state.payments.payments.get(payment)
  const isPosted = posted !== undefined && posted.amount > posted.reversed
  return { draft: draftId, on, amount, code, presentations, ...(isPosted ? { payment } : {}) }
}

const matterOf = (state: AccountState, autopay: Autopay): readonly AutopayMatter[] => {
  const { autopays, drafts } = state.autopay
  const { planId } = autopay.authorized
  const ofPlan = [...drafts.values()].filter(
    ({ status, autopayId }) => status === 'presented' && autopays.get(autopayId)?.authorized.planId === planId,
  )
  const out = ofPlan.find(({ autopayId }) => autopayId === autopay.autopayId)
  // While an earlier authorisation's draft is out, nothing of the plan is drawn by this one.
  const [next, back] = [ofPlan.length > 0 ? undefined : nextOf(state, autopay), backOf(state, autopay)]
  // What came back of a plan that has ended is told by the plan's own lines.
  if (!next && !out && back?.payment === undefined) return []
  return [
    {
      autopay: autopay.autopayId,
      ...(next ? { next } : {}),
      ...(out ? { out: { draft: out.draftId, on: out.on, amount: out.amount } } : {}),
      ...(back ? { back } : {}),
    },
  ]
}

const failed = (back: NonNullable<AutopayMatter['back']>): Work<'draftsFailed'> => {
  const { words, again } = returnOf(back.code)
  const next = again ? 'present it again (PresentDraft, again), or ask' : 'ask for another way to pay'
  return {
    queue: 'draftsFailed',
    subject: back.draft,
    amount: back.amount,
    since: back.on,
    reasons: [
      `${formatCents(back.amount)} drawn ${back.on} came back: ${back.code}, ${words}`,
      ...(back.payment ? [`payment ${back.payment} is not reversed yet`] : []),
    ],
    nextAction: back.payment ? `reverse payment ${back.payment} (ReversePayment), then ${next}` : next,
    asksPatient: true,
  }
}

const work = (
  { autopay, next, out, back }: AutopayMatter,
  { asOf }: WorkContext,
): readonly Work<'draftsDue' | 'draftsFailed'>[] => {
  if (out) {
    return [
      {
        queue: 'draftsDue:waiting',
        subject: out.draft,
        amount: out.amount,
        since: out.on,
        waits: { says: `drawn on ${out.on}: the bank has not answered yet` },
        reasons: [],
        nextAction: 'record what the bank says (RecordDraftSettled, RecordDraftReturned)',
      },
    ]
  }
  if (back && (back.payment || (next && next.due <= asOf))) return [failed(back)]
  if (!next) return []
  const said = `${formatCents(next.amount)} of the plan is due ${next.due}`
  if (next.notice === 'due') {
    return [
      {
        queue: 'draftsDue:notice',
        subject: autopay,
        amount: next.amount,
        since: next.due,
        atOnce: true,
        reasons: [`${said}, another amount than before: notice comes ten days ahead`],
        nextAction: 'send notice of amount and date, and record it (RecordDraftNotice)',
        deadline: {
          due: varyingNoticeBy(next.due),
          legal: true,
          source: 'PL-05: ten days before (12 CFR 1005.10(d)(1))',
        },
      },
    ]
  }
  return [
    {
      queue: 'draftsDue',
      subject: autopay,
      amount: next.amount,
      since: next.due,
      ...(next.due > asOf ? { atOnce: true, waits: { says: said, until: next.due } } : {}),
      reasons: [said],
      nextAction: 'draw it (PresentDraft)',
    },
  ]
}

/** Drafts that are due, with the notices that come before them, and drafts that came back. */
export const queues = facetQueues({
  names: ['draftsDue', 'draftsFailed'],
  version: 1,
  matters: (state) => [...state.autopay.autopays.values()].flatMap((autopay) => matterOf(state, autopay)),
  work: (matters, context) => matters.flatMap((matter) => work(matter, context)),
})
