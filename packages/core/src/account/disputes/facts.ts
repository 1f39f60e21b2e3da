import { known } from '../../rules/facts.ts'
import type { Asked, Supply } from '../facts.ts'
import { freezingOn } from './state.ts'

/** Whether a dispute freezes one of the lines that are asked about. */
const isOpen = ({ state, scope, on }: Asked) => known(freezingOn(state.disputes, scope.lines, on).length > 0)

/** Whether one of those is a billing error: what Minnesota reviews before it is billed again. */
const isBillingError = ({ state, scope, on }: Asked) =>
  known(freezingOn(state.disputes, scope.lines, on).some(({ opened }) => opened.kind === 'billingError'))

export const facts: Supply = { 'dispute.open': isOpen, 'dispute.billingError': isBillingError }
