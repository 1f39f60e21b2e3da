import { type Day, formatCents } from '@daybook/core/kernel'
import type { PracticePolicy } from '@daybook/core/policy'
import { differenceWords } from '../history/words/remittance.ts'
import type { HeldClaim, Recoupment, RemittanceDocument } from './documents.ts'
import { itemOf, type Work, type WorkItem } from './item.ts'

const heldActions: Readonly<Record<string, string>> = {
  outOfBalance: 'compare with the deposit, then release or reject',
  conflict: 'compare both remittances, release or reject',
  noDate: 'find the payment date, release with it',
  tooFarAhead: 'find the right payment date, release with it',
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

const recoupmentWork: Readonly<
  Record<Recoupment['exception'], { readonly says: (payer: string, one: Recoupment) => string; readonly next: string }>
> = {
  recoupmentWithoutReversal: {
    says: (payer, one) => `${payer} recoups ${formatCents(one.amount)} for ${one.reference} without a reversal`,
    next: 'find the claim: push the recoupment to it, or dispute it',
  },
  recoupmentOutstanding: {
    says: (payer, one) => `${payer} put off a recoupment of ${formatCents(-one.amount)} for ${one.reference}`,
    next: 'expect it on a later payment',
  },
  forwardBalanceWithoutOrigin: {
    says: (payer, one) => `${payer} collects a forwarded balance of ${formatCents(one.amount)} that it never announced`,
    next: 'ask the payer for the payment that it carries forward',
  },
}

/** References that were even again by a day, by payer: the latest day for each. */
export const evenedBy = (documents: Iterable<RemittanceDocument>, asOf: Day): ReadonlyMap<string, Day> => {
  const evened = new Map<string, Day>()
  for (const { payerId, evened: made } of documents) {
    for (const { reference, since } of made) {
      const key = `${payerId}|${reference}`
      const known = evened.get(key)
      if (since <= asOf && (known === undefined || known < since)) evened.set(key, since)
    }
  }
  return evened
}

/** A remittance's work as of a day. `evened` are the references that the payer's payments have made even since. */
export const remittanceItems = (
  document: RemittanceDocument,
  asOf: Day,
  policy: PracticePolicy,
  evened: ReadonlyMap<string, Day> = new Map(),
): readonly WorkItem[] => {
  const recoupments = document.recoupments
    .filter(({ reference, since }) => (evened.get(`${document.payerId}|${reference}`) ?? '') < since)
    .map(
      (one, index): Work => ({
        queue: 'recoupments',
        subject: `${one.reference} ${index + 1}`,
        amount: one.amount,
        since: one.since,
        reasons: [recoupmentWork[one.exception].says(document.payer, one)],
        nextAction: recoupmentWork[one.exception].next,
      }),
    )
  return [...heldRemittance(document), ...document.heldClaims.map((unit) => heldClaim(document, unit)), ...recoupments]
    .filter(({ since }) => since <= asOf)
    .map((work) => itemOf({ remittance: document.remittance }, work, asOf, policy))
}
