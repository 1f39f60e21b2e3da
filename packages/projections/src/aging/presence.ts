import { shown } from '@daybook/core/kernel'
import type { Cell } from '@daybook/core/ports'
import { changedRows } from '../runner/rows.ts'
import type { Known } from '../runner/view.ts'
import { type AgingBasis, type DatedBasis, datedBases, UNDATED } from './bases.ts'
import { usualEdges } from './buckets.ts'
import { type AgingParty, kindOf } from './kinds.ts'
import type { AgingRow } from './row.ts'

/**
 * How many accounts have something in a bucket, without looking at accounts: with nothing new, an account that has an
 * item under some anchor days enters and leaves each bucket on days that follow from those anchors. Those days, with +1
 * and −1, are cells: the count as of a day is their sum up to it. They stand for all that the view has seen, whatever its
 * effective day, and so tell of the head of the log as of any day from the latest of those days on; of any other moment,
 * and of other edges than the usual ones, the journal tells.
 */
export interface OpenDocument {
  /** What is above zero, as `WIDTH` whole numbers each: party (0 insurance, 1 patient), an anchor a basis, cents. */
  readonly open: number[]
}
const WIDTH = 2 + datedBases.length

/** Keys of those documents begin so. An account that has nothing open keeps one: it had something before. */
const OPEN = 'open/'
export const openKey = (account: string): string => `${OPEN}${account}`

/** The latest effective day of anything in a bucket, in days since 1970-01-01. */
export interface LatestDocument {
  readonly day: number
}
export const LATEST = 'latest'

/** Whose accounts are counted: one may have something of both parties. */
export const countedGroups = ['all', 'insurance', 'patient'] as const
export type CountedGroup = (typeof countedGroups)[number]

const parties: readonly AgingParty[] = ['insurance', 'patient']
/** Before every day: what an account has from the first day on. */
const START = UNDATED
/** Codes of what is counted: the place of a usual bucket, what has no date, and anything at all. */
const UNDATED_CODE = 'u'
const ANY_CODE = 'a'

const seriesOf = (basis: DatedBasis, group: CountedGroup): string => `accounts/${basis}/${group}`

/** The series that answers a basis. On that of the first statement nothing has a date: whoever has anything has it there. */
export const countsFor = (basis: AgingBasis, group: CountedGroup): string =>
  seriesOf(basis === 'firstStatement' ? 'responsibility' : basis, group)

/**
 * The place of the bucket that a code counts, the undated one behind the others; undefined for one that does not answer the
 * basis.
 * @throws Integrity when there is no such code.
 */
export const placeOf = (basis: AgingBasis, code: string): number | undefined => {
  const undated = usualEdges.length + 1
  const isFirst = basis === 'firstStatement'
  if (code === ANY_CODE) return isFirst ? undated : undefined
  if (code === UNDATED_CODE) return isFirst ? undefined : undated
  const bucket = Number(code)
  if (String(bucket) !== code || !(bucket >= 0 && bucket <= usualEdges.length))
    throw changedRows({ view: 'aging' }, ` at ${shown(code)}`)
  return isFirst ? undefined : bucket
}

/** Changes of one series: amounts by a number for the day and the code. Maps by such numbers are many times faster than by text. */
type Changes = Map<number, number>
const codes = [...usualEdges.keys(), usualEdges.length].map(String).concat(UNDATED_CODE, ANY_CODE)
const UNDATED_AT = codes.indexOf(UNDATED_CODE)
const ANY_AT = codes.indexOf(ANY_CODE)
const LAST_BUCKET = usualEdges.length

const tell = (changes: Changes, day: number, code: number, change: number): void => {
  const place = (day - START) * codes.length + code
  changes.set(place, (changes.get(place) ?? 0) + change)
}

/** The first age of a bucket, and the first that is behind it. */
const firstAge = (bucket: number): number => (usualEdges[bucket - 1] as number) + 1
const ageBehind = (bucket: number): number => (usualEdges[bucket] as number) + 1

/** The days on which an account enters and leaves each bucket, by its anchors: each once, in order, `UNDATED` first. */
const tellSteps = (changes: Changes, anchors: readonly number[], sign: 1 | -1): void => {
  if (anchors.length === 0) return
  tell(changes, START, ANY_AT, sign)
  const first = anchors[0] === UNDATED ? 1 : 0
  if (first === 1) tell(changes, START, UNDATED_AT, sign)
  if (first === anchors.length) return
  const [oldest, youngest] = [anchors[first] as number, anchors.at(-1) as number]
  // What is not due yet is in the first bucket too, and the last one has no end.
  tell(changes, START, 0, sign)
  tell(changes, youngest + ageBehind(0), 0, -sign)
  for (let bucket = 1; bucket < LAST_BUCKET; bucket++) {
    const [from, behind] = [firstAge(bucket), ageBehind(bucket)]
    let left = oldest + behind
    tell(changes, oldest + from, bucket, sign)
    for (let at = first + 1; at < anchors.length; at++) {
      const anchor = anchors[at] as number
      if (anchor + from > left) {
        tell(changes, left, bucket, -sign)
        tell(changes, anchor + from, bucket, sign)
      }
      left = anchor + behind
    }
    tell(changes, left, bucket, -sign)
  }
  tell(changes, oldest + firstAge(LAST_BUCKET), LAST_BUCKET, sign)
}

