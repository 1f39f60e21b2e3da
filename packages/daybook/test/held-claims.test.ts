import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { memoryEventStore } from '@daybook/adapters/memory'
import { isUnreadable } from '@daybook/core/kernel'
import type { EventStoreShape } from '@daybook/core/ports'
import { dismissHeldClaim, loadSubmission, submitClaims } from '@daybook/core/service'
import { type SubmissionEvent, submissionCodec } from '@daybook/core/submission'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { readLog } from './support/books.ts'
import { deskOn, memoryDesk } from './support/desk.ts'
import { type SubmittedOf, submission } from './support/documents.ts'
import { dyingAfter } from './support/dying-store.ts'
import { openTestBook } from './support/folder.ts'
import { acme, beta, blood, bookOf, exam, jane, remit, send } from './support/two-papers.ts'

// A claim of an 837 that is not taken stays on a list until it is, or until a person says that it is not to be (law Q6).

type Desk = ReturnType<typeof deskOn>
const run = Effect.runPromise
const dear = { ...exam, charge: 12_000 }

/** The events of files of claims. */
const entries = async (desk: Desk) =>
  (await readLog(desk)).flatMap((stored): { stored: typeof stored; event: SubmissionEvent }[] => {
    if (!stored.stream.startsWith('submission-')) return []
    const event = submissionCodec.decode(stored, true)
    if (isUnreadable(event)) throw new Error(`${stored.type} can not be read`)
    return [{ stored, event }]
  })

/** The same, as `type claim` or `type` alone. */
const told = async (desk: Desk): Promise<readonly string[]> =>
  (await entries(desk)).map(({ event }) => ('claim' in event ? `${event.type} ${event.claim}` : event.type))

const held = 'SubmittedClaimHeld 1'
const taken = 'SubmittedClaimTaken'

describe('Q6 a claim that is held', { tags: ['Q6'] }, () => {
  it('is kept with its file, its reasons and the visits in question; nothing of a person names it', async () => {
    const desk = await memoryDesk()
    await send(desk)
    expect(await send(desk, { lines: [dear] })).toEqual(['held: claim.changed'])
    const [one] = (await entries(desk)).filter(({ stored }) => stored.type === 'SubmittedClaimHeld')
    expect(one?.event).toMatchObject({
      reference: 'BATCH1',
      created: '2026-01-12',
      claim: 1,
      patientControlNumber: 'V1',
      amount: 12_000,
      outcome: 'held',
      reasons: [{ rule: 'claim.changed' }],
    })
    const said = JSON.stringify(one?.event).toUpperCase()
    for (const personal of ['JANE', 'DOE', '1980', '"M1"']) expect(said).not.toContain(personal)
    expect(one?.stored.stream).toMatch(/^submission-[0-9a-f-]{36}$/)
  })

  it('has the visits that it could be of', async () => {
    const desk = await memoryDesk()
    await send(desk)
    expect(await send(desk, { patient: { ...jane, born: '1980-01-11' } })).toEqual(['held: ambiguousVisit'])
    const [one] = (await entries(desk)).filter(({ stored }) => stored.type === 'SubmittedClaimHeld')
    expect(one?.event).toMatchObject({ candidates: [{ why: expect.stringContaining('mistyped') }] })
  })

  it('is there once, however often its file comes', async () => {
    const desk = await memoryDesk()
    await send(desk)
    for (let times = 0; times < 3; times += 1) await send(desk, { lines: [dear] })
    expect(await told(desk)).toEqual([held])
  })

  it('is there too where it is rejected', async () => {
    const desk = await memoryDesk()
    expect(await send(desk, { lines: [{ ...exam, charge: -100 }] })).toEqual(['rejected'])
    expect(await told(desk)).toEqual([held])
  })

  it('is over when a replacement says the same', async () => {
    const desk = await memoryDesk()
    await send(desk)
    await send(desk, { lines: [dear] })
    expect(await send(desk, { lines: [dear], frequency: '7' }, '2026-01-20')).toEqual(['replaced'])
    expect(await told(desk)).toEqual([held, taken])
    expect((await bookOf(desk)).charged).toBe(12_000)
  })

  it('is over when its file comes again after what it waited for, and stays over', async () => {
    const desk = await memoryDesk()
    expect(await send(desk, { frequency: '8' }, '2026-01-20')).toEqual(['held: originalUnknown'])
    await send(desk)
    expect(await told(desk), 'the claim is no void of itself').toEqual([held])
    for (const answer of ['voided', 'duplicate'])
      expect(await send(desk, { frequency: '8' }, '2026-01-20')).toEqual([answer])
    expect(await told(desk)).toEqual([held, taken])
  })

  it.each<[string, Partial<SubmittedOf>]>([
    ['other lines', { lines: [exam, blood], frequency: '7' }],
    [
      'another patient',
      { patient: { last: 'ROE', first: 'RICHARD', born: '1975-05-05' }, to: { ...acme, member: 'M2' }, lines: [dear] },
    ],
    ['another payer', { to: { ...beta }, others: [acme], frequency: '7', lines: [dear] }],
    ['late charges of the same lines', { frequency: '5', lines: [dear] }],
  ])('goes on where what is taken has %s', async (_, other) => {
    const desk = await memoryDesk()
    await send(desk)
    await send(desk, { lines: [dear] })
    const [answer] = await send(desk, other, '2026-01-20')
    expect(answer).not.toMatch(/^held|^rejected/)
    expect(await told(desk)).toEqual([held])
  })

  it('without a number is over when the claim of its patient is taken', async () => {
    const desk = await memoryDesk()
    const none = { pcn: 'NONE', frequency: '7' }
    expect(await send(desk, none, '2026-01-20')).toEqual(['held: originalUnknown'])
    await send(desk, { pcn: 'NONE' })
    expect(await send(desk, none, '2026-01-20')).toEqual(['replaced'])
    expect(await told(desk)).toEqual([held, taken])
  })
})

