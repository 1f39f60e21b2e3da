import type { AccountEvent } from '@daybook/core/account'
import type { Day } from '@daybook/core/kernel'
import { NO_STREAM, type ReadError, type StoredEvent, type StreamEntry } from '@daybook/core/ports'
import { remittance } from '@daybook/core/remittance'
import { type ChainEnd, verifyChain } from '@daybook/core/service'
import type { WorkContext } from '@daybook/projections/worklist'
import * as Effect from 'effect/Effect'
import type { CheckReport } from '../book/answers.ts'
import type { InvalidQuery } from '../book/errors.ts'
import { checkAsked, questionGiven } from '../book/given.ts'
import { todayOf } from '../book/moments.ts'
import type { OpenBook } from '../book/open-book.ts'
import type { DaybookShape } from '../book/shape.ts'
import { sha256 } from '../book/world.ts'
import { type AccessesChecked, accessFindings } from './accesses.ts'
import { accountFindings, watchFindings } from './accounts.ts'
import { addToAging, agingFindings, emptyAging, type FoldedAging } from './aging.ts'
import { bankFindings } from './bank.ts'
import { type BookHead, headGiven, headText } from './book-head.ts'
import { ClosedStream } from './closed.ts'
import { ControlAccounts } from './control-accounts.ts'
import { type CheckedEvent, checkEvent } from './events.ts'
import { type CheckName, checks, type Finding } from './finding.ts'
import { Links } from './links.ts'
import { walkLog } from './log.ts'
import { notCompared, viewAdvice, viewFindings } from './views.ts'

const STREAMS_AT_ONCE = 1_000
/** Few, so that others have their turn while they are looked at. */
const EVENTS_AT_ONCE = 100

/** What a walk over all streams gathers. */
interface Walk {
  readonly head: number
  readonly asOf: Day
  /** What the day's work is computed for. */
  readonly today: WorkContext
  readonly findings: Finding[]
  readonly controls: ControlAccounts
  readonly links: Links
  readonly aging: FoldedAging
  events: number
  streams: number
}

/** One stream, read to the head of the walk: its chain, its events, and all of its events that could be read. */
const walkStream = (
  { events }: OpenBook,
  entry: StreamEntry,
  walk: Walk,
): Effect.Effect<readonly CheckedEvent[], ReadError> =>
  Effect.gen(function* () {
    const { stream } = entry
    const readable: CheckedEvent[] = []
    const closed = new ClosedStream(entry)
    let end: ChainEnd | undefined = NO_STREAM
    for (let after = -1; ; ) {
      const page: readonly StoredEvent[] = yield* events.readStream(stream, { after, limit: EVENTS_AT_ONCE })
      const known = page.filter(({ position }) => position <= walk.head)
      if (end) {
        const chain = verifyChain(known, sha256, events.origin, end)
        if (!chain.ok) {
          const { version, position, message } = chain.fault
          walk.findings.push({ check: 'chains', message, stream, version, position })
        }
        end = chain.ok ? chain.end : undefined
      }
      for (const stored of known) {
        const { event, findings } = checkEvent(stored)
        walk.findings.push(...findings)
        if (event) readable.push(event)
      }
      for (const stored of page) closed.add(stored)
      walk.events += known.length
      const last = page.at(-1)
      if (!last || page.length < EVENTS_AT_ONCE || known.length < page.length) break
      after = last.version
      yield* Effect.yieldNow
    }
    walk.findings.push(...closed.findings(walk.head))
    return readable
  })

const judge = (stream: string, checked: readonly CheckedEvent[], walk: Walk): Effect.Effect<void> =>
  Effect.gen(function* () {
    for (const one of checked) if (one.kind === 'account' || one.kind === 'remittance') walk.controls.add(stream, one)
    walk.links.add(stream, checked)
    const ofAccount = checked.flatMap((one): AccountEvent[] => (one.kind === 'account' ? [one.event] : []))
    if (ofAccount.length > 0) {
      walk.findings.push(...(yield* accountFindings(stream, ofAccount)))
      walk.findings.push(...watchFindings(stream, ofAccount, walk.today))
      yield* Effect.yieldNow
      addToAging(walk.aging, ofAccount, walk.asOf)
    }
    const ofRemittance = checked.flatMap((one) => (one.kind === 'remittance' ? [one.event] : []))
    if (ofRemittance.length > 0) {
      const state = remittance.fold(remittance.initial, ofRemittance)
      const opened = ofRemittance.some(({ type }) => type === 'RemittanceOpened')
      walk.controls.expect(stream, state, opened)
    }
    yield* Effect.yieldNow
  })

