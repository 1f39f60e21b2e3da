import { z } from 'zod'
import { type Day, day } from '../kernel/day.ts'
import { type Fact, type FactName, type Facts, type FactTypes, isFactName } from './facts.ts'
import { foundBy, judgedBy } from './own-answers.ts'
import { type GateRule, type Moment, type Rule, sinceBefore, type Verdict } from './rule.ts'
import { type Gate, gates } from './vocabulary.ts'

// Rules and facts of a product beside the house's. They can only make things stricter: a rule more at a gate.

/** A fact of a product: `Asked` is what it may look at. */
export interface OwnFact<Value = unknown, Asked = never> {
  /** What it is in plain words, as hits say it: `whether the guarantor sits on the board`. */
  readonly words: string
  /**
   * Its value, or why nobody knows it: then a rule that needs it blocks. Pure: of what is asked alone. What it throws is a
   * fact that nobody knows.
   */
  readonly find: (asked: Asked) => Fact<Value>
  /** The values that the desk may vouch for on a command (`attestedOwn`), where nobody knows; absent: none. */
  readonly vouched?: z.ZodType<Value>
}

/** What a person may vouch for of an own fact: a flag, a whole number, a text or a civil day. */
export type OwnValue = boolean | number | string
/** What the desk may vouch for, by the name of the fact. */
export type Vouchable = Readonly<Record<string, z.ZodType>>

/** Facts of a product by their names, each with a point: `clinic.boardMember`. */
export type OwnFacts<Asked = never> = Readonly<Record<string, OwnFact<unknown, Asked>>>

type ValueOf<Given> = Given extends { readonly find: (asked: never) => Fact<infer Value> } ? Value : never
/** What facts of the house and of the product are, once they are known. */
export type OwnKnown<Own, Name extends string> = {
  readonly [N in Name]: N extends keyof Own ? ValueOf<Own[N]> : N extends FactName ? FactTypes[N] : never
}

/** A rule of a product. It stands at gates of the house, and needs facts of the house or of the product. */
export interface OwnRule<Name extends string = never, Own = object> {
  /** Of its own; ids of the house are refused. */
  readonly id: string
  /** Raised with every change of meaning. */
  readonly version: number
  readonly title: string
  /** Where it is laid down: a contract, a handbook, a statute. */
  readonly citation: string
  readonly gates: readonly Gate[]
  readonly needs: readonly Name[]
  /** Whose rule it is: `practice` when not given. */
  readonly jurisdiction?: string
  /** First and last day on which it holds. */
  readonly effective?: { readonly from: Day; readonly to?: Day }
  /** Whether today's rule or that of the effective date decides; `today` when not given. */
  readonly reads?: 'today' | 'effectiveDate'
  /** Pure, and at once. What it throws blocks, and says so; so does what is no verdict. */
  judge(facts: OwnKnown<Own, Name>, moment: Moment): Verdict
}

/** A rule of a product whose facts are all of the house. */
export const ownRule = <const Name extends FactName>(rule: OwnRule<Name>): OwnRule<Name> => rule

/** Facts of a product, and how rules are written that need them: `const { facts, rule } = ownFacts({ … })`. */
export const ownFacts = <Asked, const Own extends OwnFacts<Asked>>(
  facts: Own,
): {
  readonly facts: Own
  readonly rule: <const Name extends FactName | (keyof Own & string)>(rule: OwnRule<Name, Own>) => OwnRule<Name, Own>
} => ({ facts, rule: (rule) => rule })

/** A rule as it is handed in, whatever its facts. */
export type AnyOwnRule = Omit<OwnRule, 'needs' | 'judge'> & {
  readonly needs: readonly string[]
  judge(facts: never, moment: Moment): Verdict
}

interface Fault {
  readonly path: string
  readonly message: string
}

const isNamed = (given: unknown): boolean =>
  typeof given === 'object' && given !== null && [Object.prototype, null].includes(Object.getPrototypeOf(given))

const isText = (given: unknown): boolean => typeof given === 'string' && given.trim() !== ''

const factFaults = (facts: OwnFacts): readonly Fault[] =>
  Object.entries(facts).flatMap(([name, fact]) => {
    const path = `facts.${name}`
    const wrong: Fault[] = []
    if (isFactName(name)) wrong.push({ path, message: 'is a fact of the house' })
    else if (!/^[a-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)+$/.test(name)) {
      wrong.push({ path, message: 'is named by words with points between: clinic.boardMember' })
    }
    if (!isText(fact?.words)) wrong.push({ path: `${path}.words`, message: 'say what it is' })
    if (typeof fact?.find !== 'function') wrong.push({ path: `${path}.find`, message: 'must be a function' })
    if (fact?.vouched !== undefined && typeof fact.vouched.safeParse !== 'function') {
      wrong.push({ path: `${path}.vouched`, message: 'must be a schema of zod' })
    }
    return wrong
  })

const span = z.strictObject({ from: day, to: day.optional() })
/** A first day that is none would compare as text, and keep the rule from ever holding. */
const isSpan = (given: unknown): boolean => {
  const { success, data } = span.safeParse(given)
  return success && (data.to === undefined || data.from <= data.to)
}

const parts: ReadonlySet<string> = new Set<keyof AnyOwnRule>([
  'id',
  'version',
  'title',
  'citation',
  'gates',
  'needs',
  'jurisdiction',
  'effective',
  'reads',
  'judge',
])

