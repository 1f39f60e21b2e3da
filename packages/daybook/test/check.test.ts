import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openTestBook, testFolder, write } from './support/folder.ts'
import { remittanceText } from './support/remittance-text.ts'
import { ofType, tamper } from './support/tamper.ts'

const folder = testFolder()

const goodBook = async (name: string): Promise<string> => {
  const path = join(folder, name)
  await using book = await openTestBook(`sqlite:${path}`)
  await book.importPaths([write(folder, `${name}.835`, remittanceText())], { openMissing: true })
  const [account] = await book.find('')
  await book.aging()
  if (account?.kind !== 'account') throw new Error('no account')
  await book.execute(account.id, { type: 'PostPayment', on: '2026-11-10', amount: 1_500, tender: 'cash' })
  await book.aging()
  await book.worklist()
  return path
}

const checksHit = async (path: string, expectHead?: string): Promise<readonly string[]> => {
  await using book = await openTestBook(`sqlite:${path}`)
  const { findings } = await book.check(expectHead === undefined ? {} : { expectHead })
  return [...new Set(findings.map(({ check }) => check))].sort()
}

const headOf = async (path: string): Promise<string> => {
  await using book = await openTestBook(`sqlite:${path}`)
  return (await book.check()).head
}

const newest = '(SELECT max(position) FROM events)'
/** A stream of one event in the middle of the log: a registration, which no other stream is folded with. */
const registered = `(SELECT stream FROM events JOIN streams USING (stream)
  WHERE typeof(name) = 'blob' AND position > 2 ORDER BY position LIMIT 1)`
const dropStream = `
  CREATE TEMP TABLE lost AS SELECT stream, position FROM events WHERE stream = ${registered};
  DELETE FROM events WHERE stream IN (SELECT stream FROM lost);`
const closeEvents = `
  UPDATE events SET position = -position WHERE position > (SELECT position FROM lost);
  UPDATE events SET position = -position - 1 WHERE position < 0;`
const swap = (one: string, other: string): string => `
  CREATE TEMP TABLE swapped AS SELECT ${one} AS a, ${other} AS b;
  UPDATE events SET position = -1 WHERE position = (SELECT a FROM swapped);
  UPDATE events SET position = (SELECT a FROM swapped) WHERE position = (SELECT b FROM swapped);
  UPDATE events SET position = (SELECT b FROM swapped) WHERE position = -1;`
const swapNames = `
  CREATE TEMP TABLE names AS SELECT stream, name FROM streams WHERE stream IN (3, 4);
  UPDATE streams SET name = 'none' WHERE stream = 3;
  UPDATE streams SET name = (SELECT name FROM names WHERE stream = 3) WHERE stream = 4;
  UPDATE streams SET name = (SELECT name FROM names WHERE stream = 4) WHERE stream = 3`
const swapTypes = `
  UPDATE types SET name = 'none' WHERE name = 'ChargePosted';
  UPDATE types SET name = 'ChargePosted' WHERE name = 'InsurancePaymentPosted';
  UPDATE types SET name = 'InsurancePaymentPosted' WHERE name = 'none'`
/** Two neighbours of one command, and of two streams. */
const ofOneStream = `(SELECT a.position FROM events a JOIN events b
  ON b.position = a.position + 1 AND b.stream = a.stream WHERE a.position > 10 LIMIT 1)`
const ofTwoStreams = ofOneStream.replace('b.stream = a.stream', 'b.stream <> a.stream')

/** Nothing in the book itself tells of these. */
const unseen: readonly (readonly [string, string])[] = [
  [
    'the newest command and its events, with the views',
    `DELETE FROM events WHERE position >= (SELECT first_position FROM commands WHERE last_position = ${newest});
     DELETE FROM commands WHERE last_position > ${newest};
     DELETE FROM view_checkpoint; DELETE FROM view_doc; DELETE FROM view_cell; DELETE FROM view_item;`,
  ],
  [
    'a whole stream, with its commands and the views, the rest moved up',
    `${dropStream}
     DELETE FROM commands WHERE stream IN (SELECT stream FROM lost);
     DELETE FROM streams WHERE stream IN (SELECT stream FROM lost);
     ${closeEvents}
     UPDATE commands SET first_position = -first_position WHERE first_position > (SELECT position FROM lost);
     UPDATE commands SET first_position = -first_position - 1, last_position = last_position - 1 WHERE first_position < 0;
     DELETE FROM view_checkpoint; DELETE FROM view_doc; DELETE FROM view_cell; DELETE FROM view_item;`,
  ],
  ['all committed times, alike', `UPDATE events SET committed_at = '2020-01-01T00:00:00.000Z'`],
  [
    'a fingerprint, by another',
    `UPDATE commands SET fingerprint = '${'0'.repeat(64)}' WHERE last_position = ${newest}`,
  ],
]

