import { type AccountState, coveragesOn } from '@daybook/core/account'
import { type Day, PATIENT, type Party, partyKey } from '@daybook/core/kernel'

/** A responsible party as people read it. */
export interface PartyLabel {
  /** `patient` or the coverage id: the key under which money is kept. */
  readonly party: string
  /** `Patient`, or the payer's name with its place in the coordination of benefits. */
  readonly label: string
  readonly payer?: string
  /** A label of the day, never a key (errata 2); absent when the coverage is not in force on that day. */
  readonly order?: string
}

const ordinals = ['primary', 'secondary', 'tertiary'] as const
const ordinal = (place: number): string => ordinals[place - 1] ?? `payer ${place}`

/** Names a party as of a day: primary is who comes first among the coverages in force on it. */
export const labelOf = (state: AccountState, party: Party, on: Day): PartyLabel => {
  if (party === PATIENT) return { party: PATIENT, label: 'Patient' }
  const key = partyKey(party)
  const coverage = state.coverage.coverages.get(party.coverageId)
  if (!coverage) return { party: key, label: key }
  const payer = coverage.payerName
  const place = coveragesOn(state.coverage, coverage.patientId, on).findIndex(
    (other) => other.coverageId === coverage.coverageId,
  )
  if (place >= 0) {
    const order = ordinal(place + 1)
    return { party: key, label: `${payer} (${order})`, payer, order }
  }
  const why = coverage.to !== undefined && coverage.to < on ? `ended ${coverage.to}` : `from ${coverage.from}`
  return { party: key, label: `${payer} (${why})`, payer }
}
