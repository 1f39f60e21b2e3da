import { createHash } from 'node:crypto'
import { memoryEventStore, memoryViewStore } from '@daybook/adapters/memory'
import { type AccountEvent, accountCodec } from '@daybook/core/account'
import { type Codec, type Day, type Instant, toDay } from '@daybook/core/kernel'
import { presets } from '@daybook/core/policy'
import { EventStore, NO_STREAM, type Token, ViewStore } from '@daybook/core/ports'
import { type RemittanceEvent, remittanceCodec } from '@daybook/core/remittance'
import { seal } from '@daybook/core/service'
import { usZones } from '@daybook/core/testing'
import * as Effect from 'effect/Effect'
import { type Worklist, type WorklistQuery, worklist } from '../../src/worklist/index.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

export const policy = presets.physicianPracticeMN
export const today: Day = toDay('2026-11-21')

/** A log and a view store in memory, with events written straight into them. */
export const openBook = async () => {
  const [events, views] = await Effect.runPromise(Effect.all([memoryEventStore(), memoryViewStore()]))
  const tokens = new Map<string, Token>()
  let commands = 0
  const run = <A, E>(effect: Effect.Effect<A, E, EventStore | ViewStore>): Promise<A> =>
    Effect.runPromise(effect.pipe(Effect.provideService(EventStore, events), Effect.provideService(ViewStore, views)))
  const append = async <E extends { readonly type: string; readonly effectiveDate: Day }>(
    codec: Codec<E>,
    stream: string,
    drafts: readonly E[],
  ): Promise<void> => {
    commands += 1
    const token = tokens.get(stream) ?? NO_STREAM
    const envelopes = drafts.map((_, index) => ({ id: `e-${commands}-${index}`, salt: '0'.repeat(32), meta: {} }))
    const recordedAt = '2026-11-20T15:00:00.000Z' as Instant
    const sealed = seal(codec, drafts, envelopes, {
      stream,
      token,
      origin: events.origin,
      recordedAt,
      actor: 'anna',
      sha256,
    })
    const receipt = await Effect.runPromise(
      events.append({ stream, expected: token, commandId: `c-${commands}`, fingerprint: 'f', events: sealed }),
    )
    tokens.set(stream, { version: receipt.lastVersion, headHash: receipt.headHash })
  }
  return {
    events,
    views,
    run,
    account: (id: string, drafts: readonly AccountEvent[]) => append(accountCodec, `account-${id}`, drafts),
    remittance: (id: string, drafts: readonly RemittanceEvent[]) => append(remittanceCodec, `remittance-${id}`, drafts),
    worklist: ({ asOf = today, ...query }: Partial<WorklistQuery> = {}): Promise<Worklist> =>
      run(worklist({ asOf, now: `${asOf}T18:00:00.000Z` as Instant, localTime: usZones, policy, ...query })),
  }
}