const ruleFaults = (own: readonly AnyOwnRule[], facts: OwnFacts, house: readonly Rule[]): readonly Fault[] => {
  const ids = new Set(house.map(({ id }) => id))
  return own.flatMap((rule, at) => {
    const path = `rules.${at}`
    const wrong: Fault[] = []
    if (typeof rule !== 'object' || rule === null) return [{ path, message: 'is no rule' }]
    if (!isText(rule.id) || rule.id.length > 40) wrong.push({ path: `${path}.id`, message: 'name it' })
    else if (ids.has(rule.id)) wrong.push({ path: `${path}.id`, message: `there is a rule ${rule.id} already` })
    ids.add(rule.id)
    if (!Number.isSafeInteger(rule.version) || rule.version < 1) {
      wrong.push({ path: `${path}.version`, message: 'a whole number from 1' })
    }
    for (const name of ['title', 'citation'] as const) {
      if (!isText(rule[name])) wrong.push({ path: `${path}.${name}`, message: 'say it' })
    }
    if (!Array.isArray(rule.gates) || rule.gates.length === 0) {
      wrong.push({
        path: `${path}.gates`,
        message: `name the gates at which it stands: ${Object.keys(gates).join(', ')}`,
      })
    } else {
      for (const [n, gate] of rule.gates.entries()) {
        if (Object.hasOwn(gates, gate)) continue
        const message = `${String(gate)} is no gate: ${Object.keys(gates).join(', ')}`
        wrong.push({ path: `${path}.gates.${n}`, message })
      }
    }
    if (!Array.isArray(rule.needs)) wrong.push({ path: `${path}.needs`, message: 'name the facts that it needs' })
    else {
      for (const [n, name] of rule.needs.entries()) {
        if (isFactName(name) || Object.hasOwn(facts, name)) continue
        wrong.push({ path: `${path}.needs.${n}`, message: `${String(name)} is no fact of the house, and no own one` })
      }
    }
    if (rule.effective !== undefined && !isSpan(rule.effective)) {
      wrong.push({
        path: `${path}.effective`,
        message: 'days that exist: { from, to } or { from }, none before the first',
      })
    }
    if (!['today', 'effectiveDate', undefined].includes(rule.reads)) {
      wrong.push({ path: `${path}.reads`, message: 'today or effectiveDate' })
    }
    for (const name of Object.keys(rule)) {
      if (!parts.has(name)) wrong.push({ path: `${path}.${name}`, message: 'no rule has this' })
    }
    if (typeof rule.judge !== 'function') wrong.push({ path: `${path}.judge`, message: 'must be a function' })
    return wrong
  })
}

const asGateRule = (rule: AnyOwnRule, words: Readonly<Record<string, string>>): GateRule => ({
  kind: 'gate',
  id: rule.id,
  version: rule.version,
  title: rule.title,
  capability: 'own',
  jurisdiction: rule.jurisdiction ?? 'practice',
  citation: rule.citation,
  provenance: 'POLICY',
  status: 'in force',
  effective: rule.effective ?? sinceBefore,
  gates: rule.gates,
  reads: rule.reads ?? 'today',
  needs: rule.needs as readonly FactName[],
  words,
  judge: judgedBy(rule.title, (facts, moment) => rule.judge(facts as never, moment)),
  vectors: [],
})

/** Supplies of own facts, as gates ask for them. */
export type OwnSupply<Asked> = Readonly<Record<string, (asked: Asked) => Fact<unknown>>>

/** What a product adds, ready for the catalogue; or what is wrong with it, each place. */
export type Added<Asked> =
  | {
      readonly ok: true
      readonly rules: readonly GateRule[]
      readonly supply: OwnSupply<Asked>
      readonly vouchable: Vouchable
    }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/** Reads what a product adds to the house's rules. Whoever has no types is told the same as whoever has. */
export const addOwn = <Asked>(
  own: { readonly rules?: readonly AnyOwnRule[] | undefined; readonly facts?: OwnFacts<Asked> | undefined },
  house: readonly Rule[],
): Added<Asked> => {
  const { rules = [], facts = {} } = own
  if (!Array.isArray(rules)) return { ok: false, faults: [{ path: 'rules', message: 'a list of rules' }] }
  if (!isNamed(facts)) {
    return {
      ok: false,
      faults: [{ path: 'facts', message: 'an object of facts by their names: ownFacts({ … }).facts' }],
    }
  }
  const faults = [...factFaults(facts as OwnFacts), ...ruleFaults(rules, facts as OwnFacts, house)]
  if (faults.length > 0) return { ok: false, faults }
  const words = Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, fact.words]))
  const supply = Object.entries(facts).map(([name, { find }]) => [name, foundBy<Asked>(find)] as const)
  const vouchable = Object.fromEntries(
    Object.entries(facts).flatMap(([name, { vouched }]) => (vouched ? [[name, vouched] as const] : [])),
  )
  return {
    ok: true,
    rules: rules.map((rule) => asGateRule(rule, words)),
    supply: Object.fromEntries(supply),
    vouchable,
  }
}

/** Facts given as plain values for own names; the others are left for the house to read. */
export const ownValues = (json: unknown, supply: OwnSupply<never>): { readonly own: Facts; readonly rest: unknown } => {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return { own: {}, rest: json }
  const entries = Object.entries(json)
  const isOwn = ([name]: readonly [string, unknown]): boolean => Object.hasOwn(supply, name)
  return {
    own: Object.fromEntries(entries.filter(isOwn).map(([name, value]) => [name, { known: true, value }])),
    rest: Object.fromEntries(entries.filter((entry) => !isOwn(entry))),
  }
}
