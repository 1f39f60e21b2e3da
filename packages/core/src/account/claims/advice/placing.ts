import type { AdviceClaim, AdviceLine } from '../../../documents/advice.ts'
import { payersNumbers } from '../../../documents/units.ts'
import { formatCents, splitCents, sumOf, ZERO } from '../../../kernel/cents.ts'
import { coverageParty } from '../../../kernel/effects.ts'
import type { Coverage } from '../../coverage/state.ts'
import type { Line } from '../../ledger/state.ts'
import { isSamePayer } from '../identity/asked.ts'
import type { Draft } from '../unit/draft.ts'
import { ofPayer } from '../unit/remitted-claim.ts'
import { type Match, matchBalances, matchLines } from './matching.ts'
import { type SpreadLine, spreadOverCharges, spreadOverLines } from './spreading.ts'

// Which charge of the visit each line of an advice speaks of, and how much it says of it (rules M and S). What can not
// be told, or does not add up to the charge on file, holds the unit.

export interface Placed {
  readonly match: Match
  readonly spread: SpreadLine
}

/** A procedure for people and for the record. */
export const procedureText = (
  procedure: { readonly code: string; readonly modifiers: readonly string[] } | undefined,
): string | undefined => (procedure ? [procedure.code, ...procedure.modifiers].join(':').slice(0, 48) : undefined)

/** Speaks of nothing: no charge, no money. */
const isSilent = ({ charge, paid, adjustments }: SpreadLine): boolean =>
  charge === 0 && paid === 0 && adjustments.every(({ amount }) => amount === 0)

/**
 * Of charges that are alike those first that wait for the payer: a further part of a claim that it split speaks of another
 * one than the parts before (clarification 30); then those on which it still owes, as after a denial. The same decision once
 * more speaks of its own.
 */
const waitingFirst = (draft: Draft, claim: AdviceClaim, coverage: Coverage): readonly Line[] => {
  const named = payersNumbers(claim)
  const decided = new Set(
    ofPayer(draft)
      .filter(({ event, reversed }) => !reversed && !event.predetermination)
      .filter(({ event }) => !named.includes(event.claimKey.payerControlNumber.trim()))
      .flatMap(({ event }) => event.lines.map(({ lineId }) => lineId)),
  )
  const charges = draft.charges.filter(({ broughtForward }) => !broughtForward)
  const owed = owedOn(draft, coverage)
  const rankOf = (charge: Line): number => (!decided.has(charge.lineId) ? 0 : owed(charge) > 0 ? 1 : 2)
  return charges.toSorted((a, b) => rankOf(a) - rankOf(b))
}

/** Balances of an older book that the visit has. */
const balancesOf = ({ charges }: Draft): readonly Line[] =>
  charges.filter(({ voided, broughtForward }) => !voided && broughtForward)

/** Each line on the very charge of its service, which the desk has beside a balance; else on the balance. */
const besideBalances = (
  { charges }: Draft,
  claim: AdviceClaim,
  ofCharges: readonly (Match | undefined)[],
  ofBalances: readonly (Match | undefined)[],
): readonly (Match | undefined)[] =>
  ofCharges.map((match, at) => {
    const charge = charges.find(({ lineId }) => lineId === match?.lineId)
    return charge?.amount === claim.lines[at]?.charge ? match : (ofBalances[at] ?? match)
  })

const owedOn =
  (draft: Draft, { coverageId }: Coverage) =>
  ({ lineId }: Line): number =>
    draft.owed(lineId, coverageParty(coverageId))

/** A line number that a payer's advice brought binds that payer, and no other (clarification 31). */
const binding =
  ({ coverages, payer }: Draft) =>
  ({ echoed, firstParty }: Line): boolean => {
    if (!echoed || firstParty === 'patient') return true
    const first = coverages.get(firstParty.coverageId)
    return first !== undefined && isSamePayer(first, payer)
  }

