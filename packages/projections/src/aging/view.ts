import { type AccountEvent, accountCodec, accountEventDefinitions } from '@daybook/core/account'
import { isPosting, PATIENT } from '@daybook/core/kernel'
import type { Changes, Page, Recorded, View } from '../runner/view.ts'
import { cellsOfBlock } from './cells.ts'
import {
  type Grain,
  type JournalDocument,
  journalKey,
  journalOf,
  journalOfBlock,
  readJournal,
  usualGrain,
} from './journal.ts'
import { coverageKey, lineKey } from './lines.ts'
import { type AgingDocument, booksKey, projectEvents } from './project.ts'

/** Money events are told by their effects: a facet of tomorrow is in the aging on the day it is written. */
const moneyTypes = accountEventDefinitions.filter(({ schema }) => 'effects' in schema.shape).map(({ type }) => type)

/** Documents that an event reads: of its lines, and of the coverages whose layers it opens. */
const addKeys = ({ event, stored: { stream } }: Recorded<AccountEvent>, keys: Set<string>): void => {
  if (event.type === 'ChargePosted') keys.add(lineKey(stream, event.lineId))
  if (event.type === 'BalanceBroughtForward') keys.add(booksKey(event.booksBegin, stream))
  if (event.type === 'ClaimSubmitted') for (const lineId of event.lines) keys.add(lineKey(stream, lineId))
  if (!isPosting(event)) return
  for (const { lineId } of event.effects) keys.add(lineKey(stream, lineId))
  for (const { lineId, party } of event.opens ?? []) {
    keys.add(lineKey(stream, lineId))
    if (party !== PATIENT) keys.add(coverageKey(stream, party.coverageId))
  }
}

export interface AgingView extends View<AccountEvent, AgingDocument> {
  readonly grain: Grain
}

/** The cube with another grain than the usual one: for tests of its seams. */
export const agingViewOf = (grain: Grain): AgingView => {
  const endsBlock = (page: Page<AccountEvent>): boolean => page.to % grain.block === 0
  const blockOf = (page: Page<AccountEvent>): number => Math.floor(page.from / grain.block)
  return {
    view: 'aging',
    version: 3,
    grain,
    types: [...moneyTypes, 'ClaimSubmitted', 'CoverageAdded'],
    boundary: grain.block,
    decode: (stored) => accountCodec.decode(stored),
    needs: (page) => {
      const keys = new Set<string>()
      for (const recorded of page.events) addKeys(recorded, keys)
      const beganEarlier = page.from % grain.block !== 0
      return { keys, prefixes: endsBlock(page) && beganEarlier ? [journalOfBlock(blockOf(page))] : [] }
    },
    project: (page, documents): Changes<AgingDocument> => {
      const block = blockOf(page)
      const { rows, put } = projectEvents(page.events, documents)
      const earlier = documents.under(journalOfBlock(block)) as readonly JournalDocument[]
      return {
        put,
        add: endsBlock(page)
          ? cellsOfBlock(grain, block, [...earlier.flatMap((journal) => [...readJournal(journal)]), ...rows])
          : [],
        write: new Map(rows.length > 0 ? [[journalKey(block, page.from), journalOf(rows)]] : []),
      }
    },
  }
}

/** The aging cube of a practice: dated differences of layers, as rows and as cells (design §3.21). */
export const agingView: AgingView = agingViewOf(usualGrain)