/** The anchors of a group on a basis: each once, in order. */
const anchorsIn = (open: readonly number[], basis: number, group: number): readonly number[] => {
  const found: number[] = []
  for (let at = 0; at < open.length; at += WIDTH) {
    if (group > 0 && open[at] !== group - 1) continue
    const anchor = open[at + 1 + basis] as number
    const last = found.at(-1)
    if (last === undefined || last < anchor) found.push(anchor)
    else if (last !== anchor) {
      let place = found.length - 1
      while (place > 0 && (found[place - 1] as number) > anchor) place -= 1
      if (found[place] !== anchor && found[place - 1] !== anchor) found.splice(place, 0, anchor)
    }
  }
  return found
}

const areSame = (one: readonly number[], other: readonly number[]): boolean => {
  if (one.length !== other.length) return false
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false
  return true
}

/** Adds an amount to what is open; whether something under its anchors began or ended. */
const addTo = (open: number[], party: number, { amount, anchors }: AgingRow): boolean => {
  const { responsibility, dos, billDate } = anchors
  for (let at = 0; at < open.length; at += WIDTH) {
    if (open[at] !== party || open[at + 1] !== responsibility) continue
    if (open[at + 2] !== dos || open[at + 3] !== billDate) continue
    const sum = (open[at + WIDTH - 1] as number) + amount
    if (sum === 0) open.splice(at, WIDTH)
    else open[at + WIDTH - 1] = sum
    return sum === 0
  }
  open.push(party, responsibility, dos, billDate, amount)
  return true
}

/** What a page does to the counts. */
export interface Counted {
  readonly put: ReadonlyMap<string, OpenDocument | LatestDocument>
  readonly cells: Iterable<Cell>
}

const openOf = (document: unknown, account: string): readonly number[] => {
  if (document === undefined) return []
  const open = (document as OpenDocument | null)?.open
  if (Array.isArray(open) && open.length % WIDTH === 0 && open.every(Number.isSafeInteger)) return open
  throw changedRows({ view: 'aging' }, ` at ${shown(openKey(account))}`)
}

/** The latest effective day of a document; before the first one it is `START`. */
export const latestOf = (document: unknown): number => {
  if (document === undefined) return START
  const day = (document as LatestDocument | null)?.day
  if (Number.isSafeInteger(day)) return day as number
  throw changedRows({ view: 'aging' }, ` at ${shown(LATEST)}`)
}

/** What the accounts that have moved no longer give, and what they give now. */
function* cellsOf(
  before: ReadonlyMap<string, readonly number[]>,
  after: ReadonlyMap<string, unknown>,
  moved: Iterable<string>,
): Generator<Cell> {
  const opened = [...moved].map((key) => [before.get(key) ?? [], (after.get(key) as OpenDocument).open] as const)
  for (const [nth, basis] of datedBases.entries()) {
    for (const [group, name] of countedGroups.entries()) {
      const changes: Changes = new Map()
      for (const [was, is] of opened) {
        const [anchorsBefore, anchorsAfter] = [anchorsIn(was, nth, group), anchorsIn(is, nth, group)]
        if (areSame(anchorsBefore, anchorsAfter)) continue
        tellSteps(changes, anchorsBefore, -1)
        tellSteps(changes, anchorsAfter, 1)
      }
      const series = seriesOf(basis, name)
      for (const [place, amount] of changes) {
        if (amount === 0) continue
        const code = place % codes.length
        yield { series, x: (place - code) / codes.length + START, y: 0, z: 0, kind: codes[code] as string, amount }
      }
    }
  }
}

/** Counts accounts anew after the rows of a page, which stand in order of position. */
export const countAccounts = (rows: readonly AgingRow[], documents: Pick<Known<unknown>, 'get'>): Counted => {
  const put = new Map<string, OpenDocument | LatestDocument>()
  const before = new Map<string, readonly number[]>()
  const moved = new Set<string>()
  const known = latestOf(documents.get(LATEST))
  let latest = known
  for (const row of rows) {
    const { party, standing } = kindOf(row.kind)
    if (standing !== 'active' && standing !== 'placed') continue
    latest = Math.max(latest, row.day)
    const { account } = row.attributes
    const key = openKey(account)
    let document = put.get(key) as OpenDocument | undefined
    if (!document) {
      const open = openOf(documents.get(key), account)
      before.set(key, open)
      document = { open: [...open] }
      put.set(key, document)
    }
    if (addTo(document.open, parties.indexOf(party), row)) moved.add(key)
  }
  if (latest !== known) put.set(LATEST, { day: latest })

  return { put, cells: moved.size === 0 ? [] : cellsOf(before, put, moved) }
}
