import type { Aggregate } from '../kernel/aggregate.ts'
import type { Decide, Decision } from '../kernel/decision.ts'
import { isPosting } from '../kernel/effects.ts'
import { decide as decideClaims } from './claims/decide.ts'
import * as claims from './claims/state.ts'
import { type AccountCommand, accountCommand } from './commands.ts'
import { consequences } from './consequences.ts'
import type { Context } from './context.ts'
import { decide as decideCoverage } from './coverage/decide.ts'
import * as coverage from './coverage/state.ts'
import { decide as decideCredits } from './credits/decide.ts'
import * as credits from './credits/state.ts'
import { type AccountEvent, accountCodec } from './events.ts'
import { identityHits } from './identities.ts'
import { decide as decideLedger } from './ledger/decide.ts'
import * as ledger from './ledger/state.ts'
import { decide as decidePayments } from './payments/decide.ts'
import * as payments from './payments/state.ts'
import { decide as decidePlacement } from './placement/decide.ts'
import * as placement from './placement/state.ts'
import { decide as decidePlans } from './plans/decide.ts'
import * as plans from './plans/state.ts'
import { decide as decideRegistration } from './registration/decide.ts'
import * as registration from './registration/state.ts'
import type { AccountState } from './state.ts'

/**
 * The life of a guarantor account, facet by facet. This page is the table of contents: whoever knows the rooms of one
 * facet (`events commands state decide`) knows them all.
 */
const facets = { registration, coverage, ledger, payments, claims, credits, plans, placement } as const

/** A private builder: one mutable slice a facet, open only while a fold runs. */
type Builder = { [Name in keyof typeof facets]: ReturnType<(typeof facets)[Name]['initial']> }

type Handler = (builder: Builder, event: AccountEvent) => void

/** Which facets look at an event, looked up once for each type. */
const handlers = new Map<string, Handler[]>()
for (const [name, facet] of Object.entries(facets)) {
  for (const [type, evolve] of Object.entries(facet.evolve)) {
    const handler: Handler = (builder, event) =>
      (evolve as (slice: unknown, event: AccountEvent) => void)(builder[name as keyof Builder], event)
    const list = handlers.get(type)
    if (list) list.push(handler)
    else handlers.set(type, [handler])
  }
}
const nobody: readonly Handler[] = []

const foldInto = (builder: Builder, events: readonly AccountEvent[], began: AccountState): void => {
  for (const event of events) {
    ledger.before(builder.ledger, event)
    if (isPosting(event)) ledger.post(builder.ledger, event, began.ledger)
    for (const handler of handlers.get(event.type) ?? nobody) handler(builder, event)
  }
}

const empty = (): Builder => ({
  registration: registration.initial(),
  coverage: coverage.initial(),
  ledger: ledger.initial(),
  payments: payments.initial(),
  claims: claims.initial(),
  credits: credits.initial(),
  plans: plans.initial(),
  placement: placement.initial(),
})

const open = (state: AccountState): Builder => ({
  registration: registration.open(state.registration),
  coverage: coverage.open(state.coverage),
  ledger: ledger.open(state.ledger),
  payments: payments.open(state.payments),
  claims: claims.open(state.claims),
  credits: credits.open(state.credits),
  plans: plans.open(state.plans),
  placement: placement.open(state.placement),
})

/** The account before anything happened. */
export const newAccount: AccountState = empty()

/** Folds events onto a state; the given state stays as it is. */
export const foldAccount = (state: AccountState, events: readonly AccountEvent[]): AccountState => {
  const builder = state === newAccount ? empty() : open(state)
  foldInto(builder, events, state)
  return builder
}

const decideByType = {
  ...decideRegistration,
  ...decideCoverage,
  ...decideLedger,
  ...decidePayments,
  ...decideClaims,
  ...decideCredits,
  ...decidePlans,
  ...decidePlacement,
} satisfies Decide<AccountState, AccountCommand, AccountEvent, Context>

/**
 * Decides a command: the facet's own decision, then what follows from it on other facets (unapplied money meets its
 * item, plans count their instalments, credits are judged), then the identities of reference §1.3 over the whole.
 */
export const decideAccount = (
  state: AccountState,
  command: AccountCommand,
  context: Context,
): Decision<AccountEvent> => {
  const decide = (decideByType as Readonly<Record<string, Handle | undefined>>)[command.type]
  if (!decide) throw new RangeError(`no facet decides ${command.type}`)
  const decision = decide(state, command, context)
  if (!decision.ok || decision.events.length === 0) return decision
  const { events, after } = consequences(state, decision.events, context, foldAccount)
  const broken = identityHits(state, events, after)
  return broken ?? { ...decision, events }
}

type Handle = (state: AccountState, command: AccountCommand, context: Context) => Decision<AccountEvent>

export const account: Aggregate<AccountState, AccountCommand, AccountEvent, Context> = {
  name: 'account',
  codec: accountCodec,
  commandSchema: accountCommand,
  initial: newAccount,
  fold: foldAccount,
  decide: decideAccount,
}
