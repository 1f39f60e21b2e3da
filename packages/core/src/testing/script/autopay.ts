import type { AutopayCommand } from '../../account/autopay/commands.ts'
import { askedOf } from '../../account/plans/plan-state.ts'
import { addDays } from '../../kernel/day.ts'
import type { Random } from '../random.ts'
import { type Generate, type Moment, none, oneOf, type Ways } from './moment.ts'

// What guarantors let be drawn, and what comes back.

const standing = ({ state }: Moment) =>
  [...state.autopay.autopays.values()].filter(({ endedOn }) => endedOn === undefined)
const drafts = ({ state }: Moment, ...wanted: readonly string[]) =>
  [...state.autopay.drafts.values()].filter(({ status }) => wanted.includes(status))

/** What the plan of an authorisation asks next. */
const next = ({ state }: Moment, autopay: string) => {
  const found = [...state.autopay.autopays.values()].find(({ autopayId }) => autopayId === autopay)
  const plan = found && state.plans.plans.get(found.authorized.planId)
  if (!plan) return undefined
  const asked = new Set(askedOf(plan.schedule, plan.held).map(({ number }) => number))
  return plan.schedule.find(({ number, paid, amount }) => asked.has(number) && paid < amount)
}

const authorizeAutopay: Generate<'AuthorizeAutopay'> = (random, moment) => {
  const plans = [...moment.state.plans.plans.values()].filter(({ status }) => status === 'active')
  if (none(random, plans)) return undefined
  const plan = plans.length > 0 ? random.pick(plans) : undefined
  const amount = plan?.schedule.find(({ paid, amount: asked }) => paid < asked)?.amount ?? 1_000
  return {
    type: 'AuthorizeAutopay',
    on: moment.today,
    autopay: `y${moment.number}`,
    plan: plan?.planId ?? 'q-unknown',
    method: random.pick(['ach', 'card'] as const),
    token: random.oneIn(12) ? '4000 0000 0000 0002' : `tok_${moment.number}`,
    drawn: random.pick([{ amount }, { amount: 1_234 }, { least: 1, most: amount * 2 }, { least: 1, most: amount * 2 }]),
    text: 'a'.repeat(64),
    textVersion: '2026-1',
    how: random.oneIn(6) ? 'spoken' : 'electronic',
    copyGiven: !random.oneIn(8),
    disclosed: !random.oneIn(8),
    conditioned: random.oneIn(12),
  }
}

const some = (random: Random, moment: Moment): string | undefined => {
  const autopays = standing(moment)
  return none(random, autopays)
    ? undefined
    : oneOf(
        random,
        autopays.map(({ autopayId }) => autopayId),
        'y-unknown',
      )
}

const revokeAutopay: Generate<'RevokeAutopay'> = (random, moment) => {
  const autopay = some(random, moment)
  return autopay === undefined
    ? undefined
    : { type: 'RevokeAutopay', on: moment.today, autopay, channel: 'phone', reason: 'pays by check' }
}

const recordDraftNotice: Generate<'RecordDraftNotice'> = (random, moment) => {
  const autopay = some(random, moment)
  if (autopay === undefined) return undefined
  const due = next(moment, autopay)
  // In time (12 CFR 1005.10(d)), now and then too late.
  const draftOn =
    due && due.due >= addDays(moment.today, 10) ? due.due : addDays(moment.today, random.pick([0, 9, 10, 10, 10, 20]))
  const amount = due ? due.amount - due.paid : 1_000
  return { type: 'RecordDraftNotice', on: moment.today, autopay, amount, draftOn, channel: 'mail' }
}

/** One that has ended, now and then: somebody has not heard of it. */
const ended = (random: Random, { state }: Moment): string | undefined => {
  const all = [...state.autopay.autopays.values()].filter(({ endedOn }) => endedOn !== undefined)
  return all.length > 0 && random.oneIn(8) ? random.pick(all).autopayId : undefined
}

const presentDraft: Generate<'PresentDraft'> = (random, moment) => {
  const autopay = ended(random, moment) ?? some(random, moment)
  if (autopay === undefined) return undefined
  const back = drafts(moment, 'returned').find((draft) => draft.autopayId === autopay)
  if (back && random.oneIn(2)) {
    return { type: 'PresentDraft', on: moment.today, autopay, amount: back.amount, again: back.draftId }
  }
  const due = next(moment, autopay)
  const notices = [...moment.state.autopay.autopays.values()].find(({ autopayId }) => autopayId === autopay)?.notices
  const announced = notices?.find(({ draftOn }) => draftOn === moment.today)?.amount
  const amount = announced ?? (due ? due.amount - due.paid : 1_000)
  return { type: 'PresentDraft', on: moment.today, autopay, draft: `z${moment.number}`, amount }
}

const recordDraftSettled: Generate<'RecordDraftSettled'> = (random, moment) => {
  const presented = drafts(moment, 'presented')
  if (none(random, presented)) return undefined
  const payment = oneOf(random, moment.state.payments.payments.keys(), 'p-unknown')
  const draft = oneOf(
    random,
    presented.map(({ draftId }) => draftId),
    'z-unknown',
  )
  return { type: 'RecordDraftSettled', on: moment.today, draft, payment }
}

const recordDraftReturned: Generate<'RecordDraftReturned'> = (random, moment) => {
  const out = drafts(moment, 'presented', 'settled')
  if (none(random, out)) return undefined
  const draft = oneOf(
    random,
    out.map(({ draftId }) => draftId),
    'z-unknown',
  )
  const code = random.pick(['R01', 'R01', 'R09', 'R02', 'R07', 'R10', 'insufficientFunds', 'declined'])
  return { type: 'RecordDraftReturned', on: moment.today, draft, code }
}

/** How its commands come into random lives. */
export const autopayWays: Ways<AutopayCommand> = {
  AuthorizeAutopay: { make: authorizeAutopay, often: 1, collecting: 4, planning: 2, instead: 'AcceptPlan' },
  RevokeAutopay: { make: revokeAutopay, often: 1, collecting: 1, planning: 1, instead: 'AuthorizeAutopay' },
  RecordDraftNotice: { make: recordDraftNotice, often: 1, collecting: 1, planning: 4, instead: 'AuthorizeAutopay' },
  PresentDraft: { make: presentDraft, often: 1, collecting: 6, planning: 6, instead: 'AuthorizeAutopay' },
  RecordDraftSettled: { make: recordDraftSettled, often: 1, collecting: 3, planning: 4, instead: 'PresentDraft' },
  RecordDraftReturned: { make: recordDraftReturned, often: 1, collecting: 3, planning: 2, instead: 'PresentDraft' },
}
