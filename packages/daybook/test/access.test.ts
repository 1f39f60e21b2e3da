import { chmodSync, copyFileSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Book, type FieldSet, importLog, isMasked, type OpenOptions, presets, type Role } from '../src/index.ts'
import { setsOf } from '../src/privacy/fields.ts'
import { limitedTo } from '../src/privacy/limited.ts'
import { commandLineIn } from './support/command-line.ts'
import { openTestBook, testFolder, uuid } from './support/folder.ts'

// Who may see what, and who has looked (reference §4.7, features F12 and F37).

const folder = testFolder()
const account = uuid(1)
const person = uuid(2)
const visit = { type: 'PostCharge', on: '2026-11-02', visit: 'v1', line: 'l1', code: '99213', amount: 12_543 } as const

/** What nobody without its field set may read anywhere in an answer. */
const secrets: Readonly<Record<string, readonly string[]>> = {
  identity: ['Zebulon Quill', '1980-02-01'],
  contact: ['+12185550177', 'Quartz Street'],
  clinical: ['99213'],
  money: ['125.43', '12543', '12_543', '61.07', '6107'],
  notes: ['sings at night'],
}

const fill = async (book: Book): Promise<void> => {
  await book.open({ account, guarantor: { name: 'Zebulon Quill', born: '1980-02-01' }, on: '2026-11-01' })
  await book.execute(account, visit)
  await book.execute(account, { type: 'PostPayment', on: '2026-11-03', amount: 6_107, tender: 'cash' })
  await book.execute(account, { type: 'AddNote', on: '2026-11-04', summary: 'sings at night' })
  await book.openPerson({ person, account, name: 'Zebulon Quill', born: '1980-02-01', on: '2026-11-01' })
  const home = { type: 'RecordDatum', on: '2026-11-01', place: 'home', source: 'person' } as const
  await book.executeOnPerson(person, { ...home, datum: 'phone', kind: 'phone', value: '+12185550177', line: 'mobile' })
  await book.executeOnPerson(person, { ...home, datum: 'post', kind: 'address', value: '7 Quartz Street', state: 'MN' })
}

const opened = async (options: Partial<OpenOptions> = {}, url = 'memory:'): Promise<Book> => {
  const book = await openTestBook(url, options)
  await fill(book)
  return book
}

/** Everything that can be asked in part, asked. */
const asked = (book: Book, roles?: readonly Role[]): Readonly<Record<string, () => Promise<unknown>>> => {
  const who = roles === undefined ? {} : { actor: { id: 'berta', roles } }
  return {
    account: () => book.limited.account(account, who),
    history: () => book.limited.history(account, who),
    historyOfPerson: () => book.limited.history(person, who),
    explain: () => book.limited.explain(account, who),
    worklist: () => book.limited.worklist(who),
    accounts: () => book.limited.accounts(who),
    search: () => book.limited.accounts({ search: 'zebulon', ...who }),
    payments: () => book.limited.payments(who),
    plans: () => book.limited.plans(who),
    may: () => book.limited.may({ account, by: 'call', ...who }),
    person: () => book.limited.person(person, who),
    statement: () => book.limited.statement({ account, ...who }),
  }
}

/** Values that an answer shows, by where they stand. */
const leaves = (value: unknown, path = ''): ReadonlyMap<string, unknown> => {
  const found = new Map<string, unknown>()
  const walk = (each: unknown, at: string): void => {
    if (isMasked(each) || each === undefined) return
    if (typeof each === 'object' && each !== null) {
      for (const [name, inner] of Object.entries(each)) walk(inner, `${at}.${name}`)
    } else found.set(at, each)
  }
  walk(value, path)
  return found
}

const withFields = (sees: readonly FieldSet[]): Partial<OpenOptions> => {
  const { access } = presets.physicianPracticeMN
  const roles = access.roles.map((row) => (row.role === 'rep' ? { role: row.role, sees: [...sees] } : row))
  return { practice: { ...presets.physicianPracticeMN, access: { ...access, roles } } }
}

const answerOf = async (ask: () => Promise<unknown>): Promise<unknown> =>
  await ask().catch((error: unknown) => {
    if (error instanceof Error && '_tag' in error && error._tag === 'FieldsWithheld') return {}
    throw error
  })

