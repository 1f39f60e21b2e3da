import { accountOfStream, type Day } from '@daybook/core/kernel'
import { type AgingBasis, UNDATED } from './bases.ts'
import { type BucketRange, bucketOf, bucketRanges, UNDATED_BUCKET } from './buckets.ts'
import { type AgingParty, kindOf } from './kinds.ts'
import type { Attributes } from './row.ts'

/** What a report may be cut by, beside the party. */
export const agingDimensions = ['payer', 'coverage', 'financialClass', 'location', 'provider'] as const
export type AgingDimension = (typeof agingDimensions)[number]

export interface AgingBucket extends BucketRange {
  /** Cents, zero or above. */
  readonly amount: number
  /** Accounts with something in this bucket. Only where it was asked for. */
  readonly accounts?: number
}

/** Amounts in cents. The sum of the buckets, the credits and the unapplied is the net (law K1). */
export interface AgingFigures {
  readonly buckets: readonly AgingBucket[]
  /** Part of the first bucket whose age is still below zero. */
  readonly notYetDue: number
  /** Part of the buckets that stands at an agency. */
  readonly placed: number
  /** Layers below zero. Never netted into a bucket. */
  readonly credits: number
  /** Money that no item has taken, below zero. */
  readonly unapplied: number
  readonly net: number
}

export interface AgingRowOfReport extends AgingFigures {
  readonly party: AgingParty
  /** Value of the dimension; empty where it is not known. Absent in a report that is not cut. */
  readonly value?: string
  /** Whose coverage it is: a coverage has its id on one account, and another account may have another of that id. */
  readonly account?: string
  /** The name for the value, where the book has one: a payer's, a coverage's with whose it is. */
  readonly label?: string
}

/** Accounts whose balances were brought forward after the day: of them the book can not say what was owed. */
export interface BeforeTheBooks {
  readonly accounts: number
  /** From this day on every account has an answer. */
  readonly last: Day
  /** Those whose books begin first: at most ten. */
  readonly named: readonly { readonly account: string; readonly booksBegin: Day }[]
}

/** Figures of all accounts that have an answer for the day; `beforeTheBooks` tells of those that have none. */
export interface AgingReport extends AgingFigures {
  readonly asOf: Day
  readonly knownAtPosition: number
  readonly basis: AgingBasis
  readonly by?: AgingDimension
  /** Insurance first, then patient; by value within each. Both parties always stand in a report that is not cut. */
  readonly rows: readonly AgingRowOfReport[]
  /** Absent where every account has an answer. */
  readonly beforeTheBooks?: BeforeTheBooks
}

/** A total of rows of one anchor and kind; `attributes` where the report needs to know whose they are. */
export interface Entry {
  readonly anchor: number
  readonly kind: number
  readonly amount: number
  readonly attributes?: Attributes
}

export interface Layout {
  /** Days since 1970-01-01. */
  readonly asOf: number
  readonly edges: readonly number[]
  /** Shows a bucket of what has no date also where nothing is in it. */
  readonly undated: boolean
  readonly by?: AgingDimension | undefined
  /** By the entries' attributes, or as somebody else has counted them. */
  readonly accounts: 'none' | 'byEntries' | 'counted'
}

/** Figures while they are added up. The undated bucket is the last. */
class Figures {
  readonly #amounts: number[]
  /** By account, what it has in each bucket. */
  readonly #accounts = new Map<string, number[]>()
  /** Accounts in each bucket that has any, where they are counted already. */
  readonly #counted = new Map<number, number>()
  readonly #layout: Layout
  #notYetDue = 0
  #placed = 0
  #credits = 0
  #unapplied = 0

  constructor(layout: Layout) {
    this.#layout = layout
    this.#amounts = new Array<number>(layout.edges.length + 2).fill(0)
  }

  add({ anchor, kind, amount, attributes }: Entry): void {
    const { standing } = kindOf(kind)
    if (standing === 'credit') this.#credits += amount
    else if (standing === 'unapplied') this.#unapplied += amount
    else {
      const { asOf, edges, accounts } = this.#layout
      const bucket = anchor === UNDATED ? edges.length + 1 : bucketOf(edges, asOf - anchor)
      this.#amounts[bucket] = (this.#amounts[bucket] ?? 0) + amount
      if (standing === 'placed') this.#placed += amount
      if (anchor > asOf) this.#notYetDue += amount
      if (accounts === 'byEntries' && attributes) this.#count(attributes.account, bucket, amount)
    }
  }

