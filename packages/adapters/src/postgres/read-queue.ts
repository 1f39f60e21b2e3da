import type { StoredEvent } from '@daybook/core/ports'

/** Streams of one query: what a few long ones hold has to fit in memory. */
const STREAMS_PER_QUERY = 64

/** A page of a stream that somebody asks for. */
export interface StreamPage {
  readonly stream: string
  readonly after: number
  readonly limit: number
}

interface Waiting {
  readonly page: StreamPage
  readonly resolve: (events: readonly StoredEvent[]) => void
  readonly reject: (cause: unknown) => void
}

/** The pages of streams, in the order asked. What is wrong with the events of one is a failure of that one alone. */
export type AskPages = (
  pages: readonly StreamPage[],
) => Promise<readonly PromiseSettledResult<readonly StoredEvent[]>[]>

/**
 * Reads of single streams that are asked for in one tick share a query, each with its own answer: an import's claims, side
 * by side, ask for some ten streams each, and a round trip costs more than what it brings. `setImmediate` begins it, so a
 * single reader waits for no timer; queries do not wait for each other. A query that fails is asked again stream by stream.
 */
export const readQueue = (ask: AskPages): ((page: StreamPage) => Promise<readonly StoredEvent[]>) => {
  let queue: Waiting[] = []

  const answer = async (members: readonly Waiting[]): Promise<void> => {
    try {
      const answers = await ask(members.map(({ page }) => page))
      for (const [at, { resolve, reject }] of members.entries()) {
        const found = answers[at] as (typeof answers)[number]
        if (found.status === 'fulfilled') resolve(found.value)
        else reject(found.reason)
      }
    } catch (cause) {
      if (members.length === 1) members[0]?.reject(cause)
      // It may be the fault of one of them.
      else await Promise.all(members.map((member) => answer([member])))
    }
  }

  const drain = (): void => {
    const members = queue
    queue = []
    for (let at = 0; at < members.length; at += STREAMS_PER_QUERY) {
      void answer(members.slice(at, at + STREAMS_PER_QUERY))
    }
  }

  return (page) =>
    new Promise((resolve, reject) => {
      if (queue.length === 0) setImmediate(drain)
      queue.push({ page, resolve, reject })
    })
}
