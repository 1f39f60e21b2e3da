import type { Aggregate, Decided } from '../kernel/aggregate.ts'
import { type Decision, type Rejection, rejectIfAny } from '../kernel/decision.ts'
import { isPosting, type Posting } from '../kernel/effects.ts'
import * as agreements from './agreements/facet.ts'
import * as autopay from './autopay/facet.ts'
import * as claims from './claims/facet.ts'
import { type Context, type Given, latestAt } from './context.ts'
import * as coverage from './coverage/facet.ts'
import * as credits from './credits/facet.ts'
import * as disputes from './disputes/facet.ts'
import { factsBy, type NoFacts, type Supply, withOwn } from './facts.ts'
import type { Follow } from './follow.ts'
import { identityHits } from './identities.ts'
import * as inquiries from './inquiries/facet.ts'
import * as ledger from './ledger/facet.ts'
import * as letters from './letters/facet.ts'
import { madeBy } from './made.ts'
import * as notes from './notes/facet.ts'
import { ownDayHits } from './own-day.ts'
import * as payments from './payments/facet.ts'
import * as placement from './placement/facet.ts'
import * as plans from './plans/facet.ts'
import * as promises from './promises/facet.ts'
import * as registration from './registration/facet.ts'
import * as reviews from './reviews/facet.ts'
import {
  type AccountCommand,
  type AccountEvent,
  type AccountState,
  accountCodec,
  accountCommand,
  type accountEventDefinitions,
} from './rooms.ts'
import * as statements from './statements/facet.ts'
import { thereSinceHits } from './there-since.ts'
import * as work from './work/facet.ts'

/**
 * The life of a guarantor account, facet by facet, one a line: the table of contents. Whoever knows the rooms of one
 * facet (`events commands state decide facts follow`, gathered in its `facet.ts`) knows them all.
 */
export const facets = {
  agreements,
  autopay,
  claims,
  coverage,
  credits,
  disputes,
  inquiries,
  ledger,
  letters,
  notes,
  payments,
  placement,
  plans,
  promises,
  registration,
  reviews,
  statements,
  work,
} as const satisfies { readonly [Name in keyof AccountState]: Facet<AccountState[Name]> }

/** Who follows whom: what a decision brings with it on other facets, in the same unit (postings.md). */
const order = [
  'letters', // what a letter says counts as said when it goes out
  'claims', // what waited for a coverage is done
  'agreements', // what the patient pays past the plan is theirs, as long as it is paid
  'payments', // money finds its item
  'plans', // plans see the money
  'autopay', // what is drawn for a plan ends with it
  'promises', // promises are kept by it, and end with a plan
  'disputes', // what an issuer took back is in dispute no more
  'credits', // credits are judged once, at the end
  'placement', // agencies are told what all of it did to what they have
] as const satisfies readonly Following[]

interface Facet<Slice> {
  readonly initial: () => Slice
  readonly builderOf: (slice: Slice) => Slice
  readonly evolve: object
  readonly decide: object
  readonly facts: Supply | NoFacts
  readonly follow?: Follow
}
type Facets = typeof facets
type FacetName = keyof Facets
/** The names of facets that have a room. */
type With<Room extends string> = {
  [Name in FacetName]: Facets[Name] extends { readonly [R in Room]: unknown } ? Name : never
}[FacetName]
type Following = With<'follow'>
type Each<T> = T extends unknown ? keyof T : never

/** `true` where nothing is missing; else a type that says what, and is not `true`. */
type Complete<Says extends string, Missing> = [Missing] extends [never] ? true : { readonly [S in Says]: Missing }

type AllTrue<Answers extends readonly true[]> = Answers

type Folded = Each<Facets[FacetName]['evolve']>
type OnlyRead = Facets[With<'onlyRead'>]['onlyRead'][number]
type MovesMoney = Extract<AccountEvent, Posting>['type']

/** What the compiler asks of the table above: forget one, and its error names it. */
export type EveryRoomIsThere = AllTrue<
  [
    Complete<'no facet decides', Exclude<AccountCommand['type'], Each<Facets[FacetName]['decide']>>>,
    Complete<
      'is in no list of definitions',
      Exclude<AccountEvent['type'], (typeof accountEventDefinitions)[number]['type']>
    >,
    Complete<'no facet folds', Exclude<AccountEvent['type'], Folded | MovesMoney | OnlyRead>>,
    Complete<'has no place in the order of follow', Exclude<Following, (typeof order)[number]>>,
  ]
>

/** A private builder: one mutable slice a facet, open only while a fold runs. */
type Builder = { [Name in FacetName]: ReturnType<Facets[Name]['initial']> }

type Handler = (builder: Builder, event: AccountEvent) => void

const names = Object.keys(facets) as readonly FacetName[]

/** Which facets look at an event, looked up once for each type. */
const handlers = new Map<string, Handler[]>()
for (const name of names) {
  for (const [type, evolve] of Object.entries(facets[name].evolve)) {
    const handler: Handler = (builder, event) =>
      (evolve as (slice: unknown, event: AccountEvent) => void)(builder[name], event)
    const list = handlers.get(type)
    if (list) list.push(handler)
    else handlers.set(type, [handler])
  }
}
const nobody: readonly Handler[] = []

