// Which laws the name of a test carries.

/** First arguments of calls, and `name:` of suites, that are literal text: names of tests among them. */
const literals = /(?:\(\s*|\bname:\s*)(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`)\s*,/g

/** A test with its text, from its name to where the next test or group of tests begins. */
export interface NamedTest {
  readonly name: string
  readonly block: string
}

const nextTest = /^\s*(?:it|describe)(?:\.\w+)*\(/m

export const testsIn = (source: string): readonly NamedTest[] =>
  [...source.matchAll(literals)].map((match) => {
    const [, single, double, template] = match
    const rest = source.slice(match.index)
    return { name: single ?? double ?? template ?? '', block: rest.slice(0, nextTest.exec(rest)?.index) }
  })

const id = '[A-P](?:[1-9]\\d?)\\b'
const list = `${id}(?:(?:\\s*[,–-]\\s*|\\s+and\\s+|\\s+)${id})*`
const atStart = new RegExp(`^${list}`)
const named = new RegExp(`\\blaws?\\s+(${list})`, 'g')
const inBrackets = new RegExp(`\\((${list})[),]`, 'g')
/** Rules by which an 835 balances are named like laws; in brackets they are those rules. */
const balancing = /^B(?:[1-9]|10)$/

const numberOf = (law: string): number => Number(law.slice(1))

/** `H1–H3, H8` as H1, H2, H3, H8. */
const idsIn = (text: string): readonly string[] =>
  [...text.matchAll(new RegExp(`(${id})(?:\\s*–\\s*(${id}))?`, 'g'))].flatMap(([, from = '', to]) =>
    to === undefined
      ? [from]
      : Array.from({ length: numberOf(to) - numberOf(from) + 1 }, (_, at) => `${from.charAt(0)}${numberOf(from) + at}`),
  )

/** Ids that a name begins with, calls laws, or gives in brackets. */
export const lawsNamedBy = (name: string): readonly string[] => [
  ...idsIn(atStart.exec(name)?.[0] ?? ''),
  ...[...name.matchAll(named)].flatMap(([, ids]) => idsIn(ids ?? '')),
  ...[...name.matchAll(inBrackets)].flatMap(([, ids]) => idsIn(ids ?? '').filter((law) => !balancing.test(law))),
]
