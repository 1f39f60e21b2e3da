/** Where a finding stands; null where it is about the transaction as a whole. */
export interface FindingPlace {
  /** Places of the claims in the transaction; several where claims only post together. */
  readonly claims: readonly number[]
  /** CLP01 / CLM01. */
  readonly patientControlNumber: string
}

/** What a check found wrong without holding anything. */
export interface ImportFinding {
  /** Names the rule and the codes that it is about. */
  readonly message: string
  readonly place: FindingPlace | null
}

/** Findings that say the same. */
export interface FindingKind {
  readonly message: string
  readonly count: number
  /** The first ten places. */
  readonly such: readonly FindingPlace[]
}

/** All findings of a transaction, counted; the first hundred kinds are listed, the histories keep all. */
export interface ImportFindings {
  readonly count: number
  readonly kinds: readonly FindingKind[]
}

// An advice of 10,000 claims that makes one mistake throughout must not fill the report.
const MOST_KINDS = 100
const MOST_PLACES = 10

/** Findings that say the same, together, in the order in which they first came. */
export const kindsOf = (findings: Iterable<FindingKind>): readonly FindingKind[] => {
  const byMessage = new Map<string, FindingKind>()
  for (const { message, count, such } of findings) {
    const known = byMessage.get(message) ?? { message, count: 0, such: [] }
    byMessage.set(message, {
      message,
      count: known.count + count,
      such: known.such.length < MOST_PLACES ? [...known.such, ...such].slice(0, MOST_PLACES) : known.such,
    })
  }
  return [...byMessage.values()]
}

export const findingsOf = (findings: readonly ImportFinding[]): ImportFindings => ({
  count: findings.length,
  kinds: kindsOf(findings.map(({ message, place }) => ({ message, count: 1, such: place ? [place] : [] }))).slice(
    0,
    MOST_KINDS,
  ),
})
