import type { DatabaseSync } from 'node:sqlite'
import { type Append, type AppendError, Indeterminate, type Receipt, Unavailable } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { type AppendWriter, duplicateId, type Verdict } from './append-writer.ts'
import { isInputOutput, storeError } from './errors.ts'

/** More commands in one transaction gain nothing and keep other processes waiting (notes/storage D). */
const COMMANDS_PER_COMMIT = 256

interface Waiting {
  readonly request: Append
  readonly resume: (answer: Effect.Effect<Receipt, AppendError>) => void
  /** Its caller has gone away before it was written. */
  cancelled: boolean
}

export interface AppendQueue {
  readonly append: (request: Append) => Effect.Effect<Receipt, AppendError>
  /** Writes what waits and takes no more. */
  readonly close: () => void
  /** Transactions committed that wrote something: what group commit saves. */
  readonly commits: () => number
}

type Phase = 'begin' | 'write' | 'commit'

/** Where in its transaction an error of SQLite came. */
class Aborted extends Error {
  readonly phase: Phase
  constructor(phase: Phase, cause: unknown) {
    super(`the transaction ended in ${phase}`, { cause })
    this.phase = phase
  }
}

const during = <A>(phase: Phase, step: () => A): A => {
  try {
    return step()
  } catch (cause) {
    throw new Aborted(phase, cause)
  }
}

const isUnknown = (phase: Phase, cause: unknown): boolean => phase === 'commit' && isInputOutput(cause)

/** Whether writing the members one by one can tell the one at fault from the others. */
const isOneMembersFault = (aborted: unknown): boolean =>
  aborted instanceof Aborted && aborted.phase !== 'begin' && !isUnknown(aborted.phase, aborted.cause)

/**
 * Group commit: appends of one tick share one transaction and one fsync, each with its own verdict. `setImmediate`
 * drains the queue, so a single writer waits for no timer. A statement that fails rolls the transaction back; its
 * members are then written one by one, and only the one at fault hears of it.
 */
export const appendQueue = (db: DatabaseSync, writer: AppendWriter, path: string): AppendQueue => {
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  let queue: Waiting[] = []
  let scheduled = false
  let closed = false
  let committed = 0

  const transact = (members: readonly Waiting[]): readonly Verdict[] => {
    during('begin', () => begin.run())
    const verdicts = during('write', () => {
      writer.begin()
      return members.map(({ request }) => writer.write(request))
    })
    during('commit', () => commit.run())
    if (verdicts.some((verdict) => !('_tag' in verdict || verdict.repeated))) committed += 1
    return verdicts
  }

  const rollBack = (): void => {
    if (db.isTransaction) db.exec('ROLLBACK')
    writer.rolledBack()
  }

  const failed = ({ phase, cause }: Aborted, request: Append): AppendError => {
    // A failed write or sync of a commit leaves open whether it will be there after a restart.
    if (isUnknown(phase, cause)) return new Indeterminate({ message: `${path}: ${String(cause)}` })
    return duplicateId(cause, request) ?? storeError(cause, path)
  }

  const answer = ({ resume }: Waiting, verdict: Verdict): void =>
    resume('_tag' in verdict ? Effect.fail(verdict) : Effect.succeed(verdict))

  const answerFailure = (waiting: Waiting, cause: unknown): void => {
    try {
      if (!(cause instanceof Aborted)) throw cause
      answer(waiting, failed(cause, waiting.request))
    } catch (defect) {
      waiting.resume(Effect.die(defect))
    }
  }

  const answerAll = (members: readonly Waiting[], outcome: { verdicts: readonly Verdict[] } | { cause: unknown }) => {
    for (const [index, member] of members.entries()) {
      if ('cause' in outcome) answerFailure(member, outcome.cause)
      else answer(member, outcome.verdicts[index] as Verdict)
    }
  }

  const tried = (members: readonly Waiting[]): { verdicts: readonly Verdict[] } | { cause: unknown } => {
    try {
      return { verdicts: transact(members) }
    } catch (cause) {
      rollBack()
      return { cause }
    }
  }

  const write = (members: readonly Waiting[]): void => {
    const outcome = tried(members)
    if ('verdicts' in outcome || members.length === 1 || !isOneMembersFault(outcome.cause)) {
      answerAll(members, outcome)
      return
    }
    for (const [index, member] of members.entries()) {
      const own = tried([member])
      // When not even a transaction can begin, the rest would only wait as long again.
      const rest = 'cause' in own && !isOneMembersFault(own.cause) ? members.slice(index) : [member]
      answerAll(rest, own)
      if (rest.length > 1) return
    }
  }

  const drain = (): void => {
    scheduled = false
    const members = queue.slice(0, COMMANDS_PER_COMMIT).filter(({ cancelled }) => !cancelled)
    queue = queue.slice(COMMANDS_PER_COMMIT)
    if (queue.length > 0) schedule()
    if (members.length > 0) write(members)
  }

  const schedule = (): void => {
    if (scheduled) return
    scheduled = true
    setImmediate(drain)
  }

  return {
    append: (request) =>
      Effect.callback<Receipt, AppendError>((resume) => {
        if (closed) return resume(Effect.fail(new Unavailable({ message: `${path} is closed` })))
        const waiting: Waiting = { request, resume, cancelled: false }
        queue.push(waiting)
        schedule()
        return Effect.sync(() => {
          waiting.cancelled = true
        })
      }),
    close: () => {
      closed = true
      while (queue.length > 0) drain()
    },
    commits: () => committed,
  }
}
