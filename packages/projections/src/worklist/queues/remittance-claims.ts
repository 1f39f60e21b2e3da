import { formatCents } from '@daybook/core/kernel'
import type { RemittanceClaimHeld } from '@daybook/core/remittance'
import { differenceWords } from '../../history/words/remittance.ts'
import { remittanceQueues } from '../queue.ts'
import type { Matter } from '../work.ts'

/** A unit of claims that is held alone; its money stays in clearing. */
export interface HeldClaims extends Matter {
  readonly claims: readonly number[]
  readonly reasons: readonly { readonly rule: string; readonly reason: string; readonly requiredAction?: string }[]
  readonly differences: RemittanceClaimHeld['differences']
}

const without = (held: readonly HeldClaims[], claims: readonly number[]): readonly HeldClaims[] =>
  held.filter((unit) => !unit.claims.some((claim) => claims.includes(claim)))

const nextFor = ({ reasons }: HeldClaims): string => {
  const wanted = reasons.flatMap(({ requiredAction }) => (requiredAction ? [requiredAction] : []))
  return wanted.length > 0 ? [...new Set(wanted)].join('; ') : 'find the account or correct the claim, post again'
}

const initial: readonly HeldClaims[] = []

/** Claims of remittances that do not balance, or that no visit was found for. */
export const unmatchedClaims = remittanceQueues({
  names: ['unmatchedClaims'],
  version: 1,
  initial,
  after: {
    RemittanceClaimHeld: (held, event) => [
      ...without(held, event.claims),
      {
        claims: event.claims,
        reasons: event.reasons.map(({ rule, reason, requiredAction }) => ({
          rule,
          reason,
          ...(requiredAction ? { requiredAction } : {}),
        })),
        differences: event.differences,
        amount: event.amount,
        since: event.effectiveDate,
      },
    ],
    RemittanceClaimPosted: (held, { claims }) => without(held, claims),
    RemittanceClaimRejected: (held, { claims }) => without(held, claims),
    RemittanceRejected: () => [],
  },
  work: (held, { payer, trace }) =>
    held.map((unit) => ({
      queue: 'unmatchedClaims',
      subject: unit.claims.join(','),
      amount: unit.amount,
      since: unit.since,
      reasons: [
        `${payer} trace ${trace}, claim ${unit.claims.join(', ')}: ${formatCents(unit.amount)} in clearing`,
        ...unit.reasons.map(({ reason }) => reason),
        ...unit.differences.map(differenceWords),
      ],
      nextAction: nextFor(unit),
      allowed: true,
      blockedBy: [...new Set(unit.reasons.map(({ rule }) => rule))],
    })),
})
