import type { WorkItem, Worklist } from '@daybook/projections/worklist'
import { wrapped } from '../table.ts'
import { clean, paint } from '../terminal.ts'
import { counted, money, shortId } from './words.ts'

const WIDTH = 116

const whose = ({ account, remittance }: WorkItem): string =>
  account === undefined ? `remittance ${shortId(remittance ?? '')}` : `account ${shortId(account)}`

const itemLines = (item: WorkItem, place: number): readonly string[] => {
  const number = String(place).padStart(3)
  const what = `${number}  ${whose(item)}   ${clean(item.queue)}   ${money(item.amount)}`
  const score = `${item.legalDeadline ? 'law ' : ''}${item.priority}`
  const blocked = item.blockedBy.length > 0 && !item.allowed ? ` (blocked by ${item.blockedBy.join(', ')})` : ''
  return [
    `${paint('bold', what)}${score.padStart(Math.max(2, WIDTH - what.length))}`,
    ...wrapped(item.reasons.join('; '), '       why   ', '             ', WIDTH),
    ...wrapped(`${item.nextAction}${blocked}`, '       next  ', '             ', WIDTH),
  ]
}

/** The day's work for people: the top of the list, why each stands there, and what to do about it. */
export const worklistLines = ({ asOf, total, items }: Worklist): readonly string[] => {
  const shown = items.length < total ? `, the first ${items.length}` : ''
  const title = `Worklist for ${asOf}: ${counted(total, 'item')}${shown}`
  return [
    total === 0 ? title : `${title}${'score'.padStart(Math.max(2, WIDTH - title.length))}`,
    ...items.flatMap((item, at) => itemLines(item, at + 1)),
  ]
}
