import { type Day, formatCents } from '@daybook/core/kernel'
import type { PracticePolicy } from '@daybook/core/policy'
import { differenceWords } from '../history/words/remittance.ts'
import type { HeldClaim, RemittanceDocument } from './documents.ts'
import { itemOf, type Work, type WorkItem } from './item.ts'

const heldActions: Readonly<Record<string, string>> = {
  outOfBalance: 'compare with the deposit, then release or reject',
  conflict: 'compare both remittances, release or reject',
  noDate: 'find the payment date, release with it',
  currency: 'post by hand or reject',
}

const heldRemittance = (document: RemittanceDocument): readonly Work[] => {
  const { held } = document
  if (document.status !== 'held' || !held) return []
  return [
    {
      queue: 'heldRemittances',
      subject: document.remittance,
      amount: document.amount,
      since: held.since,
      reasons: [
        `${document.payer} trace ${document.trace} pays ${formatCents(document.amount)}, held: ${held.reasons.join(', ')}`,
        ...held.differences.map(differenceWords),
        ...(held.conflictsWith ? [`remittance ${held.conflictsWith} has the same identity`] : []),
      ],
      nextAction: [...new Set(held.reasons.map((reason) => heldActions[reason] ?? 'look and decide'))].join('; '),
    },
  ]
}

const heldClaim = (document: RemittanceDocument, unit: HeldClaim): Work => {
  const wanted = unit.reasons.flatMap(({ requiredAction }) => (requiredAction ? [requiredAction] : []))
  return {
    queue: 'unmatchedClaims',
    subject: unit.claims.join(','),
    amount: unit.amount,
    since: unit.since,
    reasons: [
      `${document.payer} trace ${document.trace}, claim ${unit.claims.join(', ')}: ${formatCents(unit.amount)} in clearing`,
      ...unit.reasons.map(({ reason }) => reason),
      ...unit.differences.map(differenceWords),
    ],
    nextAction:
      wanted.length > 0 ? [...new Set(wanted)].join('; ') : 'find the account or correct the claim, post again',
    allowed: true,
    blockedBy: [...new Set(unit.reasons.map(({ rule }) => rule))],
  }
}

/** A remittance's work as of a day. */
export const remittanceItems = (
  document: RemittanceDocument,
  asOf: Day,
  policy: PracticePolicy,
): readonly WorkItem[] => {
  const recoupments = document.recoupments.map(
    (one, index): Work => ({
      queue: 'recoupments',
      subject: `${one.reference} ${index + 1}`,
      amount: one.amount,
      since: one.since,
      reasons: [`${document.payer} recoups ${formatCents(one.amount)} for ${one.reference} without a reversal`],
      nextAction: 'find the claim: push the recoupment to it, or dispute it',
    }),
  )
  return [...heldRemittance(document), ...document.heldClaims.map((unit) => heldClaim(document, unit)), ...recoupments]
    .filter(({ since }) => since <= asOf)
    .map((work) => itemOf({ remittance: document.remittance }, work, asOf, policy))
}
