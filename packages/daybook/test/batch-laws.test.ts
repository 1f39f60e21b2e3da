import { memoryEventStore } from '@daybook/adapters/memory'
import type { ClaimSubmission } from '@daybook/core/account'
import { canonicalJson } from '@daybook/core/kernel'
import { type CommandEntry, type EventStoreShape, NO_STREAM, type StoredEvent } from '@daybook/core/ports'
import type { RemittanceAdvice } from '@daybook/core/remittance'
import { executeOnAccount, leafOfStored, receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leaveNoFault } from '../../../scripts/testing/figures.ts'
import { readLog } from './support/books.ts'
import { byStream } from './support/by-stream.ts'
import { deskOn, sha256 } from './support/desk.ts'
import { advice } from './support/documents.ts'
import { onFile, smallSubmission } from './support/small-submissions.ts'
import { turns, waiting } from './support/waiting-store.ts'

// An import reads ahead for a batch of claims (decision 0028). One claim at a time, each a batch of its own, is what it is
// held against.

/** Pays claims like those of the files, some of them twice, some before they are there. */
const paying: fc.Arbitrary<RemittanceAdvice> = fc
  .array(
    fc.record({
      pcn: fc.constantFrom('V1', 'V2', 'V3', 'V4', 'V5'),
      patient: fc.constantFrom(
        { id: 'M1', last: 'DOE', first: 'JANE' },
        { id: 'M1', last: 'DOE', first: 'JOHN' },
        { last: 'ROE', first: 'RICHARD' },
      ),
      on: fc.constantFrom('2026-01-10', '2026-02-10'),
      paid: fc.constantFrom(8_000, 9_000),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((claims) =>
    advice({
      trace: 'BATCH',
      date: '2026-03-10',
      claims: claims.map(({ pcn, patient, on, paid }, at) => ({
        pcn,
        patient,
        icn: `ICN-${at}`,
        lines: [{ charge: 10_000, on, paid, cas: [['PR', '2', 10_000 - paid]] as const }],
      })),
    }),
  )

/**
 * Another process that writes a note on an account just before a claim is appended to it: to every account of which a command
 * ends as `digits` says. The claim meets a conflict and is decided again.
 */
const intruding = (store: EventStoreShape, digits: string, met: { conflicts: number }): EventStoreShape => {
  const other = deskOn(store)
  return {
    ...store,
    append: (request) =>
      Effect.suspend(() => {
        const { stream, commandId, expected } = request
        const isMeant = stream.startsWith('account-') && digits.includes(sha256(`${stream}${commandId}`)[0] ?? '')
        if (!isMeant || expected.version === NO_STREAM.version) return store.append(request)
        const note = { type: 'AddNote', on: '2026-11-20', summary: 'looked at' }
        const account = stream.slice('account-'.length)
        return Effect.andThen(
          Effect.orDie(executeOnAccount(other, account, note, `note:${commandId}`)),
          Effect.tapError(store.append(request), ({ _tag }) =>
            Effect.sync(() => {
              if (_tag === 'Conflict') met.conflicts += 1
            }),
          ),
        )
      }),
  }
}

const without = (text: string): string => {
  const { salt: _salt, ...data } = JSON.parse(text) as Record<string, unknown>
  return canonicalJson(data)
}

/** The last leaf of each stream, ids and salts of its events put aside: equal where all bytes of its events are. */
const leaves = (log: readonly StoredEvent[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...Map.groupBy(log, ({ stream }) => stream)].map(([stream, events]) => {
      let prev: string = NO_STREAM.headHash
      for (const event of events) {
        const plain = { ...event, id: `${stream}#${event.version}`, data: without(event.data), prev }
        prev = leafOfStored(plain, 'log-batch', sha256)
      }
      return [stream, prev]
    }),
  )

const receipts = (commands: readonly CommandEntry[]): readonly string[] =>
  commands
    .map(({ stream, commandId, fingerprint, firstVersion, lastVersion }) =>
      [stream, commandId, fingerprint, firstVersion, lastVersion].join(' '),
    )
    .sort()

interface How {
  readonly batch: number
  readonly concurrency: number
  readonly waits: readonly number[]
}

/** What the imports leave: outcomes of a remittance stand in the order in which they were found out, the rest byte for byte. */
const imported = async (file: ClaimSubmission, payment: RemittanceAdvice, { waits, ...how }: How, digits: string) => {
  const met = { conflicts: 0 }
  const behind = await Effect.runPromise(memoryEventStore())
  const desk = deskOn(waiting(intruding(behind, digits, met), waits))
  await Effect.runPromise(
    Effect.gen(function* () {
      yield* submitClaims(desk, onFile.submitted)
      yield* receiveRemittance(desk, onFile.remitted, { openMissing: false })
      yield* submitClaims(desk, file, how)
      yield* receiveRemittance(desk, payment, { openMissing: true, ...how })
    }),
  )
  const log = await readLog(desk)
  const isOutcome = ({ stream }: { readonly stream: string }): boolean => stream.startsWith('remittance-')
  const commands = await Effect.runPromise(behind.commands({ limit: 10_000 }))
  const outcomes = Object.values(byStream(log.filter(isOutcome))).map((events) => [...events].sort())
  return {
    told: {
      leaves: leaves(log.filter((event) => !isOutcome(event))),
      receipts: receipts(commands.filter((command) => !isOutcome(command))),
      outcomes,
    },
    conflicts: met.conflicts,
  }
}

describe('a batch of claims that are read ahead', () => {
  it('P4 L1 leaves the same bytes and receipts as one claim after the other, whoever comes in between', {
    tags: ['torture', 'P4', 'L1'],
  }, async ({ task }) => {
    let [claims, conflicts, tried] = [0, 0, 0]
    await fc.assert(
      fc.asyncProperty(
        smallSubmission(12),
        paying,
        fc.record({
          batch: fc.integer({ min: 2, max: 64 }),
          concurrency: fc.integer({ min: 1, max: 64 }),
          waits: turns,
        }),
        fc.constantFrom('', '01234567', '0123456789abcdef'),
        async (file, payment, how, digits) => {
          const one = await imported(file, payment, { batch: 1, concurrency: 1, waits: [0] }, digits)
          const many = await imported(file, payment, how, digits)
          expect(many.told).toEqual(one.told)
          claims += file.claims.length + payment.claims.length
          conflicts += many.conflicts
          tried += 1
        },
      ),
      // Of some 12 claims each: 20,000 and more.
      { numRuns: 1_700 },
    )
    expect(conflicts, 'conflicts in the midst').toBeGreaterThan(tried / 2)
    expect(claims, 'claims').toBeGreaterThan(tried * 10)
    leaveNoFault(
      { task },
      {
        programme: 'claims of a batch, with others in between, against one after the other',
        note: `${conflicts.toLocaleString('en-US')} conflicts in the midst`,
        store: 'memory',
        of: 'claims',
        tried: claims,
      },
    )
  })
})
