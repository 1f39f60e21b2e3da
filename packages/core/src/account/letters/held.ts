import type { LetterContent } from '../../documents/letter/content.ts'
import type { Day } from '../../kernel/day.ts'
import type { AccountState } from '../rooms.ts'
import { serviceOf } from '../statements/lines.ts'

// What words state, and whether the book holds it: every amount and every day that a letter names must stand in it.

/** 1,234.56 or $1,234, in cents. */
const amountPattern =
  /\$\s?\d{1,3}(?:,\d{3})*(?:\.\d{2})?(?!\d)|\$\s?\d+(?:\.\d{2})?(?!\d)|\d{1,3}(?:,\d{3})+(?:\.\d{2})?(?!\d)|\d+\.\d{2}(?!\d)/g

const centsIn = (text: string): number => {
  const [whole = '0', part = '00'] = text.replace(/[$,\s]/g, '').split('.')
  return Number(whole) * 100 + Number(part)
}

/** Amounts that a text names, as it writes them. */
const amountsIn = (text: string): readonly string[] => text.match(amountPattern) ?? []

const dayPattern = /\b(\d{4})-(\d{2})-(\d{2})\b|\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/g

/** Days that a text names, `2026-11-30` or `11/30/2026`. */
const daysIn = (text: string): readonly { readonly said: string; readonly day: string }[] =>
  [...text.matchAll(dayPattern)].map(([said, year, month, day, usMonth = '', usDay = '', usYear]) => ({
    said,
    day: year ? `${year}-${month}-${day}` : `${usYear}-${usMonth.padStart(2, '0')}-${usDay.padStart(2, '0')}`,
  }))

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
    amounts: amountsIn(text).filter((said) => !held.amounts.has(centsIn(said))),
    days: daysIn(text).flatMap(({ said, day }) => (held.days.has(day) ? [] : [said])),
  }
}
