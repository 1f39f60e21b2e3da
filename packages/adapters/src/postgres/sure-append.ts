import { type Append, type AppendError, Indeterminate, Integrity } from '@daybook/core/ports'
import type { Verdict } from './append-batch.ts'
import { brokenConstraint, isPassing, isUnknown, storeError } from './errors.ts'
import { pause, pauseAfter } from './sessions.ts'

export type SendBatch = (requests: readonly Append[]) => Promise<readonly Verdict[]>

export interface SureOptions {
  readonly where: string
  /** How long to go on trying while the server is away, in milliseconds. */
  readonly patience: number
  readonly isClosed: () => boolean
}

/** A defect of ours, to be thrown again: not an answer of the store. */
export interface Defect {
  readonly defect: unknown
}
export type Settled = Verdict | Defect

/** The only constraint that a checked request can break by itself: its event id is in the log already (law B8). */
const duplicateId = ({ stream, commandId }: Append): Integrity =>
  new Integrity({ message: `command ${commandId} on ${stream} has an event id that is in the log already` })

const brokenLog = (where: string): Integrity =>
  new Integrity({
    message: `${where} holds events beyond the end of its log: no Daybook wrote them; restore the book from a copy`,
  })

/**
 * What was sent again after an answer was lost, and was found: the leaf tells whose it is. A leaf holds the id and the salt
 * of its event, so it is this very request that was written, the first time.
 */
const ownWhenSentAgain = (request: Append, verdict: Verdict): Verdict =>
  !('_tag' in verdict) && verdict.headHash === request.events.at(-1)?.leaf ? { ...verdict, repeated: false } : verdict

/**
 * Appends a batch and finds out what became of it. A batch whose answer was lost is sent again: the command ids say whether
 * it was written, and where the first one is still under way, one of the two wins and the other finds it. Only while the
 * server stays away is the answer `Indeterminate`. A batch that one member breaks is sent member by member, so that only that
 * one hears of it.
 */
export const sureAppend = (send: SendBatch, { where, patience, isClosed }: SureOptions) => {
  const gaveUp = (cause: unknown, sentBefore: boolean): AppendError => {
    const error = storeError(cause, where)
    if (!sentBefore) return error
    return new Indeterminate({ message: `${error.message}; whether the command was written is not known` })
  }

  const settle = async (requests: readonly Append[], sent = false): Promise<readonly Settled[]> => {
    const until = performance.now() + patience
    let sentBefore = sent
    for (let tries = 0; ; tries++) {
      try {
        const verdicts = await send(requests)
        return sentBefore ? verdicts.map((verdict, n) => ownWhenSentAgain(requests[n] as Append, verdict)) : verdicts
      } catch (cause) {
        const constraint = brokenConstraint(cause)
        if (constraint !== undefined && requests.length > 1) return await oneByOne(requests, sentBefore)
        if (constraint === 'events_id') return requests.map(duplicateId)
        if (constraint !== undefined) return requests.map(() => brokenLog(where))
        sentBefore ||= isUnknown(cause)
        const wait = pauseAfter(tries)
        if (isClosed() || !isPassing(cause) || performance.now() + wait > until) {
          return requests.map(() => told(() => gaveUp(cause, sentBefore)))
        }
        await pause(wait)
      }
    }
  }

  const oneByOne = async (requests: readonly Append[], sent: boolean): Promise<readonly Settled[]> => {
    const settled: Settled[] = []
    for (const request of requests) settled.push(...(await settle([request], sent)))
    return settled
  }

  return (requests: readonly Append[]): Promise<readonly Settled[]> => settle(requests)
}

const told = (error: () => AppendError): Settled => {
  try {
    return error()
  } catch (defect) {
    return { defect }
  }
}
