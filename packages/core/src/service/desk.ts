import * as Effect from 'effect/Effect'
import { account } from '../account/account.ts'
import type { Actor, Given } from '../account/context.ts'
import type { AccountCommand, AccountEvent, AccountState } from '../account/rooms.ts'
import { precondition, type RuleHit, reject } from '../kernel/decision.ts'
import { accountStream, personStream, remittanceStream } from '../kernel/streams.ts'
import type { PolicyVersion } from '../policy/policy.ts'
import { NO_STREAM } from '../ports/event-store.ts'
import { type AssignReference, type RegistryState, registry } from '../registry/registry.ts'
import type { RemittanceContext } from '../remittance/context.ts'
import { remittance } from '../remittance/remittance.ts'
import type { RemittanceState } from '../remittance/state.ts'
import type { Catalogue } from '../rules/check.ts'
import type { Vouchable } from '../rules/own.ts'
import { type Asked, type Executed, executeAndSee, issue } from './execute.ts'
import { guarded, guardedAccount } from './guarded.ts'
import { load, reload } from './load.ts'
import { parseCommand } from './parse-command.ts'
import type { ContextOf, ExecuteError, Issued, Outcome, Service, World } from './service.ts'

/** The practice's desk: the service with the policy and the rules by which accounts decide, and who sits there. */
export interface Desk {
  readonly service: Service
  readonly policy: () => PolicyVersion
  readonly catalogue: Catalogue
  /** Facts of the product beside the house's. */
  readonly ownFacts?: Given['ownFacts']
  /** What of them the desk may vouch for on a command. */
  readonly vouchable?: Vouchable
  readonly actor: Actor
  /** How often the book has extended credit, where that was counted for this command. */
  readonly creditExtended?: Given['creditExtended']
}

