import type { AccountEvent } from '@daybook/core/account'
import {
  accountOfStream,
  type Day,
  isPosting,
  type Of,
  PATIENT,
  type Effect as Posted,
  type Posting,
} from '@daybook/core/kernel'
import type { Known, Recorded } from '../runner/view.ts'
import { dayNumber, UNDATED } from './bases.ts'
import type { JournalDocument } from './journal.ts'
import { kindNumber } from './kinds.ts'
import {
  bill,
  type CoverageDocument,
  coverageKey,
  type LineDocument,
  type LineFacts,
  lineKey,
  newLine,
  openLayer,
  post,
  type SharedAttributes,
  type Where,
} from './lines.ts'
import type { AgingRow } from './row.ts'

/** An account whose balances were brought forward: its books begin on a day, as known from a position on. */
export interface BooksDocument {
  readonly account: string
  readonly booksBegin: Day
  readonly position: number
}
/** Keys of those documents begin so, in the order of their days: what begins after a day is one range of keys. */
export const BOOKS = 'books/'
export const booksKey = (booksBegin: Day, stream: string): string => `${BOOKS}${booksBegin}/${stream}`
/** Behind the keys of all books that begin on a day or before it. */
export const booksBegunBy = (day: Day): string => `${BOOKS}${day}~`

export type AgingDocument = LineDocument | CoverageDocument | BooksDocument | JournalDocument

/** What a page adds: rows, and the documents as they stand afterwards. */
export interface Projected {
  readonly rows: AgingRow[]
  readonly put: Map<string, AgingDocument>
}

interface Working extends Projected {
  /** Stream of the account whose event is projected. */
  account: string
  readonly documents: Pick<Known<AgingDocument>, 'get'>
  readonly shared: SharedAttributes
}

const read = <Doc extends AgingDocument>({ put, documents }: Working, key: string): Doc | undefined =>
  (put.get(key) ?? documents.get(key)) as Doc | undefined

/** A line to be changed. One that no charge has named yet is made: a claim may come before its charge. */
const lineOf = (working: Working, lineId: string): LineDocument => {
  const key = lineKey(working.account, lineId)
  const line = read<LineDocument>(working, key) ?? newLine({})
  working.put.set(key, line)
  return line
}

/** What a claim said of bill dates before the charge stays. */
const charge = (working: Working, lineId: string, facts: LineFacts): void => {
  const key = lineKey(working.account, lineId)
  working.put.set(key, newLine(facts, read<LineDocument>(working, key)))
}

const bringForward = (
  working: Working,
  event: Of<AccountEvent, 'BalanceBroughtForward'>,
  { position, account: stream }: Where,
): void => {
  for (const line of event.lines) {
    const known = read<LineDocument>(working, lineKey(stream, line.lineId))
    if (!known || known.dos === UNDATED) charge(working, line.lineId, { ...event, dosFrom: line.dosFrom })
  }
  const { booksBegin } = event
  const key = booksKey(booksBegin, stream)
  if (!read<BooksDocument>(working, key)) {
    working.put.set(key, { account: accountOfStream(stream) ?? stream, booksBegin, position })
  }
}

const unapplied = kindNumber('patient', 'unapplied')
const ofNoItem = { coverage: '', payer: '', financialClass: '', location: '', provider: '' }
const undated = { responsibility: UNDATED, dos: UNDATED, billDate: UNDATED }

const isUnapplied = (account: string): boolean => account === 'unapplied' || account.startsWith('unapplied:')

/** Money that no item has taken stands apart, below zero: the control account is debit-positive. */
const unappliedRow = (posting: Posting, { position, day, account }: Where): AgingRow | undefined => {
  let amount = 0
  for (const entry of posting.contra) if (isUnapplied(entry.account)) amount += entry.amount
  if (amount === 0) return undefined
  return { position, day, kind: unapplied, amount, anchors: undated, attributes: { ...ofNoItem, account } }
}

const postAll = (working: Working, posting: Posting, where: Where): void => {
  for (const layer of posting.opens ?? []) {
    const coverage =
      layer.party === PATIENT
        ? undefined
        : read<CoverageDocument>(working, coverageKey(working.account, layer.party.coverageId))
    openLayer(lineOf(working, layer.lineId), layer, coverage)
  }
  // What an event moves on a layer moves at once: effects on one layer stand side by side.
  for (let at = 0; at < posting.effects.length; ) {
    const { lineId, layerId } = posting.effects[at] as Posted
    let active = 0
    let placed = 0
    for (; posting.effects[at]?.layerId === layerId; at += 1) {
      const { stage, amount } = posting.effects[at] as Posted
      if (stage === 'active') active += amount
      else if (stage === 'placed') placed += amount
    }
    post(working.rows, lineOf(working, lineId), layerId, { active, placed }, where)
  }
  const row = unappliedRow(posting, where)
  if (row) working.rows.push(row)
}

const projectEvent = (working: Working, { stored, event }: Recorded<AccountEvent>): void => {
  const { position, stream: account } = stored
  working.account = account
  const where: Where = { position, account, day: dayNumber(event.effectiveDate), shared: working.shared }
  switch (event.type) {
    case 'ChargePosted':
      charge(working, event.lineId, event)
      break
    case 'RefundOwedAgain':
      if (event.owedOn) charge(working, event.owedOn.lineId, { dosFrom: event.effectiveDate })
      break
    case 'BalanceBroughtForward':
      bringForward(working, event, where)
      break
    case 'CoverageAdded': {
      const coverage: CoverageDocument = { payer: event.payerId, financialClass: event.filingIndicator ?? '' }
      working.put.set(coverageKey(account, event.coverageId), coverage)
      break
    }
    case 'ClaimSubmitted':
      for (const lineId of event.lines) {
        bill(working.rows, lineOf(working, lineId), event, where)
      }
      break
    default:
  }
  if (isPosting(event)) postAll(working, event, where)
}

/** Folds events, in order, over the documents that they name. */
export const projectEvents = (
  events: readonly Recorded<AccountEvent>[],
  documents: Pick<Known<AgingDocument>, 'get'>,
): Projected => {
  const working: Working = { account: '', rows: [], put: new Map(), documents, shared: new Map() }
  for (const recorded of events) projectEvent(working, recorded)
  return working
}