const foldInto = (builder: Builder, events: readonly AccountEvent[]): void => {
  for (const event of events) {
    if (event.type === 'ChargePosted') ledger.before.ChargePosted(builder.ledger, event)
    else if (event.type === 'BalanceBroughtForward') ledger.before.BalanceBroughtForward(builder.ledger, event)
    else if (event.type === 'RefundOwedAgain') ledger.before.RefundOwedAgain(builder.ledger, event)
    if (isPosting(event)) {
      ledger.post(builder.ledger, event)
      statements.post(builder.statements, event)
    }
    for (const handler of handlers.get(event.type) ?? nobody) handler(builder, event)
  }
}

const empty = (): Builder => Object.fromEntries(names.map((name) => [name, facets[name].initial()])) as Builder

const builderOf = (state: AccountState): Builder =>
  Object.fromEntries(
    names.map((name) => [name, (facets[name] as Facet<AccountState[typeof name]>).builderOf(state[name])]),
  ) as Builder

/** The account before anything happened. */
export const newAccount: AccountState = empty()

/** Folds events onto a state; the given state stays as it is. */
export const foldAccount = (state: AccountState, events: readonly AccountEvent[]): AccountState => {
  const builder = builderOf(state)
  foldInto(builder, events)
  return builder
}

const decideByType: Readonly<Record<string, Handle | undefined>> = Object.assign(
  {},
  ...names.map((name) => facets[name].decide),
)

const supplied = factsBy(
  names.flatMap((name) => {
    const { facts } = facets[name]
    return 'none' in facts ? [] : facts
  }),
)

/** What was given, and with it what the facets know. */
const within = (given: Given): Context => ({
  ...given,
  factsOf: (state, scope, on) => withOwn(supplied(state, scope, on, given), { state, scope, on, given }),
})

/** The decision and all that follows from it, in the order of `order`: each sees what those before it have added. */
const consequences = (before: AccountState, decided: readonly AccountEvent[], context: Context) => {
  let events = decided
  const after = builderOf(before)
  foldInto(after, decided)
  for (const name of order) {
    const more = facets[name].follow(before, after, events, context)
    if (more.length === 0) continue
    events = [...events, ...more]
    foldInto(after, more)
  }
  return { events, after }
}

/** A rejection whose reasons name days and instants, with the latest of them by the practice's clocks (decision 0011). */
const dated = (rejection: Rejection, given: Given): Rejection => {
  const earliest = rejection.earliest ?? latestAt(rejection.hits, given)
  return earliest === undefined ? rejection : { ...rejection, earliest }
}

/**
 * Decides a command: the facet's own decision, then what follows from it on other facets (unapplied money meets its
 * item, plans count their instalments, credits are judged), then the identities of reference §1.3 over the whole. The
 * account after it comes with it, for it is folded already.
 */
const decideAndFold = (
  state: AccountState,
  command: AccountCommand,
  given: Given,
): Decided<AccountState, AccountEvent> => {
  const decide = decideByType[command.type]
  if (!decide) throw new RangeError(`no facet decides ${command.type}`)
  const context = within(given)
  const decision = decide(state, command, context)
  const before = thereSinceHits(state, command)
  if (!decision.ok) return dated({ ...decision, hits: [...decision.hits, ...before] }, given)
  if (decision.events.length === 0) return decision
  const early = rejectIfAny([...before, ...ownDayHits(command, decision.events)])
  if (early) return early
  const { events, after } = consequences(state, decision.events, context)
  const broken = identityHits(state, events, after)
  return broken ?? { ...decision, events, after }
}

/** The decision alone: the events with all that follows from them, or every reason against. */
export const decideAccount = (state: AccountState, command: AccountCommand, given: Given): Decision<AccountEvent> => {
  const decided = decideAndFold(state, command, given)
  if (!decided.ok) return decided
  const { after: _after, ...decision } = decided
  return decision
}

/** What facets show of a gate before anybody decides, by gate. */
const gateReviews = { ...disputes.reviews, ...placement.reviews, ...statements.reviews }
type Reviews = typeof gateReviews

/** What the rules of a gate would say, without deciding anything: for whoever shows it. */
export const review = <G extends keyof Reviews>(
  gate: G,
  state: AccountState,
  given: Given,
  request: Parameters<Reviews[G]>[2] = {},
): ReturnType<Reviews[G]> => gateReviews[gate](state, within(given), request) as ReturnType<Reviews[G]>

type Handle = (state: AccountState, command: AccountCommand, context: Context) => Decision<AccountEvent>

export const account: Aggregate<AccountState, AccountCommand, AccountEvent, Given> = {
  name: 'account',
  codec: accountCodec,
  commandSchema: accountCommand,
  initial: newAccount,
  fold: foldAccount,
  decide: decideAndFold,
  madeBy,
}
