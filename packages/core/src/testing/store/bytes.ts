import { type Append, NO_STREAM, type SealedEvent, type Token } from '../../ports/event-store.ts'
import { verifyChain } from '../../service/verify-chain.ts'
import { must, mustEqual, mustFail, run } from './expectation.ts'
import type { StoreCase } from './fixture.ts'
import { counted, note, type Sample, tokenOf, type Workbook, wholeLog, wholeStream, withWorkbook } from './workbook.ts'

/** Texts that stores, drivers and JSON columns are known to change. */
const texts = [
  '',
  ' leading and trailing ',
  "'; DROP TABLE events; --",
  'quote " backslash \\ slash / tab \t newline \r\n nul \u0000 delete \u007f',
  'ligature \ufb01, composed \u00e9, decomposed e\u0301, ring \u00c5 or \u212b, \u1112\u1161\u11ab or \ud55c, العربية',
  '\u2028\u2029\ufeff\ufffd\ufdd0\uffff',
  '📞👩‍⚕️🏥\u{10ffff}',
  '12345678901234567890',
  '2026-11-21T09:00:00.000Z',
  '{"b":1,"a":2}',
]

const asSealed = (event: SealedEvent): SealedEvent => {
  const { id, type, schemaVersion, effectiveDate, recordedAt, actor, data, meta, prev, leaf } = event
  return { id, type, schemaVersion, effectiveDate, recordedAt, actor, data, meta, prev, leaf }
}

const writeAll = async ({ store, request }: Workbook, samples: readonly Sample[]): Promise<readonly SealedEvent[]> => {
  const command = request('account-a', NO_STREAM, samples)
  await run(store.append(command))
  return command.events
}

const exactBytes: StoreCase = {
  suite: 'exact bytes',
  name: 'every field of a sealed event comes back as it was given, byte for byte, also after reopening',
  run: (fixture) =>
    withWorkbook(fixture, async (workbook) => {
      const { book, store, sealed } = workbook
      const written = await writeAll(workbook, texts.map(note))
      mustEqual((await wholeStream(store, 'account-a')).map(asSealed), written, 'the stream')
      mustEqual((await wholeLog(store)).map(asSealed), written, 'the log')
      const reopened = await book.reopen()
      mustEqual((await wholeLog(reopened)).map(asSealed), written, 'the log after reopening')
      // Key order and white space are the writer's: a store that parses and writes again would change them.
      const [event] = sealed('account-b', NO_STREAM, [note('')]) as readonly [SealedEvent]
      const odd = { ...event, data: '{"b" : 1, "a":[ 1.50 ,1e3], "b":2}', meta: '{ }' }
      const request: Append = { ...workbook.request('account-b', NO_STREAM, [note('')]), events: [odd] }
      await run(reopened.append(request))
      mustEqual((await wholeStream(reopened, 'account-b')).map(asSealed), [odd], 'text that is not canonical')
    }),
}

const integers: StoreCase = {
  suite: 'exact bytes',
  name: 'A8 whole numbers up to 2^53 − 1 come back exactly, and nothing beyond can be sealed',
  laws: ['A8'],
  run: (fixture) =>
    withWorkbook(fixture, async (workbook) => {
      const most = Number.MAX_SAFE_INTEGER
      const samples = [most, -most, 0, 4_294_967_296].map(counted)
      await writeAll(workbook, samples)
      const stored = await wholeLog(workbook.store)
      mustEqual(
        stored.map(({ data }) => JSON.parse(data).count),
        [most, -most, 0, 4_294_967_296],
        'the counts',
      )
      for (const count of [most + 1, -most - 1, 0.5, 1e300]) {
        let refused = false
        try {
          workbook.sealed('account-b', NO_STREAM, [counted(count)])
        } catch {
          refused = true
        }
        must(refused, `the number ${count} must be refused before it reaches a store`)
      }
    }),
}

const chains: StoreCase = {
  suite: 'exact bytes',
  name: 'M2 the chain of every stream verifies from the stored bytes, and a broken one is refused',
  laws: ['M2'],
  run: (fixture) =>
    withWorkbook(fixture, async (workbook) => {
      const {
        store,
        append,
        request,
        fixture: { sha256 },
      } = workbook
      let token: Token = NO_STREAM
      for (const text of texts) token = tokenOf(await append('account-a', token, [note(text), note('and more')]))
      const check = verifyChain(await wholeStream(store, 'account-a'), sha256, store.origin)
      must(check.ok, check.ok ? '' : check.fault.message)
      if (check.ok) mustEqual([check.end.version, check.end.headHash], [token.version, token.headHash], 'its end')
      const good = request('account-a', token, [note('1'), note('2')])
      const broken = good.events.map((event, index) => (index === 1 ? { ...event, prev: '0'.repeat(64) } : event))
      await mustFail('Integrity', store.append({ ...good, events: broken }), 'events that do not chain to each other')
      const [first] = good.events as readonly [SealedEvent]
      const astray = { ...good, events: [{ ...first, prev: '-' }] }
      await mustFail('Integrity', store.append(astray), 'an event that does not chain to the expected head')
      mustEqual((await wholeLog(store)).length, texts.length * 2, 'events after the refusals')
    }),
}

export const byteCases: readonly StoreCase[] = [exactBytes, integers, chains]
