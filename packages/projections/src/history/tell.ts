import { type AccountState, wordsOfCarc } from '@daybook/core/account'
import {
  type CoverageId,
  clearText,
  type Day,
  type EncryptedLeaf,
  formatCents,
  type LineId,
  type Of,
  PATIENT,
  type Party,
  type PatientId,
  type VisitId,
} from '@daybook/core/kernel'
import { labelOf } from '../summary/parties.ts'
import { patientName } from '../summary/visits.ts'

/** How the words of one event name what it speaks of: labels are those of the event's effective day. */
export interface Tell {
  readonly money: (cents: number) => string
  readonly party: (party: Party) => string
  readonly coverage: (id: CoverageId) => string
  /** The payer of a coverage, without its place in the order of payers. */
  readonly payer: (id: CoverageId) => string
  readonly line: (id: LineId) => string
  /** `99213 of 2026-11-02 90.00, 73562 of 2026-11-02 60.00` */
  readonly lines: (lines: readonly { readonly lineId: LineId; readonly amount: number }[]) => string
  readonly patient: (id: PatientId) => string
  readonly visit: (id: VisitId) => string
  /** `CO-45 above the agreed fee schedule` */
  readonly adjustment: (group: string, carc: string) => string
  readonly text: (leaf: string | EncryptedLeaf | undefined) => string
}

/** Words for every event of a union: a new event without words does not compile. */
export type Words<E extends { readonly type: string }> = {
  readonly [K in E['type']]: (event: Of<E, K>, tell: Tell) => string
}

/** What lines come to, cents. */
export const sum = (lines: readonly { readonly amount: number }[]): number =>
  lines.reduce((total, line) => total + line.amount, 0)

/** `a`, `a and b`, `a, b and c`. */
export const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`

/** `: reason`, or nothing where no reason was given. */
export const because = (reason: string): string => (reason === '' ? '' : `: ${reason}`)

/** Names things by the state at the end of the history that is shown (known-at), and by an event's own day. */
export const tellBy = (state: AccountState, on: Day): Tell => {
  const line = (id: LineId): string => {
    const found = state.ledger.lines.get(id)
    return found ? `${[found.code, ...found.modifiers].join('-')} of ${found.dosFrom}` : `line ${id}`
  }
  const party = (value: Party): string => {
    const { label } = labelOf(state, value, on)
    return value === PATIENT ? 'the patient' : label
  }
  return {
    money: formatCents,
    party,
    coverage: (coverageId) => party({ coverageId }),
    payer: (id) => state.coverage.coverages.get(id)?.payerName ?? id,
    line,
    lines: (lines) => listed(lines.map(({ lineId, amount }) => `${line(lineId)} ${formatCents(amount)}`)),
    patient: (id) => patientName(state, id),
    visit: (id) => {
      const visit = state.registration.visits.get(id)
      return visit?.patientControlNumber ? `visit ${visit.patientControlNumber}` : `visit ${id}`
    },
    adjustment: (group, carc) => `${group}-${carc} ${wordsOfCarc(carc)}`,
    text: (leaf) => clearText(leaf),
  }
}
