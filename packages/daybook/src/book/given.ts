import { types } from 'node:util'
import { day, said, steers } from '@daybook/core/kernel'
import { locationContact, medium, party, purpose, roleOnAccount } from '@daybook/core/person'
import { purposeOfUse, role } from '@daybook/core/policy'
import type { InvalidCommand } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { z } from 'zod'
import { type InvalidOptions, type InvalidQuery, invalidCommandAt, invalidOptionsAt, invalidQueryAt } from './errors.ts'

/**
 * What callers hand in beside commands, as it may be. Types do not reach every caller: a misspelt key or a null must be
 * told at its place, never be ignored or end as an accident further in.
 */

const LONGEST = 200

const lineWords = (what: string): string => `${what} is named by 1 to ${LONGEST} characters of one line`
const line = (what: string) =>
  z
    .string()
    .refine(
      (text) => text.trim() !== '' && text.length <= LONGEST && !/\p{Cc}/u.test(text) && text.isWellFormed(),
      lineWords(what),
    )

/**
 * Who acts stands on every event for good: a name that says nothing, or breaks a line, is refused. Which ids there are is
 * for the embedding product to say.
 */
const actorWords = lineWords('an actor')
const actorName = line('an actor')
const actor = z.strictObject({ id: actorName, roles: z.array(role).optional(), purpose: purposeOfUse.optional() })
const commandId = line('a command').optional()
const wellFormed = z.string().refine((text) => text.isWellFormed(), 'half a character: a lone surrogate')

const forbidden: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])
/** A plain object of texts. Its own keys are looked at before zod, which drops `__proto__`, reads it. */
const cause = z.unknown().superRefine((given, { addIssue }) => {
  const plain = z.record(wellFormed.min(1), wellFormed).safeParse(given)
  if (!plain.success) {
    for (const { path, message } of plain.error.issues) addIssue({ code: 'custom', path, message })
    return
  }
  for (const key of Object.keys(given as object)) {
    if (forbidden.has(key)) addIssue({ code: 'custom', path: [key], message: 'not allowed' })
  }
})

const callback = z.custom((given) => typeof given === 'function', 'must be a function').optional()
const asking = { actor: actor.optional() }
/** Of a command, which may be given for another. */
const acting = { actor: actor.extend({ onBehalfOf: actorName.optional() }).optional() }
const moments = { ...asking, asOf: z.string().optional(), knownAt: z.string().optional() }
const reason = said(2_000).refine((text) => !steers(text), 'has control characters')

/** An option of an opening: what it must be is all that is said of one that is not. */
const option = (is: (given: unknown) => boolean, must: string) =>
  z.custom((given) => is(given), `must be ${must}`).optional()
const isPlain = (given: unknown): boolean => typeof given === 'object' && given !== null && !Array.isArray(given)
const place = (must: string) => option((given) => typeof given === 'string' && given.trim() !== '', must)
const known = (names: z.ZodEnum) =>
  z.custom((given) => names.safeParse(given).success, `must be one of ${names.options.join(', ')}`)
const namedActor = z.custom((given) => actorName.safeParse(given).success, actorWords)

/**
 * All that an opening may be told: a name that is none of these is misspelt, and what it was to say would be ignored. Rules
 * and facts are read where they are added to those of the house.
 */
