import { describe, expect, it } from 'vitest'
import type { StoredEvent } from '../../src/ports/index.ts'
import { historyFaults, type Seen, type Tried } from '../../src/testing/store/index.ts'

const event = (
  position: number,
  version: number,
  commandId: string,
  prev = version === 0 ? '-' : `leaf-${position - 1}`,
) =>
  ({ id: `id-${position}`, stream: 'a', position, version, commandId, prev, leaf: `leaf-${position}` }) as StoredEvent

/** Two commands of one stream: one of two events, one of one. */
const log = [event(1, 0, 'first'), event(2, 1, 'first'), event(3, 2, 'second')]
const receiptOf = (firstVersion: number, lastVersion: number) => ({
  firstVersion,
  lastVersion,
  firstPosition: firstVersion + 1,
  lastPosition: lastVersion + 1,
  headHash: `leaf-${lastVersion + 1}`,
})
const tried: readonly Tried[] = [
  { stream: 'a', commandId: 'first', outcome: 'written', receipt: receiptOf(0, 1), began: 1, ended: 2 },
  { stream: 'a', commandId: 'second', outcome: 'unknown', began: 3, ended: 4 },
  { stream: 'a', commandId: 'third', outcome: 'refused', began: 5, ended: 6 },
]
const seen = (leaves: number, began: number, ended = began + 1): Seen => ({
  stream: 'a',
  leaves: log.slice(0, leaves).map(({ leaf }) => leaf),
  began,
  ended,
})

describe('a history that was acknowledged, held against the log', () => {
  it('is without fault where the log has all of it once, and an unknown command wholly or not at all', () => {
    expect(historyFaults(log, tried, [seen(0, 0), seen(2, 3), seen(3, 7)])).toEqual([])
    expect(historyFaults(log.slice(0, 2), tried, [])).toEqual([])
  })

  it.each<readonly [string, readonly StoredEvent[], readonly Tried[], readonly Seen[], string]>([
    ['an acknowledged command is lost', [], tried, [], 'is lost'],
    ['an acknowledged command is there in part', log.slice(0, 1), tried, [], 'the log has'],
    [
      'an unknown command is there twice',
      [...log, event(4, 3, 'other'), event(5, 4, 'second')],
      tried,
      [],
      'more than once',
    ],
    ['a refused command is there', [...log, event(4, 3, 'third')], tried, [], 'was refused'],
    ['a position is missing', [event(1, 0, 'first'), { ...event(3, 1, 'first', 'leaf-1') }], [], [], 'gap'],
    ['a version is there twice', [event(1, 0, 'first'), { ...event(2, 0, 'first', 'leaf-1') }], [], [], 'next one'],
    ['a chain is broken', [event(1, 0, 'first'), event(2, 1, 'first', 'another')], [], [], 'next one'],
    ['an event id is there twice', [event(1, 0, 'first'), { ...event(2, 1, 'first'), id: 'id-1' }], [], [], 'twice'],
    [
      'a receipt names another place',
      log,
      [{ ...(tried[0] as Tried), receipt: receiptOf(1, 2) }],
      [],
      'its receipt names',
    ],
    ['a read shows what is not there', log, tried, [{ ...seen(1, 7), leaves: ['another'] }], 'no beginning'],
    ['a read misses what was acknowledged before', log, tried, [seen(1, 3)], 'misses first'],
    ['a later read shows less', log, [], [seen(3, 7), seen(2, 9)], 'shorter'],
  ])('tells where %s', (_, found, sent, reads, words) => {
    expect(historyFaults(found, sent, reads).join('\n')).toContain(words)
  })
})
