import { type AccountState, besides, correctionPending, frozenNow, wordsOfCarc } from '@daybook/core/account'
import { type Day, formatCents, type LineId, minDay } from '@daybook/core/kernel'
import { rules } from '@daybook/core/rules'
import { bucketOf, bucketRanges, usualEdges } from '../../aging/buckets.ts'
import { type Beside, besideOf } from '../beside.ts'
import { patientLayers } from '../patient-layers.ts'
import { payerOf } from '../payer.ts'
import { facetQueues } from '../queue.ts'
import { ageOn } from '../score.ts'
import type { Matter, Work, WorkContext } from '../work.ts'
import { followUpFrom, promiseMatter } from './promises.ts'

export interface HoldingMatter extends Matter {
  readonly holding: string
  readonly payer: string
  readonly blockedBy: readonly string[]
  readonly reasons: readonly string[]
}

/** What the patient owes, not placed, of one age. `since` is the layer's `agingFrom`. */
export interface SelfPayMatter extends Matter {
  /** On a visit where a reversal waits for its correction: nobody is asked for it meanwhile. */
  readonly correctionPending: boolean
  /** In dispute: nobody is asked for it before the letter with the result is out. */
  readonly disputed?: readonly string[]
  /** Promised: nobody is asked for it before this day, if the promise is not kept. */
  readonly promisedUntil?: Day
}

export interface SelfPay {
  readonly guarantorConfirmed: boolean
  /** What is the guarantor's beside it: money on account, and credits on items. Not asked for (law Q7). */
  readonly beside: Beside
  /** The oldest first. */
  readonly owed: readonly SelfPayMatter[]
}

/** Held amounts that stand on no open denial: those that do are worked as denials (clarification 8). */
const holdings = (state: AccountState): readonly HoldingMatter[] =>
  [...state.ledger.holdings.values()]
    .filter(({ open, event: { denialId } }) => {
      const denial = denialId && state.claims.denials.get(denialId)
      return open && (!denial || denial.resolved !== undefined)
    })
    .map(({ event }) => ({
      holding: event.holdingId,
      payer: payerOf(state, event.coverageId),
      blockedBy: event.blockedBy,
      reasons: [...new Set(event.lines.map(({ group, carc }) => `${group}-${carc} ${wordsOfCarc(carc)}`))],
      amount: event.lines.reduce((sum, line) => sum + line.amount, 0),
      since: event.effectiveDate,
    }))

/** Lines that somebody has promised to pay on, and the day from which they are asked for if the promise is not kept. */
const promised = (state: AccountState): ReadonlyMap<LineId, Day> => {
  const until = new Map<LineId, Day>()
  for (const promise of state.promises.promises.where('watched')) {
    const matter = promiseMatter(state, promise)
    if (matter) for (const { lineId } of promise.made.lines) until.set(lineId, followUpFrom(matter.lastDay))
  }
  return until
}

const selfPay = (state: AccountState): readonly SelfPayMatter[] => {
  const matters = new Map<string, SelfPayMatter>()
  const promises = promised(state)
  for (const layer of patientLayers(state)) {
    const waits = correctionPending(state, layer.visitId)
    const until = promises.get(layer.lineId)
    const disputed = frozenNow(state.disputes, layer.lineId).map(({ disputeId }) => disputeId)
    const key = `${layer.agingFrom} ${waits} ${until ?? ''} ${disputed.join(' ')}`
    const amount = (matters.get(key)?.amount ?? 0) + layer.active
    matters.set(key, {
      amount,
      since: layer.agingFrom,
      correctionPending: waits,
      ...(until ? { promisedUntil: until } : {}),
      ...(disputed.length > 0 ? { disputed } : {}),
    })
  }
  return [...matters.values()].sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0))
}

const ranges = bucketRanges(usualEdges)
/** The name of the bucket of the aging report in which the oldest open age stands. */
const bucketName = (ageDays: number): string => ranges[bucketOf(usualEdges, ageDays)]?.name ?? ''

const total = (matters: readonly SelfPayMatter[]): number => matters.reduce((sum, { amount }) => sum + amount, 0)

/** Next step for a patient balance (reference §11.3), as far as the book knows: no notices or contacts are kept yet. */
const nextFor = (confirmed: boolean, amount: number, ageDays: number, { policy }: WorkContext): string => {
  const { smallBalance, smallBalanceInactiveDays } = policy.writeOff
  if (!confirmed) return 'confirm who answers for the account'
  if (amount <= smallBalance && ageDays >= smallBalanceInactiveDays) return 'small balance: write off by policy'
  return 'remind, offer a plan'
}

