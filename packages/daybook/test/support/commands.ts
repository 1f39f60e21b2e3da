import { type AccountCommandInput, accountCodec } from '@daybook/core/account'
import { canonicalJson, isUnreadable } from '@daybook/core/kernel'
import { limits, type StoredEvent } from '@daybook/core/ports'
import { type Desk, executeOnAccount, loadAccount, type Outcome } from '@daybook/core/service'
import { fromIntegers, someCommand } from '@daybook/core/testing'
import * as Effect from 'effect/Effect'

export const today = '2026-11-20'

/** Gives a command to an account; fails as the service fails. */
export const give = (desk: Desk, account: string, command: unknown, commandId: string): Promise<Outcome> =>
  Effect.runPromise(executeOnAccount(desk, account, command, commandId))

/** The tagged error that a command fails with. */
export const failure = (desk: Desk, account: string, command: unknown, commandId: string) =>
  Effect.runPromise(Effect.flip(executeOnAccount(desk, account, command, commandId)))

export const openAccount = (account: string): AccountCommandInput => ({
  type: 'OpenAccount',
  accountId: account,
  on: '2026-08-01',
  guarantor: { state: 'MN' },
})

/** An account with one coverage, ready for a life. */
export const opened = async (desk: Desk, account: string): Promise<void> => {
  await give(desk, account, openAccount(account), 'open')
  const coverage = { type: 'AddCoverage', on: today, coverage: 'cov1', payer: 'acme', filingIndicator: '12' }
  await give(desk, account, coverage, 'cover')
}

export interface Given {
  readonly command: AccountCommandInput
  readonly commandId: string
  readonly outcome: Outcome
}

/** A life of an account from random integers, given to the service command by command, good and bad. */
export const live = async (
  deskAt: (number: number) => Desk,
  account: string,
  integers: readonly number[],
  longest: number,
): Promise<readonly Given[]> => {
  const random = fromIntegers(integers)
  const given: Given[] = []
  await opened(deskAt(0), account)
  for (let number = 1; number <= longest && !random.exhausted(); number += 1) {
    const desk = deskAt(number)
    const state = await Effect.runPromise(loadAccount(desk, account))
    const { world } = desk.service
    const made = someCommand(random, { state, today: world.dayOf(world.now()), number })
    // As it comes over a wire: without −0 and without what is undefined.
    const command: AccountCommandInput = JSON.parse(JSON.stringify(made))
    const commandId = `c${number}`
    given.push({ command, commandId, outcome: await give(desk, account, command, commandId) })
  }
  return given
}

/** Events of a stream, in order. */
export const streamOf = async ({ service }: Desk, account: string): Promise<readonly StoredEvent[]> =>
  Effect.runPromise(service.store.readStream(`account-${account}`, { after: -1, limit: limits.page }))

/** What an event says, without what is random in it: its salt, its id and its hashes. */
export const said = (stored: StoredEvent): string => {
  const event = accountCodec.decode(stored, true)
  if (isUnreadable(event)) throw new Error(`${stored.type} can not be read: ${event.reason}`)
  return canonicalJson({ event, meta: JSON.parse(stored.meta), actor: stored.actor })
}

export const saidIn = async (desk: Desk, account: string): Promise<readonly string[]> =>
  (await streamOf(desk, account)).map(said)

/** What is wrong with a stream by laws B1, B8, B9 and B12; empty when it is well. */
export const faultsOf = (events: readonly StoredEvent[]): readonly string[] => {
  const ids = new Set(events.map(({ id }) => id))
  const commands = [...Map.groupBy(events, ({ commandId }) => commandId).values()]
  return [
    ...(ids.size === events.length ? [] : ['B8 an event id twice']),
    ...events.flatMap((event, index) => {
      const before = events[index - 1]
      return [
        ...(event.version === index ? [] : [`B1 version ${event.version} stands at ${index}`]),
        ...(event.actor === '' ? [`B12 ${event.type} has no actor`] : []),
        ...(Number.isNaN(Date.parse(event.recordedAt)) || Number.isNaN(Date.parse(event.committedAt))
          ? [`B12 ${event.type} lacks a time`]
          : []),
        ...(before && event.recordedAt < before.recordedAt
          ? [`${event.type} is recorded before the event before it`]
          : []),
        ...(before && event.committedAt < before.committedAt ? ['C3 committedAt decreases'] : []),
      ]
    }),
    ...commands.flatMap((own) => {
      const [first] = own
      const together = own.every(({ version }, at) => version === (first?.version ?? 0) + at)
      const atOnce = new Set(own.map(({ committedAt }) => committedAt)).size === 1
      return together && atOnce ? [] : [`B9 the events of ${first?.commandId} do not stand together`]
    }),
  ]
}
