import type { DepositCommandInput } from '@daybook/core/deposit'
import { isUuid, shown } from '@daybook/core/kernel'
import { executeOnDeposit, firstReceipt } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { deskFor } from './desk.ts'
import { invalidCommand, orFault, rejected } from './errors.ts'
import { commandGiven, commandOptions } from './given.ts'
import type { OpenBook } from './open-book.ts'
import type { DaybookShape } from './shape.ts'

export const depositIn = (book: OpenBook): DaybookShape['deposit'] =>
  Effect.fn('Daybook.deposit')(function* (command: DepositCommandInput, options = {}) {
    yield* commandGiven(commandOptions, options)
    const named: { readonly deposit?: unknown } | null = command
    if (typeof named?.deposit === 'string' && !isUuid(named.deposit)) {
      return yield* invalidCommand('deposit', `a line has a UUID in lower case for an id, not ${shown(named.deposit)}`)
    }
    yield* book.refreshPolicy
    yield* book.beforeWriting
    const desk = yield* deskFor(book, options)
    const commandId = options.commandId ?? desk.service.world.uuid()
    const { deposit, outcome } = yield* orFault(executeOnDeposit(desk, command, commandId, options.cause))
    if (!outcome.ok) return yield* rejected(outcome)
    const answer = 'nothingToDo' in outcome ? outcome : yield* firstReceipt(book.events, outcome)
    return { deposit, ...answer }
  })
