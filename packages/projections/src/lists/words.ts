// How a person, a number and a day are looked up: by words without case, marks and punctuation, whole or by their
// beginning.

/** Without case and marks: `Müller` and `MULLER` are one. */
const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase().toLowerCase()

/** A text as one word: `AB-12 3` is `ab123`. */
export const wordOf = (text: string): string => plain(text).replace(/[^\p{L}\p{N}]/gu, '')

const tokensOf = (text: string): readonly string[] => text.split(/\s+/).filter((token) => token !== '')

/** The words of a name: `O'Brien-Smith` is `obriensmith`, `o`, `brien` and `smith`. */
export const nameWords = (name: string): readonly string[] =>
  tokensOf(name).flatMap((token) => {
    const parts = plain(token)
      .split(/[^\p{L}\p{N}]+/u)
      .filter((part) => part !== '')
    return parts.length > 1 ? [parts.join(''), ...parts] : parts
  })

const americanDay = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/
const dayOrBeginning = /^\d{4}-(\d{2}(-(\d{2})?)?)?$/

/** The words that somebody looks for; a day is `1980-02-01`, its beginning `1980-02`, or `2/1/1980`. */
export const wordsAsked = (text: string): readonly string[] => {
  const words = tokensOf(text).map((token) => {
    const [, month = '', day = '', year = ''] = americanDay.exec(token) ?? []
    if (year !== '') return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
    return dayOrBeginning.test(token) ? token : wordOf(token)
  })
  return [...new Set(words)].filter((word) => word !== '')
}
