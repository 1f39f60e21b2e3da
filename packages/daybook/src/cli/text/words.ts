import { type Earliest, earliestWords, formatCents, type RuleHit } from '@daybook/core/kernel'
import { systemZones } from '../../book/zones.ts'

/** `1 file`, `1,482 files`. */
export const counted = (count: number, one: string): string =>
  `${count.toLocaleString('en-US')} ${one}${count === 1 ? '' : 's'}`

/** The beginning of an id that tells it from others in a list: enough to give back to the command line. */
export const shortId = (id: string): string => (/^[0-9a-f]{8}-[0-9a-f]{4}-/.test(id) ? id.slice(0, 13) : id)

/** A time of the book on the practice's clocks, to the minute. */
export const clockTime = (instant: string, zone: string): string => {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  return format.format(new Date(instant))
}

/** From when on something would pass: a day, or an instant on the practice's clocks with their zone. */
export const possibleFrom = (earliest: Earliest, zone: string): string =>
  `possible from ${earliestWords(earliest, zone, systemZones)}`

/** The same to stand behind what was refused; nothing where it can not be told. */
export const fromWhen = ({ earliest }: { readonly earliest?: Earliest | undefined }, zone: string): string =>
  earliest === undefined ? '' : `, ${possibleFrom(earliest, zone)}`

/** What an action waits for, one line a rule: its words, its source, and the first day or instant. */
export const waitWords = (hits: readonly RuleHit[], zone: string): readonly string[] =>
  hits.map(({ rule, reason, citation, earliest }) => {
    const from = earliest === undefined ? '' : `; from ${earliestWords(earliest, zone, systemZones)}`
    return `${rule}: ${reason} (${citation})${from}`
  })

/** Since when a report knows what it says: `book known to 2026-11-21 09:14 (@2,248)`. */
export const knownWords = (
  { knownAt, knownAtPosition }: { readonly knownAt: string | null; readonly knownAtPosition: number },
  zone: string,
): string =>
  knownAt === null
    ? 'empty book'
    : `book known to ${clockTime(knownAt, zone)} (@${knownAtPosition.toLocaleString('en-US')})`

export const money = formatCents

/** Instead of figures, where a day lies before the books of the account that is asked for. */
export const beforeTheBooksWords = ({ booksBegin }: { readonly booksBegin: string }): string =>
  `before the books, which begin on ${booksBegin}: there are no figures`