describe('check', () => {
  it('finds nothing in a good book, and names what it looked at', async () => {
    const path = await goodBook('good.db')
    await using book = await openTestBook(`sqlite:${path}`)
    const report = await book.check()
    expect(report.findings).toEqual([])
    expect(report.checks.map(({ name }) => name)).toEqual([
      'positions',
      'times',
      'commands',
      'guards',
      'chains',
      'readable',
      'balance',
      'trialBalance',
      'identities',
      'watched',
      'links',
      'clearing',
      'recoupments',
      'views',
      'aging',
      'accesses',
    ])
    expect(report.events).toBeGreaterThan(10)
  })

  it('finds one byte of one event changed', async () => {
    const path = await goodBook('byte.db')
    const first = `SELECT min(position) FROM events WHERE ${ofType('AccountOpened')}`
    tamper(
      path,
      `UPDATE events SET data = replace(data, '"converted":true', '"converted":true ') WHERE position = (${first})`,
    )
    expect(await checksHit(path)).toEqual(['chains'])
  })

  it('finds an amount changed: in the chain, in the event, over all streams, in the account and in the aging', async () => {
    const path = await goodBook('amount.db')
    tamper(
      path,
      `UPDATE events SET data = replace(data, '"amount":20000', '"amount":20100') WHERE ${ofType('ChargePosted')}`,
    )
    const hit = await checksHit(path)
    for (const check of ['chains', 'balance', 'trialBalance', 'aging']) expect(hit).toContain(check)
  })

  it('finds an event taken out of the middle', async () => {
    const path = await goodBook('gap.db')
    const middle = `SELECT min(position) FROM events WHERE ${ofType('InsurancePaymentPosted')}`
    tamper(path, `DELETE FROM events WHERE position = (${middle})`)
    const hit = await checksHit(path)
    for (const check of ['positions', 'chains', 'clearing']) expect(hit).toContain(check)
  })

  it('finds a view that shows something else than the events', async () => {
    const path = await goodBook('view.db')
    tamper(path, `DELETE FROM view_doc WHERE key LIKE 'rows/%'`)
    expect(await checksHit(path)).toEqual(['aging', 'views'])
  })

  it.each([
    [
      'a committed time set back',
      `UPDATE events SET committed_at = '2020-01-01T00:00:00.000Z' WHERE position = 20`,
      ['times'],
    ],
    [
      'a committed time set forward',
      `UPDATE events SET committed_at = '2036-01-01T00:00:00.000Z' WHERE position = 20`,
      ['times'],
    ],
    [
      'trust-13 the command id of events, as their record has it',
      `UPDATE commands SET command_id = 'another' WHERE last_position >= 20 AND first_position <= 20`,
      ['commands'],
    ],
    [
      'trust-13 an event forged above the head',
      `INSERT INTO events SELECT position + 1000, stream, version + 1, type_number, schema_version, effective_date, recorded_at,
         committed_at, actor, 'forged', leaf, data, meta FROM events WHERE position = ${newest}`,
      ['positions', 'chains', 'commands'],
    ],
    [
      'trust-13 an event forged before the first position',
      `INSERT INTO events SELECT -5, stream, version + 1, type_number, schema_version, effective_date, recorded_at,
         committed_at, actor, 'forged', leaf, data, meta FROM events WHERE position = ${newest}`,
      ['positions', 'chains'],
    ],
    [
      'trust-13 an amount that its effects do not give',
      `UPDATE events SET data = json_set(data, '$.amount', 20100) WHERE ${ofType('ChargePosted')}`,
      ['balance', 'chains'],
    ],
    [
      'trust-13 the amount of a line that its effects do not give',
      `UPDATE events SET data = json_set(data, '$.lines[0].amount', 1) WHERE ${ofType('InsurancePaymentPosted')}`,
      ['balance', 'chains'],
    ],
    [
      'trust-13 the amount of a payment that its cash does not give',
      `UPDATE events SET data = json_set(data, '$.amount', 1) WHERE ${ofType('PatientPaymentPosted')}`,
      ['balance', 'chains'],
    ],
    ['the newest event deleted', `DELETE FROM events WHERE position = ${newest}`, ['commands', 'views']],
    [
      'the newest command deleted with its events',
      `DELETE FROM events WHERE position >= (SELECT first_position FROM commands WHERE last_position = ${newest});
       DELETE FROM commands WHERE last_position > ${newest}`,
      ['views'],
    ],
    ['a stream deleted', dropStream, ['commands', 'positions']],
    ['a stream deleted, the rest moved up', `${dropStream}${closeEvents}`, ['commands', 'views']],
    ['two events of a stream swapped', swap(ofOneStream, `${ofOneStream} + 1`), ['chains']],
    ['two events of two streams swapped', swap(ofTwoStreams, `${ofTwoStreams} + 1`), ['commands']],
    ['the record of a command deleted', `DELETE FROM commands WHERE last_position = ${newest}`, ['commands']],
    ['all records of commands deleted', 'DELETE FROM commands', ['commands']],
    ['records that are one version off', 'UPDATE commands SET last_version = last_version + 1', ['commands']],
    [
      'records that are one position off',
      'UPDATE commands SET first_position = -first_position; UPDATE commands SET first_position = 1 - first_position',
      ['commands'],
    ],
    ['the name of a stream, by another', `UPDATE streams SET name = 'another' WHERE stream = 3`, ['chains']],
    ['the names of two streams, by each other', swapNames, ['chains']],
    ['the name of a stream deleted', 'DELETE FROM streams WHERE stream = 3', ['commands']],
    [
      'a version of an event that nobody reads, its views to be built',
      `UPDATE events SET schema_version = 99 WHERE ${ofType('ChargePosted')}; DELETE FROM view_checkpoint`,
      ['chains', 'readable', 'views'],
    ],
    ['the meta of events emptied', `UPDATE events SET meta = NULL WHERE ${ofType('AccountOpened')}`, ['chains']],
    ['the names of two types, by each other', swapTypes, ['chains', 'readable']],
    ['the name of a type deleted', `DELETE FROM types WHERE name = 'ChargePosted'`, ['chains', 'readable']],
    ['fingerprints emptied', `UPDATE commands SET fingerprint = ''`, ['commands']],
    [
      'fingerprints that are none',
      `UPDATE commands SET fingerprint = 'x' || substr(lower(hex(fingerprint)), 2)`,
      ['commands'],
    ],
    [
      'a record that nobody wrote',
      `INSERT INTO commands SELECT 100000, 100000, stream, first_version, last_version, 'invented', fingerprint
       FROM commands LIMIT 1`,
      ['commands'],
    ],
  ])('finds %s', async (what, sql, expected) => {
    const path = await goodBook(`${what.replaceAll(/\W/g, '-')}.db`)
    tamper(path, sql)
    const hit = await checksHit(path)
    for (const check of expected) expect(hit).toContain(check)
  })

  it('trust-13 a position beyond every number is a typed error, not an accident', async () => {
    const path = await goodBook('beyond.db')
    tamper(path, `UPDATE events SET position = 4611686018427387904 WHERE position = ${newest}`)
    await expect(openTestBook(`sqlite:${path}`)).rejects.toMatchObject({ _tag: 'Integrity' })
  })

  it.each(unseen)('finds %s only by a head that was written down', async (what, sql) => {
    const path = await goodBook(`${what.replaceAll(/\W/g, '-')}.db`)
    const head = await headOf(path)
    expect(await checksHit(path, head)).toEqual([])
    tamper(path, sql)
    expect(await checksHit(path)).toEqual([])
    expect(await checksHit(path, head)).toEqual(['head'])
  })

  it('a head that was written down stays true while the book grows, and is true of no other book', async () => {
    const path = await goodBook('grows.db')
    const head = await headOf(path)
    {
      await using book = await openTestBook(`sqlite:${path}`)
      await book.open({ guarantor: { name: 'Jo Roe' } })
    }
    expect(await headOf(path)).not.toBe(head)
    expect(await checksHit(path, head)).toEqual([])
    expect(await checksHit(await goodBook('other.db'), head)).toEqual(['head'])
  })

  it('a head that is none is refused', async () => {
    await using book = await openTestBook(`sqlite:${await goodBook('refused.db')}`)
    for (const expectHead of ['', '@5', '@5:12', `5:${'0'.repeat(64)}`]) {
      await expect(book.check({ expectHead })).rejects.toMatchObject({ _tag: 'InvalidQuery' })
    }
  })
})

