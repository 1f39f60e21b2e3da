import type { Day, RuleHit } from '@daybook/core/kernel'
import type { PersonState } from '@daybook/core/person'
import { evaluate, type Facts, type GateRule, known, rules } from '@daybook/core/rules'
import type { Work, WorkContext } from './work.ts'

// Whom nobody contacts to collect: it stands on the file of the person, and is work of their accounts (decision 0015). Of
// several files of one human being each says it for all (decision 0028).

/** Something that keeps everybody from contacting a person, as the view keeps it. */
export interface ForbiddingMatter {
  readonly kind: 'attorney' | 'cease'
  readonly since: Day
  /** The first day on which it does not stand any more. */
  readonly until?: Day
  /** A cease: whether it was written. */
  readonly written?: boolean
  /** The accounts that it is about; absent: all. */
  readonly accounts?: readonly string[]
}

const untilOf = (until: Day | undefined) => (until === undefined ? {} : { until })

export const forbiddingOf = ({ attorneys, ceases }: PersonState): readonly ForbiddingMatter[] => [
  ...attorneys.map(({ event, until }) => ({
    kind: 'attorney' as const,
    since: event.effectiveDate,
    ...untilOf(until),
    ...(event.accounts ? { accounts: event.accounts } : {}),
  })),
  ...ceases.map(({ event, until }) => ({
    kind: 'cease' as const,
    since: event.effectiveDate,
    written: event.written,
    ...untilOf(until),
  })),
]

/** As much of a person as says who may be contacted about which account. */
interface Forbidding {
  readonly forbidding: readonly ForbiddingMatter[]
  readonly answersFor: readonly string[]
  readonly group?: string
}

/** What stands against contacting the guarantor of an account: what of it, and by which rule. */
export interface Forbidden {
  readonly represented: boolean
  readonly hits: readonly RuleHit[]
}

/** @throws RangeError where the catalogue has no such gate rule. */
const ruleOf = (id: string): GateRule => {
  const rule = rules.find((each) => each.id === id)
  if (rule?.kind !== 'gate') throw new RangeError(`no gate rule ${id}`)
  return rule
}
const cease = ruleOf('CT-04')
const attorney = ruleOf('CT-05')
const placed = ruleOf('PC-01.5.attorney')

const judged = (rule: GateRule, facts: Facts, context: WorkContext): readonly RuleHit[] => {
  const { asOf: today, now, localTime, policy } = context
  const verdict = evaluate(rule, facts, { today, now, localTime, effectiveDate: today, policy: { version: 0, policy } })
  if (verdict.kind !== 'block') return []
  const { id, citation, jurisdiction } = rule
  return [{ rule: id, reason: verdict.reason, citation, jurisdiction }]
}

/** Whether nothing but that nobody may contact the guarantor keeps somebody from an item. */
export const isHeldBackAlone = (blockedBy: readonly string[]): boolean =>
  blockedBy.length > 0 && blockedBy.every((id) => id === cease.id || id === attorney.id)

const standsOn = ({ since, until }: ForbiddingMatter, day: Day): boolean =>
  since <= day && (until === undefined || day < until)

const forbiddenBy = (all: readonly ForbiddingMatter[], account: string, context: WorkContext): Forbidden => {
  const { contact, practice } = context.policy
  const standing = all.filter((each) => standsOn(each, context.asOf) && (each.accounts?.includes(account) ?? true))
  const represented = standing.some(({ kind }) => kind === 'attorney')
  const ceased = standing.some(({ kind, written }) => kind === 'cease' && (written || contact.honoursSpokenCease))
  const facts: Facts = {
    'practice.entityType': known(practice.entityType),
    'contact.purpose': known('collect'),
    'contact.with': known('person'),
    'person.ceased': known(ceased),
    'person.represented': known(represented),
  }
  return { represented, hits: [...judged(cease, facts, context), ...judged(attorney, facts, context)] }
}

/** Accounts whose guarantor is contacted by nobody to collect, with the rules that say so. */
export const forbiddenAccounts = (
  persons: readonly Forbidding[],
  context: WorkContext,
): ReadonlyMap<string, Forbidden> => {
  const groups = Map.groupBy(
    persons.filter(({ group }) => group !== undefined),
    ({ group }) => group,
  )
  const forbidden = new Map<string, Forbidden>()
  for (const person of persons) {
    const files = person.group === undefined ? [person] : (groups.get(person.group) ?? [])
    const all = files.flatMap(({ forbidding }) => forbidding)
    if (all.length === 0) continue
    for (const account of person.answersFor) {
      const found = forbiddenBy(all, account, context)
      if (found.hits.length > 0 || found.represented) forbidden.set(account, found)
    }
  }
  return forbidden
}

const words = ({ rule, reason, citation }: RuleHit): string => `${rule}: ${reason} (${citation})`

/** Work that would contact somebody whom nobody contacts: it says so, by rule and citation, and is not to be done. */
export const heldBack = <W extends Work>(work: W, forbidden: Forbidden | undefined): W => {
  if (!forbidden) return work
  const isPlacing = work.queue === 'placementCandidates'
  if (!isPlacing && !work.asksPatient && work.queue !== 'statementsDue') return work
  const { id, citation, jurisdiction } = placed
  const placing = forbidden.represented
    ? [{ rule: id, reason: 'an attorney represents the guarantor', citation, jurisdiction }]
    : []
  const hits = isPlacing ? placing : forbidden.hits
  if (hits.length === 0) return work
  const known = new Set(work.blockedBy ?? [])
  return {
    ...work,
    reasons: [...work.reasons, ...hits.map(words)],
    nextAction: forbidden.represented
      ? 'write to the attorney alone (daybook may --with attorney)'
      : 'contact them for nothing but what is left after a cease',
    allowed: false,
    blockedBy: [...known, ...hits.map(({ rule }) => rule).filter((rule) => !known.has(rule))],
  }
}
