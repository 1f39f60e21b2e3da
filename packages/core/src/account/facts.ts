import { sameActor } from '../kernel/actors.ts'
import type { Day } from '../kernel/day.ts'
import { precondition, type RuleHit } from '../kernel/decision.ts'
import type { LineId, VisitId } from '../kernel/ids.ts'
import {
  type Fact,
  type FactName,
  type Facts,
  type FactTypes,
  type FactValues,
  factWords,
  isFactName,
  known,
  knownFacts,
  raisedFacts,
  unknown,
} from '../rules/facts.ts'
import type { OwnValue } from '../rules/own.ts'
import { type Gate, gates } from '../rules/vocabulary.ts'
import type { Approval } from './approval.ts'
import { type Context, type GateResult, type Given, momentBy, momentOf, type Scope } from './context.ts'
import type { AccountState } from './rooms.ts'

// The bridge from the account to the rules. The facet that owns a fact supplies it, in its facts.ts, to every gate; what
// belongs to one question alone (the amount, the evidence, who approved) comes with the question.

/** The matter that a fact is asked of. */
export interface Asked {
  readonly state: AccountState
  readonly scope: Scope
  /** The day it is asked for: what counted by then. */
  readonly on: Day
  readonly given: Given
}

/**
 * The facts that a facet owns. Each runs only where a rule asks for it, once a question. Nothing is said by `undefined`: what that
 * means is for the gate to say, as where no facet owns the fact.
 */
export type Supply = { readonly [Name in FactName]?: (asked: Asked) => Fact<FactTypes[Name]> | undefined }
/** Said by a facet that owns no fact, with the reason: nobody forgot it. */
export interface NoFacts {
  readonly none: string
}

/** Facts of the house itself, which no facet keeps. */
const house: Supply = {
  'maker.roles': ({ given }) => known([...given.actor.roles]),
  'practice.entityType': ({ given }) => known(given.policy.policy.practice.entityType),
  'practice.state': ({ given }) => known(given.policy.policy.practice.state),
}

const matter = Symbol('matter')
type Found = { [matter]?: Asked }

/** An own, plain property: what a getter found, or what the question says in its place. */
const settle = (facts: object, name: string, value: unknown): void => {
  Object.defineProperty(facts, name, { value, enumerable: true, configurable: true, writable: true })
}

/**
 * Composes the supplies of all facets.
 * @throws RangeError where two of them own one fact: they could contradict each other.
 */
export const factsBy = (
  supplies: readonly Supply[],
): ((state: AccountState, scope: Scope, on: Day, given: Given) => Facts) => {
  const prototype: Found = {}
  for (const supply of [house, ...supplies]) {
    for (const [name, find] of Object.entries(supply) as [FactName, (asked: Asked) => Fact<unknown> | undefined][]) {
      if (name in prototype) throw new RangeError(`two facets own the fact ${name}`)
      Object.defineProperty(prototype, name, {
        get(this: Required<Found>) {
          const fact = find(this[matter])
          settle(this, name, fact)
          return fact
        },
        set(value: unknown) {
          settle(this, name, value)
        },
      })
    }
  }
  return (state, scope, on, given) => {
    const facts: Found = Object.create(prototype)
    facts[matter] = { state, scope, on, given }
    return facts as Facts
  }
}

/** The facts, and with them those of the product; each found out when a rule asks for it. */
export const withOwn = (facts: Facts, { state, scope, on, given }: Asked): Facts => {
  const { ownFacts, today, now, actor, policy } = given
  for (const [name, find] of Object.entries(ownFacts ?? {})) {
    Object.defineProperty(facts, name, {
      get() {
        const fact = find({ account: state, scope, on, today, now, actor, policy })
        settle(this, name, fact)
        return fact
      },
      configurable: true,
      enumerable: false,
    })
  }
  return facts
}

/** One thing that somebody wants to do, as its gate is asked about it. */
export interface Question {
  readonly gate: Gate
  /** The day it counts from. */
  readonly on: Day
  readonly scope: Scope
  /** What this question alone can say; it goes before what facets keep. */
  readonly own: Facts
}

const notRaised = known(false)

