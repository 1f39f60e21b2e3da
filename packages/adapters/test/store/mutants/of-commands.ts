import { type Append, CommandMismatch, type Receipt } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { answering, conflict, headOf, type Mutant, mutant, pretended, rebased } from './mutant.ts'

const versions = 'versions and positions'
const expectations = 'expectations'
const again = 'a command sent again'
const another = 'a command id used for another command'

const receipts: readonly Mutant[] = [
  answering(versions, 'names the first version from 1', (one) => ({ ...one, firstVersion: one.firstVersion + 1 })),
  answering(versions, 'names the number of events as the last version', (one) => ({
    ...one,
    lastVersion: one.lastVersion + 1,
  })),
  answering(versions, 'names positions from 0', (one) => ({ ...one, firstPosition: one.firstPosition - 1 })),
  answering(versions, 'names its first position as its last', (one) => ({ ...one, lastPosition: one.firstPosition })),
  answering(versions, 'names another leaf', (one) => ({ ...one, headHash: one.headHash.toUpperCase() })),
  answering(versions, 'names another time', (one) => ({
    ...one,
    committedAt: '2026-11-21T09:00:00.001Z' as Receipt['committedAt'],
  })),
  answering(versions, 'names another stream', (one) => ({ ...one, stream: one.stream.toUpperCase() })),
  answering(versions, 'names another command', (one) => ({ ...one, commandId: `${one.commandId} ` })),
  answering(versions, 'says of everything that it was repeated', (one) => ({ ...one, repeated: true })),
  answering(again, 'says of nothing that it was repeated', (one) => ({ ...one, repeated: false })),
]

const expected: readonly Mutant[] = [
  mutant(expectations, 'writes whatever version was expected', (right) => ({
    append: (request) => Effect.flatMap(headOf(right, request.stream), (head) => right.append(rebased(request, head))),
  })),
  mutant(expectations, 'does not compare the head hash', (right) => ({
    append: (request) =>
      Effect.flatMap(headOf(right, request.stream), (head) =>
        right.append(head.version === request.expected.version ? rebased(request, head) : request),
      ),
  })),
  mutant(expectations, 'takes no stream for any stream', (right) => ({
    append: (request) =>
      request.expected.version >= 0
        ? right.append(request)
        : Effect.flatMap(headOf(right, request.stream), (head) => right.append(rebased(request, head))),
  })),
  mutant(expectations, 'names what was expected as what is there', (right) => ({
    append: (request) =>
      Effect.catchTag(right.append(request), 'Conflict', () =>
        Effect.fail(conflict(request, request.expected.version)),
      ),
  })),
  mutant(expectations, 'counts from 1 in a conflict', (right) => ({
    append: (request) =>
      Effect.catchTag(right.append(request), 'Conflict', ({ actual }) => Effect.fail(conflict(request, actual + 1))),
  })),
  mutant(expectations, 'has a conflict on every stream of five events', (right) => ({
    append: (request) => (request.expected.version === 4 ? Effect.fail(conflict(request, 4)) : right.append(request)),
  })),
  mutant(expectations, 'has a conflict on every stream of one event', (right) => ({
    append: (request) => (request.expected.version === 0 ? Effect.fail(conflict(request, 0)) : right.append(request)),
  })),
  mutant(expectations, 'has a conflict on every stream of two events', (right) => ({
    append: (request) => (request.expected.version === 1 ? Effect.fail(conflict(request, 1)) : right.append(request)),
  })),
  mutant(expectations, 'keeps the command that met a conflict', (right) => {
    const met = new Map<string, Append>()
    const key = (stream: string, id: string) => `${stream} ${id}`
    return {
      append: (request) =>
        met.has(key(request.stream, request.commandId))
          ? Effect.succeed({ ...pretended(request), repeated: true })
          : Effect.tapError(right.append(request), ({ _tag }) =>
              Effect.sync(() => _tag === 'Conflict' && met.set(key(request.stream, request.commandId), request)),
            ),
      findCommand: (stream, id) =>
        Effect.map(right.findCommand(stream, id), (found) => {
          const kept = met.get(key(stream, id))
          return kept ? { fingerprint: kept.fingerprint, receipt: pretended(kept) } : found
        }),
    }
  }),
  mutant(expectations, 'says of a conflict that it is not to be sent again', (right) => ({
    append: (request) =>
      Effect.catchTag(right.append(request), 'Conflict', (error) =>
        Effect.fail(Object.assign(conflict({ ...request, stream: '' }, error.actual), { retry: 'never' as const })),
      ),
  })),
  mutant(versions, 'burns a position with every conflict', (right) => {
    let burnt = 0
    const later = (one: Receipt) => ({
      ...one,
      firstPosition: one.firstPosition + burnt,
      lastPosition: one.lastPosition + burnt,
    })
    return {
      append: (request) =>
        Effect.map(
          Effect.tapError(right.append(request), ({ _tag }) => Effect.sync(() => _tag === 'Conflict' && burnt++)),
          later,
        ),
    }
  }),
]

