import { type AccountEvent, type AccountState, foldAccount, newAccount, openDenials } from '@daybook/core/account'
import type { CoverageId, LineId } from '@daybook/core/kernel'
import { limits } from '@daybook/core/ports'
import type { Desk } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { accountName, controlOf, type Entry, entriesOf } from './books.ts'

/** The book as far as it has been read: its log, and every account of it. */
export interface Book {
  readonly log: readonly Entry[]
  readonly accounts: ReadonlyMap<string, AccountState>
}
export const emptyBook: Book = { log: [], accounts: new Map() }

/** Reads what was appended since. */
export const readOn = async ({ service }: Desk, { log, accounts }: Book): Promise<Book> => {
  const after = log.at(-1)?.stored.position ?? 0
  const more = entriesOf(await Effect.runPromise(service.store.readAll({ after, limit: limits.page })))
  const changed = new Map<string, AccountEvent[]>()
  for (const { stored, event } of more) {
    if (!stored.stream.startsWith('account-')) continue
    const events = changed.get(stored.stream) ?? []
    events.push(event as AccountEvent)
    changed.set(stored.stream, events)
  }
  const folded = [...changed].map(
    ([stream, events]) => [stream, foldAccount(accounts.get(stream) ?? newAccount, events)] as const,
  )
  return { log: [...log, ...more], accounts: new Map([...accounts, ...folded]) }
}

/** Where the money stands: control accounts; what each party owes of a claim; what each payer has denied of it. */
export const standing = ({ log, accounts }: Book) => {
  const totals: Record<string, number> = {}
  const add = (key: string, amount: number): void => {
    totals[key] = (totals[key] ?? 0) + amount
  }
  for (const { ledger, claims, coverage, registration } of accounts.values()) {
    const claimOf = (lineId: LineId): string => {
      const visit = ledger.lines.get(lineId)?.visitId
      return (visit && registration.visits.get(visit)?.patientControlNumber) ?? ''
    }
    const payerOf = (coverageId: CoverageId): string => coverage.coverages.get(coverageId)?.payerName ?? ''
    for (const { lineId, party, active, placed } of ledger.layers.values()) {
      add(`${claimOf(lineId)} owed by ${party === 'patient' ? party : payerOf(party.coverageId)}`, active + placed)
    }
    for (const visit of new Set([...ledger.lines.values()].map(({ visitId }) => visitId))) {
      for (const { event } of openDenials(claims, visit)) {
        for (const { lineId, amount } of event.lines) {
          add(`${claimOf(lineId)} denied by ${payerOf(event.coverageId)} as ${event.category}`, amount)
        }
      }
    }
  }
  const sums = Object.fromEntries(Object.entries(totals).filter(([, amount]) => amount !== 0))
  return { control: controlOf(log, accountName), ...sums }
}
