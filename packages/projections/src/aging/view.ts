import { type AccountEvent, accountCodec, accountEventDefinitions } from '@daybook/core/account'
import { isPosting, PATIENT } from '@daybook/core/kernel'
import type { Changes, Known, Page, Recorded, View } from '../runner/view.ts'
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
import { countAccounts, LATEST, type LatestDocument, type OpenDocument, openKey } from './presence.ts'
import { booksKey, type AgingDocument as Projected, projectEvents } from './project.ts'

type AgingDocument = Projected | OpenDocument | LatestDocument

/** Money events are told by their effects: a facet of tomorrow is in the aging on the day it is written. */
const moneyTypes = accountEventDefinitions.filter(({ schema }) => 'effects' in schema.shape).map(({ type }) => type)

/** Documents that an event reads: of its lines, of the coverages whose layers it opens, of what its account has open. */
const addKeys = ({ event, stored: { stream } }: Recorded<AccountEvent>, keys: Set<string>): void => {
  if (event.type === 'ChargePosted') keys.add(lineKey(stream, event.lineId))
  if (event.type === 'BalanceBroughtForward') keys.add(booksKey(event.booksBegin, stream))
  if (event.type === 'ClaimSubmitted') for (const lineId of event.lines) keys.add(lineKey(stream, lineId))
  if (event.type === 'ClaimSubmitted' || isPosting(event)) keys.add(openKey(stream))
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
    version: 4,
    grain,
    types: [...moneyTypes, 'ClaimSubmitted', 'CoverageAdded'],
    boundary: grain.block,
    decode: (stored) => accountCodec.decode(stored),
    needs: (page) => {
      const keys = new Set<string>([LATEST])
      for (const recorded of page.events) addKeys(recorded, keys)
      const beganEarlier = page.from % grain.block !== 0
      return { keys, prefixes: endsBlock(page) && beganEarlier ? [journalOfBlock(blockOf(page))] : [] }
    },
    project: (page, documents): Changes<AgingDocument> => {
      const block = blockOf(page)
      const { rows, put } = projectEvents(page.events, documents as Pick<Known<Projected>, 'get'>)
      const counted = countAccounts(rows, documents)
      const earlier = documents.under(journalOfBlock(block)) as readonly JournalDocument[]
      return {
        put: new Map<string, AgingDocument>([...put, ...counted.put]),
        add: [
          ...counted.cells,
          ...(endsBlock(page)
            ? cellsOfBlock(grain, block, [...earlier.flatMap((journal) => [...readJournal(journal)]), ...rows])
            : []),
        ],
        write: new Map(rows.length > 0 ? [[journalKey(block, page.from), journalOf(rows)]] : []),
      }
    },
  }
}

/** The aging cube of a practice: dated differences of layers, as rows and as cells (design §3.21). */
export const agingView: AgingView = agingViewOf(usualGrain)
