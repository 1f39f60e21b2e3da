import type { AccountHistoryEntry, HistoryEntry } from '@daybook/projections/history'
import type { History, KnownAt } from '../../book/answers.ts'
import { wrapped } from '../table.ts'
import { clean, lineWidth, paint } from '../terminal.ts'
import { clockTime, counted, money } from './words.ts'

const isOfAccount = (entry: HistoryEntry): entry is AccountHistoryEntry => 'net' in entry

const grounds = ({ why }: HistoryEntry): string => {
  const { commandId: _commandId, ...cause } = why.cause
  const parts = [
    ...(why.reason ? [`because ${why.reason}`] : []),
    ...Object.entries(cause).map(([name, value]) => `${name} ${value}`),
    ...(why.rules.length > 0 ? [`passed ${why.rules.map(({ id }) => id).join(', ')}`] : []),
  ]
  return parts.join('; ')
}

const entryLines = (entry: HistoryEntry, zone: string): readonly string[] => {
  const { onBehalfOf } = entry.why
  const acted = onBehalfOf === undefined ? '' : ` for ${clean(onBehalfOf)}`
  const when = `${entry.effectiveDate}  recorded ${clockTime(entry.recordedAt, zone)} by ${clean(entry.actor)}${acted}`
  const head = `@${String(entry.position).padEnd(6)} ${when}`
  const moved = isOfAccount(entry)
    ? `${entry.moved === 0 ? '' : money(entry.moved)}   net ${money(entry.net).padStart(10)}`
    : ''
  const why = grounds(entry)
  return [
    moved === '' ? paint('dim', head) : `${paint('dim', head)}${moved.padStart(Math.max(2, lineWidth - head.length))}`,
    ...wrapped(entry.what, '        ', '        ', lineWidth),
    ...(why === '' ? [] : wrapped(why, '        why  ', '             ', lineWidth)),
  ]
}

/** A history for people: by both clocks, who, what, why, and how the account stood after it. */
export const historyLines = (history: History & KnownAt, zone: string): readonly string[] => [
  paint('bold', `History of ${history.kind} ${history.id}: ${counted(history.events.length, 'event')}`),
  ...history.events.flatMap((entry) => entryLines(entry, zone)),
]