/** What a facet says nothing of was not raised. It is asked only where a rule asks. */
const orNotRaised = (facts: Record<string, unknown>, name: FactName): void => {
  if (!(name in facts)) {
    facts[name] = notRaised
    return
  }
  if (Object.hasOwn(facts, name)) return
  const get = (): unknown => {
    delete facts[name]
    const fact = facts[name] ?? notRaised
    settle(facts, name, fact)
    return fact
  }
  Object.defineProperty(facts, name, { get, configurable: true, enumerable: false })
}

/** All facts of a question: its own, then the facets', then what silence means at its gate. */
export const factsOf = (state: AccountState, { gate, on, scope, own }: Question, context: Context): Facts => {
  const facts: Record<string, unknown> = Object.assign(context.factsOf(state, scope, on), own)
  if (gates[gate] === 'evidence') for (const name of raisedFacts) orNotRaised(facts, name)
  return facts as Facts
}

/** What the rules of its gate say to a question. */
export const ask = (state: AccountState, question: Question, context: Context): GateResult =>
  context.catalogue.check(question.gate, factsOf(state, question, context), momentOf(context, question.on))

/** The same of a decision, which counts from its day and is judged by it, also where it is recorded late (two-clocks.md). */
export const askBy = (state: AccountState, question: Question, context: Context): GateResult =>
  context.catalogue.check(question.gate, factsOf(state, question, context), momentBy(context, question.on))

/** Who approved, and whether it was another person than the one who asks. */
export const approvalFacts = (approval: Approval, { actor }: Given): Facts => {
  // Whose work it is has made it, whoever does it for them: nobody approves their own across a delegation (law F4).
  const makers = [actor.id, ...(actor.onBehalfOf ? [actor.onBehalfOf.id] : [])]
  const isOther = (id: string, than: readonly string[]) => !than.some((one) => sameActor(one, id))
  return {
    'approval.roles': known([...(approval?.roles ?? [])]),
    'approval.distinct': known(approval?.by !== undefined && isOther(approval.by, makers)),
    'approval.secondRoles': known(
      approval?.also && isOther(approval.also.by, [...makers, approval.by ?? '']) ? [...approval.also.roles] : [],
    ),
  }
}

/** Whole years from birth to a day. */
const ageOn = (born: Day, on: Day): number =>
  Number(on.slice(0, 4)) - Number(born.slice(0, 4)) - (on.slice(5) < born.slice(5) ? 1 : 0)

/** An age by a birth day that may be missing or encrypted; `whose` says which, to the desk. */
export const ageFact = (born: unknown, on: Day, whose: string): Fact<number> => {
  if (typeof born !== 'string') return unknown(`no readable birth day of ${whose}`)
  return born > on ? unknown(`the birth day of ${whose} lies after ${on}`) : known(ageOn(born as Day, on))
}

/** The visits of lines, each once. */
export const visitsOf = (state: AccountState, lines: readonly LineId[]): readonly VisitId[] => [
  ...new Set(lines.flatMap((line) => state.ledger.lines.get(line)?.visitId ?? [])),
]
/** Lines, with the visits that they are of. */
export const scopeOf = (state: AccountState, lines: readonly LineId[]): Scope => ({
  lines,
  visits: visitsOf(state, lines),
})

// ── what the desk attests ────────────────────────────────────────────────────────────────────────────────────────

/** Facts that a person vouches for because no facet keeps them: the first bill's day, the notices sent, a hold. */
export type Attested = FactValues

/** What a command has a person vouch for: facts of the house, and of the product. */
export interface Vouching {
  readonly attested?: Attested | undefined
  readonly attestedOwn?: Readonly<Record<string, OwnValue>> | undefined
}

const attestedNames = (attested: Attested): readonly FactName[] =>
  (Object.keys(attested) as FactName[]).filter((name) => attested[name] !== undefined).sort()

/** The facts that the contradictions are about. */
const concerned = [
  'assistance.approvedInFull',
  'assistance.pending',
  'assistance.screened',
  'billing.finalNoticeOn',
  'billing.firstBillOn',
  'billing.noticesSent',
  'income.afterEssentials',
  'income.monthly',
  'plan.active',
  'plan.inGoodStanding',
] as const satisfies readonly FactName[]
type Concerned = Partial<Pick<FactTypes, (typeof concerned)[number]>>