const patientWork = (
  { guarantorConfirmed, owed, beside }: SelfPay,
  context: WorkContext,
): readonly Work<'selfPay' | 'blocked'>[] => {
  // A patient layer may age from a later day than the one on which it is owed: it is work at once, with age 0.
  const patient = { subject: 'patient', asksPatient: true, atOnce: true } as const
  const work: Work<'selfPay' | 'blocked'>[] = []
  const isDisputed = ({ correctionPending, disputed }: SelfPayMatter): boolean =>
    !correctionPending && disputed !== undefined
  const isPromised = ({ correctionPending, disputed, promisedUntil }: SelfPayMatter): boolean =>
    !correctionPending && disputed === undefined && promisedUntil !== undefined && context.asOf < promisedUntil
  const open = owed.filter((matter) => !matter.correctionPending && !isDisputed(matter) && !isPromised(matter))
  const [oldest] = open
  const own = besides(beside, context.policy)
  if (oldest && total(open) > own) {
    const gross = total(open)
    const amount = gross - own
    const age = ageOn(oldest.since, context.asOf)
    work.push({
      ...patient,
      queue: `selfPay:${bucketName(age)}`,
      amount,
      since: oldest.since,
      reasons: [
        `patient owes ${formatCents(gross)}, the oldest part for ${age} days`,
        ...(own > 0 ? [`${formatCents(own)} of theirs stands beside it: not asked for`] : []),
        ...(guarantorConfirmed ? [] : ['nobody has confirmed who answers for it']),
      ],
      nextAction: nextFor(guarantorConfirmed, amount, age, context),
    })
  }
  const promises = owed.filter(isPromised)
  const [promise] = promises
  if (promise) {
    work.push({
      ...patient,
      queue: 'selfPay',
      amount: total(promises),
      since: promise.since,
      waits: {
        says: 'the guarantor has promised to pay: nobody asks meanwhile',
        until: promises.flatMap(({ promisedUntil }) => promisedUntil ?? []).reduce(minDay),
      },
      reasons: [],
      nextAction: 'wait for the payment',
    })
  }
  const disputed = owed.filter(isDisputed)
  const [dispute] = disputed
  if (dispute) {
    const by = [...new Set(disputed.flatMap((matter) => matter.disputed ?? []))]
    work.push({
      ...patient,
      subject: 'disputed',
      queue: 'blocked',
      amount: total(disputed),
      since: dispute.since,
      reasons: [`patient owes ${formatCents(total(disputed))} on lines in dispute`],
      nextAction: 'work the dispute: nobody asks meanwhile',
      blockedBy: by.map((id) => `dispute ${id}`),
    })
  }
  const waiting = owed.filter((matter) => matter.correctionPending)
  const [first] = waiting
  if (first) {
    work.push({
      ...patient,
      queue: 'blocked',
      amount: total(waiting),
      since: first.since,
      reasons: [`patient owes ${formatCents(total(waiting))} on visits that a payer has reversed`],
      nextAction: 'wait for the correction: no statement meanwhile',
      blockedBy: ['correction awaited'],
    })
  }
  return work
}

/** A rule by its id and title; an own rule of the practice has its id alone here. */
const ruleWords = (id: string): string => {
  const title = rules.find((rule) => rule.id === id)?.title
  return title === undefined ? id : `${id}: ${title}`
}

/** What the patient owes and may be asked for, or not yet; and what rules keep off the patient. */
export const queues = facetQueues({
  names: ['blocked', 'heldResponsibility', 'selfPay'],
  version: 6,
  matters: (state) => ({
    guarantorConfirmed: state.registration.guarantor?.standing === 'confirmed',
    owed: selfPay(state),
    beside: besideOf(state),
    holdings: holdings(state),
  }),
  work: (matters, context) => [
    ...patientWork(matters, context),
    ...matters.holdings.map((holding) => ({
      queue: 'heldResponsibility' as const,
      subject: holding.holding,
      amount: holding.amount,
      since: holding.since,
      reasons: [
        `${formatCents(holding.amount)} kept off the patient, still with ${holding.payer}`,
        ...holding.blockedBy.map(ruleWords),
        ...holding.reasons,
      ],
      nextAction: 'clear what blocks it, bill the next payer, or write it off',
      allowed: true,
      blockedBy: holding.blockedBy,
    })),
  ],
})
