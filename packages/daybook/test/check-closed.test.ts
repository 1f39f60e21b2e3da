import type { StoredEvent } from '@daybook/core/ports'
import { describe, expect, it } from 'vitest'
import { ClosedStream } from '../src/check/closed.ts'

const event = (version: number, meta = '{}') =>
  ({ stream: 'talk-1', version, position: version + 1, meta }) as StoredEvent
const closing = '{"closes":true}'

/** What is said of a stream with such events, marked so, up to a head. */
const told = (marked: boolean, events: readonly StoredEvent[], head = 9): readonly string[] => {
  const stream = new ClosedStream({ stream: 'talk-1', version: events.length - 1, closed: marked })
  for (const one of events) stream.add(one)
  return stream.findings(head).map(({ message }) => message)
}

describe('a closed stream, its events held against its mark', () => {
  it('says nothing where both say the same', () => {
    expect(told(true, [event(0), event(1, closing)])).toEqual([])
    expect(told(false, [event(0), event(1)])).toEqual([])
  })

  it('tells of a mark without an event, and of an event without a mark', () => {
    expect(told(true, [event(0)])).toEqual(['talk-1 is marked as closed, and no event of it says so'])
    expect(told(false, [event(0, closing)])).toEqual(['talk-1 was closed by its version 0, and is not marked so'])
  })

  it('tells of each event that follows on the one that closed it', () => {
    expect(told(true, [event(0, closing), event(1), event(2)])).toHaveLength(2)
  })

  it('compares no mark that is older than what came since', () => {
    expect(told(false, [event(0), event(1, closing)], 1)).toEqual([])
  })
})
