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

type Tell = (day: number, code: string, change: 1 | -1) => void

/** The days on which an account enters and leaves each bucket, by its anchors: each once, in order, `UNDATED` first. */
const tellSteps = (anchors: readonly number[], tell: Tell): void => {
  if (anchors.length === 0) return
  tell(START, ANY_CODE, 1)
  const first = anchors[0] === UNDATED ? 1 : 0
  if (first === 1) tell(START, UNDATED_CODE, 1)
  if (first === anchors.length) return
  const [oldest, youngest] = [anchors[first] as number, anchors.at(-1) as number]
  // What is not due yet is in the first bucket too, and the last one has no end.
  tell(START, '0', 1)
  tell(youngest + (usualEdges[0] as number) + 1, '0', -1)
  for (let bucket = 1; bucket < usualEdges.length; bucket++) {
    const from = (usualEdges[bucket - 1] as number) + 1
    const behind = (usualEdges[bucket] as number) + 1
    const code = String(bucket)
    let left = oldest + behind
    tell(oldest + from, code, 1)
    for (let at = first + 1; at < anchors.length; at++) {
      const anchor = anchors[at] as number
      if (anchor + from > left) {
        tell(left, code, -1)
        tell(anchor + from, code, 1)
      }
      left = anchor + behind
    }
    tell(left, code, -1)
  }
  tell(oldest + (usualEdges.at(-1) as number) + 1, String(usualEdges.length), 1)
}

/** The anchors of a group on a basis: each once, in order. */
const anchorsIn = (open: readonly number[], basis: number, group: number): readonly number[] => {
  const found: number[] = []
  for (let at = 0; at < open.length; at += WIDTH) {
    if (group > 0 && open[at] !== group - 1) continue
    const anchor = open[at + 1 + basis] as number
    let place = found.length
    while (place > 0 && (found[place - 1] as number) > anchor) place -= 1
    if (found[place - 1] !== anchor) found.splice(place, 0, anchor)
  }
  return found
}

const areSame = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((anchor, at) => anchor === other[at])

/** Adds an amount to what is open; whether something under its anchors began or ended. */
const addTo = (open: number[], party: number, { amount, anchors }: AgingRow): boolean => {
  for (let at = 0; at < open.length; at += WIDTH) {
    if (open[at] !== party || datedBases.some((basis, nth) => open[at + 1 + nth] !== anchors[basis])) continue
    const sum = (open[at + WIDTH - 1] as number) + amount
    if (sum === 0) open.splice(at, WIDTH)
    else open[at + WIDTH - 1] = sum
    return sum === 0
  }
  open.push(party, ...datedBases.map((basis) => anchors[basis]), amount)
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

  const cells = new Map<string, Cell>()
  for (const [nth, basis] of datedBases.entries()) {
    for (const [group, name] of countedGroups.entries()) {
      const series = seriesOf(basis, name)
      const telling =
        (sign: 1 | -1): Tell =>
        (x, kind, change) => {
          const place = `${series} ${x} ${kind}`
          const amount = (cells.get(place)?.amount ?? 0) + sign * change
          cells.set(place, { series, x, y: 0, z: 0, kind, amount })
        }
      const [take, give] = [telling(-1), telling(1)]
      for (const key of moved) {
        const was = anchorsIn(before.get(key) ?? [], nth, group)
        const is = anchorsIn((put.get(key) as OpenDocument).open, nth, group)
        if (areSame(was, is)) continue
        tellSteps(was, take)
        tellSteps(is, give)
      }
    }
  }
  return { put, cells: [...cells.values()].filter(({ amount }) => amount !== 0) }
}
