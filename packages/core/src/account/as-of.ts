import type { Day } from '../kernel/day.ts'
import { PATIENT } from '../kernel/effects.ts'
import { foldAccount, newAccount } from './account.ts'
import type { AccountEvent, AccountState } from './rooms.ts'

// How an account stood on a day (two-clocks.md): every thing of it by the events that counted until then. Nothing is
// decided on such a state: it was never reachable, so it is only shown.

/** People and papers by which things are called, also where they came on file after the day. */
const withNames = (then: AccountState, all: AccountState): AccountState => {
  const patients = then.registration.patients.next()
  const visits = then.registration.visits.next()
  const coverages = then.coverage.coverages.next()
  const nameVisit = (id: Parameters<typeof visits.get>[0]): void => {
    const visit = visits.get(id) ?? all.registration.visits.get(id)
    if (!visit) return
    visits.set(id, visit)
    const patient = patients.get(visit.patientId) ?? all.registration.patients.get(visit.patientId)
    if (patient) patients.set(visit.patientId, patient)
  }
  const nameCoverage = (id: Parameters<typeof coverages.get>[0]): void => {
    const coverage = coverages.get(id) ?? all.coverage.coverages.get(id)
    if (coverage) coverages.set(id, coverage)
  }
  for (const { visitId } of then.ledger.lines.values()) nameVisit(visitId)
  for (const { party } of then.ledger.layers.values()) if (party !== PATIENT) nameCoverage(party.coverageId)
  for (const { event } of then.claims.denials.values()) nameCoverage(event.coverageId)
  for (const { event } of then.ledger.holdings.values()) nameCoverage(event.coverageId)
  return {
    ...then,
    registration: {
      account: then.registration.account ?? all.registration.account,
      guarantor: then.registration.guarantor ?? all.registration.guarantor,
      patients,
      corrected: then.registration.corrected,
      visits,
      adviceDays: all.registration.adviceDays,
      samePersons: then.registration.samePersons,
      persons: then.registration.persons,
    },
    coverage: { coverages },
    ledger: { ...then.ledger, booksBegin: all.ledger.booksBegin },
  }
}

/**
 * The account as it stood on a civil day at the practice, by what `events`, the prefix that was known, say: plans,
 * placements, denials, credits, holdings and money by the days from which their events count.
 */
export const accountAsOf = (events: readonly AccountEvent[], asOf: Day): AccountState => {
  const all = foldAccount(newAccount, events)
  const counting = events.filter(({ effectiveDate }) => effectiveDate <= asOf)
  return counting.length === events.length ? all : withNames(foldAccount(newAccount, counting), all)
}