export const openOptions = z.strictObject(
  {
    actor: namedActor,
    roles: z.array(known(role), 'must be a list of roles').optional(),
    onBehalfOf: namedActor.optional(),
    practice: option(isPlain, 'a policy, such as presets.physicianPracticeMN'),
    views: place('the URL of a store, such as sqlite:views.db'),
    accessLog: place('the URL of a store, such as sqlite:looks.db'),
    purpose: known(purposeOfUse).optional(),
    clock: option((given) => typeof given === 'function', 'a function that gives a Date'),
    clockIsRight: option((given) => typeof given === 'boolean', 'true or false'),
    rules: z.unknown().optional(),
    facts: z.unknown().optional(),
    secret: option(types.isUint8Array, 'a Uint8Array of 32 bytes'),
    key: place('the path of a file'),
    onMigration: option((given) => typeof given === 'function', 'a function'),
  },
  'must be an object: { actor, practice, … }',
)
export const commandOptions = z.strictObject({ ...acting, commandId, cause: cause.optional() })
export const openInput = z.strictObject({
  guarantor: z.unknown(),
  account: z.string().optional(),
  on: z.string().optional(),
  commandId,
  cause: cause.optional(),
  ...acting,
})
export const openPersonInput = z.strictObject({
  name: z.string().optional(),
  born: z.string().optional(),
  person: z.string().optional(),
  account: z.string().optional(),
  role: roleOnAccount.optional(),
  on: z.string().optional(),
  commandId,
  cause: cause.optional(),
  ...acting,
})
export const mayAsked = z.strictObject({
  ...asking,
  account: wellFormed,
  by: medium,
  person: wellFormed.optional(),
  datum: wellFormed.optional(),
  with: party.optional(),
  purpose: purpose.optional(),
  letterLevel: z.int().nonnegative().optional(),
  location: locationContact.optional(),
  at: z.string().optional(),
})
/** Of an account what would be sent today, or a document that was: `last`, or by its id. */
export const statementAsked = z.strictObject({ ...asking, account: wellFormed, document: wellFormed.optional() })
export const statementFileAsked = z.strictObject({ ...asking, account: wellFormed.optional() })
export const publishOptions = z.strictObject({ ...acting, commandId, reason, on: z.string().optional() })
/** Of a question that takes nothing else. */
export const asked = z.strictObject(asking)
export const dayOptions = z.strictObject({
  ...asking,
  date: z.string().optional(),
  dryRun: z.boolean().optional(),
  onProgress: callback,
})
export const delegateAsked = z.strictObject({
  ...acting,
  from: line('an actor'),
  to: line('an actor'),
  queues: z.array(z.string()).min(1).optional(),
  since: z.string().optional(),
  until: z.string(),
  reason,
  delegation: z.string().optional(),
  commandId,
})
export const revokeAsked = z.strictObject({ ...acting, delegation: z.string(), reason, commandId })
export const delegationsAsked = z.strictObject({ ...asking, asOf: z.string().optional() })
export const handOverAsked = z.strictObject({
  ...acting,
  from: wellFormed.min(1).max(80),
  to: wellFormed.min(1).max(80),
  commandId: wellFormed.min(1).max(80).optional(),
  dryRun: z.boolean().optional(),
})
export const rebuildAsked = z.strictObject({ ...asking, onProgress: callback })
export const backupAsked = z.strictObject({ ...asking, withKey: z.boolean().optional(), onProgress: callback })
export const exportAsked = z.strictObject({ ...asking, account: z.string().optional(), onProgress: callback })
export const importLogAsked = z.strictObject({ dryRun: z.boolean().optional(), onProgress: callback })
export const checkAsked = z.strictObject({
  ...asking,
  expectHead: z.string().optional(),
  expectAccessHead: z.string().optional(),
  onProgress: callback,
})
/** What of an acceptance or an amendment of a plan says which year counts; what is none is told by the account. */
export const agreesOnPlan = z.looseObject({ type: z.enum(['AcceptPlan', 'AmendPlan']), on: day })
/** A day as a text. */
export const dayText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a day (YYYY-MM-DD)')
/** A file, or the URL of a book. */
export const placeAsked = wellFormed.refine((text) => text.trim() !== '', 'names no file')
/** A name, or the beginning of one, whatever it names: what is no text names nothing. */
export const nameAsked = wellFormed
export const momentsAsked = z.strictObject(moments)
export const agingAsked = z.strictObject({
  ...moments,
  basis: z.string().optional(),
  by: z.string().optional(),
  accounts: z.boolean().optional(),
})
export const worklistAsked = z.strictObject({
  ...moments,
  queue: z.string().optional(),
  now: z.string().optional(),
  assignedTo: wellFormed.min(1).max(80).optional(),
  limit: z.int().positive().optional(),
  nextActions: z.int().nonnegative().optional(),
  propensity: z
    .record(z.string(), z.strictObject({ basisPoints: z.int().min(0).max(10_000), source: wellFormed.min(1).max(200) }))
    .optional(),
})
export const controlAccountsAsked = z.strictObject({ ...moments, account: z.string().optional() })
export const explanationAsked = z.strictObject({ ...moments, line: z.string().optional() })

