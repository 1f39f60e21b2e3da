import { type AccountState, type AgencyNoticeRaised, besides } from '@daybook/core/account'
import {
  addBusinessDays,
  type Day,
  earliestWords,
  formatCents,
  minDay,
  type RuleHit,
  sumOf,
} from '@daybook/core/kernel'
import type { PracticePolicy } from '@daybook/core/policy'
import { noticeWords } from '../../history/words/placement.ts'
import { type Beside, besideOf } from '../beside.ts'
import { patientLayers } from '../patient-layers.ts'
import { facetQueues } from '../queue.ts'
import { ageOn } from '../score.ts'
import type { Deadline, Matter } from '../work.ts'

/** What may be placed: what is owed, less what is the guarantor's beside it. */
const netAmount = (
  { gross, beside }: { readonly gross: number; readonly beside: Beside },
  policy: PracticePolicy,
): number => Math.max(0, gross - besides(beside, policy))

const isApproval = ({ rule }: RuleHit): boolean => rule.endsWith('.approval')

/** What really stands in the way first; then what nobody knows; the approval, which comes with the command, last. */
const weighed = (hits: readonly RuleHit[]): readonly RuleHit[] => [
  ...hits.filter((hit) => hit.unknownFact === undefined && !isApproval(hit)),
  ...hits.filter((hit) => hit.unknownFact !== undefined),
  ...hits.filter((hit) => hit.unknownFact === undefined && isApproval(hit)),
]

/** The blockers in words; all that nobody knows in one line. */
const whyNot = (hits: readonly RuleHit[]): readonly string[] => {
  const unknown = [...new Set(hits.flatMap(({ unknownFact }) => unknownFact?.words ?? []))]
  const known = weighed(hits).filter((hit) => hit.unknownFact === undefined)
  return [
    ...known.filter((hit) => !isApproval(hit)).map(({ reason }) => reason),
    ...(unknown.length > 0 ? [`not known: ${unknown.join(', ')}`] : []),
    ...known.filter(isApproval).map(({ reason }) => reason),
  ]
}

/** What agencies have of the account now, and since when. */
const placedMatters = (state: AccountState): readonly (Matter & { readonly agency?: string })[] => {
  const layers = state.ledger.layers.where('open').filter(({ placed }) => placed > 0)
  const left = new Map(layers.map((layer) => [layer.layerId, layer]))
  const worked = [...state.placement.placements.values()].flatMap(({ agencyId, effectiveDate, items }) => {
    const own = items.flatMap(({ layerId }) => left.get(layerId) ?? [])
    for (const { layerId } of own) left.delete(layerId)
    const amount = sumOf(own, ({ placed }) => placed)
    return amount === 0 ? [] : [{ agency: agencyId, amount, since: effectiveDate }]
  })
  // What went back to the stage of a placement that was recalled since: a payment that bounced, a write-off undone.
  const nobodys = [...left.values()]
  if (nobodys.length === 0) return worked
  const since = nobodys.map(({ openedOn }) => openedOn).reduce(minDay)
  return [...worked, { amount: sumOf(nobodys, ({ placed }) => placed), since }]
}

/** Something that an agency has to be told. Cents. */
export interface NoticeMatter extends Matter {
  readonly notice: string
  readonly agency: string
  readonly cause: AgencyNoticeRaised['cause']
  readonly was: number
  readonly now: number
}

const noticeMatter = ({ noticeId, agencyId, cause, items, effectiveDate }: AgencyNoticeRaised): NoticeMatter => {
  const was = sumOf(items, (item) => item.was)
  const now = sumOf(items, (item) => item.now)
  const amount = Math.abs(was - now)
  return { notice: noticeId, agency: agencyId, cause, was, now, amount, since: effectiveDate }
}

/** A recall is effected within one business day, a payment here is reported within two (reference §9.4, §9.5). */
const toldBy = ({ cause, since }: NoticeMatter): Deadline => {
  const days = cause === 'recall' ? 1 : 2
  const source = `practice: agencies are told within ${days} business ${days === 1 ? 'day' : 'days'} (reference §9.4, §9.5)`
  return { due: addBusinessDays('FED_OBSERVED', since, days), legal: false, source }
}

/** The agency has it: its reports and recalls are the work. */
const withAgency = (agency: string, since: Day) => ({
  waits: { says: `with ${agency} since ${since}` },
  reasons: [],
  nextAction: 'wait for the agency',
})

const withNobody = (amount: number) => ({
  reasons: [`${formatCents(amount)} is placed, and no agency has it any more`],
  nextAction: 'recall it, or place it again',
})

/** Patient balances that have waited long enough for a look at the pre-placement checklist (reference §9.1). */
export const queues = facetQueues({
  names: ['agencyToTell', 'placed', 'placementCandidates'],
  version: 4,
  matters: (state) => {
    const layers = patientLayers(state)
    const oldest = layers.map(({ agingFrom }) => agingFrom).reduce<Day | undefined>(earlier, undefined)
    return {
      gross: layers.reduce((sum, { active }) => sum + active, 0),
      beside: besideOf(state),
      ...(oldest ? { oldest } : {}),
      placed: placedMatters(state),
      toTell: [...state.placement.toTell.values()].map(noticeMatter),
    }
  },
  work: ({ placed, toTell }) => [
    ...placed.map(({ agency, amount, since }) => ({
      queue: 'placed' as const,
      subject: agency ?? 'nobody',
      amount,
      since,
      ...(agency === undefined ? withNobody(amount) : withAgency(agency, since)),
    })),
    ...toTell.map((notice) => ({
      queue: 'agencyToTell' as const,
      subject: notice.notice,
      amount: notice.amount,
      since: notice.since,
      reasons: [
        `${noticeWords[notice.cause]}: ${notice.agency} had ${formatCents(notice.was)} of it, and ${formatCents(notice.now)} now`,
      ],
      nextAction: `tell ${notice.agency}, then record it (TellAgency)`,
      deadline: toldBy(notice),
    })),
  ],
  reviewed: {
    gate: 'placeAccount',
    queue: 'placementCandidates',
    isWorthALook: (matter, { asOf, policy }) =>
      matter.oldest !== undefined &&
      netAmount(matter, policy) >= policy.placement.minimumBalance &&
      ageOn(matter.oldest, asOf) >= policy.placement.finalNoticeDays,
    work: (matter, { pass, hits, earliest }, { asOf, localTime, policy }) => {
      const { oldest: since } = matter
      const amount = netAmount(matter, policy)
      return since === undefined
        ? []
        : [
            {
              queue: 'placementCandidates',
              subject: 'patient',
              amount,
              since,
              reasons: [
                `patient owes ${formatCents(amount)}, the oldest part for ${ageOn(since, asOf)} days`,
                ...(pass ? ['the pre-placement checklist passes'] : whyNot(hits)),
                ...(earliest ? [`earliest ${earliestWords(earliest, policy.practice.timeZone, localTime)}`] : []),
              ],
              nextAction: pass ? 'propose placement' : 'clear what blocks placement, or keep it here',
              allowed: pass,
              blockedBy: [...new Set(weighed(hits).map(({ rule }) => rule))],
              asksPatient: true,
              atOnce: true,
            },
          ]
    },
  },
})

const earlier = (first: Day | undefined, day: Day): Day => (first === undefined || day < first ? day : first)