  #count(account: string, bucket: number, amount: number): void {
    let amounts = this.#accounts.get(account)
    if (!amounts) {
      amounts = new Array<number>(this.#amounts.length).fill(0)
      this.#accounts.set(account, amounts)
    }
    amounts[bucket] = (amounts[bucket] ?? 0) + amount
  }

  count(bucket: number, accounts: number): void {
    this.#counted.set(bucket, accounts)
  }

  /** Nothing in a bucket is below zero, so an account whose amounts there are zero has nothing there. */
  #accountsIn(bucket: number): number {
    const counted = this.#counted.get(bucket)
    if (counted !== undefined) return counted
    let count = 0
    for (const amounts of this.#accounts.values()) if (amounts[bucket] !== 0) count += 1
    return count
  }

  hasUndated(): boolean {
    return this.#amounts[this.#layout.edges.length + 1] !== 0
  }

  close(undated: boolean): AgingFigures {
    const { edges, accounts } = this.#layout
    const ranges = [...bucketRanges(edges), ...(undated ? [UNDATED_BUCKET] : [])]
    const buckets = ranges.map((range, place) => ({
      ...range,
      amount: this.#amounts[place] ?? 0,
      ...(accounts === 'none' ? {} : { accounts: this.#accountsIn(place) }),
    }))
    const inBuckets = this.#amounts.reduce((sum, amount) => sum + amount, 0)
    return {
      buckets,
      notYetDue: this.#notYetDue,
      placed: this.#placed,
      credits: this.#credits,
      unapplied: this.#unapplied,
      net: inBuckets + this.#credits + this.#unapplied,
    }
  }
}

const parties: readonly AgingParty[] = ['insurance', 'patient']

/** Between the id of a coverage and its account: no id has it. */
const OF = '\n'

/** What an entry is told under. The id of a coverage is its account's own, and other accounts may have it too. */
const toldUnder = (by: AgingDimension | undefined, attributes: Attributes | undefined): string => {
  if (by === undefined || !attributes) return ''
  const value = attributes[by]
  return by === 'coverage' && value !== '' ? `${value}${OF}${attributes.account}` : value
}

const placeIn = (by: AgingDimension | undefined, key: string): Pick<AgingRowOfReport, 'value' | 'account'> => {
  if (by === undefined) return {}
  const [value = '', stream] = key.split(OF)
  return stream === undefined ? { value } : { value, account: accountOfStream(stream) ?? stream }
}

/** A report while its entries come in. */
export interface Sheet {
  readonly add: (entry: Entry) => void
  /** Says how many accounts, of a party or of both, have something in the bucket at a place; of a report that is not cut. */
  readonly count: (party: AgingParty | 'all', bucket: number, accounts: number) => void
  readonly close: () => AgingFigures & { readonly rows: readonly AgingRowOfReport[] }
}

/** Puts totals into buckets, by party and value, and over all. */
export const newSheet = (layout: Layout): Sheet => {
  const { by } = layout
  const all = new Figures(layout)
  const byParty = new Map(parties.map((party) => [party, new Map<string, Figures>()]))
  if (by === undefined) for (const values of byParty.values()) values.set('', new Figures(layout))
  const figuresOf = (party: AgingParty, value: string): Figures => {
    const values = byParty.get(party)
    const known = values?.get(value)
    if (known) return known
    const figures = new Figures(layout)
    values?.set(value, figures)
    return figures
  }
  return {
    add: (entry) => {
      all.add(entry)
      figuresOf(kindOf(entry.kind).party, toldUnder(by, entry.attributes)).add(entry)
    },
    count: (party, bucket, accounts) => (party === 'all' ? all : figuresOf(party, '')).count(bucket, accounts),
    close: () => {
      const undated = layout.undated || all.hasUndated()
      const rows = parties.flatMap((party) =>
        [...(byParty.get(party) ?? [])]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, figures]) => ({ party, ...placeIn(by, key), ...figures.close(undated) })),
      )
      return { ...all.close(undated), rows }
    },
  }
}
