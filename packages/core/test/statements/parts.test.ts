import { describe, expect, it } from 'vitest'
import type { StatementIssued } from '../../src/account/statements/events.ts'
import { inParts, whole } from '../../src/account/statements/parts-state.ts'
import { june, owing, send } from '../support/statement-desk.ts'

/** A statement of so many services. */
const of = (services: number): StatementIssued => {
  const event = send(owing(), june)
  if (event.type !== 'StatementIssued') throw new Error('a first statement is no letter')
  const [line] = event.lines
  if (!line) throw new Error('a statement of nothing')
  return {
    ...event,
    lines: Array.from({ length: services }, (_, at) => ({ ...line, amount: at, lineId: `l${at}` }) as never),
  }
}

describe('a document that is too long for one event', () => {
  it('one that is not stays itself', () => {
    const event = of(3)
    expect(inParts(event)).toEqual([event])
  })

  it('is cut into parts of the store’s size, none of them empty, and put together again as it was', () => {
    const event = of(5_000)
    const stored = inParts(event)
    const parts = stored.filter((one) => one.type === 'DocumentPartKept')
    const last = stored.at(-1)
    expect(last).toMatchObject({ type: 'StatementIssued', parts: parts.length, lines: [], activity: [], visits: [] })
    expect(parts.map(({ number }) => number)).toEqual(parts.map((_, at) => at + 1))
    for (const part of parts) {
      expect(JSON.stringify(part).length * 3).toBeLessThan(1_048_576)
      expect(part.lines.length + part.activity.length + part.visits.length).toBeGreaterThan(0)
    }
    if (last?.type !== 'StatementIssued') throw new Error('the document comes last')
    expect(whole(last, parts)).toEqual({ ...event, parts: parts.length })
  })
})
