import { type Append, appendOneByOne, CommandMismatch } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import * as Result from 'effect/Result'
import { conflict, headOf, type Mutant, mutant, pretended, rebased } from './mutant.ts'

const batches = 'batches'

const members: readonly Mutant[] = [
  mutant(batches, 'commits every member for itself', (right) => ({ appendMany: appendOneByOne(right.append) })),
  mutant(batches, 'stops at the first member that fails', (right) => ({
    appendMany: (requests) =>
      Effect.map(appendOneByOne(right.append)(requests), (answers) => {
        const failed = answers.findIndex(Result.isFailure)
        return failed < 0
          ? answers
          : answers.map((answer, at) => (at > failed ? (answers[failed] as typeof answer) : answer))
      }),
  })),
  mutant(batches, 'answers in another order', (right) => ({
    appendMany: (requests) => Effect.map(right.appendMany(requests), (answers) => answers.toReversed()),
  })),
  mutant(batches, 'writes in another order', (right) => ({
    appendMany: (requests) => Effect.map(right.appendMany(requests.toReversed()), (answers) => answers.toReversed()),
  })),
  mutant(batches, 'writes its streams in the order of their names', (right) => ({
    appendMany: (requests) => {
      const order = requests
        .map((_, at) => at)
        .sort((a, b) => ((requests[a]?.stream ?? '') < (requests[b]?.stream ?? '') ? -1 : 1))
      return Effect.map(right.appendMany(order.map((at) => requests[at] as Append)), (answers) =>
        requests.map((_, at) => answers[order.indexOf(at)] as (typeof answers)[number]),
      )
    },
  })),
  mutant(batches, 'takes one append of a stream only', (right) => ({
    appendMany: (requests) => {
      const taken = new Set<string>()
      return Effect.forEach(requests, (request) => {
        if (taken.has(request.stream)) return Effect.succeed(Result.fail(conflict(request, -1)))
        taken.add(request.stream)
        return Effect.result(right.append(request))
      })
    },
  })),
  mutant(batches, 'loses what is beyond 256', (right) => ({
    appendMany: (requests) =>
      Effect.map(right.appendMany(requests.slice(0, 256)), (answers) =>
        requests.map((request, at) => answers[at] ?? Result.succeed(pretended(request))),
      ),
  })),
  mutant(batches, 'gives every member the receipt of the first', (right) => ({
    appendMany: (requests) =>
      Effect.map(right.appendMany(requests), (answers) => answers.map(() => answers[0] as (typeof answers)[number])),
  })),
  mutant(batches, 'answers something to nothing', (right) => ({
    appendMany: (requests) =>
      requests.length > 0
        ? right.appendMany(requests)
        : Effect.succeed([Result.fail(new CommandMismatch({ stream: '', commandId: '', message: '' }))]),
  })),
  mutant(batches, 'does not know a member again', (right) => {
    let sent = 0
    return {
      appendMany: (requests) =>
        Effect.forEach(requests, (request) =>
          Effect.flatMap(headOf(right, request.stream), (head) =>
            Effect.result(right.append(rebased({ ...request, commandId: `${request.commandId}.${++sent}` }, head))),
          ),
        ),
    }
  }),
  mutant(batches, 'writes only what fits in memory: gone when it is opened again', (_right) => {
    let size = 0
    return {
      appendMany: (requests) =>
        Effect.sync(() =>
          requests.map((request) =>
            Result.succeed({ ...pretended(request), firstPosition: ++size, lastPosition: size }),
          ),
        ),
    }
  }),
]

/** Bugs in batches. */
export const ofBatches: readonly Mutant[] = members
