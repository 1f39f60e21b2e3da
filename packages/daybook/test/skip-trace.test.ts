import { stripVTControlCharacters } from 'node:util'
import type { PersonCommandInput } from '@daybook/core/person'
import { describe, expect, it } from 'vitest'
import { historyLines } from '../src/cli/text/history.ts'
import { mayLines } from '../src/cli/text/may.ts'
import { personLines } from '../src/cli/text/person.ts'
import type { Book } from '../src/index.ts'
import { openTestBook, uuid } from './support/folder.ts'

// Looking for somebody who can not be reached (reference §11.6, duty F32), through commands and views.

const person = uuid(1)
const account = uuid(101)
const on = '2026-11-01'

const does = async (book: Book, command: PersonCommandInput) => {
  const answer = await book.executeOnPerson(person, command)
  expect(answer.ok ? [] : answer.hits, `${command.type} is refused`).toEqual([])
  return answer
}
const refusedBy = async (book: Book, command: PersonCommandInput): Promise<readonly string[]> => {
  const answer = await book.executeOnPerson(person, command)
  return answer.ok ? [] : answer.hits.map(({ rule }) => rule)
}
const withJo = async (): Promise<Book> => {
  const book = await openTestBook('memory:')
  await book.open({ account, on, guarantor: { name: 'Jo Roe', state: 'MN' } })
  await book.openPerson({ person, name: 'Jo Roe', account, on })
  const home = { kind: 'address', value: '1 Main St', state: 'MN', place: 'home', source: 'person' } as const
  await does(book, { type: 'RecordDatum', on, datum: 'home', ...home })
  return book
}
const uncoloured = (lines: readonly string[]): string => stripVTControlCharacters(lines.join(' '))
const queue = async (book: Book, name: string) => {
  const { items, waiting } = await book.worklist({ queue: name })
  return { items, waiting }
}
const start = {
  type: 'StartSkipTrace',
  on: '2026-11-10',
  skipTrace: 's1',
  because: 'returnedMail',
  datum: 'home',
} as const
const step = { type: 'RecordSkipTraceStep', on: '2026-11-11', skipTrace: 's1', source: 'append' } as const
const cell = { datum: 'cell', kind: 'phone', value: '612-555-0107', place: 'mobile', line: 'mobile' } as const
const newHome = { datum: 'new', kind: 'address', value: '9 Lake Rd', state: 'WI', place: 'home' } as const
const mailed = async (book: Book) => {
  const { allowed, ways, hits } = await book.may({ account, by: 'mail' })
  return { allowed, by: ways.map(({ datum }) => datum), hits: hits.map(({ rule }) => rule) }
}