/** Two facts that can not both be: with what they say, in words. */
const contradictions: readonly ((values: Concerned) => string | false)[] = [
  ({ 'billing.firstBillOn': first, 'billing.finalNoticeOn': final }) =>
    first !== undefined &&
    final !== undefined &&
    final < first &&
    `the final notice of ${final} precedes the first bill, ${first}`,
  ({ 'billing.noticesSent': sent, 'billing.finalNoticeOn': final }) =>
    sent === 0 && final !== undefined && `no notice was sent, and a final one on ${final}`,
  ({ 'assistance.approvedInFull': approved, 'assistance.pending': pending }) =>
    approved === true && pending === true && 'assistance is approved in full, and the application still open',
  ({ 'assistance.approvedInFull': approved, 'assistance.screened': screened }) =>
    approved === true && screened === false && 'assistance is approved in full, and was never screened for',
  ({ 'plan.active': active, 'plan.inGoodStanding': good }) =>
    active === false && good === true && 'a plan is in good standing, and none is active',
  ({ 'income.monthly': all, 'income.afterEssentials': left }) =>
    all !== undefined && left !== undefined && left > all && 'more income is left after essentials than comes in',
]

/** Their values, as far as they are known. */
const valuesOf = (facts: Facts): Concerned =>
  Object.fromEntries(
    concerned.flatMap((name) => {
      const fact = facts[name]
      return fact?.known ? [[name, fact.value]] : []
    }),
  )

const isDay = (value: unknown): value is Day => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)

/**
 * Adds what the desk attests. What the account knows otherwise can not be attested away, nobody vouches for a day after
 * `until`, and what is attested does not contradict itself or the account: a hit says so.
 */
export const attest = (
  facts: Facts,
  { attested = {}, attestedOwn = {} }: Vouching,
  until: Day,
): { readonly facts: Facts; readonly hits: readonly RuleHit[] } => {
  const names = attestedNames(attested)
  const own = Object.entries(attestedOwn)
  const all: readonly (readonly [name: FactName, value: unknown])[] = [
    ...names.map((name) => [name, attested[name]] as const),
    ...own.map(([name, value]) => [name as FactName, value] as const),
  ]
  const hits = all.flatMap(([name, value]) => {
    if (!(name in facts) && Object.hasOwn(attestedOwn, name)) {
      return [precondition('facts.unknownName', `${name} is no fact of this book: nobody can vouch for it`)]
    }
    if (isDay(value) && value > until) {
      const reason = `${factWords(name)} (${name}) is ${value}, after ${until}: nobody can vouch for a day to come`
      return [precondition('facts.inFuture', reason)]
    }
    const fact = facts[name]
    if (!fact?.known || String(fact.value) === String(value)) return []
    const words = isFactName(name) ? `${factWords(name)} (${name})` : name
    const reason = `${words} is ${String(fact.value)} in the account: it can not be attested otherwise`
    return [precondition('facts.alreadyKnown', reason)]
  })
  const vouched = Object.entries(knownFacts(attested)).filter(([name]) => !facts[name as FactName]?.known)
  const together = Object.assign(facts, Object.fromEntries(vouched))
  for (const [name, value] of own) {
    if (name in facts && !facts[name as FactName]?.known) settle(facts, name, known(value))
  }
  const values = names.length > 0 ? valuesOf(together) : {}
  const contradicted = contradictions.flatMap((contradicts) => contradicts(values) || [])
  return { facts: together, hits: [...hits, ...contradicted.map((reason) => precondition('facts.contradict', reason))] }
}

/** Attested facts as text, for the event and for the record of the decision. */
export const attestedText = ({
  attested = {},
  attestedOwn = {},
}: Vouching): readonly { readonly fact: string; readonly value: string }[] => [
  ...attestedNames(attested).map((fact) => ({ fact, value: String(attested[fact]) })),
  ...Object.entries(attestedOwn)
    .map(([fact, value]) => ({ fact, value: String(value) }))
    .sort((a, b) => (a.fact < b.fact ? -1 : 1)),
]
