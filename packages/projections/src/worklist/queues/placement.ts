import { type Day, earliestWords, formatCents } from '@daybook/core/kernel'
import { patientLayers } from '../patient-layers.ts'
import { facetQueues } from '../queue.ts'
import { ageOn } from '../score.ts'

/** Patient balances that have waited long enough for a look at the pre-placement checklist (reference §9.1). */
export const queues = facetQueues({
  names: ['placementCandidates'],
  version: 1,
  matters: (state) => {
    const layers = patientLayers(state)
    const oldest = layers.map(({ agingFrom }) => agingFrom).reduce<Day | undefined>(earlier, undefined)
    return {
      amount: layers.reduce((sum, { active }) => sum + active, 0),
      ...(oldest ? { oldest } : {}),
    }
  },
  work: () => [],
  reviewed: {
    gate: 'placeAccount',
    queue: 'placementCandidates',
    isWorthALook: ({ amount, oldest }, { asOf, policy }) =>
      oldest !== undefined &&
      amount >= policy.placement.minimumBalance &&
      ageOn(oldest, asOf) >= policy.placement.finalNoticeDays,
    work: ({ amount, oldest: since }, { pass, hits, earliest }, { asOf, localTime, policy }) =>
      since === undefined
        ? []
        : [
            {
              queue: 'placementCandidates',
              subject: 'patient',
              amount,
              since,
              reasons: [
                `patient owes ${formatCents(amount)}, the oldest part for ${ageOn(since, asOf)} days`,
                ...(pass ? ['the pre-placement checklist passes'] : hits.map(({ reason }) => reason)),
                ...(earliest ? [`earliest ${earliestWords(earliest, policy.practice.timeZone, localTime)}`] : []),
              ],
              nextAction: pass ? 'propose placement' : 'clear what blocks placement, or keep it here',
              allowed: pass,
              blockedBy: hits.map(({ rule }) => rule),
              asksPatient: true,
              atOnce: true,
            },
          ],
  },
})

const earlier = (first: Day | undefined, day: Day): Day => (first === undefined || day < first ? day : first)