/** Lines of an advice on the charges of the visit (rule M). */
export const placeLines = (draft: Draft, claim: AdviceClaim, coverage: Coverage): readonly Placed[] => {
  const balances = balancesOf(draft)
  const ofCharges = matchLines(claim, waitingFirst(draft, claim, coverage), binding(draft))
  const matches =
    balances.length > 0
      ? besideBalances(draft, claim, ofCharges, matchBalances(claim, balances, owedOn(draft, coverage)))
      : ofCharges
  const placed: Placed[] = []
  for (const [at, spread] of spreadOverLines(claim).entries()) {
    const match = matches[at]
    if (match) placed.push({ match, spread })
    else if (!isSilent(spread)) holdUnmatched(draft, claim.lines[at], spread)
  }
  holdOtherCharges(draft, placed)
  return placed
}

const holdUnmatched = (draft: Draft, line: AdviceLine | undefined, { charge }: SpreadLine): void => {
  const procedure = procedureText(line?.submitted ?? line?.adjudicated)
  draft.hold({
    rule: 'match',
    reason: `line ${line?.number} (${procedure}, ${formatCents(charge)}) fits no charge of the visit`,
    requiredAction: 'match the line by hand or post the missing charge, then release the claim',
    amount: charge,
  })
}

/** Rule M: the SVC02 of a line must add up to its charge. */
const holdOtherCharges = (draft: Draft, placed: readonly Placed[]): void => {
  for (const [lineId, on] of Map.groupBy(placed, ({ match }) => match.lineId)) {
    const total = sumOf(on, ({ spread }) => spread.charge)
    const charge = draft.charges.find((candidate) => candidate.lineId === lineId)
    if (!charge || charge.broughtForward || charge.amount === total) continue
    draft.hold({
      rule: 'match',
      reason: `the advice charges ${formatCents(total)} on a line of ${formatCents(charge.amount)}`,
      requiredAction: 'compare the charge with the claim that was sent; correct the charge or reject the claim',
      amount: total - charge.amount,
    })
  }
}

/** A claim without lines: rule S over the charges on file. Claim charge ≠ Σ charges holds. */
export const placeClaim = (draft: Draft, claim: AdviceClaim, coverage: Coverage): readonly Placed[] => {
  const balances = balancesOf(draft)
  const charges = draft.charges.filter((charge) => !charge.voided && !charge.broughtForward)
  const isOfCharges = charges.length > 0 && claim.charge === sumOf(charges, ({ amount }) => amount)
  if (balances.length > 0 && !isOfCharges) {
    const owed = owedOn(draft, coverage)
    return placeOnBalances(
      claim,
      balances.filter((balance) => owed(balance) > 0),
      balances,
    )
  }
  const total = sumOf(charges, ({ amount }) => amount)
  if (claim.charge !== total) {
    const charged = claim.charge ?? 0
    draft.hold({
      rule: 'match',
      reason: `the claim charges ${formatCents(charged)}, the visit ${formatCents(total)}`,
      requiredAction: 'compare the charges with the claim that was sent; correct the charge or reject the claim',
      amount: charged - total,
    })
    return []
  }
  const spreads = spreadOverCharges(
    claim,
    charges.map(({ amount }) => amount),
  )
  return charges.flatMap(({ lineId }, at) => {
    const spread = spreads[at]
    return spread ? [{ match: { lineId, matchedBy: 'claimLevel' as const }, spread }] : []
  })
}

/** A claim without lines on balances of an older book: by what they are, those first on which the payer owes. */
const placeOnBalances = (claim: AdviceClaim, owed: readonly Line[], all: readonly Line[]): readonly Placed[] => {
  const balances = owed.length > 0 ? owed : all.slice(0, 1)
  const charges = splitCents(
    claim.charge ?? ZERO,
    balances.map(({ amount }) => amount || 1),
  )
  const spreads = spreadOverCharges(claim, charges)
  return balances.flatMap(({ lineId }, at) => {
    const spread = spreads[at]
    return spread ? [{ match: { lineId, matchedBy: 'broughtForward' as const }, spread }] : []
  })
}