/** `ab12…` (64 hex digits) as a UUID of version 8: an id that a retry derives again (design §3.8). */
export const uuidOf = (hex: string): string => {
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** What account decisions are given. Ids derive from stream, command, kind and count. */
export const accountContext =
  (desk: Desk, writing?: Given['writing']): ContextOf<Given> =>
  ({ commandId, stream, now, today }) => {
    const counts = new Map<string, number>()
    const { sha256, keyedHash, localTime } = desk.service.world
    return {
      today,
      now,
      localTime,
      actor: desk.actor,
      commandId,
      policy: desk.policy(),
      catalogue: desk.catalogue,
      ownFacts: desk.ownFacts,
      creditExtended: desk.creditExtended,
      ...(writing ? { writing } : {}),
      sha256,
      keyedHash,
      newId: (kind) => {
        const n = counts.get(kind) ?? 0
        counts.set(kind, n + 1)
        return uuidOf(sha256(`${stream}\n${commandId}\n${kind}\n${n}`))
      },
    }
  }

const remittanceContext =
  (desk: Desk): ContextOf<RemittanceContext> =>
  ({ today }) => ({ today, policy: desk.policy() })

const nothing: ContextOf<unknown> = () => undefined

export { accountStream, personStream, remittanceStream }

/** What names references: a desk, or as much of one as hashes. */
interface Naming {
  readonly service: Pick<Service, 'glance'> & { readonly world: Pick<World, 'keyedHash'> }
}
export const referenceStream = ({ service: { glance, world } }: Naming, kind: string, value: string): string => {
  const key = `${kind} ${value}`
  const known = glance?.names.get(key)
  if (known !== undefined) return known
  const stream = `ref-${world.keyedHash(`ref:${kind}`, value)}`
  glance?.names.set(key, stream)
  return stream
}

const issued = (desk: Desk, commandId: string, cause?: Issued['cause']): Issued => ({
  commandId,
  actor: desk.actor,
  ...(cause ? { cause } : {}),
})

/**
 * An account that is most likely new: its first command begins with the empty stream instead of reading it. A wrong
 * guess costs a conflict and nothing else, because the empty stream is a first part of every stream.
 */
export const presumeNew = (desk: Desk, accountId: string): void => {
  const { cache } = desk.service
  const stream = accountStream(accountId)
  if (!cache.get(stream)) cache.set(stream, { state: account.initial, token: NO_STREAM })
}

/** The same of a reference that most likely nothing was assigned to. */
export const presumeUnassigned = (desk: Desk, kind: string, value: string): void => {
  const { cache } = desk.service
  const stream = referenceStream(desk, kind, value)
  if (!cache.get(stream)) cache.set(stream, { state: registry.initial, token: NO_STREAM })
}

/** What an import asks of an account besides its command. */
export interface Importing<F> extends Asked<AccountEvent, F> {
  readonly cause?: Issued['cause']
  /** The account as the import sees it; without anything, as it is, its faults made refusals. */
  readonly aggregate?: typeof account
}

/**
 * The same for a command that this library has made itself, of parts that it has validated before (`issue`), and that
 * must not stop those after it.
 */
export const issueToAccount = <F = never>(
  desk: Desk,
  accountId: string,
  command: AccountCommand,
  commandId: string,
  { cause, aggregate = guardedAccount, ...asked }: Importing<F> = {},
): Effect.Effect<Outcome, ExecuteError | F> =>
  guarded(
    issue(
      desk.service,
      aggregate,
      accountContext(desk),
      accountStream(accountId),
      command,
      issued(desk, commandId, cause),
      asked,
    ),
  )

/** Why the account would refuse the command now: empty where it would take it, or has taken it before. Writes nothing. */
export const refusalOf = (
  desk: Desk,
  accountId: string,
  command: unknown,
  commandId: string,
  aggregate: typeof account = guardedAccount,
): Effect.Effect<readonly RuleHit[], ExecuteError> =>
  Effect.gen(function* () {
    const { service } = desk
    const stream = accountStream(accountId)
    const parsed = yield* parseCommand(account, command)
    const { state } = yield* reload(service, account, stream)
    const now = service.world.now()
    const context = accountContext(desk)({
      commandId,
      stream,
      now,
      today: service.world.dayOf(now),
      actor: desk.actor,
    })
    const decision = aggregate.decide(state, parsed, context)
    if (decision.ok || (yield* service.store.findCommand(stream, commandId))) return []
    return decision.hits
  })

/** Gives the remittance as the command has left it: whoever goes on with it need not load it again. */
export const executeOnRemittance = (
  desk: Desk,
  remittanceId: string,
  command: unknown,
  commandId: string,
): Effect.Effect<Executed<RemittanceState>, ExecuteError> =>
  executeAndSee(
    desk.service,
    remittance,
    remittanceContext(desk),
    remittanceStream(remittanceId),
    command,
    issued(desk, commandId),
  )

/**
 * Assigns a reference. With `seen`, how many assignments the caller has seen of it, it is refused where there are more
 * by now: what the caller concluded from them may be wrong.
 */
export const assignReference = (
  desk: Desk,
  kind: string,
  value: string,
  command: AssignReference,
  commandId: string,
  seen?: number,
): Effect.Effect<Outcome, ExecuteError> =>
  issue(
    desk.service,
    seen === undefined ? registry : registryAt(seen),
    nothing,
    referenceStream(desk, kind, value),
    command,
    issued(desk, commandId),
  )

/** The condition is none of the command's: with another count in mind it is the same command still. */
const registryAt = (seen: number): typeof registry => ({
  ...registry,
  decide: (state, command, context) =>
    state.length > seen
      ? reject([precondition('registry.more', 'it was assigned to more since')])
      : registry.decide(state, command, context),
})

export const loadReference = (desk: Desk, kind: string, value: string): Effect.Effect<RegistryState, ExecuteError> =>
  Effect.map(load(desk.service, registry, referenceStream(desk, kind, value)), (loaded) => loaded.state)

/** What this process has seen of a reference, without asking whether there is more. */
export const seenReference = ({ service }: Desk, kind: string, value: string): RegistryState =>
  (service.cache.get(referenceStream({ service }, kind, value))?.state as RegistryState | undefined) ?? registry.initial

export const loadRemittance = (desk: Desk, id: string): Effect.Effect<RemittanceState, ExecuteError> =>
  Effect.map(load(desk.service, remittance, remittanceStream(id)), (loaded) => loaded.state)

export const loadAccount = (desk: Desk, accountId: string): Effect.Effect<AccountState, ExecuteError> =>
  Effect.map(load(desk.service, account, accountStream(accountId)), (loaded) => loaded.state)