/** A stream that can not even be folded is a finding, and keeps no other from being looked at. */
const judgeAnyhow = (stream: string, checked: readonly CheckedEvent[], walk: Walk): Effect.Effect<void> =>
  Effect.catchDefect(judge(stream, checked, walk), (defect) =>
    Effect.sync(() => {
      const what = defect instanceof Error ? defect.name : 'a fault'
      const message = `${stream} can not be folded (${what}): its events do not follow from each other`
      walk.findings.push({ check: 'identities', message, stream })
    }),
  )

/** What keeps the aging from being read is told with its view. */
const agingOr = (book: OpenBook, walk: Walk) =>
  Effect.catchTag(agingFindings(book, walk), ['Integrity', 'Unavailable', 'UnreadableEvent'], () => Effect.succeed([]))

const reportOf = (
  { findings, events, streams }: Walk,
  head: BookHead,
  expected: BookHead | undefined,
  apart: readonly string[],
  accesses: AccessesChecked | undefined,
): CheckReport => ({
  checks: (Object.keys(checks) as CheckName[])
    .filter((name) => name !== 'head' || expected !== undefined)
    // A log that nobody has written to was not looked at.
    .filter((name) => name !== 'accesses' || accesses !== undefined || findings.some(({ check }) => check === name))
    .map((name) => ({
      name,
      says: checks[name],
      findings: findings.filter(({ check }) => check === name).length,
    })),
  findings,
  events,
  streams,
  head: headText(head),
  ...(accesses ? { accesses: { events: accesses.events, head: accesses.head } } : {}),
  ...(apart.length > 0 ? { notCompared: apart } : {}),
})

const expectedHead = (text: string | undefined): Effect.Effect<BookHead | undefined, InvalidQuery> => {
  if (text === undefined) return Effect.succeed(undefined)
  const head = headGiven(text)
  return '_tag' in head ? Effect.fail(head) : Effect.succeed(head)
}

/** A head of the access log was written down, and there is no such log any more. */
const goneFindings = (expected: BookHead | undefined): readonly Finding[] =>
  expected && expected.position > 0
    ? [{ check: 'accesses', message: `access log: it is gone, and had reached @${expected.position}` }]
    : []

/** Goes through the whole book twice, by position and stream by stream: memory holds one stream. */
export const checkIn = (book: OpenBook): DaybookShape['check'] =>
  Effect.fn('Daybook.check')(function* (options = {}) {
    yield* questionGiven(checkAsked, options)
    const { events } = book
    const expected = yield* expectedHead(options.expectHead)
    const expectedLooks = yield* expectedHead(options.expectAccessHead)
    const { policy } = yield* book.refreshPolicy
    const { world } = book.desk.service
    const asOf = todayOf(book)
    const walk: Walk = {
      head: (yield* events.head).position,
      asOf,
      today: { asOf, now: world.now(), localTime: world.localTime, policy },
      findings: [],
      controls: new ControlAccounts(),
      links: new Links(),
      aging: emptyAging(),
      events: 0,
      streams: 0,
    }
    const log = yield* walkLog(events, walk.head, expected)
    walk.findings.push(...log.findings, ...(yield* viewFindings(book)))
    for (const message of yield* events.guardFaults) walk.findings.push({ check: 'guards', message })
    for (let after = ''; ; ) {
      const page = yield* events.streams({ prefix: '', after, limit: STREAMS_AT_ONCE })
      for (const entry of page) {
        yield* judgeAnyhow(entry.stream, yield* walkStream(book, entry, walk), walk)
        walk.streams += 1
        options.onProgress?.(walk.events, walk.head)
      }
      const last = page.at(-1)
      if (!last || page.length < STREAMS_AT_ONCE) break
      after = last.stream
    }
    if (walk.events !== log.events) {
      const message = `the log holds ${log.events} events up to @${walk.head}, its streams hold ${walk.events}`
      walk.findings.push({ check: 'positions', message })
    }
    walk.findings.push(...walk.controls.findings(), ...walk.links.findings())
    walk.findings.push(...(yield* agingOr(book, walk)))
    walk.findings.push(...(yield* bankFindings(book, walk.today, walk.head)))
    walk.findings.push(...viewAdvice(book, walk.findings))
    const accesses = yield* accessFindings(book, expectedLooks)
    walk.findings.push(...(accesses?.findings ?? goneFindings(expectedLooks)))
    return reportOf(walk, log.head, expected, yield* notCompared(book), accesses)
  })
