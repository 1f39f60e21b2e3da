import { type Append, NO_STREAM, type SealedEvent, type StoredEvent, type Token } from '../../ports/event-store.ts'
import { verifyChain } from '../../service/verify-chain.ts'
import { suiteOf } from './case.ts'
import { must, mustEqual, mustFail, run } from './expectation.ts'
import type { StoreCase } from './fixture.ts'
import { anotherWriter, counted, note, notesOf, tokenOf, type Workbook, wholeLog, wholeStream } from './workbook.ts'

const bytes = suiteOf('exact bytes')
const chains = suiteOf('the chain', { laws: ['M2'] })

/** Texts that stores, drivers and JSON columns are known to change, each with what it would show. */
const texts: Readonly<Record<string, string>> = {
  'no letter at all': '',
  'blanks at both ends': ' leading and trailing ',
  'a quote and a comment of SQL': "'; DROP TABLE events; --",
  'quotes and slashes': 'quote " backslash \\ slash /',
  'tabs and ends of lines': 'tab \t newline \n return \r both \r\n end',
  'NUL and other control characters': 'nul \u0000 one \u0001 delete \u007f',
  'a ligature': 'ligature \ufb01',
  'composed and decomposed letters': 'composed \u00e9, decomposed e\u0301',
  'a ring and the sign for it': 'ring \u00c5 or \u212b',
  'syllables and their parts': '\u1112\u1161\u11ab or \ud55c',
  'a script from right to left': 'العربية',
  'separators, a mark of byte order and no characters': '\u2028\u2029\ufeff\ufffd\ufdd0\uffff',
  'pictures of several code points': '📞👩‍⚕️🏥',
  'the last code point': '\u{10ffff}',
  'a long row of digits': '12345678901234567890',
  'an instant': '2026-11-21T09:00:00.000Z',
  'an object of JSON': '{"b":1,"a":2}',
  'capital and small letters': 'Straße STRASSE ſ İ ı',
  'what stands for a parameter': '$1 ?1 :name @p %s {0} $' + '{x}',
  'words that mean something to a parser': 'null true NaN undefined __proto__',
  'ten thousand letters': 'x'.repeat(10_000),
}

const asSealed = (event: SealedEvent): SealedEvent => {
  const { id, type, schemaVersion, effectiveDate, recordedAt, actor, data, meta, prev, leaf } = event
  return { id, type, schemaVersion, effectiveDate, recordedAt, actor, data, meta, prev, leaf }
}

const write = async ({ store }: Workbook, request: Append): Promise<readonly SealedEvent[]> => {
  await run(store.append(request))
  return request.events
}

const inData = Object.entries(texts).map(([what, text]) =>
  bytes(`${what} in data`, async (workbook) => {
    const written = await write(workbook, workbook.request('account-a', NO_STREAM, [note(text), note('next')]))
    mustEqual((await wholeStream(workbook.store, 'account-a')).map(asSealed), written, 'the events')
  }),
)

const inMeta = [
  'a quote and a comment of SQL',
  'composed and decomposed letters',
  'pictures of several code points',
  'an object of JSON',
].map((what) =>
  bytes(`${what} in meta`, async (workbook) => {
    const events = workbook.sealed('account-a', NO_STREAM, [note('')], { cause: { said: texts[what] } })
    const written = await write(workbook, { ...workbook.request('account-a', NO_STREAM, []), events })
    mustEqual((await wholeStream(workbook.store, 'account-a')).map(asSealed), written, 'the event')
  }),
)

/** Text that a store would change that reads it as JSON and writes it again. */
const odd: Readonly<Record<string, string>> = {
  'white space between the parts': '{"b" : 1, "a":[ 1 ]}',
  'keys in no order': '{"b":1,"a":2}',
  'one key twice': '{"a":1,"a":2}',
  'fractions as they were written': '{"a":1.50}',
  'exponents as they were written': '{"a":1e3,"b":1E+2}',
  'integers beyond 2^53': '{"a":9007199254740993}',
  'minus zero': '{"a":-0}',
  'escapes as they were written': '{"a":"\\u0041\\/"}',
  'no object at all': '"text"',
  'nothing that is JSON': 'not json',
}

const oddities = Object.entries(odd).flatMap(([what, text]) =>
  (['data', 'meta'] as const).map((field) =>
    bytes(`${what} in ${field}`, async (workbook) => {
      const request = workbook.request('account-a', NO_STREAM, [note('')])
      const events = request.events.map((event) => ({ ...event, [field]: text }))
      await write(workbook, { ...request, events })
      mustEqual((await wholeStream(workbook.store, 'account-a'))[0]?.[field], text, field)
    }),
  ),
)