const tagOf = async (promise: Promise<unknown>): Promise<string> =>
  await promise.then(
    () => 'answered',
    (error: unknown) => String((error as { readonly _tag?: string })._tag ?? error),
  )

/** Told in words of everything: shown to whoever may see all. */
const sentences = new Set([
  'what',
  'reasons',
  'nextAction',
  'blockedBy',
  'words',
  'says',
  'text',
  'html',
  'reason',
  'subject',
  'required',
  'requiredAction',
  'message',
])
const sets = ['identity', 'contact', 'clinical', 'money', 'payer', 'notes'] as const

describe('fields', () => {
  /** Each question's whole answer, as the one who may see everything gets it. */
  const answers = async (): Promise<readonly (readonly [string, unknown])[]> => {
    await using book = await opened()
    const found: [string, unknown][] = []
    for (const [question, ask] of Object.entries(asked(book))) found.push([question, await ask()])
    return found
  }

  it('M11 a patient who was named is masked at their visits too, for whoever has no identity', {
    tags: ['M11'],
  }, async () => {
    await using book = await openTestBook('memory:', withFields(['money', 'clinical']))
    const on = '2026-11-01'
    await book.open({ account: uuid(1), guarantor: { name: 'Jo Roe' }, on })
    const named = { type: 'RegisterPatient', on, patient: 'q1', first: 'Quentin', last: 'Zebulon' } as const
    await book.execute(uuid(1), { ...named, relationshipToGuarantor: 'child' })
    const charge = { type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount: 100 } as const
    expect(await book.execute(uuid(1), { ...charge, patient: 'q1' })).toMatchObject({ ok: true })
    const page = JSON.stringify(await book.limited.account(uuid(1), { actor: { id: 'rita', roles: ['rep'] } }))
    expect(page).toContain('"v1"')
    expect(page).not.toContain('Zebulon')
  })

  it('M11 whoever lacks a field set finds no value of it anywhere in an answer', { tags: ['M11'] }, async () => {
    const all = await answers()
    let told = 0
    fc.assert(
      fc.property(fc.subarray([...sets]), (sees) => {
        for (const [question, answer] of all) {
          const text = JSON.stringify(limitedTo(answer, sees))
          for (const set of sets.filter((each) => !sees.includes(each))) {
            for (const secret of secrets[set] ?? []) {
              expect(text, `${question}, without ${set}`).not.toContain(secret)
              if (JSON.stringify(answer).includes(secret)) told += 1
            }
          }
        }
      }),
      { numRuns: 1_000 },
    )
    expect(told).toBeGreaterThan(1_000)
  })

  it('M12 whoever has more field sets sees all that fewer show, and the same values', { tags: ['M12'] }, async () => {
    const all = await answers()
    fc.assert(
      fc.property(fc.subarray([...sets]), fc.subarray([...sets]), (some, others) => {
        for (const [question, answer] of all) {
          const more = leaves(limitedTo(answer, [...some, ...others]))
          for (const [at, value] of leaves(limitedTo(answer, some)))
            expect(more.get(at), `${question}${at}`).toEqual(value)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it.each(sets)('M11 the front door shows nobody %s whose policy does not give it', { tags: ['M11'] }, async (set) => {
    await using book = await opened(withFields(sets.filter((each) => each !== set)))
    for (const [question, ask] of Object.entries(asked(book, ['rep']))) {
      const text = JSON.stringify(await answerOf(ask))
      for (const secret of secrets[set] ?? []) expect(text, question).not.toContain(secret)
    }
  })

  it('whoever may see everything sees what is asked whole, and every field of an answer has its sets', async () => {
    await using book = await opened()
    for (const [question, ask] of Object.entries(asked(book))) {
      const unnamed: string[] = []
      const walk = (value: unknown, path: readonly string[]): void => {
        if (Array.isArray(value)) for (const each of value) walk(each, path)
        else if (typeof value === 'object' && value !== null) {
          for (const [name, inner] of Object.entries(value)) walk(inner, [...path, name])
        } else if (value !== undefined && setsOf(path) === undefined && !sentences.has(path.at(-1) ?? ''))
          unnamed.push(path.join('.'))
      }
      const answer = await ask()
      walk(answer, [])
      expect([question, ...new Set(unnamed)]).toEqual([question])
      expect(JSON.stringify(answer)).not.toContain('"masked"')
    }
    expect(await book.limited.account(account)).toEqual(await book.account(account))
    expect(await book.limited.history(account)).toEqual(await book.history(account))
  })

  it('§11.4 the front desk finds a patient and sees no balance: what is not shown looks like it', async () => {
    await using book = await opened()
    const actor = { id: 'fay', roles: ['frontDesk'] as const }
    const page = await book.limited.account(account, { actor })
    expect(page).toMatchObject({
      guarantor: { name: 'Zebulon Quill' },
      standing: { phase: 'patientResponsibility' },
      totals: { net: { masked: ['money'] } },
    })
    expect(await tagOf(book.account(account, { actor }))).toBe('FieldsWithheld')
    expect(await tagOf(book.limited.plans({ actor }))).toBe('FieldsWithheld')
  })

  it('§11.4 the fields of a role are at most those of the law: a looser policy is refused', async () => {
    await using book = await opened({ roles: ['manager'] })
    const { access } = presets.physicianPracticeMN
    const looser = access.roles.map((row) => (row.role === 'frontDesk' ? { ...row, sees: [...sets] } : row))
    const practice = { ...presets.physicianPracticeMN, access: { ...access, roles: looser, lookBackYears: 5 } }
    const answer = await book.publishPolicy(practice, { reason: 'everybody sees all' })
    expect(answer.ok ? [] : answer.hits.map(({ rule }) => rule)).toEqual([
      'policy.minimumNecessary',
      'policy.minimumNecessary',
      'policy.minimumNecessary',
      'policy.lookBack',
    ])
  })

  it('a stricter policy counts at once, and a role without a row sees nothing', async () => {
    await using book = await opened({ roles: ['manager'] })
    const { access } = presets.physicianPracticeMN
    const stricter = { ...access, roles: access.roles.filter(({ role }) => role !== 'rep'), withoutRole: [] }
    await book.publishPolicy({ ...presets.physicianPracticeMN, access: stricter }, { reason: 'only managers' })
    expect(await tagOf(book.account(account, { actor: { id: 'r', roles: ['rep'] } }))).toBe('FieldsWithheld')
    expect(await tagOf(book.limited.history(account, { actor: { id: 'nobody' } }))).toBe('FieldsWithheld')
    expect(await tagOf(book.account(account))).toBe('answered')
  })

  it('a role that does not exist is an error, and shows nothing', async () => {
    await using book = await opened()
    const roles: readonly Role[] = JSON.parse('["owner"]')
    expect(await tagOf(book.account(account, { actor: { id: 'o', roles } }))).toBe('InvalidQuery')
  })
})

it('§11.8 an auditor or a vendor looks, and changes nothing', async () => {
  await using book = await opened()
  for (const role of ['auditor', 'vendor'] as const) {
    const actor = { id: role, roles: [role] }
    expect(await tagOf(book.execute(account, { ...visit, line: 'l2' }, { actor }))).toBe('InvalidCommand')
    expect(await tagOf(book.openPerson({ account, actor }))).toBe('InvalidCommand')
    expect(await tagOf(book.limited.accounts({ actor }))).toBe('answered')
  }
  const both = { id: 'ben', roles: ['auditor', 'rep'] as const }
  expect(await book.execute(account, { ...visit, line: 'l2' }, { actor: both })).toMatchObject({ ok: true })
})

describe('F12 every look at an account is written down, with who and when', () => {
  it.each(['memory:', `sqlite:${join(folder, 'looked.db')}`])('%s', async (url) => {
    await using book = await opened({}, url)
    const before = (await book.aging()).knownAtPosition
    await book.account(account)
    await book.history(person, { actor: { id: 'ben', roles: ['auditor'], purpose: 'audit' } })
    await tagOf(book.explain(account, { actor: { id: 'fay', roles: ['frontDesk'] } }))
    await book.accounts({ search: 'nobody of this name' })
    await book.account(account, { actor: { id: 'nightly', roles: ['system'] } })
    const { items } = await book.accesses()
    expect(
      items.map(({ by, question, outcome, purpose, accounts, persons }) => [
        by,
        question,
        outcome,
        purpose,
        accounts,
        persons,
      ]),
    ).toEqual([
      // The page names who stands behind the account.
      ['anna', 'account', 'shown', 'payment', [account], [person]],
      ['ben', 'history', 'shown', 'audit', [], [person]],
      ['fay', 'explain', 'refused', 'payment', [], []],
      ['anna', 'accounts', 'shown', 'payment', [], []],
    ])
    expect(items[0]).toMatchObject({ at: '2026-11-21T15:14:00.000Z', on: '2026-11-21', roles: [], withheld: [] })
    expect((await book.accesses({ account })).items).toHaveLength(1)
    expect((await book.accesses({ by: 'ben' })).items).toHaveLength(1)
    expect((await book.accesses({ person, from: '2026-11-22' })).items).toEqual([])
    const part = await book.accesses({ limit: 3 })
    expect((await book.accesses({ after: part.next ?? '' })).items).toEqual(items.slice(3))
    // Looking moves nothing of the book.
    expect((await book.aging()).knownAtPosition).toBe(before)
    expect(await book.check()).toMatchObject({ findings: [], accesses: { events: 4 } })
  })
})

describe('an access log', () => {
  it('is made with the first look at somebody, and not by totals', async () => {
    const path = join(folder, 'lazy.db')
    await using book = await opened({}, `sqlite:${path}`)
    await book.aging()
    expect(existsSync(`${path}.access`)).toBe(false)
    expect((await book.accesses()).items).toEqual([])
    await book.account(account)
    expect(existsSync(`${path}.access`)).toBe(true)
  })

  it('of a book that is only read is named, or nobody is shown; totals and check go on', async () => {
    const path = join(folder, 'read.db')
    await (await opened({}, `sqlite:${path}`)).close()
    const url = `sqlite:${path}?mode=ro`
    {
      await using book = await openTestBook(url)
      expect(await tagOf(book.account(account))).toBe('AccessUnrecorded')
      expect(await tagOf(book.limited.person(person))).toBe('AccessUnrecorded')
      expect((await book.aging()).rows.length).toBeGreaterThan(0)
      expect((await book.check()).findings).toEqual([])
    }
    await using book = await openTestBook(url, { accessLog: `sqlite:${join(folder, 'auditor.access')}` })
    expect(await tagOf(book.account(account))).toBe('answered')
    expect((await book.accesses()).items).toHaveLength(1)
    expect(existsSync(`${path}.access`)).toBe(false)
  })

  it('that can not be written keeps the answer back, and goes on once it can', async () => {
    const path = join(folder, 'full.db')
    await using book = await opened({}, `sqlite:${path}`)
    await book.account(account)
    const db = new DatabaseSync(`${path}.access`)
    db.exec('BEGIN IMMEDIATE')
    const held = tagOf(book.account(account))
    expect(await held).toBe('AccessUnrecorded')
    db.exec('ROLLBACK')
    db.close()
    expect(await tagOf(book.account(account))).toBe('answered')
    expect((await book.accesses()).items).toHaveLength(2)
    expect((await book.check()).findings).toEqual([])
  }, 30_000)

  it('is written by two openings at once, and by many questions of one', async () => {
    const url = `sqlite:${join(folder, 'two.db')}`
    await using one = await opened({}, url)
    await using two = await openTestBook(url, { actor: 'ben' })
    await Promise.all(Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? one : two).account(account)))
    const { items } = await one.accesses()
    expect(Map.groupBy(items, ({ by }) => by).get('anna')).toHaveLength(20)
    expect(items).toHaveLength(40)
    expect((await two.check()).findings).toEqual([])
  })

  it.each([
    ['who looked', `UPDATE events SET actor = 'someone else' WHERE position = 2`],
    ['at whom', `UPDATE events SET data = replace(data, '${account}', '${uuid(9)}') WHERE position = 2`],
    ['a look that is gone', 'DELETE FROM events WHERE position = 2'],
    ['when', `UPDATE events SET recorded_at = '2025-01-01T00:00:00.000Z' WHERE position = 1`],
  ])('that somebody has changed is told by check: %s', async (what, statement) => {
    const path = join(folder, `${what.replaceAll(' ', '-')}.db`)
    {
      await using book = await opened({}, `sqlite:${path}`)
      for (let n = 0; n < 3; n++) await book.account(account)
    }
    const db = new DatabaseSync(`${path}.access`)
    for (const { name } of db.prepare(`SELECT name FROM sqlite_master WHERE type = 'trigger'`).all()) {
      db.exec(`DROP TRIGGER ${String(name)}`)
    }
    db.exec(statement)
    db.close()
    await using book = await openTestBook(`sqlite:${path}`)
    const { findings } = await book.check()
    expect(findings.length).toBeGreaterThan(0)
    expect(new Set(findings.map(({ check }) => check))).toEqual(new Set(['accesses']))
  })
})

describe('on the command line', () => {
  const daybook = commandLineIn(folder)
  const db = ['--db', 'sqlite:line.db', '--json']

  it('accesses says who looked, --limited masks, and a backup has the looks too', async () => {
    await (await opened({}, `sqlite:${join(folder, 'line.db')}`)).close()
    expect((await daybook('account', account, ...db)).status).toBe(0)
    const refused = await daybook('account', account, ...db, '--actor', 'fay', '--roles', 'frontDesk')
    expect(refused).toMatchObject({ status: 2, stdout: '' })
    expect(refused.stderr).toContain('the role frontDesk may not see')
    const masked = await daybook('account', account, ...db, '--actor', 'fay', '--roles', 'frontDesk', '--limited')
    expect(JSON.parse(masked.stdout)).toMatchObject({
      guarantor: { name: 'Zebulon Quill' },
      totals: { net: { masked: ['money'] } },
    })
    const outlined = await daybook('account', account, '--db', 'sqlite:line.db', '--roles', 'frontDesk', '--limited')
    expect(outlined.stdout).toContain('(not shown: money)')
    expect(outlined.stdout).not.toContain('125.43')
    const { items } = JSON.parse((await daybook('accesses', account, ...db)).stdout) as { items: { by: string }[] }
    expect(items.map(({ by }) => by)).toEqual(['cli', 'fay', 'cli'])
    expect((await daybook('accesses', '--by', 'fay', '--db', 'sqlite:line.db')).stdout).toContain(
      'fay (frontDesk)  account  nobody by name  for payment  refused',
    )
    // Four, and the backup itself.
    const looks = (await daybook('check', '--access-head', '--db', 'sqlite:line.db')).stdout.trim()
    expect((await daybook('backup', 'copy.db', '--with-key', '--db', 'sqlite:line.db')).stdout).toContain('5 looks')
    expect((await daybook('check', '--expect-access-head', looks, '--db', 'sqlite:copy.db')).status).toBe(0)
    rmSync(join(folder, 'copy.db.access'))
    expect((await daybook('check', '--expect-access-head', looks, '--db', 'sqlite:copy.db')).stdout).toContain(
      'it is gone',
    )
  })
})

describe('an access log that moves with its book', () => {
  it.each(['file', 'book'])('by a %s, record by record, and again is safe', async (way) => {
    const path = (name: string): string => join(folder, `${way}-${name}`)
    const source = `sqlite:${path('from.db')}`
    let known: readonly unknown[]
    {
      await using book = await opened({}, source)
      for (let n = 0; n < 3; n++) await book.account(account)
      const moved = await book.export(way === 'file' ? path('log') : `sqlite:${path('to.db')}`)
      // The export is a look itself, and on record before anything goes out.
      expect(moved.accesses).toMatchObject({ events: 4 })
      known = (await book.accesses()).items
    }
    if (way === 'file') {
      expect((await importLog(path('log'), `sqlite:${path('to.db')}`)).accesses).toMatchObject({ events: 4 })
      expect((await importLog(path('log'), `sqlite:${path('to.db')}`)).accesses).toBeUndefined()
    }
    copyFileSync(path('from.db.key'), path('to.db.key'))
    chmodSync(path('to.db.key'), 0o600)
    await using book = await openTestBook(`sqlite:${path('to.db')}`)
    expect((await book.accesses()).items).toEqual(known)
    expect(await book.check()).toMatchObject({ findings: [], accesses: { events: 4 } })
    await book.account(account)
    expect((await book.check()).findings).toEqual([])
  })
})
