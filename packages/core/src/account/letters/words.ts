// Amounts and days as people write them: what a letter's own words name is held against the book.

/** An amount that a text names, as it writes it, and what it is in cents. */
export interface SaidAmount {
  readonly said: string
  readonly cents: number
}

/** A day that a text names, as it writes it; without a year where none is said. */
export interface SaidDay {
  readonly said: string
  readonly year?: number
  readonly month: number
  readonly day: number
}

const figure = String.raw`\d{1,3}(?:,\d{3})+(?:\.\d{2})?|\d+(?:\.\d{2})?`
const currency = String.raw`\$|US\s?\$|USD`
const inWords = 'dollars?|bucks?|USD'

/** `$1,234.56`, `USD 412`, `412 dollars and 50 cents`, `50 cents`, and a figure that is written as money is: `1,234`, `99.00`. */
const amountPattern = new RegExp(
  [
    String.raw`(?:${currency})\s?(?<led>${figure})(?!\d)`,
    String.raw`(?<![\d.,])(?<named>${figure})\s?(?:${inWords})\b(?:\s+and\s+(?<andCents>\d{1,2})\s+cents?\b)?`,
    String.raw`(?<![\d.,])(?<cents>\d{1,2})\s+cents?\b`,
    String.raw`(?<bare>\d{1,3}(?:,\d{3})+(?:\.\d{2})?|\d+\.\d{2})(?![\d.]\d|\d)`,
  ].join('|'),
  'gi',
)

const centsOf = (text: string): number => {
  const [whole = '0', part = '00'] = text.replaceAll(',', '').split('.')
  return Number(whole) * 100 + Number(part)
}

export const amountsIn = (text: string): readonly SaidAmount[] =>
  [...text.matchAll(amountPattern)].map(({ 0: said, groups = {} }) => {
    const { led, named, bare, andCents, cents } = groups
    const whole = led ?? named ?? bare
    return { said: said.trim(), cents: (whole === undefined ? 0 : centsOf(whole)) + Number(andCents ?? cents ?? 0) }
  })

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const

/** Months by name, whole or short; the one that is a verb too only with a capital. */
const month =
  '(?:[Jj]an(?:uary)?|[Ff]eb(?:ruary)?|[Mm]ar(?:ch)?|[Aa]pr(?:il)?|May|[Jj]une?|[Jj]uly?|[Aa]ug(?:ust)?|[Ss]ept?(?:ember)?|[Oo]ct(?:ober)?|[Nn]ov(?:ember)?|[Dd]ec(?:ember)?)'
const date = String.raw`(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?`
const year = String.raw`(?:,?\s+(?<YEAR>\d{4}))?`
const withYear = (name: string): string => year.replace('YEAR', name)

/** `2026-06-02`, `06/02/2026`, `6/2/26`, `June 2nd, 2026`, `2 June`, `the 2nd of June, 2026`. */
const dayPattern = new RegExp(
  [
    String.raw`\b(?<isoYear>\d{4})[-/](?<isoMonth>\d{1,2})[-/](?<isoDay>\d{1,2})\b`,
    String.raw`(?<![\d/.-])(?<usMonth>\d{1,2})(?<mark>[-/.])(?<usDay>\d{1,2})\k<mark>(?<usYear>\d{4}|\d{2})(?![\d/-])`,
    String.raw`\b(?<firstMonth>${month})\.?\s+(?<firstDay>${date})(?!\d)${withYear('firstYear')}`,
    String.raw`\b(?<lastDay>${date})\s+(?:of\s+)?(?<lastMonth>${month})\b\.?${withYear('lastYear')}`,
  ].join('|'),
  'g',
)

const monthOf = (name: string): number => monthNames.indexOf(name.slice(0, 3).toLowerCase() as 'jan') + 1
const fullYear = (text: string): number => (text.length === 2 ? 2_000 + Number(text) : Number(text))

export const daysIn = (text: string): readonly SaidDay[] =>
  [...text.matchAll(dayPattern)].map(({ 0: said, groups = {} }) => {
    const { isoYear, usYear, firstYear, lastYear } = groups
    const named = groups['firstMonth'] ?? groups['lastMonth']
    const told = isoYear ?? usYear ?? firstYear ?? lastYear
    const number = groups['isoMonth'] ?? groups['usMonth']
    const day = groups['isoDay'] ?? groups['usDay'] ?? groups['firstDay'] ?? groups['lastDay'] ?? ''
    return {
      said,
      ...(told === undefined ? {} : { year: fullYear(told) }),
      month: named === undefined ? Number(number) : monthOf(named),
      day: Number.parseInt(day, 10),
    }
  })

/** Whether a day, `YYYY-MM-DD`, is the one that is said. */
export const isSaid = ({ year: said, month: of, day }: SaidDay, on: string): boolean =>
  (said === undefined || Number(on.slice(0, 4)) === said) &&
  Number(on.slice(5, 7)) === of &&
  Number(on.slice(8, 10)) === day
