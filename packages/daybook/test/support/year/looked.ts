import type { Access } from '../../../src/index.ts'
import { commandIdOf, type LookedAt, type Outcome, type Role, type Step } from './step.ts'

// Goes over what was looked at, and who acted for whom, with tables of its own: what the reference lets a role see (§4.7, §11.4,
// §11.8, minimum necessary: 45 CFR 164.514(d)), and delegations as they were said.

type FieldSet = 'identity' | 'contact' | 'clinical' | 'money' | 'payer' | 'notes'

const everything = ['identity', 'contact', 'clinical', 'money', 'payer', 'notes'] as const

/** What each role is told at most. */
const seenBy: Readonly<Record<Role, readonly FieldSet[]>> = {
  rep: everything,
  auditor: everything,
  compliance: everything,
  // Flags at the counter, no balance and nothing of what was done (§11.4).
  frontDesk: ['identity', 'contact', 'payer'],
  // Who prints and mails (§4.7).
  vendor: ['identity', 'contact', 'money'],
  // They post and code, and call nobody.
  cashPoster: ['identity', 'clinical', 'money', 'payer'],
  coder: ['identity', 'clinical', 'money', 'payer', 'notes'],
}

/** What the whole of an answer is made of. */
const madeOf: Readonly<Record<LookedAt, readonly FieldSet[]>> = {
  account: ['identity', 'contact', 'clinical', 'money', 'payer'],
  history: everything,
  explain: ['clinical', 'money', 'payer'],
  person: ['identity', 'contact'],
  statement: ['identity', 'contact', 'clinical', 'money'],
  may: ['identity', 'contact'],
}

type Look = Extract<Step['deed'], { kind: 'look' }>

const isToBeAnswered = ({ of, role, limited }: Look): boolean => {
  const sees = (each: FieldSet) => seenBy[role].includes(each)
  return limited ? madeOf[of].some(sees) : madeOf[of].every(sees)
}

/** `mayRepeat`: the machine died now and then, so that a look may be on record more than once. */
interface Circumstances {
  readonly mayRepeat: boolean
}

/** What is wrong with one look, held against what was answered and what the access log says of it. */
const wrongWith = (
  look: Look,
  { answered, tells = [] }: Outcome,
  records: readonly Access[],
  { mayRepeat }: Circumstances,
): readonly string[] => {
  const beyond = tells.filter((each) => !seenBy[look.role].some((seen) => seen === each))
  const [record] = records
  const isOf = (one: Access) =>
    one.question === look.of &&
    one.roles.join() === look.role &&
    one.outcome === (answered ? 'shown' : 'refused') &&
    one.shown.every((each) => seenBy[look.role].some((seen) => seen === each)) &&
    (!answered || [...one.accounts, ...one.persons].some((id) => id === look.about.account || id === look.about.person))
  return [
    ...(answered === isToBeAnswered(look) ? [] : [`is ${answered ? '' : 'not '}answered`]),
    ...(beyond.length === 0 ? [] : [`tells ${beyond.join()}`]),
    ...(record ? [] : ['is on no record']),
    ...(records.length > 1 && !mayRepeat ? [`is on record ${records.length} times`] : []),
    ...(record && !isOf(record) ? [`is on record otherwise: ${JSON.stringify(record)}`] : []),
  ]
}

export interface Looked {
  readonly looks: number
  readonly answered: number
  readonly actedFor: number
  readonly faults: readonly string[]
}

/** Who acts for whom on a day, as it was said and taken back by then. */
class Standing {
  readonly #said = new Map<string, { readonly from: string; readonly to: string; until: string; ended?: true }>()
  hear({ deed }: Step): void {
    if (deed.kind === 'delegate') this.#said.set(deed.delegation, { ...deed })
    const ended = deed.kind === 'revoke' ? this.#said.get(deed.delegation) : undefined
    if (ended) ended.ended = true
  }
  lets(to: string, from: string, on: string): boolean {
    return [...this.#said.values()].some(
      (each) => each.to === to && each.from === from && on <= each.until && each.ended === undefined,
    )
  }
}

/** What is wrong with what was looked at and with who acted for whom. */
export const judgeLooks = (
  steps: readonly Step[],
  outcomes: readonly Outcome[],
  accesses: readonly Access[],
  circumstances: Circumstances = { mayRepeat: false },
): Looked => {
  const byLook = Map.groupBy(accesses, ({ by, at }) => `${by} ${Date.parse(at)}`)
  const standing = new Standing()
  const faults: string[] = []
  const tally = { looks: 0, answered: 0, actedFor: 0 }
  for (const [number, step] of steps.entries()) {
    const outcome = outcomes[number]
    const { deed } = step
    if (!outcome || outcome.left) continue
    if (!outcome.refused) standing.hear(step)
    if (deed.kind === 'look') {
      tally.looks += 1
      tally.answered += outcome.answered ? 1 : 0
      const wrong = wrongWith(deed, outcome, byLook.get(`${deed.by} ${step.at}`) ?? [], circumstances)
      faults.push(...wrong.map((each) => `${commandIdOf(number)}: ${deed.of} for ${deed.role}: ${each}`))
    }
    if (deed.kind === 'account' && deed.actor) {
      const { id, onBehalfOf } = deed.actor
      const lets = standing.lets(id, onBehalfOf, step.on)
      tally.actedFor += lets ? 1 : 0
      const isRefused = outcome.refused?.includes('delegation.none') ?? false
      if (isRefused === lets)
        faults.push(`${commandIdOf(number)}: ${id} for ${onBehalfOf} is ${lets ? 'refused' : 'let through'}`)
    }
  }
  return { ...tally, faults }
}
