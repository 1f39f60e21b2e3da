import { sameActor } from '../kernel/actors.ts'
import type { Aggregate } from '../kernel/aggregate.ts'
import type { Day } from '../kernel/day.ts'
import {
  accept,
  type Decide,
  type Decision,
  precondition,
  type RuleHit,
  reject,
  rejectIfAny,
} from '../kernel/decision.ts'
import type { Role } from '../policy/roles.ts'
import { type DelegationCommand, delegationCommand } from './commands.ts'
import { type DelegationEvent, delegationCodec } from './events.ts'
import { type Delegation, type DelegationState, foldDelegations, newDelegations } from './state.ts'

/** The stream of who does whose work: one in each book. */
export const DELEGATION_STREAM = 'delegation-practice'

/** What a delegation is decided with. */
export interface DelegationContext {
  readonly today: Day
  readonly actor: {
    readonly id: string
    readonly roles: readonly Role[]
    readonly onBehalfOf?: { readonly id: string } | undefined
  }
}

/** Who may delegate the work of others; everybody else gives away only their own. */
const heads: readonly Role[] = ['supervisor', 'faSupervisor', 'manager', 'compliance', 'director']

type Delegate = Extract<DelegationCommand, { type: 'DelegateQueue' }>

/** Work is delegated by whose it is, or by a head; by nobody in the name of another: what was lent is not lent on. */
const mayHits = (concerned: readonly string[], { actor }: DelegationContext): readonly RuleHit[] => [
  ...(concerned.some((one) => sameActor(one, actor.id)) || actor.roles.some((role) => heads.includes(role))
    ? []
    : [
        precondition(
          'delegation.notTheirs',
          `it is said by whose work it is, or by ${heads.join(', ')} (reference §11.8)`,
        ),
      ]),
  ...(actor.onBehalfOf
    ? [precondition('delegation.lentOn', 'who acts on behalf of another does not delegate their work')]
    : []),
]

const aheadHits = (on: Day, { today }: DelegationContext): readonly RuleHit[] =>
  on > today ? [precondition('delegation.ahead', `${on} has not come yet`)] : []

const overlaps = (one: Delegation, { from, to, until, queues }: Delegate, since: Day): boolean =>
  one.revokedOn === undefined &&
  sameActor(one.from, from) &&
  sameActor(one.to, to) &&
  one.since <= until &&
  since <= one.until &&
  (one.queues === undefined || queues === undefined || queues.some((queue) => one.queues?.includes(queue)))

const daysHits = (since: Day, { until }: Delegate, { today }: DelegationContext): readonly RuleHit[] => [
  ...(since < today
    ? [precondition('delegation.backdated', `it begins on ${today} at the earliest: nobody has acted by it before`)]
    : []),
  ...(until < since ? [precondition('delegation.ends', `it ends on ${until}, before it begins on ${since}`)] : []),
]

const decide: Decide<DelegationState, DelegationCommand, DelegationEvent, DelegationContext> = {
  DelegateQueue: (state, command, context) => {
    const { on, delegation, from, to, queues, since = on, until, reason } = command
    const same = [...state.values()].find((one) => overlaps(one, command, since))
    return (
      rejectIfAny([
        ...aheadHits(on, context),
        ...mayHits([from], context),
        ...daysHits(since, command, context),
        ...(sameActor(from, to) ? [precondition('delegation.oneself', 'nobody stands in for themselves')] : []),
        ...(state.has(delegation) ? [precondition('delegation.known', `delegation ${delegation} is on file`)] : []),
        ...(same
          ? [precondition('delegation.same', `delegation ${same.delegationId} says it for some of these days already`)]
          : []),
      ]) ??
      accept<DelegationEvent>([
        {
          type: 'QueueDelegated',
          effectiveDate: on,
          delegationId: delegation,
          from,
          to,
          ...(queues === undefined ? {} : { queues: [...new Set(queues)] }),
          since,
          until,
          reason,
        },
      ])
    )
  },
  RevokeDelegation: (state, { on, delegation: id, reason }, context) => {
    const known = state.get(id)
    if (!known) {
      return reject([precondition('delegation.unknown', `no delegation ${id} is on file`)])
    }
    return (
      rejectIfAny([
        ...aheadHits(on, context),
        ...(on < context.today
          ? [precondition('delegation.backdated', 'it ends today at the earliest: what was done by it is done')]
          : []),
        ...mayHits([known.from, known.to], context),
        ...(known.revokedOn === undefined
          ? []
          : [precondition('delegation.ended', `it was ended on ${known.revokedOn}`)]),
        ...(known.until < on ? [precondition('delegation.ended', `its last day was ${known.until}`)] : []),
      ]) ?? accept<DelegationEvent>([{ type: 'DelegationRevoked', effectiveDate: on, delegationId: id, reason }])
    )
  },
}

type Handle = (
  state: DelegationState,
  command: DelegationCommand,
  context: DelegationContext,
) => Decision<DelegationEvent>

/** Who does whose work (reference §11.8). A delegate has the work of another, never their roles nor their approval. */
export const delegations: Aggregate<DelegationState, DelegationCommand, DelegationEvent, DelegationContext> = {
  name: 'delegation',
  codec: delegationCodec,
  commandSchema: delegationCommand,
  initial: newDelegations,
  fold: foldDelegations,
  decide: (state, command, context) => (decide[command.type] as Handle)(state, command, context),
}