const fields = [
  'id',
  'type',
  'schemaVersion',
  'effectiveDate',
  'recordedAt',
  'actor',
  'data',
  'meta',
  'prev',
  'leaf',
] as const

const ofField = fields.map((field) =>
  bytes(`${field} of an event comes back as it was given`, async (workbook) => {
    const request = workbook.request('account-a', NO_STREAM, notesOf(3))
    const events = request.events.map((event, n) =>
      field === 'schemaVersion' ? { ...event, schemaVersion: n + 7 } : event,
    )
    await write(workbook, { ...request, events })
    const found = (await wholeLog(workbook.store)).map((event) => event[field])
    mustEqual(
      found,
      events.map((event) => event[field]),
      field,
    )
  }),
)

/** All texts at once, read in one way. */
const readBy = (what: string, read: (workbook: Workbook) => Promise<readonly Pick<StoredEvent, 'data'>[]>): StoreCase =>
  bytes(`come back ${what}`, async (workbook) => {
    const written = await write(workbook, workbook.request('account-a', NO_STREAM, Object.values(texts).map(note)))
    mustEqual(
      (await read(workbook)).map(({ data }) => data),
      written.map(({ data }) => data),
      'the texts',
    )
  })

const most = Number.MAX_SAFE_INTEGER

export const byteCases: readonly StoreCase[] = [
  ...inData,
  ...inMeta,
  ...oddities,
  ...ofField,
  readBy('from the log', ({ store }) => wholeLog(store)),
  readBy('for a fold', ({ store }) => run(store.readForFold({ after: 0, limit: 1_000 }))),
  readBy('from several streams at once', ({ store }) =>
    run(store.readMany([{ stream: 'account-a', after: -1, limit: 1_000 }])).then(([events]) => events ?? []),
  ),
  readBy('after the store was opened again', async ({ book }) => wholeLog(await book.reopen())),
  readBy('to another writer', async (workbook) => wholeLog(await anotherWriter(workbook))),

  ...[most, -most, 0, 4_294_967_296, -2_147_483_649].map((count) =>
    bytes(
      `the whole number ${count} comes back exactly`,
      async (workbook) => {
        await write(workbook, workbook.request('account-a', NO_STREAM, [counted(count)]))
        mustEqual(
          (await wholeLog(workbook.store)).map(({ data }) => JSON.parse(data).count),
          [count],
          'the count',
        )
      },
      { laws: ['A8'] },
    ),
  ),

  chains('of a stream verifies from the stored bytes', async ({ store, append, fixture }) => {
    let token: Token = NO_STREAM
    for (const text of Object.values(texts))
      token = tokenOf(await append('account-a', token, [note(text), note('more')]))
    const check = verifyChain(await wholeStream(store, 'account-a'), fixture.sha256, store.origin)
    must(check.ok, check.ok ? '' : check.fault.message)
    if (check.ok) mustEqual([check.end.version, check.end.headHash], [token.version, token.headHash], 'its end')
  }),
  chains('goes on after the store was opened again', async ({ store, append, fixture, book }) => {
    const first = await append('account-a', NO_STREAM, notesOf(2))
    const reopened = await book.reopen()
    await append('account-a', tokenOf(first), notesOf(2), reopened)
    const check = verifyChain(await wholeStream(reopened, 'account-a'), fixture.sha256, store.origin)
    must(check.ok && check.end.version === 3, 'four events in one chain')
  }),
  ...[0, 1, 4].map((at) =>
    chains(`an append whose event ${at + 1} of 5 does not chain is refused`, async ({ store, append, request }) => {
      const first = await append('account-a', NO_STREAM, notesOf(1))
      const good = request('account-a', tokenOf(first), notesOf(5))
      const events = good.events.map((event, n) => (n === at ? { ...event, prev: '0'.repeat(64) } : event))
      await mustFail('Integrity', store.append({ ...good, events }), 'a broken chain')
      mustEqual((await wholeLog(store)).length, 1, 'events')
    }),
  ),
  chains('an append that begins a chain anew behind other events is refused', async ({ store, append, request }) => {
    const first = await append('account-a', NO_STREAM, notesOf(1))
    const good = request('account-a', tokenOf(first), notesOf(1))
    const events = good.events.map((event) => ({ ...event, prev: '-' }))
    await mustFail('Integrity', store.append({ ...good, events }), 'a new beginning')
    mustEqual((await wholeLog(store)).length, 1, 'events')
  }),
]
