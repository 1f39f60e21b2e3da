import { negateCents, sumOf } from '../../kernel/cents.ts'
import {
  accept,
  type Decision,
  type Of,
  precondition,
  type RuleHit,
  reject,
  rejectIfAny,
} from '../../kernel/decision.ts'
import { netContra } from '../../kernel/effects.ts'
import type { LineId } from '../../kernel/ids.ts'
import type { Context } from '../context.ts'
import { datingHits } from '../preconditions.ts'
import { servedBeforeBirthHits } from '../registration/born.ts'
import { visitFor } from '../registration/opening.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import { partyHits } from './charge.ts'
import type { LedgerCommand } from './commands.ts'
import { together, workingOn } from './working.ts'

type BringForward = Of<LedgerCommand, 'BringForward'>

const bookHits = (state: AccountState, command: BringForward): readonly RuleHit[] => {
  const hits: RuleHit[] = []
  const { booksBegin } = state.ledger
  if (booksBegin !== undefined && booksBegin !== command.booksBegin) {
    hits.push(precondition('ledger.booksBegin', `the books of this account begin on ${booksBegin}`))
  }
  const first = state.ledger.layers.first('openedOn')
  if (first !== undefined && first < command.booksBegin) {
    const earlier = [...state.ledger.layers.values()].find((layer) => layer.openedOn < command.booksBegin)
    hits.push(precondition('ledger.bookedEarlier', `line ${earlier?.lineId} counts from ${earlier?.openedOn} already`))
  }
  const seen = new Set<LineId>()
  for (const { line, dos } of command.lines) {
    if (dos > command.booksBegin) {
      hits.push(
        precondition(
          'ledger.servedLater',
          `line ${line} is of ${dos}, after the books begin: no older book can have its balance`,
          'post a service of that day as a charge',
        ),
      )
    }
    if (seen.has(line) || state.ledger.lines.has(line)) {
      hits.push(precondition('ledger.lineKnown', `line ${line} is already on file`))
    }
    seen.add(line)
  }
  return hits
}

/** Opens a converted book: each line's balance, credits too, as one layer with the age that the old book gives it. */
export const bringForward = (state: AccountState, command: BringForward, context: Context): Decision<AccountEvent> => {
  const on = command.booksBegin
  const hits = [...datingHits(state, on, context), ...bookHits(state, command)]
  const opening = visitFor(state, { ...command, on }, context)
  if ('rule' in opening) return reject([opening, ...hits])
  const rejection = rejectIfAny([
    ...hits,
    ...servedBeforeBirthHits(
      state,
      opening,
      command.lines.map(({ dos }) => dos),
    ),
    ...command.lines.flatMap(({ party }) => partyHits(state, party, opening.patientId)),
  ])
  if (rejection) return rejection

  const working = workingOn(state, context)
  const lines = command.lines.map(({ line, dos, agingFrom, ...rest }) => ({
    ...rest,
    lineId: line,
    dosFrom: dos,
    agingFrom: agingFrom ?? dos,
  }))
  const moved = lines.map((line) =>
    working.openLayer(line.lineId, line.party, line.amount, { on, agingFrom: line.agingFrom }),
  )
  return accept<AccountEvent>([
    ...opening.events,
    {
      type: 'BalanceBroughtForward',
      effectiveDate: on,
      visitId: command.visit,
      booksBegin: on,
      lines,
      source: command.source,
      financialClass: command.financialClass,
      location: command.location,
      provider: command.provider,
      ...together(moved),
      contra: netContra([{ account: 'openingBalance', amount: negateCents(sumOf(lines, (line) => line.amount)) }]),
    },
  ])
}
