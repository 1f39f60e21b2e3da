import { known } from '../../rules/facts.ts'
import type { Asked, Supply } from '../facts.ts'
import { freezingOn } from './state.ts'

/** Whether a dispute freezes one of the lines that are asked about. */
const isOpen = ({ state, scope, on }: Asked) => known(freezingOn(state.disputes, scope.lines, on).length > 0)

/** Whether one of those is a billing error: what Minnesota reviews before it is billed again. */
const isBillingError = ({ state, scope, on }: Asked) =>
  known(freezingOn(state.disputes, scope.lines, on).some(({ opened }) => opened.kind === 'billingError'))

/** Whether somebody has said on file that the lines are a thief's, and was neither found wrong nor took it back. */
const isThefts = ({ state, scope, on }: Asked) => {
  const said = state.disputes.disputes
    .by('line', ...scope.lines)
    .filter(({ opened }) => opened.kind === 'identityTheft' && opened.effectiveDate <= on)
    .some(({ decided, closedOn }) => (decided ? decided.outcome !== 'rejected' : closedOn === undefined))
  // No dispute says nothing: theft may be known otherwise, where somebody vouches for it.
  return said ? known(true) : undefined
}

/** Whether a patient-provider dispute resolution of the lines is pending (45 CFR 149.620): none on file says nothing. */
const isPpdr = ({ state, scope, on }: Asked) =>
  freezingOn(state.disputes, scope.lines, on).some(({ opened }) => opened.kind === 'ppdr') ? known(true) : undefined

export const facts: Supply = {
  'dispute.open': isOpen,
  'dispute.billingError': isBillingError,
  'person.identityTheft': isThefts,
  'ppdr.pending': isPpdr,
}