describe('Q6 held claims without a number', { tags: ['Q6'] }, () => {
  const people = ['ADAMS', 'BAKER', 'CLARK', 'DAVIS', 'EVANS'] as const
  const of = (last: string): Partial<SubmittedOf> => ({
    pcn: 'NONE',
    patient: { ...jane, last },
    to: { ...acme, member: `M-${last}` },
  })
  const voidOf = (last: string) => ({ ...of(last), frequency: '8' })

  /** Streams of held claims that are read while something is done. */
  const counting = (store: EventStoreShape) => {
    const read: string[] = []
    const reads: EventStoreShape['readStream'] = (stream, range) => {
      if (stream.startsWith('submission-')) read.push(stream)
      return store.readStream(stream, range)
    }
    return { store: { ...store, readStream: reads }, read }
  }

  it('are looked at by who comes for the same patient, however many others there are', async () => {
    const { store, read } = counting(await run(memoryEventStore()))
    const desk = deskOn(store)
    const held = await send(desk, people.map(voidOf), '2026-01-20')
    expect(held).toEqual(people.map(() => 'held: originalUnknown'))
    read.length = 0
    await send(desk, of('CLARK'))
    const looked = new Set(read)
    // The one of its patient, and whether it was held itself.
    expect(looked.size).toBe(2)
    const [own] = (await entries(desk)).filter(({ stored }) => looked.has(stored.stream))
    expect(own?.event).toMatchObject({ type: 'SubmittedClaimHeld', claim: 3 })
    expect(await send(desk, people.map(voidOf), '2026-01-20')).toEqual(
      people.map((last) => (last === 'CLARK' ? 'voided' : 'held: originalUnknown')),
    )
    expect((await told(desk)).filter((one) => one === taken)).toHaveLength(1)
  })

  it('are found by the claim that has a number, and by the same file alone where they name nobody', async () => {
    const desk = await memoryDesk()
    await send(desk, { ...of('ADAMS'), lines: [{ ...exam, charge: -100 }] })
    const nobody = {
      pcn: 'NONE',
      patient: { last: '', first: '' },
      to: { payer: 'ACME', member: '' },
      frequency: '8',
    } as const
    await send(desk, nobody)
    expect(await told(desk)).toEqual([held, held])
    for (let times = 0; times < 2; times += 1) await send(desk, nobody)
    expect(await told(desk)).toEqual([held, held])
  })

  it('killed anywhere, and sent again: on the list once, and off it once', async () => {
    for (let appends = 0; appends < 12; appends += 1) {
      const store = await run(memoryEventStore())
      const dying = deskOn(dyingAfter(store, appends))
      await send(dying, [voidOf('ADAMS'), voidOf('BAKER')], '2026-01-20').catch(() => undefined)
      const desk = deskOn(store)
      await send(desk, [voidOf('ADAMS'), voidOf('BAKER')], '2026-01-20')
      await send(desk, of('ADAMS'))
      expect(await send(desk, voidOf('ADAMS'), '2026-01-20')).toEqual(['voided'])
      const list = [...(await told(desk))].sort()
      expect({ appends, list }).toEqual({ appends, list: [held, 'SubmittedClaimHeld 2', taken].sort() })
    }
  })
})

