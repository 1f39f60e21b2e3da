import type { LetterContent } from '../../documents/letter/content.ts'
import type { Day } from '../../kernel/day.ts'
import type { AccountState } from '../rooms.ts'
import { serviceOf } from '../statements/lines.ts'
import { amountsIn, daysIn, isSaid } from './words.ts'

// What words state, and whether the book holds it: every amount and every day that a letter names must stand in it.

/** What is threatened, by the words for it. What no practice may do has no name in policy, and is never let through. */
const consequences: readonly (readonly [mention: string, words: RegExp])[] = [
  ['placement', /\bcollect(?:ion|ions|ing)? agenc|\bdebt collector/i],
  ['creditReporting', /\bcredit (?:bureau|report|score|rating|record|file)|\bcredit reporting/i],
  ['legalAction', /\b(?:court|lawsuit|sue|sued|legal action|judge?ment|garnish\w*|lien|levy|attach(?:ment)? of)\b/i],
  ['arrest', /\b(?:arrest\w*|jail|prison|police|criminal\w*|prosecut\w*)\b/i],
]

export const mentionsIn = (text: string): readonly string[] =>
  consequences.flatMap(([mention, words]) => (words.test(text) ? [mention] : []))

interface Held {
  readonly amounts: ReadonlySet<number>
  readonly days: ReadonlySet<string>
}

/** Every amount and every day that the account has of the matter: of its services, payments and refunds, and of the letter's own figures. */
const heldIn = (state: AccountState, content: Pick<LetterContent, 'facts' | 'lines' | 'schedule'>, on: Day): Held => {
  const amounts: number[] = []
  const days: string[] = [on]
  for (const line of state.ledger.lines.values()) {
    const { charge, insurance, adjustments, paid, other, elsewhere, balance, from, to } = serviceOf(state, line, on)
    amounts.push(charge, insurance, adjustments, paid, other, elsewhere, balance)
    days.push(from, to)
  }
  for (const { amount, receivedOn } of state.payments.payments.values()) {
    amounts.push(amount)
    days.push(receivedOn)
  }
  for (const { approved, issued } of state.credits.refunds.values()) {
    amounts.push(approved.amount)
    if (issued) days.push(issued.effectiveDate)
  }
  for (const { event } of state.statements.documents.values()) {
    days.push(event.effectiveDate)
    if ('balance' in event) amounts.push(event.balance)
    if ('amountDue' in event) amounts.push(event.amountDue)
  }
  for (const { amount, on: at } of content.facts) {
    if (amount !== undefined) amounts.push(amount)
    if (at !== undefined) days.push(at)
  }
  for (const { amount } of content.lines) amounts.push(amount)
  for (const { amount, due } of content.schedule) {
    amounts.push(amount)
    days.push(due)
  }
  return { amounts: new Set(amounts.map(Math.abs)), days: new Set(days) }
}

/** What words say that the book does not hold, as they write it. */
export const unheldIn = (
  text: string,
  state: AccountState,
  content: Pick<LetterContent, 'facts' | 'lines' | 'schedule'>,
  on: Day,
): { readonly amounts: readonly string[]; readonly days: readonly string[] } => {
  const held = heldIn(state, content, on)
  return {
    amounts: amountsIn(text).flatMap(({ said, cents }) => (held.amounts.has(cents) ? [] : [said])),
    days: daysIn(text).flatMap((each) => ([...held.days].some((day) => isSaid(each, day)) ? [] : [each.said])),
  }
}