const list = { ...asking, limit: z.int().positive().max(1_000).optional(), after: wellFormed.max(500).optional() }
export const listAsked = z.strictObject({ ...list, prefix: wellFormed.max(500).optional() })
const position = z.int().nonnegative()
export const eventsAsked = z.strictObject({
  ...asking,
  after: position.optional(),
  types: z.array(z.string()).optional(),
  account: z.string().optional(),
})
/** What a subscription is told besides: at most a day between two looks. */
export const subscribeAsked = eventsAsked.extend({ every: z.int().positive().max(86_400_000).optional() })
const between = { from: z.string().optional(), to: z.string().optional() }
export const cashAsked = z.strictObject({ ...asking, ...between, knownAt: z.string().optional() })
export const accountsAsked = z.strictObject({
  ...list,
  search: wellFormed.max(LONGEST).optional(),
  exact: z.boolean().optional(),
})
export const paymentsAsked = z.strictObject({ ...list, ...between, account: z.string().optional() })
export const plansAsked = z.strictObject({
  ...list,
  account: z.string().optional(),
  status: z.enum(['proposed', 'active', 'defaulted', 'completed', 'cancelled']).optional(),
})
export const remittancesAsked = z.strictObject({
  ...list,
  ...between,
  standing: z.enum(['held', 'open', 'closed', 'rejected']).optional(),
})

const heldClaim = { ...acting, reason, claim: z.int().positive().optional(), account: z.string().optional(), commandId }
export const releaseOptions = z.strictObject({
  ...heldClaim,
  visit: z.string().min(1).optional(),
  paymentDate: z.string().optional(),
  anotherPayment: z.boolean().optional(),
  openMissing: z.boolean().optional(),
  withheld: z
    .strictObject({
      by: z.enum(['check', 'ach', 'other']),
      reference: z.string().min(1).max(80).optional(),
      amount: z.int().optional(),
      on: z.string().optional(),
    })
    .optional(),
})
export const rejectOptions = z.strictObject({
  ...heldClaim,
  withheld: z.union([z.literal(true), z.strictObject({ amount: z.int() })]).optional(),
})
export const dismissOptions = z.strictObject({ ...acting, reason, claim: z.int().positive(), commandId })
export const refundOptions = z.strictObject({
  ...acting,
  reason,
  on: z.string().optional(),
  amount: z.int().positive().optional(),
  method: z.enum(['check', 'ach', 'other']).optional(),
  reference: z.string().min(1).max(80).optional(),
  void: z.int().positive().optional(),
  commandId,
})
export const importOptions = z.strictObject({
  ...acting,
  openMissing: z.boolean().optional(),
  onProgress: callback,
})
/** Bytes, a text, or pieces of bytes that come one after the other. */
const isContent = (given: unknown): boolean =>
  typeof given === 'string' ||
  given instanceof Uint8Array ||
  (typeof given === 'object' && given !== null && (Symbol.asyncIterator in given || Symbol.iterator in given))
export const importContent = z.custom(isContent, 'must be bytes, a text, or a stream of bytes')
export const contentOptions = importOptions.extend({ name: line('a content').optional() })
const path = z.string().min(1)
export const importPaths = z.array(path)
export const importPath = path

const NO_FIELD = 'no such field'

/** Each place that is wrong; a key that nobody knows is a place of its own. */
const issuesOf = (schema: z.ZodType, given: unknown, at: string): InvalidQuery['issues'] => {
  const parsed = schema.safeParse(given)
  if (parsed.success) return []
  const below = (steps: readonly PropertyKey[]) => [at, ...steps.map(String)].filter((step) => step !== '').join('.')
  return parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: below([...issue.path, key]), message: NO_FIELD }))
      : [{ path: below(issue.path), message: issue.message }],
  )
}

/** Fails with every place of what came with a command that is wrong. `at`: what it is called, where it is one value. */
export const commandGiven = (schema: z.ZodType, given: unknown, at = ''): Effect.Effect<void, InvalidCommand> =>
  Effect.suspend(() => {
    const issues = issuesOf(schema, given, at)
    return issues.length > 0 ? Effect.fail(invalidCommandAt(issues)) : Effect.void
  })

/** The same for how a book is opened. */
export const optionsGiven = (given: unknown): Effect.Effect<void, InvalidOptions> =>
  Effect.suspend(() => {
    const issues = issuesOf(openOptions, given, '')
    if (issues.length === 0) return Effect.void
    const noOption = (message: string) => (message === NO_FIELD ? 'no such option' : message)
    return Effect.fail(invalidOptionsAt(issues.map(({ path, message }) => ({ path, message: noOption(message) }))))
  })

/** The same for what a question asks. */
export const questionGiven = (schema: z.ZodType, given: unknown, at = ''): Effect.Effect<void, InvalidQuery> =>
  Effect.suspend(() => {
    const issues = issuesOf(schema, given, at)
    return issues.length > 0 ? Effect.fail(invalidQueryAt(issues)) : Effect.void
  })
