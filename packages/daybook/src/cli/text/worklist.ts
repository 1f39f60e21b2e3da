import type { WorkItemShown, WorkOfDay } from '../../book/answers.ts'
import { wrapped } from '../table.ts'
import { clean, lineWidth, paint } from '../terminal.ts'
import { counted, money, shortId, waitWords } from './words.ts'

const whose = ({ account, remittance, submission, deposit, person, whose }: WorkItemShown): string => {
  const about = account === undefined ? [] : [`account ${shortId(account)}`]
  const others = [
    ...(remittance === undefined ? [] : [`remittance ${shortId(remittance)}`]),
    ...(submission === undefined ? [] : [`submission ${shortId(submission)}`]),
    ...(deposit === undefined ? [] : [`line of the bank ${shortId(deposit)}`]),
    ...(person === undefined ? [] : [`person ${shortId(person)}`]),
  ]
  const which = [...about, ...others].join(', ')
  return whose === undefined ? which : `${clean(whose)}   ${which}`
}

/** What the action waits for. */
const waitLines = ({ allowed, hits = [] }: WorkItemShown, zone: string): readonly string[] =>
  allowed
    ? []
    : waitWords(hits, zone).flatMap((words) => wrapped(clean(words), '       waits ', '             ', lineWidth))

const itemLines = (item: WorkItemShown, place: number, zone: string): readonly string[] => {
  const number = String(place).padStart(3)
  const lent = item.onBehalfOf === undefined ? '' : 'for '
  const has = item.assignedTo === undefined ? '' : `   (${lent}${clean(item.assignedTo)})`
  const what = `${number}  ${whose(item)}   ${clean(item.queue)}   ${money(item.amount)}${has}`
  const late = item.daysLate === undefined ? '' : `${counted(item.daysLate, 'day')} late  `
  const score = `${late}${item.legalDeadline ? 'law ' : ''}${item.priority}`
  const isDecided = item.hits !== undefined
  const blocked =
    item.blockedBy.length > 0 && !item.allowed && !isDecided ? ` (blocked by ${item.blockedBy.join(', ')})` : ''
  return [
    `${paint('bold', what)}${score.padStart(Math.max(2, lineWidth - what.length))}`,
    ...wrapped(item.reasons.join('; '), '       why   ', '             ', lineWidth),
    ...wrapped(`${item.nextAction}${blocked}`, '       next  ', '             ', lineWidth),
    ...waitLines(item, zone),
  ]
}

/** How much there is to do in each queue, parts of a queue together. */
const queueWords = (items: readonly WorkItemShown[]): string => {
  const counts = new Map<string, number>()
  for (const { queue } of items) {
    const [name = queue] = queue.split(':', 1)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].map(([name, count]) => `${name} ${count.toLocaleString('en-US')}`).join(', ')
}

/** What stands open and waits, in one line: how much, and when the first of it comes on a list. */
const waitingWords = (waiting: WorkOfDay['waiting']): readonly string[] => {
  if (waiting.length === 0) return []
  const amount = waiting.reduce((sum, item) => sum + Math.abs(item.amount), 0)
  const [first] = waiting.flatMap(({ until }) => until ?? []).sort()
  const when = first ? `, the first until ${first}` : ''
  return wrapped(
    `${money(amount)} more stands open and waits (${counted(waiting.length, 'matter')}${when}): --json names them`,
    '  ',
    '  ',
    lineWidth,
  )
}

/** The day's work for people: the top of the list, why each stands there, and what to do about it. */
export const worklistLines = ({ asOf, items, waiting }: WorkOfDay, limit: number, zone = 'UTC'): readonly string[] => {
  const shown = items.slice(0, limit)
  const rest = shown.length < items.length ? `, the first ${shown.length}` : ''
  const title = `Worklist for ${asOf}: ${counted(items.length, 'item')}${rest}`
  if (items.length === 0) return [title, ...waitingWords(waiting)]
  return [
    `${paint('bold', title)}${'score'.padStart(Math.max(2, lineWidth - title.length))}`,
    ...wrapped(queueWords(items), '  ', '  ', lineWidth),
    ...shown.flatMap((item, at) => itemLines(item, at + 1, zone)),
    ...waitingWords(waiting),
  ]
}
