import { type Append, type AppendError, type Receipt, Unavailable } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import * as Result from 'effect/Result'
import type { Settled } from './sure-append.ts'

/** More commands in one call gain nothing and keep other processes waiting (notes/storage D). */
const COMMANDS_PER_CALL = 256
/** Texts of one call, in UTF-16 units: larger ones only hold up the others. One append is never divided. */
const TEXT_PER_CALL = 8_388_608

interface Waiting {
  readonly request: Append
  readonly text: number
  readonly answer: (settled: Settled) => void
  /** Its caller has gone away before it was sent. */
  cancelled: boolean
}

export interface AppendQueue {
  readonly append: (request: Append) => Effect.Effect<Receipt, AppendError>
  /** Each answered in its place; in the order given. */
  readonly appendMany: (requests: readonly Append[]) => Effect.Effect<readonly Result.Result<Receipt, AppendError>[]>
  /** Writes what waits and takes no more. */
  readonly close: () => Promise<void>
  /** Calls that have written something: what group commit saves. */
  readonly commits: () => number
}

const textOf = ({ events }: Append): number =>
  events.reduce((sum, { data, meta }) => sum + data.length + meta.length, 0)

const wrote = (settled: Settled): boolean => !('defect' in settled || '_tag' in settled || settled.repeated)

/**
 * Group commit: appends of one tick, and all that come while a call is under way, share one call and one commit, each with
 * its own verdict. `setImmediate` begins it, so a single writer waits for no timer. One call at a time: the row of the log's
 * end would keep a second one waiting.
 */
export const appendQueue = (
  settle: (requests: readonly Append[]) => Promise<readonly Settled[]>,
  { where, grown }: { readonly where: string; readonly grown: (position: number) => void },
): AppendQueue => {
  let queue: Waiting[] = []
  let running: Promise<void> | undefined
  let closed = false
  let commits = 0

  /** As many from the front as go into one call. */
  const next = (): readonly Waiting[] => {
    const members: Waiting[] = []
    let text = 0
    let taken = 0
    for (const waiting of queue) {
      text += waiting.text
      if (members.length === COMMANDS_PER_CALL || (members.length > 0 && text > TEXT_PER_CALL)) break
      taken += 1
      if (!waiting.cancelled) members.push(waiting)
    }
    queue = queue.slice(taken)
    return members
  }

  const write = async (members: readonly Waiting[]): Promise<void> => {
    let settled: readonly Settled[]
    try {
      settled = await settle(members.map(({ request }) => request))
    } catch (defect) {
      settled = members.map(() => ({ defect }))
    }
    if (settled.some(wrote)) commits += 1
    for (const one of settled) if ('lastPosition' in one) grown(one.lastPosition)
    for (const [index, { answer }] of members.entries()) answer(settled[index] as Settled)
  }

  const drain = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve))
    while (queue.length > 0) {
      const members = next()
      if (members.length > 0) await write(members)
    }
    running = undefined
  }

  const enter = (members: readonly Waiting[]): Effect.Effect<void> => {
    for (const member of members) queue.push(member)
    running ??= drain()
    return Effect.sync(() => {
      for (const member of members) member.cancelled = true
    })
  }

  const isClosed = (): Unavailable => new Unavailable({ message: `${where} is closed` })
  const waiting = (request: Append, answer: Waiting['answer']): Waiting => ({
    request,
    text: textOf(request),
    answer,
    cancelled: false,
  })

  return {
    append: (request) =>
      Effect.callback<Receipt, AppendError>((resume) => {
        if (closed) return resume(Effect.fail(isClosed()))
        const answer = (settled: Settled): void => {
          if ('defect' in settled) resume(Effect.die(settled.defect))
          else resume('_tag' in settled ? Effect.fail(settled) : Effect.succeed(settled))
        }
        return enter([waiting(request, answer)])
      }),
    appendMany: (requests) =>
      Effect.callback((resume) => {
        if (closed || requests.length === 0) return resume(Effect.succeed(requests.map(() => Result.fail(isClosed()))))
        const answers: Result.Result<Receipt, AppendError>[] = []
        let left = requests.length
        const members = requests.map((request, at) =>
          waiting(request, (settled) => {
            if ('defect' in settled) return resume(Effect.die(settled.defect))
            answers[at] = '_tag' in settled ? Result.fail(settled) : Result.succeed(settled)
            left -= 1
            if (left === 0) resume(Effect.succeed(answers))
          }),
        )
        return enter(members)
      }),
    close: async () => {
      closed = true
      while (running) await running
    },
    commits: () => commits,
  }
}
