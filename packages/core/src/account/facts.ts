import type { Day } from '../kernel/day.ts'
import { precondition, type RuleHit } from '../kernel/decision.ts'
import type { LineId, VisitId } from '../kernel/ids.ts'
import {
  type Fact,
  type FactName,
  type Facts,
  type FactValues,
  factWords,
  known,
  knownFacts,
  unknown,
} from '../rules/facts.ts'
import type { Context } from './context.ts'
import type { AccountState } from './rooms.ts'

// The bridge from the account to the rules: what a facet knows is known, what no facet keeps is absent and blocks by name
// where a gate needs it. Each facet supplies its gates in its own gate-facts.ts; here is what several of them say.

/** Whole years from birth to a day. */
const ageOn = (born: Day, on: Day): number =>
  Number(on.slice(0, 4)) - Number(born.slice(0, 4)) - (on.slice(5) < born.slice(5) ? 1 : 0)

/** An age by a birth day that may be missing or encrypted; `whose` says which, to the desk. */
export const ageFact = (born: unknown, on: Day, whose: string): Fact<number> =>
  typeof born === 'string' ? known(ageOn(born as Day, on)) : unknown(`no readable birth day of ${whose}`)

/** How far a law reaches: facts of the practice, the guarantor and the maker, for every gate that states' laws stand at. */
export const reachFacts = (state: AccountState, context: Context): Facts => {
  const { practice } = context.policy.policy
  const guarantor = state.registration.guarantor
  return {
    'practice.entityType': known(practice.entityType),
    'practice.state': known(practice.state),
    'guarantor.state': guarantor?.state ? known(guarantor.state) : unknown('no state of residence is on file'),
    'guarantor.confirmed': known(guarantor?.standing === 'confirmed'),
    'guarantor.age': ageFact(guarantor?.born, context.today, 'the guarantor'),
    'maker.roles': known([...context.actor.roles]),
  }
}

/** The visits of lines, each once. */
export const visitsOf = (state: AccountState, lines: readonly LineId[]): readonly VisitId[] => [
  ...new Set(lines.flatMap((line) => state.ledger.lines.get(line)?.visitId ?? [])),
]

// ── what the desk attests ────────────────────────────────────────────────────────────────────────────────────────

/** Facts that a person vouches for because no facet keeps them: the first bill's day, the notices sent, a hold. */
export type Attested = FactValues

const attestedNames = (attested: Attested): readonly FactName[] =>
  (Object.keys(attested) as FactName[]).filter((name) => attested[name] !== undefined).sort()

/** Adds what the desk attests. What the account knows otherwise can not be attested away: a hit says so. */
export const attest = (
  facts: Facts,
  attested: Attested = {},
): { readonly facts: Facts; readonly hits: readonly RuleHit[] } => {
  const knownByAccount = Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact.known))
  const hits = attestedNames(attested).flatMap((name) => {
    const fact = facts[name]
    if (!fact?.known || String(fact.value) === String(attested[name])) return []
    const reason = `${factWords(name)} (${name}) is ${String(fact.value)} in the account: it can not be attested otherwise`
    return [precondition('facts.alreadyKnown', reason)]
  })
  return { facts: { ...facts, ...knownFacts(attested), ...knownByAccount }, hits }
}

/** Attested facts as text, for the event and for the record of the decision. */
export const attestedText = (attested: Attested = {}): readonly { readonly fact: FactName; readonly value: string }[] =>
  attestedNames(attested).map((fact) => ({ fact, value: String(attested[fact]) }))
