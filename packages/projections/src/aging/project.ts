import type { AccountEvent } from '@daybook/core/account'
import { type Day, epochDay, isPosting, type Of, PATIENT, type Posting } from '@daybook/core/kernel'
import type { Recorded } from '../runner/view.ts'
import { UNDATED } from './bases.ts'
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
  type Where,
} from './lines.ts'
import type { AgingRow } from './row.ts'

/** Earliest first days of books with balances brought forward, as they became known: position and day. */
export interface BooksDocument {
  readonly begins: readonly (readonly [position: number, day: Day])[]
}
export const BOOKS = 'books/begin'

export type AgingDocument = LineDocument | CoverageDocument | BooksDocument | JournalDocument

/** What a page adds: rows, and the documents as they stand afterwards. */
export interface Projected {
  readonly rows: AgingRow[]
  readonly put: Map<string, AgingDocument>
}

interface Working extends Projected {
  readonly documents: ReadonlyMap<string, AgingDocument>
}

const read = <Doc extends AgingDocument>({ put, documents }: Working, key: string): Doc | undefined =>
  (put.get(key) ?? documents.get(key)) as Doc | undefined

/** A line to be changed. One that no charge has named yet is made: a claim may come before its charge. */
const lineOf = (working: Working, lineId: string): LineDocument => {
  const key = lineKey(lineId)
  const line = read<LineDocument>(working, key) ?? newLine({})
  working.put.set(key, line)
  return line
}

/** What a claim said of bill dates before the charge stays. */
const charge = (working: Working, lineId: string, facts: LineFacts): void => {
  const key = lineKey(lineId)
  working.put.set(key, newLine(facts, read<LineDocument>(working, key)))
}

const bringForward = (working: Working, event: Of<AccountEvent, 'BalanceBroughtForward'>, position: number): void => {
  for (const line of event.lines) {
    const known = read<LineDocument>(working, lineKey(line.lineId))
    if (!known || known.dos === UNDATED) charge(working, line.lineId, { ...event, dosFrom: line.dosFrom })
  }
  const begins = read<BooksDocument>(working, BOOKS)?.begins ?? []
  const earliest = begins.at(-1)?.[1]
  if (earliest === undefined || event.booksBegin < earliest) {
    working.put.set(BOOKS, { begins: [...begins, [position, event.booksBegin]] })
  }
}

const unapplied = kindNumber('patient', 'unapplied')
const ofNoItem = { coverage: '', payer: '', financialClass: '', location: '', provider: '' }
const undated = { responsibility: UNDATED, dos: UNDATED, billDate: UNDATED }

/** Money that no item has taken stands apart, below zero: the control account is debit-positive. */
const unappliedRow = (posting: Posting, { position, day, account }: Where): AgingRow | undefined => {
  let amount = 0
  for (const entry of posting.contra) if (entry.account.split(':', 1)[0] === 'unapplied') amount += entry.amount
  if (amount === 0) return undefined
  return { position, day, kind: unapplied, amount, anchors: undated, attributes: { ...ofNoItem, account } }
}

const postAll = (working: Working, posting: Posting, where: Where): void => {
  for (const layer of posting.opens ?? []) {
    const coverage =
      layer.party === PATIENT ? undefined : read<CoverageDocument>(working, coverageKey(layer.party.coverageId))
    openLayer(lineOf(working, layer.lineId), layer, coverage)
  }
  const byLayer = Map.groupBy(posting.effects, ({ layerId }) => layerId)
  for (const [layerId, effects] of byLayer) {
    const line = lineOf(working, effects[0]?.lineId ?? '')
    for (const row of post(line, layerId, effects, where)) working.rows.push(row)
  }
  const row = unappliedRow(posting, where)
  if (row) working.rows.push(row)
}

const projectEvent = (working: Working, { stored, event }: Recorded<AccountEvent>): void => {
  const where: Where = { position: stored.position, account: stored.stream, day: epochDay(event.effectiveDate) }
  switch (event.type) {
    case 'ChargePosted':
      charge(working, event.lineId, event)
      break
    case 'BalanceBroughtForward':
      bringForward(working, event, stored.position)
      break
    case 'CoverageAdded': {
      const coverage: CoverageDocument = { payer: event.payerId, financialClass: event.filingIndicator ?? '' }
      working.put.set(coverageKey(event.coverageId), coverage)
      break
    }
    case 'ClaimSubmitted':
      for (const lineId of event.lines) {
        for (const row of bill(lineOf(working, lineId), event, where)) working.rows.push(row)
      }
      break
    default:
  }
  if (isPosting(event)) postAll(working, event, where)
}

/** Folds events, in order, over the documents that they name. */
export const projectEvents = (
  events: readonly Recorded<AccountEvent>[],
  documents: ReadonlyMap<string, AgingDocument>,
): Projected => {
  const working: Working = { rows: [], put: new Map(), documents }
  for (const recorded of events) projectEvent(working, recorded)
  return working
}
