import type { z } from 'zod'
import type { Accepted, Rejection } from './decision.ts'
import type { Codec } from './event.ts'

/**
 * What an aggregate answers: a decision, and beside an accepted one the state after its events where deciding has folded
 * them already. `after` is fold(state, events) or absent; it saves the one who stores the events a fold of his own.
 */
export type Decided<S, E> = (Accepted<E> & { readonly after?: S | undefined }) | Rejection

/** What a unit of consistency is made of: one stream, its events, its commands, how it folds and decides. */
export interface Aggregate<S, C extends { readonly type: string }, E extends { readonly type: string }, Context> {
  /** First part of its stream names: `account` in `account-<id>`. */
  readonly name: string
  readonly codec: Codec<E>
  /** Validates a command as given, strictly: unknown keys are refused with their path. */
  readonly commandSchema: z.ZodType<C>
  readonly initial: S
  /** Folds events onto a state. The given state is not changed; fold(a ++ b) = fold(fold(a), b) (law C1). */
  readonly fold: (state: S, events: readonly E[]) => S
  readonly decide: (state: S, command: C, context: Context) => Decided<S, E>
  /** Whether these events end what the stream is about: nothing new is taken by it afterwards. Absent: it never ends. */
  readonly closes?: (events: readonly E[]) => boolean
  /** Ids of what events have brought into the book, by kind: for receipts. Absent: it makes nothing that commands name. */
  readonly madeBy?: (events: Iterable<E>) => Readonly<Record<string, string | undefined>>
}
