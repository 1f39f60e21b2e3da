import * as Effect from 'effect/Effect'
import { type Mutant, mutant } from './mutant.ts'

const secret = 'the check value of the secret'

const shared = (fault: string, wrong: Mutant['wrong'] = () => ({})): Mutant => ({
  ...mutant('tenants', fault, wrong),
  book: (book) => ({ otherTenant: async () => ({ store: book.store, close: async () => {} }) }),
})

/** Faults of what stands beside the log, and of tenants. */
export const ofBooks: readonly Mutant[] = [
  mutant(secret, 'gives what it was given, not what it keeps', (right) => ({
    keepSecretCheck: (value) => Effect.as(right.keepSecretCheck(value), value),
  })),
  mutant(secret, 'keeps the last one', (right) => {
    let last: string | undefined
    return {
      keepSecretCheck: (value) => Effect.map(right.keepSecretCheck(value), () => (last = value)),
      secretCheck: Effect.suspend(() => (last === undefined ? right.secretCheck : Effect.succeed(last))),
    }
  }),
  mutant(secret, 'keeps it in its own process', () => {
    let kept: string | undefined
    return {
      keepSecretCheck: (value) => Effect.sync(() => (kept ??= value)),
      secretCheck: Effect.sync(() => kept),
    }
  }),
  mutant(secret, 'has one before anybody kept it', (right) => ({
    secretCheck: Effect.map(right.secretCheck, (value) => value ?? ''),
  })),
  shared('keeps all tenants in one log'),
]

/** Faults of stores that have guards: over one that has them. */
export const ofGuards: readonly Mutant[] = [
  mutant('guards', 'says nothing of its guards', () => ({ guardFaults: Effect.succeed([]) })),
  mutant('guards', 'finds fault with guards that stand', () => ({ guardFaults: Effect.succeed(['a guard is gone']) })),
  mutant('guards', 'says nothing of what it has put back', (right, { nth }) =>
    nth > 0 ? { guardFaults: Effect.succeed([]) } : { guardFaults: right.guardFaults },
  ),
  {
    ...mutant('guards', 'has no guards', () => ({})),
    book: (book) => ({
      strangeHands: {
        unguard: async () => {},
        change: async () => true,
        remove: async () => true,
        ...(book.strangeHands ? {} : {}),
      },
    }),
  },
]
