import type { AccountState } from '@daybook/core/account'
import type { Day } from '@daybook/core/kernel'
import { sameBy } from '../../history/words/registration.ts'
import { facetQueues } from '../queue.ts'

export interface SamePersonMatter {
  readonly patient: string
  readonly other: { readonly accountId: string; readonly patientId: string }
  readonly by: readonly (keyof typeof sameBy)[]
  readonly since: Day
}

const matters = ({ registration }: AccountState): readonly SamePersonMatter[] =>
  [...registration.samePersons.values()].flatMap(({ patientId, other, by, since, judged }) =>
    judged === undefined ? [{ patient: patientId, other, by, since }] : [],
  )

/** Patients of whom another account may have the same person. Accounts are never made one by the book itself. */
export const queues = facetQueues({
  names: ['samePerson'],
  version: 1,
  matters,
  work: (pairs) =>
    pairs.map(({ patient, other, by, since }) => ({
      queue: 'samePerson',
      subject: patient,
      amount: 0,
      since,
      reasons: [
        `may be the same person as patient ${other.patientId} of account ${other.accountId}: ${by.map((each) => sameBy[each]).join(', ')}`,
      ],
      nextAction: 'look at both accounts, and say whether it is one person (JudgeSamePerson); they stay two accounts',
    })),
})
