import { type Instant, instant, isUnknownZone, toTimeOfDay } from '@daybook/core/kernel'
import { gateRule, makeCatalogue, sinceBefore } from '@daybook/core/rules'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { executeIn, openIn } from '../src/book/commands.ts'
import { openBook } from '../src/book/open-book.ts'
import { worklistIn } from '../src/book/questions.ts'
import { sha256 } from '../src/book/world.ts'
import { systemZones } from '../src/book/zones.ts'
import { refusalLines } from '../src/cli/text/remittance.ts'
import { presets, Rejected } from '../src/index.ts'
import { openTestBook } from './support/folder.ts'

const preset = presets.physicianPracticeMN
const inZone = (timeZone: string) => ({ ...preset, name: 'moved', practice: { ...preset.practice, timeZone } })

// No rule of the house asks for the time of day yet; the front door takes no catalogue. This one stands in both places.
const notBeforeEight = gateRule({
  id: 'TEST-08',
  version: 1,
  title: 'Nothing goes to an agency before 08:00 in Denver',
  capability: 'placement',
  jurisdiction: 'policy',
  citation: 'a rule of this test',
  provenance: 'POLICY',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  gates: ['placeAccount'],
  reads: 'today',
  needs: [],
  judge: (_, at) => {
    const eight = at.localTime.from(at.today, toTimeOfDay('08:00'), 'America/Denver')
    if (isUnknownZone(eight)) return { kind: 'block', reason: 'nobody knows Denver' }
    return at.now < eight
      ? { kind: 'block', reason: 'not before 08:00 in America/Denver', earliest: eight }
      : { kind: 'pass' }
  },
  vectors: [],
})
const eight = '2026-11-30T15:00:00.000Z'

/** A book in memory whose rules are that one alone, with an account on which the patient owes for a year. */
const bookAt = (now: string) =>
  Effect.gen(function* () {
    const opened = yield* openBook('memory:', { practice: preset, actor: 'anna', clock: () => new Date(now) })
    const book = { ...opened, desk: { ...opened.desk, catalogue: makeCatalogue([notBeforeEight], sha256) } }
    const { account } = yield* openIn(book)({ guarantor: { name: 'Jo Roe', state: 'MN' }, on: '2026-01-05' })
    const charge = {
      type: 'PostCharge',
      on: '2026-01-05',
      visit: 'v1',
      line: 'l1',
      code: '99213',
      amount: 40_000,
    } as const
    yield* executeIn(book)(account, charge)
    return { book, account }
  })
const run = <A, E>(effect: Effect.Effect<A, E, never>): Promise<A> => Effect.runPromise(effect)
const place = { type: 'PlaceAccount', on: '2026-11-30', agency: 'acme-collect', kind: 'primary' } as const

describe('a rule that asks for the time of day, at the front door', () => {
  const refusedAt = (now: string): Promise<Rejected> =>
    run(
      Effect.scoped(
        Effect.gen(function* () {
          const { book, account } = yield* bookAt(now)
          return (yield* Effect.flip(executeIn(book)(account, place))) as Rejected
        }),
      ),
    )

  it('refuses with an instant, in JSON as ISO, to people by the clocks of the practice with their zone', async () => {
    const refused = await refusedAt('2026-11-30T14:59:59.999Z')
    expect(refused).toBeInstanceOf(Rejected)
    const { hits, earliest, required } = refused
    expect(JSON.parse(JSON.stringify({ hits, earliest }))).toMatchObject({
      hits: [{ earliest: eight }],
      earliest: eight,
    })
    const lines = refusalLines({ ok: false, hits, earliest, required }, 'America/Denver')
    expect(lines[0]).toBe('Refused, possible from 2026-11-30 08:00 in America/Denver:')
    expect(lines).toContain('    possible from 2026-11-30 08:00 in America/Denver')
    expect(refusalLines({ ok: false, hits, earliest, required }, 'America/Chicago')[0]).toBe(
      'Refused, possible from 2026-11-30 09:00 in America/Chicago:',
    )
  })

  it('lets it pass from that instant on', async () => {
    const accepted = run(
      Effect.scoped(
        Effect.gen(function* () {
          const { book, account } = yield* bookAt(eight)
          return yield* executeIn(book)(account, place)
        }),
      ),
    )
    expect(await accepted).toMatchObject({ ok: true, events: ['PrePlacementReviewed', 'AccountPlaced'] })
  })

  it('the worklist looks at an instant: now today, the end of any other day, or the one that is asked for', async () => {
    const seen = (request: { readonly asOf?: string; readonly now?: string }, clock: string) =>
      run(
        Effect.scoped(
          Effect.gen(function* () {
            const { book } = yield* bookAt(clock)
            const { asOf, items } = yield* worklistIn(book)({ queue: 'placementCandidates', ...request })
            return [asOf, ...items.flatMap(({ allowed, reasons }) => [allowed, reasons.at(-1)])]
          }),
        ),
      )
    const early = '2026-11-30T14:00:00.000Z'
    const waits = ['2026-11-30', false, 'earliest 2026-11-30 09:00 in America/Chicago']
    const passes = ['2026-11-30', true, 'the pre-placement checklist passes']
    expect(await seen({}, early)).toEqual(waits)
    expect(await seen({}, eight)).toEqual(passes)
    expect(await seen({ asOf: '2026-11-30' }, early)).toEqual(waits)
    // Of a day that has passed, and of one to come, the end is looked at.
    expect(await seen({ asOf: '2026-11-30' }, '2026-12-01T14:00:00.000Z')).toEqual(passes)
    expect(await seen({ asOf: '2026-11-30' }, '2026-11-29T14:00:00.000Z')).toEqual(passes)
    expect(await seen({ now: early }, '2026-12-01T14:00:00.000Z')).toEqual(waits)
    // 05:30 UTC on 1 December is still 30 November at the practice.
    expect(await seen({ now: '2026-12-01T05:30:00.000Z' }, early)).toEqual(passes)
  })
})

