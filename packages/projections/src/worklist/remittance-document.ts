import type { RemittanceEvent } from '@daybook/core/remittance'
import type { HeldClaim, RemittanceDocument } from './documents.ts'

const without = (held: readonly HeldClaim[], claims: readonly number[]): readonly HeldClaim[] =>
  held.filter((unit) => !unit.claims.some((claim) => claims.includes(claim)))

/** The document of a remittance after one more event. */
export const remittanceAfter = (
  document: RemittanceDocument | undefined,
  event: RemittanceEvent,
): RemittanceDocument | undefined => {
  if (event.type === 'RemittanceReceived') {
    return {
      kind: 'remittance',
      remittance: event.remittanceId,
      payer: event.payerName,
      trace: event.trace,
      amount: event.amount,
      since: event.effectiveDate,
      status: 'received',
      heldClaims: [],
      payerId: event.payerId,
      recoupments: [],
      evened: [],
    }
  }
  if (!document) return undefined
  switch (event.type) {
    case 'RemittanceHeld': {
      const { reasons, differences, conflictsWith, effectiveDate } = event
      const held = { reasons, differences, since: effectiveDate, ...(conflictsWith ? { conflictsWith } : {}) }
      return { ...document, status: 'held', held }
    }
    case 'RemittanceReleased':
    case 'RemittanceOpened':
      return { ...document, status: 'open' }
    case 'RemittanceRejected':
      return { ...document, status: 'rejected', heldClaims: [], recoupments: [] }
    case 'RemittanceClosed':
      return { ...document, status: 'closed' }
    case 'RemittanceClaimPosted':
    case 'RemittanceClaimRejected':
      return { ...document, heldClaims: without(document.heldClaims, event.claims) }
    case 'RemittanceClaimHeld': {
      const unit: HeldClaim = {
        claims: event.claims,
        reasons: event.reasons.map(({ rule, reason, requiredAction }) => ({
          rule,
          reason,
          ...(requiredAction ? { requiredAction } : {}),
        })),
        differences: event.differences,
        amount: event.amount,
        since: event.effectiveDate,
      }
      return { ...document, heldClaims: [...without(document.heldClaims, event.claims), unit] }
    }
    case 'ProviderAdjustmentRecorded': {
      if (event.exception === undefined) return document
      const { reference, amount, effectiveDate, exception } = event
      return {
        ...document,
        recoupments: [...document.recoupments, { reference, amount, since: effectiveDate, exception }],
      }
    }
    case 'RecoupmentMatched':
      return { ...document, evened: [...document.evened, { reference: event.reference, since: event.effectiveDate }] }
    case 'RemittanceClaimsRecorded':
    case 'RemittanceClaimRetried':
      return document
  }
}
