import { describe, expect, it } from 'vitest'
import type { StoredEvent } from '../../src/ports/index.ts'
import {
  type HistoryFaultKind,
  historyFaults,
  judgeHistory,
  type Seen,
  type Tried,
} from '../../src/testing/store/index.ts'

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
const written = (commandId: string, versions: readonly [number, number], began: number, ended: number): Tried => ({
  stream: 'a',
  commandId,
  outcome: 'written',
  receipt: receiptOf(...versions),
  began,
  ended,
})
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

  it.each<readonly [HistoryFaultKind, string, readonly StoredEvent[], readonly Tried[]]>([
    ['lost', 'a command that was acknowledged', log.slice(0, 2), [...tried, written('second', [2, 2], 3, 4)]],
    ['lost', 'the last event of one', log.slice(0, 1), [written('first', [0, 1], 1, 2)]],
    ['doubled', 'a command that nobody knew of', [...log, event(4, 3, 'other'), event(5, 4, 'second')], tried],
    [
      'doubled',
      'half of a command of two that nobody knew of',
      log,
      [{ stream: 'a', commandId: 'second', outcome: 'unknown', events: 2, began: 3, ended: 4 }],
    ],
    [
      'altered',
      'an event with another leaf',
      [...log.slice(0, 1), { ...event(2, 1, 'first'), leaf: 'another' }],
      tried,
    ],
    ['reordered', 'a command in the place of another', log, [written('second', [1, 2], 3, 4)]],
    [
      'reordered',
      'one that was sent after another was answered, before it',
      log,
      [written('second', [2, 2], 1, 2), written('first', [0, 1], 3, 4)],
    ],
    ['refused', 'a command that was refused', [...log, event(4, 3, 'third')], tried],
  ])('says %s of %s', (kind, _, found, sent) => {
    expect(judgeHistory(found, sent).map((one) => one.kind)).toContain(kind)
  })

  it('finds nothing in two commands under way at once, in whatever order they stand', () => {
    expect(judgeHistory(log, [written('second', [2, 2], 1, 4), written('first', [0, 1], 3, 5)])).toEqual([])
  })

  it('says altered of an event whose leaf is not the hash of what it says, where it can hash', () => {
    const proof = { origin: 'log', sha256: (text: string) => `hash of ${text.length}` }
    expect(judgeHistory(log, tried, { proof }).map(({ kind }) => kind)).toEqual(['altered'])
  })
})
