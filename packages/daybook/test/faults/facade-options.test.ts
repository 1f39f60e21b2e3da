import { describe, expect, it } from 'vitest'
import { type Book, openDaybook, presets, type SubscribeRequest, type ViewDefinition } from '../../src/index.ts'
import { openTestBook } from '../support/folder.ts'

// What types do not reach: options, signals, requests and definitions as a caller without them gives them.

const practice = presets.physicianPracticeMN
const given = (options: object) => openDaybook('memory:', { practice, actor: 'anna', ...options })
const asGiven = <T>(value: unknown): T => value as T

/** What opening says of one option. */
const told = (options: object): Promise<unknown> =>
  given(options).then(
    async (book) => {
      await book.close()
      return 'opened'
    },
    (error: unknown) => error,
  )

const nonsense: readonly unknown[] = [null, 0, Number.NaN, '', 'x', true, [], {}, new Date(), 10n]

describe('facade-27 options of an opening', () => {
  it('facade-27 an option of the wrong kind is named, with what is expected, and is no command', async () => {
    for (const name of ['clock', 'facts', 'secret', 'practice', 'onMigration', 'clockIsRight', 'roles', 'purpose']) {
      for (const value of nonsense) {
        if (name === 'clockIsRight' && value === true) continue
        if (name === 'roles' && Array.isArray(value)) continue
        if (name === 'facts' && value?.constructor === Object) continue
        const error = await told({ [name]: value })
        const tag = name === 'facts' ? 'InvalidRules' : 'InvalidOptions'
        expect(error, `${name} ${String(value)}`).toMatchObject({ _tag: tag })
        // What a policy lacks is told by its own words.
        if (name === 'practice' && value instanceof Object && !Array.isArray(value)) continue
        const { message, issues } = error as { message: string; issues: readonly { path: string }[] }
        expect(issues[0]?.path.split('.')[0]).toBe(name)
        expect(message).not.toMatch(/command|Invalid input|Too small|undefined/)
      }
    }
    const words = (await told({ clock: 'now' })) as Error
    expect(words.message).toBe(
      'not an option of openDaybook as it is given: clock: must be a function that gives a Date',
    )
  })

  it('facade-27 a misspelt option is told, not ignored', async () => {
    for (const name of ['clockIsRigth', 'policy', 'Actor', 'readOnly']) {
      expect(await told({ [name]: true })).toMatchObject({
        _tag: 'InvalidOptions',
        issues: [{ path: name, message: 'no such option' }],
      })
    }
    expect(await told({ roles: undefined, key: undefined, clock: undefined })).toBe('opened')
  })

  it('facade-27 each option that is wrong is told at once', async () => {
    const error = await told({ roles: ['boss'], views: 7, key: '', secret: 'hush, a secret' })
    expect(error).toMatchObject({
      issues: [{ path: 'roles.0' }, { path: 'views' }, { path: 'secret' }, { path: 'key' }],
    })
    expect(String(error)).not.toContain('hush')
  })

  it('facade-27 a clock that tells no time of the years 1800 to 9999 is told, at opening and later', async () => {
    for (const time of [new Date(Number.NaN), '2026-01-01', undefined, new Date(8.64e15), new Date('1799-12-30')]) {
      expect(await told({ clock: () => time })).toMatchObject({ _tag: 'InvalidOptions', issues: [{ path: 'clock' }] })
    }
    let now: unknown = new Date('2026-11-20T12:00:00.000Z')
    await using book = await given({ clock: () => now })
    now = new Date(Number.NaN)
    await expect(book.open({ guarantor: { name: 'Jo Roe' } })).rejects.toMatchObject({ _tag: 'InvalidOptions' })
    now = new Date('2026-11-20T12:00:01.000Z')
    await expect(book.open({ guarantor: { name: 'Jo Roe' } })).resolves.toMatchObject({ ok: true })
  })

  it('facade-27 a signal, a subscription and a view that are none are told as what they are', async () => {
    await using book = await openTestBook()
    for (const value of [...nonsense, undefined]) {
      expect(() => book.until(asGiven(value)), String(value)).toThrow(expect.objectContaining({ _tag: 'InvalidQuery' }))
      if (value?.constructor === Object) continue
      expect(() => book.view(asGiven<ViewDefinition<'ChargePosted', number>>(value)), String(value)).toThrow(
        expect.objectContaining({ _tag: 'InvalidQuery' }),
      )
    }
    const first = (request: unknown) => book.subscribe(asGiven<SubscribeRequest>(request)).next()
    for (const request of [null, 7, true, [], { every: 0 }, { every: 'x' }, { every: Number.NaN }, { every: 1e12 }]) {
      await expect(first(request), JSON.stringify(request)).rejects.toMatchObject({ _tag: 'InvalidQuery' })
    }
    await expect(first({ every: 50 })).resolves.toMatchObject({ done: false })
  })

  it('facade-27 a closed book takes no subscription; one that was there before ends', async () => {
    const book: Book = await openTestBook()
    const before = book.subscribe()
    await before.next()
    await book.close()
    await expect(before.next()).resolves.toMatchObject({ done: true })
    await expect(book.subscribe().next()).rejects.toMatchObject({ _tag: 'BookClosed' })
  })
})
