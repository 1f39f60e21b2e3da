import { type AccountState, besides } from '@daybook/core/account'
import { type Day, earliestWords, formatCents, minDay, type RuleHit } from '@daybook/core/kernel'

import type { PracticePolicy } from '@daybook/core/policy'
import { type Beside, besideOf } from '../beside.ts'
import { patientLayers } from '../patient-layers.ts'
import { facetQueues } from '../queue.ts'
import { ageOn } from '../score.ts'
import type { Matter } from '../work.ts'

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
  const layers = state.ledger.layers.where('open')
  const owed = layers.reduce((sum, { placed }) => sum + Math.max(0, placed), 0)
  const last = [...state.placement.placements.values()].at(-1)
  if (owed === 0) return []
  if (last) return [{ agency: last.agencyId, amount: owed, since: last.effectiveDate }]
  // What went back to the stage of a placement that was recalled since: a payment that bounced, a write-off undone.
  const since = layers.flatMap(({ placed, openedOn }) => (placed > 0 ? openedOn : [])).reduce(minDay)
  return [{ amount: owed, since }]
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
  names: ['placementCandidates', 'placed'],
  version: 3,
  matters: (state) => {
    const layers = patientLayers(state)
    const oldest = layers.map(({ agingFrom }) => agingFrom).reduce<Day | undefined>(earlier, undefined)
    return {
      gross: layers.reduce((sum, { active }) => sum + active, 0),
      beside: besideOf(state),
      ...(oldest ? { oldest } : {}),
      placed: placedMatters(state),
    }
  },
  work: ({ placed }) =>
    placed.map(({ agency, amount, since }) => ({
      queue: 'placed',
      subject: agency ?? 'nobody',
      amount,
      since,
      ...(agency === undefined ? withNobody(amount) : withAgency(agency, since)),
    })),
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
