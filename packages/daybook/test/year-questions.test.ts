import type { Medium } from '@daybook/core/person'
import { describe, expect, it } from 'vitest'
import { seeded } from '../../../bench/practice/random.ts'
import type { Book } from '../src/index.ts'
import { type Asked, Known } from './support/year/judge.ts'
import type { Step } from './support/year/step.ts'
import { workOn } from './support/year/work.ts'
import { type YearOptions, yearOf } from './support/year/year.ts'

// May they be reached? Asked of the book at the end of each day, as `daybook may` does, and reckoned again from what the
// book says was said (test/support/year): about anybody, with whomever, by any number and medium, now, at an instant to come,
// or at one that is past. Where it is refused, the first instant at which it is free is found again by trying.

const weeks: YearOptions = { seed: 20_261_020, accounts: 48, from: '2026-10-10', days: 40, movesADay: 26 }
/** Questions a day: more than 100,000 in all where properties run in full; who has nothing on file is not asked about. */
const ASKED = process.env['PROPERTY_RUNS'] === 'full' ? 2_700 : 40

const media = ['call', 'call', 'call', 'text', 'email', 'mail', 'visit', 'autodialedCall', 'prerecordedCall'] as const
const others = ['attorney', 'spouse', 'guardian', 'thirdParty'] as const
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
    const seen = { asked: 0, allowed: 0, refused: 0, later: 0, grouped: 0 }
    let position = 0

    const learn = async (book: Book): Promise<void> => {
      for await (const record of book.events({ after: position })) {
        position = record.position
        known.take(record)
        const { event, stream } = record
        if (event.type === 'PersonAccountNamed') {
          const person = stream.slice('person-'.length)
          people.set(`${person} ${event.accountId}`, { person, account: event.accountId, data: [] })
        }
        if (event.type === 'ContactDatumAdded') {
          for (const each of people.values()) {
            if (`person-${each.person}` !== stream) continue
            people.set(`${each.person} ${each.account}`, {
              ...each,
              data: [...each.data, { datum: event.datumId, kind: event.kind }],
            })
          }
        }
      }
    }

    const ask = async (book: Book, now: number): Promise<void> => {
      const { person, account, data } = random.pick([...people.values()].filter((each) => each.data.length > 0))
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
      const other = random.chance(10) ? random.pick(others) : undefined
      const by = other === 'attorney' ? {} : { datum }
      const whom = other === undefined ? {} : { with: other }
      const about = { account, person, by: medium satisfies Medium, letterLevel: level, ...by, ...whom, ...purpose }
      const answer = await book.may({ ...about, at: iso(at) })
      const question: Asked = { at, account, medium, other, level, ...by, ...purpose }
      const found = known.against(person, question)
      seen.asked += 1
      seen[answer.allowed ? 'allowed' : 'refused'] += 1
      if (known.human(person).others.length > 0) seen.grouped += 1
      const hits = [...answer.hits, ...answer.ways.flatMap((way) => way.hits)].map(({ rule }) => rule)
      const words = `${medium} to ${datum} (${other ?? 'person'}) of ${person} about ${account} at ${iso(at)}, said on ${iso(now)}`
      if (answer.allowed !== (found.length === 0)) {
        faults.push(`${words}: ${hits.join() || 'allowed'}, and there is ${found.join() || 'nothing'} against it`)
      }
      // What is past does not come again; of what is to come it is found out when, and no sooner.
      if (answer.allowed || at < now) return
      if (answer.earliest !== undefined) seen.later += 1
      const unlike = known.unlikeEarliest(person, question, answer.earliest)
      if (unlike !== undefined) faults.push(`${words}: ${unlike}; ${found.join()}`)
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
    expect(seen.grouped).toBeGreaterThan(seen.asked / 50)
  })
})