describe('views of a book that lost its newest events', () => {
  /** What the events say, by views that are built from nothing. */
  const answers = async (path: string, views?: string) => {
    await using book = await openTestBook(`sqlite:${path}`, views === undefined ? {} : { views })
    return { aging: await book.aging({ accounts: true }), worklist: await book.worklist() }
  }

  it('are built again when they were made by a Daybook that did not keep what they stand on', async () => {
    const path = await goodBook('unmarked.db')
    const before = await answers(path)
    tamper(path, `ALTER TABLE view_checkpoint DROP COLUMN leaf; DELETE FROM view_doc; DELETE FROM view_cell`)
    expect(await checksHit(path)).toEqual([])
    expect(await answers(path)).toEqual(before)
  })

  it('are built again: aging and worklist are those of the events, at once and after a new import', async () => {
    const path = await goodBook('lost-tail.db')
    const before = await answers(path)
    const kept = `(SELECT max(position) FROM events WHERE ${ofType('ChargePosted')})`
    tamper(
      path,
      `DELETE FROM commands WHERE first_position > ${kept} - 5; DELETE FROM events WHERE position > ${kept} - 5`,
    )
    const cut = await answers(path, 'memory:')
    expect(cut).not.toEqual(before)
    const copy = join(folder, 'lost-tail-copy.db')
    for (const end of ['', '.key']) copyFileSync(`${path}${end}`, `${copy}${end}`)
    expect(await answers(path)).toEqual(cut)

    // In the copy nobody asked before new events stood where the lost ones had been.
    {
      await using book = await openTestBook(`sqlite:${copy}`)
      for (let n = 0; n < 40; n += 1) {
        const { account } = await book.open({ guarantor: { name: 'Jo Roe' } })
        const charge = { type: 'PostCharge', on: '2026-11-02', visit: `v${n}`, line: `l${n}`, code: '99213' } as const
        await book.execute(account, { ...charge, amount: 12_500 })
      }
    }
    expect(await answers(copy)).toEqual(await answers(copy, 'memory:'))
  })
})