describe('Q6 a held claim that a person dismisses', { tags: ['Q6'] }, () => {
  const dismissal = { on: '2026-01-21' as never, claim: 1, reason: 'sent in error' }

  it('is over, and stays so when its file comes again', async () => {
    const desk = await memoryDesk()
    await send(desk)
    await send(desk, { lines: [dear] })
    const stream = (await entries(desk)).find(({ stored }) => stored.type === 'SubmittedClaimHeld')?.stored.stream
    const id = stream?.slice('submission-'.length) ?? ''
    expect(await run(dismissHeldClaim(desk, id, dismissal, 'd1'))).toMatchObject({ ok: true })
    expect(await run(dismissHeldClaim(desk, id, dismissal, 'd1'))).toMatchObject({ ok: true, repeated: true })
    const again = await run(dismissHeldClaim(desk, id, dismissal, 'd2'))
    expect(again).toMatchObject({ ok: false, hits: [{ rule: 'claim.notHeld' }] })
    await send(desk, { lines: [dear] })
    expect(await told(desk)).toEqual([held, 'SubmittedClaimDismissed 1'])
    expect([...(await run(loadSubmission(desk, id))).values()].map(({ standing }) => standing)).toEqual(['dismissed'])
  })
})

describe('Q6 killed anywhere', { tags: ['Q6'] }, () => {
  const file = (of: Partial<SubmittedOf>, created: string) =>
    submission([{ pcn: 'V1', patient: jane, to: acme, lines: [exam], ...of }], { created })
  const files = [
    file({}, '2026-01-12'),
    file({ lines: [dear] }, '2026-01-12'),
    file({ lines: [dear], frequency: '7' }, '2026-01-20'),
  ]
  const importAll = async (store: EventStoreShape) => {
    for (const each of files) await run(submitClaims(deskOn(store), each))
  }

  it('the list is as without the kill', async () => {
    let deaths = 0
    for (let appends = 0; appends < 14; appends += 1) {
      const store = await run(memoryEventStore())
      await importAll(dyingAfter(store, appends)).catch(() => {
        deaths += 1
      })
      await importAll(store)
      expect({ appends, told: await told(deskOn(store)) }).toEqual({ appends, told: [held, taken] })
      expect((await bookOf(deskOn(store))).charged).toBe(12_000)
    }
    expect(deaths).toBeGreaterThan(7)
  })

  it('an advice that waits under the number of a held claim waits on, and posts when it is taken', async () => {
    const desk = await memoryDesk()
    await send(desk, { frequency: '7' })
    expect((await remit(desk, {}, { openMissing: false })).held).toEqual(['match'])
    expect(await send(desk)).toEqual(['posted'])
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000, patient: 4_000 })
  })
})

describe('Q6 on the worklist', { tags: ['Q6'] }, () => {
  it('a held claim is an item with its file, why and what to do, until it is dismissed; check finds nothing', async () => {
    await using book = await openTestBook()
    const text = readFileSync(join(import.meta.dirname, 'faults/edi/R3d-no-open-missing-first-only-1.edi'), 'utf8')
    await book.importContent(text)
    const report = await book.importContent(text.replaceAll('*100', '*120'))
    expect(report.transactions[0]).toMatchObject({ heldClaims: 1 })
    const [item, ...others] = (await book.worklist({ queue: 'heldClaims' })).items
    expect(others).toEqual([])
    expect(item).toMatchObject({
      subject: '1',
      amount: 12_000,
      blockedBy: ['claim.changed'],
      nextAction: expect.stringContaining('daybook dismiss'),
    })
    expect(await book.check()).toMatchObject({ findings: [] })
    const id = item?.submission ?? ''
    expect(await book.dismiss(id, { claim: 1, reason: 'sent in error' })).toMatchObject({ ok: true })
    expect((await book.worklist({ queue: 'heldClaims' })).items).toEqual([])
    expect(await book.check()).toMatchObject({ findings: [] })
    await expect(book.dismiss(`${id}0`, { claim: 1, reason: 'none' })).rejects.toMatchObject({ _tag: 'NotFound' })
  })

  it('history tells why it is held and what became of it, without anybody in its words', async () => {
    await using book = await openTestBook()
    const text = readFileSync(join(import.meta.dirname, 'faults/edi/R3d-no-open-missing-first-only-1.edi'), 'utf8')
    await book.importContent(text)
    await book.importContent(text.replaceAll('*100', '*120'))
    const [item] = (await book.worklist({ queue: 'heldClaims' })).items
    const id = item?.submission ?? ''
    await book.dismiss(id, { claim: 1, reason: 'sent in error' })
    expect(await book.find(id.slice(0, 8))).toEqual([{ kind: 'submission', id }])
    const history = await book.history(id)
    expect(history).toMatchObject({
      kind: 'submission',
      id,
      events: [
        {
          type: 'SubmittedClaimHeld',
          what: expect.stringMatching(
            /^Held, nothing of it is charged: claim .*120\.00, place 1 of file .*claim\.changed/,
          ),
        },
        { type: 'SubmittedClaimDismissed', why: { reason: 'sent in error' } },
      ],
    })
    // As the book knew it before the dismissal.
    const before = await book.history(id, { knownAt: `@${history.events[0]?.position}` })
    expect(before.events.map(({ type }) => type)).toEqual(['SubmittedClaimHeld'])
  })
})