describe('duty F32, §11.6: skip tracing', () => {
  it('F32 an appended cell number carries no consent: it is on file with source and confidence, and no text goes to it', async () => {
    await using book = await withJo()
    await does(book, start)
    expect(await does(book, { ...step, found: [cell] })).toMatchObject({
      events: ['ContactDatumAdded', 'SkipTraceStepTaken'],
      ids: { datum: 'cell', skipTrace: 's1' },
    })
    const { data } = await book.person(person)
    expect(data.find(({ datum }) => datum === 'cell')).toMatchObject({
      source: 'append',
      confidence: 'low',
      consents: [],
    })
    const text = await book.may({ account, by: 'text' })
    expect(text.ways.map(({ datum, hits }) => [datum, hits.map(({ rule }) => rule)])).toEqual([
      ['cell', ['CT-06', 'CT-06.reassigned']],
    ])
    expect((await book.may({ account, by: 'call' })).allowed).toBe(true)
  })

  it('F32 returned mail pauses letters and asks for a search; the search asks for its next step; what it finds is written to', async () => {
    await using book = await withJo()
    expect(await mailed(book)).toMatchObject({ allowed: true, by: ['home'] })
    await does(book, { type: 'RecordReturnedMail', on: '2026-11-09', datum: 'home' })
    expect(await mailed(book)).toEqual({ allowed: false, by: [], hits: ['contact.nothingOnFile'] })
    const asked = await queue(book, 'returnedMail')
    expect(asked.items).toMatchObject([
      { subject: 'home', account, nextAction: expect.stringContaining('StartSkipTrace') },
    ])

    await does(book, start)
    expect((await queue(book, 'returnedMail')).items).toEqual([])
    expect((await queue(book, 'returnedMail')).waiting).toMatchObject([{ reason: 'search s1 goes on' }])
    expect((await queue(book, 'skipTracing')).items).toMatchObject([
      { subject: 's1', reasons: ['looked for since 2026-11-10 (returned mail)', 'nowhere looked yet'] },
    ])
    await does(book, { ...step, source: 'ncoa' })
    await does(book, { ...step, on: '2026-11-12', source: 'forwarding', found: [newHome] })
    expect((await queue(book, 'skipTracing')).items[0]?.reasons[1]).toBe('2 places looked at, the last on 2026-11-12')
    expect(await mailed(book)).toMatchObject({ allowed: true, by: ['new'] })

    await does(book, { type: 'RetireDatum', on: '2026-11-13', datum: 'home', because: 'moved' })
    await does(book, { type: 'CloseSkipTrace', on: '2026-11-13', skipTrace: 's1', outcome: 'found' })
    for (const name of ['skipTracing', 'returnedMail']) expect((await queue(book, name)).items).toEqual([])
    const page = await book.person(person)
    expect(page.skipTraces).toMatchObject([
      {
        skipTrace: 's1',
        outcome: 'found',
        steps: [
          { source: 'ncoa', found: [] },
          { source: 'forwarding', found: ['new'] },
        ],
      },
    ])
    expect(personLines(page).join('\n')).toContain('2026-11-12 forwarding: new')
    const told = historyLines({ ...(await book.history(person)) }, 'America/Chicago').join('\n')
    expect(told).toContain('Is looked for: returned mail, home address 1 Main St')
    expect(told).toContain('Looked for in ncoa: nothing found')
    // What was on file stays on file: nothing is overwritten.
    expect(page.data.map(({ datum }) => datum).toSorted()).toEqual(['home', 'new'])
    expect((await book.check()).findings).toEqual([])
  })

  it('F32 who moved and left no address is to be looked for', async () => {
    await using book = await withJo()
    await does(book, { type: 'RetireDatum', on: '2026-11-13', datum: 'home', because: 'moved' })
    expect((await queue(book, 'skipTracing')).items).toMatchObject([
      { queue: 'skipTracing:moved', subject: 'home', person },
    ])
    await does(book, { type: 'RecordDatum', on: '2026-11-14', source: 'ncoa', ...newHome })
    expect((await queue(book, 'skipTracing')).items).toEqual([])
  })

  it('F32 one search at a time; a step names an open one, and what is no number comes from nowhere', async () => {
    await using book = await withJo()
    expect(await refusedBy(book, step)).toEqual(['skipTrace.unknown'])
    await does(book, start)
    expect(await refusedBy(book, { ...start, skipTrace: 's2' })).toEqual(['skipTrace.open'])
    expect(await refusedBy(book, { ...step, found: [{ ...cell, value: '123' }] })).toEqual(['person.noDatum'])
    expect(await refusedBy(book, { ...step, found: [cell, cell] })).toEqual(['person.datumKnown'])
    expect(await refusedBy(book, { ...step, on: '2026-11-09' })).toEqual(['skipTrace.before'])
    const close = { type: 'CloseSkipTrace', on: '2026-11-12', skipTrace: 's1', outcome: 'notFound' } as const
    await does(book, close)
    expect(await refusedBy(book, close)).toEqual(['skipTrace.closed'])
    expect(await refusedBy(book, step)).toEqual(['skipTrace.closed'])
    expect(await refusedBy(book, start)).toEqual(['skipTrace.known'])
    expect(await does(book, { ...start, on: '2026-11-12', skipTrace: 's2' })).toMatchObject({
      ids: { skipTrace: 's2' },
    })
  })

  it('F32 CT-05.location others are asked where they are, once, with what may be said; what went wrong is work', async () => {
    await using book = await withJo()
    await does(book, start)
    const asking = { purpose: 'location', with: 'thirdParty' } as const
    const location = { of: 'neighbour-1', zone: 'America/Chicago' } as const
    const may = { account, by: 'call', ...asking, location } as const
    const before = await book.may(may)
    expect(before).toMatchObject({ allowed: true, askedOf: 'neighbour-1', ways: [] })
    expect(before.warnings?.map(({ rule }) => rule)).toContain('CT-05.locationWords')
    const told = uncoloured(mayLines(before, 'America/Chicago'))
    expect(told).toContain('to neighbour-1, of whom it is asked where Jo Roe is')
    expect(told).toContain('nothing of a debt')
    await does(book, {
      ...{ type: 'RecordConversation', account, direction: 'outbound', discussed: false, summary: 'gone since May' },
      ...asking,
      location: { ...location, said: ['ownName', 'confirming', 'debt'] },
    })
    expect((await book.may(may)).hits.map(({ rule }) => rule)).toEqual(['CT-05.location'])
    const { items } = await queue(book, 'contacts:against')
    expect(items).toMatchObject([{ person, reasons: [expect.stringContaining('CT-05.locationWords')] }])
    const { events } = await book.history(person)
    expect(events.at(-1)?.what).toContain('(location), of neighbour-1 (said: own name, confirming and debt)')
    expect((await book.check()).findings).toEqual([])
  })
})
