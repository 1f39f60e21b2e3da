import type { DatabaseSync } from 'node:sqlite'
import { type Append, type AppendError, Indeterminate, type Receipt, Unavailable } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import * as Result from 'effect/Result'
import { type AppendWriter, duplicateId, type Verdict } from './append-writer.ts'
import { isBusy, isInputOutput, storeError } from './errors.ts'
import { LOOK_AGAIN, waitInside } from './waiting.ts'

/** More commands in one transaction gain nothing and keep other processes waiting (notes/storage D). */
const COMMANDS_PER_COMMIT = 256

interface Waiting {
  readonly request: Append
  readonly answer: (verdict: Verdict) => void
  /** It met a defect of ours, no state of the store. */
  readonly die: (defect: unknown) => void
  /** Its caller has gone away before it was written. */
  cancelled: boolean
  /** When another writer was first in its way. */
  waitsSince?: number
}

export interface AppendQueue {
  readonly append: (request: Append) => Effect.Effect<Receipt, AppendError>
  /** Each answered in its place; in the order given. */
  readonly appendMany: (requests: readonly Append[]) => Effect.Effect<readonly Result.Result<Receipt, AppendError>[]>
  /** Writes what waits and takes no more. */
  readonly close: () => void
  /** Transactions committed that wrote something: what group commit saves. */
  readonly commits: () => number
  /** The last position that this queue has committed. */
  readonly written: () => number
}

type Phase = 'begin' | 'write' | 'commit'

/** Of one transaction: a verdict for each member, or what ended it. */
type Outcome = { readonly verdicts: readonly Verdict[] } | { readonly cause: unknown }

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

/** Whether another writer was in the way, so that nothing was tried yet. */
const isHeldUp = (outcome: Outcome): boolean =>
  'cause' in outcome &&
  outcome.cause instanceof Aborted &&
  outcome.cause.phase === 'begin' &&
  isBusy(outcome.cause.cause)

/** Whether writing the members one by one can tell the one at fault from the others. */
const isOneMembersFault = (aborted: unknown): boolean =>
  aborted instanceof Aborted && aborted.phase !== 'begin' && !isUnknown(aborted.phase, aborted.cause)

/**
 * Group commit: appends of one tick share one transaction and one fsync, each with its own verdict. `setImmediate`
 * drains the queue, so a single writer waits for no timer. A statement that fails rolls the transaction back; its
 * members are then written one by one, and only the one at fault hears of it. While another process writes, members wait
 * with the event loop free.
 */
export const appendQueue = (
  db: DatabaseSync,
  writer: AppendWriter,
  { path, grown, patience }: { readonly path: string; readonly grown: () => void; readonly patience: number },
): AppendQueue => {
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  let queue: Waiting[] = []
  let scheduled = false
  let closed = false
  let committed = 0
  let written = 0

  const transact = (members: readonly Waiting[]): readonly Verdict[] => {
    during('begin', () => begin.run())
    const verdicts = during('write', () => {
      writer.begin()
      return members.map(({ request }) => writer.write(request))
    })
    during('commit', () => commit.run())
    if (verdicts.some((verdict) => !('_tag' in verdict || verdict.repeated))) committed += 1
    for (const verdict of verdicts) if (!('_tag' in verdict)) written = Math.max(written, verdict.lastPosition)
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

  const answerFailure = (waiting: Waiting, cause: unknown): void => {
    try {
      if (!(cause instanceof Aborted)) throw cause
      waiting.answer(failed(cause, waiting.request))
    } catch (defect) {
      waiting.die(defect)
    }
  }

  const answerAll = (members: readonly Waiting[], outcome: Outcome) => {
    for (const [index, member] of members.entries()) {
      if ('cause' in outcome) answerFailure(member, outcome.cause)
      else member.answer(outcome.verdicts[index] as Verdict)
    }
  }

  const tried = (members: readonly Waiting[]): Outcome => {
    try {
      return { verdicts: transact(members) }
    } catch (cause) {
      rollBack()
      return { cause }
    }
  }

  /** Puts them back to be tried again soon; gives those that have waited long enough. */
  const postpone = (members: readonly Waiting[]): readonly Waiting[] => {
    const now = performance.now()
    const waits = (member: Waiting): boolean => {
      member.waitsSince ??= now
      return now - member.waitsSince < patience
    }
    const again = members.filter(waits)
    queue = [...again, ...queue]
    return members.filter((member) => !again.includes(member))
  }

  /** What became of all, before anybody hears of it: whoever hears may close the store at once. */
  const outcomesOf = (members: readonly Waiting[]): readonly (readonly [readonly Waiting[], Outcome])[] => {
    const outcome = tried(members)
    if (!closed && isHeldUp(outcome)) return [[postpone(members), outcome]]
    if ('verdicts' in outcome || members.length === 1 || !isOneMembersFault(outcome.cause)) return [[members, outcome]]
    const outcomes: (readonly [readonly Waiting[], Outcome])[] = []
    for (const [index, member] of members.entries()) {
      const own = tried([member])
      if (!closed && isHeldUp(own)) return [...outcomes, [postpone(members.slice(index)), own]]
      // When not even a transaction can begin, the rest would only wait as long again.
      const rest = 'cause' in own && !isOneMembersFault(own.cause) ? members.slice(index) : [member]
      outcomes.push([rest, own])
      if (rest.length > 1) break
    }
    return outcomes
  }

  const write = (members: readonly Waiting[]): void => {
    for (const [some, outcome] of outcomesOf(members)) answerAll(some, outcome)
  }

  const drain = (): void => {
    scheduled = false
    const members = queue.slice(0, COMMANDS_PER_COMMIT).filter(({ cancelled }) => !cancelled)
    queue = queue.slice(COMMANDS_PER_COMMIT)
    if (members.length > 0) write(members)
    if (queue.length > 0) schedule()
    grown()
  }

  const schedule = (): void => {
    if (scheduled) return
    scheduled = true
    if (queue[0]?.waitsSince === undefined) setImmediate(drain)
    else setTimeout(drain, LOOK_AGAIN)
  }

  const isClosed = () => new Unavailable({ message: `${path} is closed` })
  const cancel = (members: readonly Waiting[]) =>
    Effect.sync(() => {
      for (const member of members) member.cancelled = true
    })

  return {
    append: (request) =>
      Effect.callback<Receipt, AppendError>((resume) => {
        if (closed) return resume(Effect.fail(isClosed()))
        const waiting: Waiting = {
          request,
          answer: (verdict) => resume('_tag' in verdict ? Effect.fail(verdict) : Effect.succeed(verdict)),
          die: (defect) => resume(Effect.die(defect)),
          cancelled: false,
        }
        queue.push(waiting)
        schedule()
        return cancel([waiting])
      }),
    appendMany: (requests) =>
      Effect.callback((resume) => {
        if (closed || requests.length === 0) return resume(Effect.succeed(requests.map(() => Result.fail(isClosed()))))
        const answers: Result.Result<Receipt, AppendError>[] = []
        let left = requests.length
        const members = requests.map(
          (request, at): Waiting => ({
            request,
            answer: (verdict) => {
              answers[at] = '_tag' in verdict ? Result.fail(verdict) : Result.succeed(verdict)
              left -= 1
              if (left === 0) resume(Effect.succeed(answers))
            },
            die: (defect) => resume(Effect.die(defect)),
            cancelled: false,
          }),
        )
        for (const member of members) queue.push(member)
        schedule()
        return cancel(members)
      }),
    written: () => written,
    close: () => {
      closed = true
      waitInside(db, patience)
      while (queue.length > 0) drain()
    },
    commits: () => committed,
  }
}
