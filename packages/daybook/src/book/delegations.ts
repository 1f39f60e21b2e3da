import {
  DELEGATION_STREAM,
  type Delegation,
  type DelegationCommand,
  type DelegationEvent,
  delegatedTo,
  delegationCodec,
  delegations,
  foldDelegations,
  isInForce,
  newDelegations,
} from '@daybook/core/delegation'
import { type Day, isUnreadable, shown, type Unreadable } from '@daybook/core/kernel'
import { execute, firstReceipt, load } from '@daybook/core/service'
import { queues } from '@daybook/projections/worklist'
import * as Effect from 'effect/Effect'
import type { DelegationShown } from './answers.ts'
import { deskFor } from './desk.ts'
import { invalidCommand, orFault, rejected } from './errors.ts'
import { commandGiven, delegateAsked, delegationsAsked, questionGiven, revokeAsked } from './given.ts'
import { dayAsked, todayOf } from './moments.ts'
import type { OpenBook } from './open-book.ts'
import type { Acting } from './requests.ts'
import type { DaybookShape } from './shape.ts'

const given = (book: OpenBook, command: object & Pick<DelegationCommand, 'type'>, commandId: string, asking: Acting) =>
  Effect.gen(function* () {
    yield* book.beforeWriting
    const { service, actor } = yield* deskFor(book, asking)
    const outcome = yield* orFault(
      execute(service, delegations, ({ today }) => ({ today, actor }), DELEGATION_STREAM, command, {
        commandId,
        actor,
      }),
    )
    if (!outcome.ok) return yield* rejected(outcome)
    return 'nothingToDo' in outcome ? outcome : yield* firstReceipt(book.events, outcome)
  })

/** Somebody does the work of another for some days. */
export const delegateIn = (book: OpenBook): DaybookShape['delegate'] =>
  Effect.fn('Daybook.delegate')(function* (request) {
    yield* commandGiven(delegateAsked, request)
    const { actor, commandId: named, delegation: id, ...said } = request
    const unknown = said.queues?.find((queue) => !queues.some((one) => one === queue))
    if (unknown !== undefined) {
      return yield* invalidCommand('queues', `${shown(unknown)} is no queue: one of ${queues.join(', ')}`)
    }
    yield* book.refreshPolicy
    const { world } = book.desk.service
    const commandId = named ?? world.uuid()
    // Of the command: given again under its id, it is the same delegation.
    const delegation = id ?? world.sha256(`delegation\n${commandId}`).slice(0, 32)
    const command = { type: 'DelegateQueue' as const, on: todayOf(book), delegation, ...said }
    return { delegation, ...(yield* given(book, command, commandId, actor ? { actor } : {})) }
  })

/** It ends before its last day. */
export const revokeDelegationIn = (book: OpenBook): DaybookShape['revokeDelegation'] =>
  Effect.fn('Daybook.revokeDelegation')(function* (delegation, options) {
    yield* commandGiven(revokeAsked, { ...options, delegation })
    yield* book.refreshPolicy
    const { reason, commandId = book.desk.service.world.uuid(), actor } = options
    const command = { type: 'RevokeDelegation' as const, on: todayOf(book), delegation, reason }
    return yield* given(book, command, commandId, actor ? { actor } : {})
  })

const shownOf = (delegation: Delegation, on: Day): DelegationShown => {
  const { delegationId, from, to, queues: some, since, until, revokedOn } = delegation
  return {
    delegation: delegationId,
    from,
    to,
    ...(some === undefined ? {} : { queues: some }),
    since,
    until,
    ...(revokedOn === undefined ? {} : { revokedOn }),
    inForce: isInForce(delegation, on),
  }
}

export const delegationsIn = (book: OpenBook): DaybookShape['delegations'] =>
  Effect.fn('Daybook.delegations')(function* (request = {}) {
    yield* questionGiven(delegationsAsked, request)
    const on = yield* dayAsked(book, 'asOf', request.asOf)
    const { state } = yield* load(book.desk.service, delegations, DELEGATION_STREAM)
    return [...state.values()].map((one) => shownOf(one, on))
  })

const PAGE = 1_000

/** What a newer Daybook has written delegates nothing here. */
const isReadable = (event: DelegationEvent | Unreadable): event is DelegationEvent => !isUnreadable(event)

/** What somebody did for others on a day, as it was known at a position. */
export const standsInFor = (book: OpenBook, actor: string, on: Day, knownAt: number) =>
  Effect.gen(function* () {
    let state = newDelegations
    for (let after = -1; ; ) {
      const page = yield* book.events.readStream(DELEGATION_STREAM, { after, limit: PAGE })
      const known = page.filter(({ position }) => position <= knownAt).map((stored) => delegationCodec.decode(stored))
      state = foldDelegations(state, known.filter(isReadable))
      const last = page.at(-1)
      if (!last || page.length < PAGE) return delegatedTo(state, actor, on)
      after = last.version
    }
  })
