/**
 * How much of a file a reader takes before it stops. The limits keep a hostile or broken file from filling memory;
 * each has its own typed problem when passed. Raise one only for a file that somebody has looked at.
 */
export interface X12Limits {
  /** Bytes of a file, or characters of a text that is already decoded. */
  readonly fileBytes: number
  /** Segments of a file, over all its interchanges. */
  readonly segments: number
  /** Transactions of a file, and interchanges that something is wrong with: each leaves a report of its own. */
  readonly transactions: number
  /** Characters of one segment. */
  readonly segmentLength: number
  /** Elements of one segment. The longest in the guides, MIA and CAS, have fewer than 30. */
  readonly elements: number
  /** Problems kept of one transaction; the rest are counted. */
  readonly problems: number
}

export const defaultLimits: X12Limits = {
  fileBytes: 32 * 1024 * 1024,
  segments: 2_000_000,
  transactions: 50_000,
  segmentLength: 1024 * 1024,
  elements: 256,
  problems: 100,
}

/** Characters that are kept of the start of an interchange to find its separators; an ISA has 106. */
export const ISA_WINDOW = 512
