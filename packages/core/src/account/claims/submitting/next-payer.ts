import { PATIENT } from '../../../kernel/effects.ts'
import type { VisitId } from '../../../kernel/ids.ts'
import type { Context } from '../../context.ts'
import { type Coverage, nextAmong } from '../../coverage/state.ts'
import { owedOn } from '../../ledger/balances.ts'
import type { Line } from '../../ledger/state.ts'
import { workingOn } from '../../ledger/working.ts'
import type { AccountEvent, AccountState } from '../../rooms.ts'
import { sharesToPatient } from '../order/from-patient.ts'
import { inForce } from '../state.ts'
import { turned } from './turned.ts'

interface Named {
  readonly visitId: VisitId
  /** Charges on file that the claim has. */
  readonly charges: readonly Line[]
  /** Payers that nobody knew of before this claim. */
  readonly added: readonly Coverage[]
}

/**
 * A payer has decided before anybody knew who comes next, and a claim names that payer: the share that went to the patient
 * was the next payer's from that day on (law Q2). A correction: each layer keeps its day and its age. What is paid, placed,
 * given up or chosen to be paid meanwhile stays as it is.
 */
export const turnToNext = (
  state: AccountState,
  context: Context,
  { visitId, charges, added }: Named,
): readonly AccountEvent[] => {
  const working = workingOn(state, context)
  const decisions = inForce(state.claims, visitId)
  return added.flatMap((to) => {
    const all = [...state.coverage.coverages.by('patient', to.patientId), ...added]
    const shareOf = (line: Line): number => {
      const before = decisions.filter(({ event }) => {
        const from = state.coverage.coverages.get(event.coverageId)
        return from && nextAmong(all, from, line.dosFrom)?.coverageId === to.coverageId
      })
      return Math.min(sharesToPatient(before, line.lineId), owedOn(state.ledger, line.lineId, PATIENT))
    }
    const note = `a claim names ${to.payerName} as the next payer`
    const turn = { charges, from: PATIENT, to, amountOf: shareOf, because: 'coverageFound', note } as const
    return turned(state, working, turn, context)
  })
}
