import type { Medium } from '@daybook/core/person'
import { describe, expect, it } from 'vitest'
import { seeded } from '../../../bench/practice/random.ts'
import type { Book } from '../src/index.ts'
import { type Asked, Known } from './support/year/judge.ts'
import type { Step } from './support/year/step.ts'
import { workOn } from './support/year/work.ts'
import { type YearOptions, yearOf } from './support/year/year.ts'

// May they be reached? Asked of the book at the end of each day, as `daybook may` does, and reckoned again from what the
// book says was said (test/support/year): about anybody, any number, by anything, now,
// at an instant to come, or at one that is past.

const weeks: YearOptions = { seed: 20_261_020, accounts: 48, from: '2026-10-10', days: 40, movesADay: 22 }
/** Questions a day: more than 100,000 in all where properties run in full; who has nothing on file is not asked about. */
const ASKED = process.env['PROPERTY_RUNS'] === 'full' ? 2_700 : 25

const media = ['call', 'call', 'call', 'text', 'email', 'mail', 'visit', 'autodialedCall', 'prerecordedCall'] as const
const purposes = ['answer', 'requiredNotice', 'ceaseNotice'] as const
const kindFor: Readonly<Record<string, string>> = {
  call: 'phone',
  text: 'phone',
  autodialedCall: 'phone',
  prerecordedCall: 'phone',
  email: 'email',
  mail: 'address',
  visit: 'address',
}
const HOUR = 3_600_000
const DAY = 24 * HOUR
const iso = (at: number): string => new Date(at).toISOString()

interface Somebody {
  readonly person: string
  readonly account: string
  readonly data: readonly { readonly datum: string; readonly kind: string }[]
}

describe('Q8 may: a book answers what the plain reckoning says', { tags: ['Q8'] }, () => {
  it(`Q8 ${ASKED * weeks.days} questions about anybody, at any instant, by anything`, {
    timeout: 1_200_000,
    tags: ['long'],
  }, async () => {
    const random = seeded(weeks.seed)
    const known = new Known()
    const people = new Map<string, Somebody>()
    const faults: string[] = []
    const seen = { asked: 0, allowed: 0, refused: 0, later: 0 }
    let position = 0

    const learn = async (book: Book): Promise<void> => {
      for await (const record of book.events({ after: position })) {
        position = record.position
        known.take(record)
        const { event, stream } = record
        if (event.type === 'PersonAccountNamed') {
          const person = stream.slice('person-'.length)
          people.set(event.accountId, { person, account: event.accountId, data: [] })
        }
        if (event.type === 'ContactDatumAdded') {
          for (const each of people.values()) {
            if (`person-${each.person}` !== stream) continue
            people.set(each.account, { ...each, data: [...each.data, { datum: event.datumId, kind: event.kind }] })
          }
        }
      }
    }

    const ask = async (book: Book, now: number): Promise<void> => {
      const { person, account, data } = random.pick([...people.values()])
      if (data.length === 0) return
      const medium = random.pick(media)
      const after = random.pick([
        random.between(0, 30 * HOUR),
        random.between(0, 40 * 24 * HOUR),
        -random.between(0, 30 * 24 * HOUR),
      ])
      // Mostly when people are asked, often at the hour, and by what takes it.
      const some = random.chance(70)
        ? Math.floor((now + after) / DAY) * DAY + random.between(15, 26) * HOUR
        : now + after
      const at = random.chance(30) ? Math.ceil(some / HOUR) * HOUR : some
      const fit = data.filter(({ kind }) => kind === kindFor[medium])
      const { datum } = random.pick(fit.length > 0 && random.chance(90) ? fit : data)
      const purpose = random.chance(20) ? { purpose: random.pick(purposes) } : {}
      const level = medium === 'mail' ? random.between(0, 3) : 0
      const about = { account, by: medium satisfies Medium, datum, letterLevel: level, ...purpose }
      const answer = await book.may({ ...about, at: iso(at) })
      const question: Asked = { at, account, medium, datum, level, ...purpose }
      const found = known.against(person, question)
      seen.asked += 1
      seen[answer.allowed ? 'allowed' : 'refused'] += 1
      const hits = [...answer.hits, ...answer.ways.flatMap((way) => way.hits)].map(({ rule }) => rule)
      const words = `${medium} to ${datum} of ${person} about ${account} at ${iso(at)}, said on ${iso(now)}`
      if (answer.allowed !== (found.length === 0)) {
        faults.push(`${words}: ${hits.join() || 'allowed'}, and there is ${found.join() || 'nothing'} against it`)
      }
      if (answer.earliest === undefined || at < now || !random.chance(60)) return
      // What it waits for ends then, and no sooner.
      seen.later += 1
      const free = Date.parse(answer.earliest)
      const atOnce = known.against(person, { ...question, at: free })
      if (atOnce.length > 0)
        faults.push(`${words}: said to be free at ${answer.earliest}, and ${atOnce.join()} is against it`)
      for (const sooner of [free - 1, at + Math.floor((free - at) / 2), at + Math.floor((free - at) / 5)]) {
        if (sooner < at || known.against(person, { ...question, at: sooner }).length > 0) continue
        faults.push(`${words}: said to be free at ${answer.earliest}, and is at ${iso(sooner)}`)
      }
    }

    const after = async (book: Book, { deed, at }: Step): Promise<void> => {
      if (deed.kind !== 'post') return
      await learn(book)
      for (let n = 0; n < (people.size > 0 ? ASKED : 0); n += 1) await ask(book, at)
    }
    await workOn({ url: 'memory:', steps: yearOf(weeks), outcomes: [], after })
    expect(faults).toEqual([])
    if (ASKED > 100) expect(seen.asked).toBeGreaterThan(100_000)
    expect(seen.asked).toBeGreaterThan(ASKED * weeks.days * 0.9)
    expect(seen.allowed).toBeGreaterThan(seen.asked / 10)
    expect(seen.refused).toBeGreaterThan(seen.asked / 10)
    expect(seen.later).toBeGreaterThan(seen.asked / 50)
  })
})
