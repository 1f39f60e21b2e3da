import type { ReadError, ViewName } from '@daybook/core/ports'
import { agingView } from '@daybook/projections/aging'
import { listsView } from '@daybook/projections/lists'
import { stillStands } from '@daybook/projections/runner'
import { worklistView } from '@daybook/projections/worklist'
import * as Effect from 'effect/Effect'
import type { OpenBook } from '../book/open-book.ts'
import type { Finding } from './finding.ts'

/** The views of a book that are kept beside its log. */
const keptViews: readonly ViewName[] = [agingView, listsView, worklistView]

/**
 * Every view stands on an event that the log still has. A view that does not is built again by the next question that is
 * put to it, with right figures; so this is asked before any.
 */
export const viewFindings = ({ events, views }: OpenBook): Effect.Effect<readonly Finding[], ReadError> =>
  Effect.gen(function* () {
    const findings: Finding[] = []
    for (const name of keptViews) {
      const checkpoint = yield* views.checkpoint(name)
      if (yield* stillStands(events, checkpoint)) continue
      const { position } = checkpoint
      const message = `the ${name.view} view was built to @${position}, and the log no longer has the event that stood there`
      findings.push({ check: 'views', message, position })
    }
    return findings
  })
