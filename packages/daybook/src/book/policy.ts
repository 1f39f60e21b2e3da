import { POLICY_STREAM, practicePolicyAggregate } from '@daybook/core/policy'
import { execute } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { deskFor } from './desk.ts'
import { rejected } from './errors.ts'
import { commandGiven, publishOptions } from './given.ts'
import { todayOf } from './moments.ts'
import type { OpenBook } from './open-book.ts'
import type { DaybookShape } from './shape.ts'
import { knowsZone } from './zones.ts'

/** Publishes a policy as the next version. What was decided before keeps the version that decided it. */
export const publishPolicyIn = (book: OpenBook): DaybookShape['publishPolicy'] =>
  Effect.fn('Daybook.publishPolicy')(function* (policy, options) {
    const { service } = book.desk
    yield* commandGiven(publishOptions, options)
    yield* book.beforeWriting
    const { actor } = yield* deskFor(book, options)
    const outcome = yield* execute(
      service,
      practicePolicyAggregate,
      ({ now }) => ({ actor, knowsZone: (zone) => knowsZone(zone, now) }),
      POLICY_STREAM,
      { type: 'PublishPolicy', on: options.on ?? todayOf(book), policy, reason: options.reason },
      { commandId: options.commandId ?? service.world.uuid(), actor },
    )
    if (!outcome.ok) return yield* rejected(outcome)
    return { ok: true as const, ...(yield* book.refreshPolicy) }
  })