describe('an instant that a worklist is asked for', () => {
  it.each([
    [{ now: '2026-11-30' }],
    [{ now: 'soon' }],
    [{ now: '2026-11-30T15:00Z' }],
    [{ asOf: '2026-11-29', now: eight }],
  ])('must be one, and of the day that is asked for: %j', async (request) => {
    await using book = await openTestBook()
    await expect(book.worklist(request)).rejects.toMatchObject({ _tag: 'InvalidQuery', issues: [{ path: 'now' }] })
  })
})

describe('a policy whose time zone this machine does not know', () => {
  it('opens no book', async () => {
    await expect(openTestBook('memory:', { practice: inZone('Mars/Olympus_Mons') })).rejects.toMatchObject({
      _tag: 'UnknownTimeZone',
      timeZone: 'Mars/Olympus_Mons',
    })
  })

  it('is not published: the book goes on in its own zone', async () => {
    await using book = await openTestBook()
    const by = { reason: 'we move', actor: { id: 'mia', roles: ['manager'] } } as const
    expect(await book.publishPolicy(inZone('Mars/Olympus_Mons'), by)).toMatchObject({
      ok: false,
      hits: [{ rule: 'policy.unknownZone', reason: expect.stringContaining('Mars/Olympus_Mons') }],
    })
    expect(await book.today()).toBe('2026-11-21')
    expect(await book.publishPolicy(inZone('Pacific/Kiritimati'), by)).toMatchObject({ version: 2 })
    // 15:14 UTC is the next day in Kiritimati.
    expect(await book.today()).toBe('2026-11-22')
  })
})

describe('the clocks of the machine', () => {
  it('show what its calendar shows, in any zone, whatever was asked before', () => {
    const zones = Intl.supportedValuesOf('timeZone')
    const years = { min: new Date('1973-01-01T00:00:00.000Z'), max: new Date('2037-12-31T23:59:59.999Z') }
    // Around a change at 00:01 too, and twice within one minute.
    const anyTime = fc.date({ ...years, noInvalidDate: true })
    const change = fc.integer({ min: -90_000, max: 90_000 }).map((ms) => new Date(Date.UTC(2010, 10, 7, 2, 31) + ms))
    fc.assert(
      fc.property(fc.oneof(anyTime, change), fc.constantFrom('America/St_Johns', ...zones), (date, zone) => {
        const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
        const [day, time] = format.format(date).split(' ')
        expect(systemZones.at(date.toISOString() as Instant, zone)).toEqual({ day, time })
      }),
      { numRuns: 500 },
    )
  })

  it('know no zone that does not exist, and say so', () => {
    expect(systemZones.at(instant.parse(eight), 'Mars/Olympus_Mons')).toEqual({ unknownZone: 'Mars/Olympus_Mons' })
  })
})
