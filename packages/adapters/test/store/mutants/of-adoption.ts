import { type Adoption, adoptionOf, type EventStoreShape, type LogPart } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { type Mutant, mutant } from './mutant.ts'

const suite = 'taking a log over'

/** A fault in how a log is taken over. */
const adopting = (fault: string, wrong: (right: Adoption, store: EventStoreShape) => Partial<Adoption>): Mutant =>
  mutant(suite, fault, (right) => ({ adoption: { ...adoptionOf(right), ...wrong(adoptionOf(right), right) } }))

/** Takes for well what the right store refuses. */
const inSilence = (fault: string, tag: 'Conflict' | 'ReadOnly' | 'Integrity'): Mutant =>
  adopting(fault, ({ take }, store) => ({
    take: (part) => Effect.catchTag(take(part), tag, () => Effect.orDie(store.head)),
  }))

/** Faults of taking another log over. */
export const ofAdoption: readonly Mutant[] = [
  mutant(suite, 'keeps its own name', ({ origin }) => ({ origin })),
  mutant(suite, 'dates it anew', (right) => ({
    readAll: (page) =>
      Effect.map(right.readAll(page), (events) =>
        events.map((event) => ({ ...event, committedAt: events[0]?.committedAt ?? event.committedAt })),
      ),
  })),
  mutant(suite, 'finds none of its times', () => ({ positionAt: () => Effect.succeed(0) })),
  adopting('forgets what was asked there', ({ take }) => ({
    take: (part) => take({ ...part, commands: part.commands.map((one) => ({ ...one, fingerprint: '0'.repeat(64) })) }),
  })),
  adopting('takes appends meanwhile', (right) => {
    const parts: LogPart[] = []
    return {
      begun: Effect.sync(() => parts.length > 0),
      take: (part) => Effect.sync(() => ({ position: parts.push(part) })),
      finish: (secret) =>
        Effect.gen(function* () {
          for (const part of parts.splice(0)) yield* right.take(part)
          yield* right.finish(secret)
        }),
    }
  }),
  adopting('never comes to the end', () => ({ finish: () => Effect.void })),
  adopting('says that it has not begun', () => ({ begun: Effect.succeed(false) })),
  inSilence('takes for new what it has', 'Conflict'),
  inSilence('is silent where it has events of its own', 'ReadOnly'),
  inSilence('is silent where a part does not follow', 'Integrity'),
  adopting('keeps no check value', ({ finish }) => ({ finish: () => finish(undefined) })),
  adopting('keeps a check value whatever it has taken', (_, store) => ({
    finish: (secret) => Effect.asVoid(store.keepSecretCheck(secret ?? '')),
  })),
]