const commands: readonly Mutant[] = [
  mutant(again, 'looks at the version before the command id', (right) => ({
    append: (request) =>
      Effect.flatMap(headOf(right, request.stream), (head) =>
        head.version === request.expected.version
          ? right.append(request)
          : Effect.fail(conflict(request, head.version)),
      ),
  })),
  mutant(another, 'takes any command with a known id for a repeat', (right) => ({
    append: (request) =>
      Effect.flatMap(right.findCommand(request.stream, request.commandId), (known) =>
        known ? Effect.succeed(known.receipt) : right.append(request),
      ),
  })),
  mutant(another, 'compares the beginning of fingerprints', (right) => ({
    append: (request) => right.append({ ...request, fingerprint: request.fingerprint.slice(0, 32) }),
    findCommand: (stream, id) => right.findCommand(stream, id),
  })),
  mutant(another, 'says of a mismatch that it may be sent again, and not of what', (right) => ({
    append: (request) =>
      Effect.catchTag(right.append(request), 'CommandMismatch', () =>
        Effect.fail(
          Object.assign(new CommandMismatch({ stream: '', commandId: '', message: '' }), { retry: 'safe' as const }),
        ),
      ),
  })),
  mutant(another, 'forgets a command that was mistaken for another', (right) => {
    const mistaken = new Set<string>()
    return {
      append: (request) =>
        mistaken.has(request.commandId)
          ? Effect.fail(new CommandMismatch({ stream: request.stream, commandId: request.commandId, message: '' }))
          : Effect.tapError(right.append(request), ({ _tag }) =>
              Effect.sync(() => _tag === 'CommandMismatch' && mistaken.add(request.commandId)),
            ),
    }
  }),
  mutant(again, 'takes every repeat for a mismatch', (right) => ({
    append: (request) =>
      Effect.flatMap(right.append(request), (receipt) =>
        receipt.repeated
          ? Effect.fail(new CommandMismatch({ stream: request.stream, commandId: request.commandId, message: '' }))
          : Effect.succeed(receipt),
      ),
  })),
  mutant(again, 'forgets the command id', (right) => {
    let sent = 0
    return {
      append: (request) =>
        Effect.flatMap(headOf(right, request.stream), (head) =>
          Effect.map(
            right.append(rebased({ ...request, commandId: `${request.commandId}-${++sent}` }, head)),
            (receipt) => ({
              ...receipt,
              commandId: request.commandId,
            }),
          ),
        ),
    }
  }),
  mutant(again, 'knows commands of its own process only', (right, { nth }) => ({
    append: (request) =>
      nth === 0
        ? right.append(request)
        : Effect.flatMap(headOf(right, request.stream), (head) =>
            right.append(rebased({ ...request, commandId: `${request.commandId} by ${nth}` }, head)),
          ),
  })),
  mutant(again, 'looks a command up, and writes it a moment later', (right) => {
    let sent = 0
    return {
      append: (request) =>
        Effect.gen(function* () {
          const known = yield* Effect.orDie(right.findCommand(request.stream, request.commandId))
          yield* Effect.sleep(0)
          if (known) return known.receipt
          const head = yield* headOf(right, request.stream)
          return yield* right.append(rebased({ ...request, commandId: `${request.commandId}/${++sent}` }, head))
        }),
    }
  }),
  mutant(again, 'keeps one command id for all streams', (right) => {
    const seen = new Map<string, Receipt>()
    return {
      append: (request) => {
        const known = seen.get(request.commandId)
        if (known && known.stream !== request.stream) return Effect.succeed({ ...known, repeated: true })
        return Effect.tap(right.append(request), (receipt) => Effect.sync(() => seen.set(request.commandId, receipt)))
      },
    }
  }),
  mutant(again, 'gives a repeat the receipt of the last command of its stream', (right) => ({
    append: (request) =>
      Effect.flatMap(right.append(request), (receipt) =>
        receipt.repeated
          ? Effect.map(headOf(right, request.stream), ({ version, headHash }) => ({
              ...receipt,
              lastVersion: version,
              headHash,
            }))
          : Effect.succeed(receipt),
      ),
  })),
  mutant(again, 'refuses a command for good that was beyond a limit', (right) => {
    const refused = new Set<string>()
    return {
      append: (request) =>
        refused.has(request.commandId)
          ? Effect.fail(new CommandMismatch({ stream: request.stream, commandId: request.commandId, message: '' }))
          : Effect.tapError(right.append(request), ({ _tag }) =>
              Effect.sync(() => _tag === 'LimitExceeded' && refused.add(request.commandId)),
            ),
    }
  }),
]

/** Bugs in what is expected, in receipts and in knowing a command again. */
export const ofCommands: readonly Mutant[] = [...receipts, ...expected, ...commands]
