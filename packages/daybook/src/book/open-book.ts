import type { AskedFact } from '@daybook/core/account'
import { type Instant, shown } from '@daybook/core/kernel'
import {
  currentPolicy,
  POLICY_STREAM,
  type PolicyEvent,
  type PolicyVersion,
  type PurposeOfUse,
  practicePolicyAggregate,
  presets,
} from '@daybook/core/policy'
import {
  adoptionOf,
  Integrity,
  type InvalidCommand,
  type ReadError,
  Unavailable,
  type UnreadableEvent,
  type ViewStoreShape,
} from '@daybook/core/ports'
import { addOwn, makeCatalogue, rules } from '@daybook/core/rules'
import {
  type Desk,
  execute,
  load,
  madeWith,
  migrations,
  observed,
  type Service,
  StateCache,
} from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import type { Scope } from 'effect/Scope'
import { nodeTooOld } from '../node-version.ts'
import { accessAddress } from '../privacy/access-address.ts'
import { type AccessLog, accessLogAt } from '../privacy/access-log.ts'
import { addressFor, isNothingYet, viewsAddressFor } from './addresses.ts'
import {
  InvalidOptions,
  invalidOptionsAt,
  invalidRulesAt,
  PracticeNeeded,
  rejected,
  UnknownTimeZone,
  UnsupportedNode,
} from './errors.ts'
import { optionsGiven } from './given.ts'
import type { KeptView } from './kept-views.ts'
import { knowSecret } from './known-secret.ts'
import { noteLive } from './live-books.ts'
import { type Migrating, migratingOf } from './migrating.ts'
import type { OpenOptions } from './requests.ts'
import { secretFor, secretHasAPlace } from './secret-for.ts'
import type { OpenError } from './shape.ts'
import { freshViews, openStores, type Stores } from './stores.ts'
import { type Address, noUrl, withoutPassword } from './url.ts'
import { type Clock, instantOf, sha256, systemClock, worldOf } from './world.ts'
import { knowsZone } from './zones.ts'

/** A book that is open, as its questions and commands use it. */
export interface OpenBook extends Stores, Migrating {
  readonly url: string
  /** Where the log is kept. */
  readonly address: Address
  /** Its views stay when it is closed; those of a file that is only read do not. */
  readonly keepsViews: boolean
  /** A view store with nothing in it, of the kind that the book's is. */
  readonly fresh: Effect.Effect<ViewStoreShape, ReadError, Scope>
  readonly desk: Desk
  /** The views of a product that this opening has defined, by name and version. */
  readonly ownViews: Map<string, KeptView>
  /** What was wrong with the guards of its log when it was opened. */
  readonly notices: readonly string[]
  /** What was looked at, beside the book. */
  readonly accessLog: AccessLog
  /** For whom commands are given, where a call does not say it. */
  readonly onBehalfOf: string | undefined
  /** For what is looked, where a call does not say it. */
  readonly purpose: PurposeOfUse
  /** Reads policy versions that others have published since. */
  readonly refreshPolicy: Effect.Effect<PolicyVersion, ReadError | UnreadableEvent>
}

const practiceNeeded = (url: string): PracticeNeeded => {
  const names = Object.keys(presets)
  const message = `${url} has no practice policy yet: choose one for it, such as presets.${names.join(', presets.')}`
  return new PracticeNeeded({ url, presets: names, message })
}

/** A log without events that has been opened before: emptied, or its first opening was cut off before its policy. */
const emptied = (url: string): PracticeNeeded => {
  const what =
    'was opened before, but its log has no events: if it had any, restore it from a copy; if not, give a policy'
  return new PracticeNeeded({ url, presets: Object.keys(presets), message: `${url} ${what}` })
}

const isReadOnly = (address: Address): boolean => address.kind === 'sqlite' && address.readOnly === true

/** Tells a zone that this machine does not know before anything is dated by it. */
const zoneKnown = (timeZone: string, now: Instant): Effect.Effect<void, UnknownTimeZone> => {
  if (knowsZone(timeZone, now)) return Effect.void
  const message = `${timeZone} is no time zone that this machine knows: name an IANA zone, such as America/Chicago`
  return Effect.fail(new UnknownTimeZone({ timeZone, message }))
}

/** What the clock says: asked before anything is made that would be dated by it. */
const timeNow = (clock: Clock): Effect.Effect<Instant, InvalidOptions> =>
  Effect.catchDefect(
    Effect.sync(() => instantOf(clock)),
    (defect) => (defect instanceof InvalidOptions ? Effect.fail(defect) : Effect.die(defect)),
  )

/** The places of a policy, as those of the option that gave it. */
const inOption = ({ issues }: InvalidCommand): InvalidOptions =>
  invalidOptionsAt(issues.map(({ path, message }) => ({ path: path.replace(/^policy\b/, 'practice'), message })))

/** Publishes the given policy as version 1. Two processes that open a new book at once publish it once. */
const publishFirst = (service: Service, url: string, options: OpenOptions) =>
  Effect.gen(function* () {
    if (!options.practice) return yield* practiceNeeded(url)
    const actor = { id: options.actor, roles: ['system'] as const }
    const publishing = execute(
      service,
      practicePolicyAggregate,
      ({ now }) => ({ actor, knowsZone: (zone) => knowsZone(zone, now) }),
      POLICY_STREAM,
      {
        type: 'PublishPolicy',
        on: service.world.dayOf(service.world.now()),
        policy: options.practice,
        reason: 'the book was opened',
      },
      { commandId: 'policy:first', actor, cause: madeWith(migrations) },
    )
    const outcome = yield* Effect.catchTag(publishing, 'InvalidCommand', (error) => Effect.fail(inOption(error)))
    if (!outcome.ok) return yield* rejected(outcome)
  })

/** Where looks are written down; nowhere by itself where the book is only read. */
const accessAddressFor = (address: Address, { accessLog }: OpenOptions) =>
  accessLog === undefined
    ? Effect.succeed(isReadOnly(address) ? undefined : accessAddress(address))
    : addressFor(accessLog)

const halfTakenOver = (url: string): Unavailable => {
  const what = 'is taking over another log and has not come to its end: give the same import-log again'
  return new Unavailable({ message: `${shown(url)} ${what}` })
}

const POLICY_PUBLISHED: PolicyEvent['type'] = 'PolicyPublished'
const policyGone = (url: string): string =>
  `the log of ${shown(url)} no longer has the policy that was published in it: it was changed; restore the book from a copy`

/**
 * Opens a book and closes it with the scope: its stores by URL, its secret, its policy. A new one begins with the given
 * policy; one that has a policy keeps it, whatever is given.
 */
export const openBook = (given: string, options: OpenOptions): Effect.Effect<OpenBook, OpenError, Scope> =>
  Effect.gen(function* () {
    if (typeof given !== 'string') return yield* noUrl()
    /** As it is told: no message, and nobody who is asked for its URL, gives a password on. */
    const url = withoutPassword(given)
    const tooOld = nodeTooOld()
    if (tooOld !== undefined) return yield* new UnsupportedNode({ version: process.versions.node, message: tooOld })
    yield* optionsGiven(options)
    const own = addOwn<AskedFact>({ rules: options.rules, facts: options.facts }, rules)
    if (!own.ok) return yield* invalidRulesAt(own.faults)
    const now = yield* timeNow(options.clock ?? systemClock)
    const address = yield* addressFor(given)
    const viewsAddress = yield* viewsAddressFor(address, { url, views: options.views })
    // Asked before anything is made: a mistyped URL leaves no file behind, and an empty file stays empty.
    if (!isReadOnly(address) && (yield* isNothingYet(address))) {
      if (!options.practice) return yield* practiceNeeded(url)
      yield* secretHasAPlace(address, options)
    }
    const { clock, clockIsRight = false, onMigration } = options
    const opening = { clock, clockIsRight, onMigration }
    const opened = yield* openStores(address, viewsAddress, opening)
    const stores = { ...opened, events: observed(opened.events) }
    const { events } = stores
    if (yield* adoptionOf(events).begun) return yield* halfTakenOver(url)
    const isNew = (yield* events.head).position === 0
    // A book without a policy is none yet: it gets no key either.
    const keepsCheck = (yield* events.secretCheck) !== undefined
    if (isNew && !options.practice) return yield* keepsCheck ? emptied(url) : practiceNeeded(url)
    const secret = yield* secretFor(address, options, { origin: events.origin, isNew: isNew && !keepsCheck })
    const catalogue = makeCatalogue([...rules, ...own.rules], sha256)
    let current: PolicyVersion | undefined
    const policy = (): PolicyVersion => {
      if (!current) throw new Error('a desk was used before its policy was read')
      return current
    }
    // A policy that names no zone is refused; until then a day is one of UTC.
    const first = options.practice?.practice?.timeZone ?? 'UTC'
    if (isNew) yield* zoneKnown(first, now)
    const zone = () => current?.policy.practice.timeZone ?? first
    const service: Service = {
      store: events,
      cache: new StateCache(),
      policyVersion: () => current?.version ?? 1,
      catalogueHash: catalogue.hash,
      world: worldOf(secret.bytes, options.clock ?? systemClock, zone),
    }
    if (secret.isThere) yield* knowSecret(events, service.world.keyedHash, secret.path)
    const readPolicy = Effect.map(load(service, practicePolicyAggregate, POLICY_STREAM), ({ state }) => {
      current = currentPolicy(state)
      return current
    })
    if (!(yield* readPolicy)) {
      // A log that has one under another name, or on another stream, is no new book: a second first policy would hide it.
      const elsewhere = isNew ? [] : yield* events.readAll({ after: 0, limit: 1, types: [POLICY_PUBLISHED] })
      if (elsewhere.length > 0) return yield* new Integrity({ message: policyGone(url) })
      // Another process that opens it as well has left a policy to be read; a stream that was emptied has none, and a version.
      yield* Effect.catchTag(publishFirst(service, url, options), 'Conflict', () =>
        Effect.fail(new Integrity({ message: policyGone(url) })),
      )
      // The command that published it is on record, so it was there.
      if (!(yield* readPolicy)) return yield* new Integrity({ message: policyGone(url) })
    }
    const refreshPolicy = Effect.map(readPolicy, () => policy())
    yield* zoneKnown((yield* refreshPolicy).policy.practice.timeZone, now)
    const actor = { id: options.actor, roles: options.roles ?? [] }
    const notices = [...(yield* events.guardFaults), ...(yield* noteLive(events.origin, address, url))]
    const fresh = freshViews(viewsAddress)
    const desk = { service, policy, catalogue, ownFacts: own.supply, vouchable: own.vouchable, actor }
    const migrating = migratingOf(desk, secret, options.onMigration)
    const ownViews = new Map<string, KeptView>()
    const keepsViews = !isReadOnly(viewsAddress)
    const accessLog = yield* accessLogAt(yield* accessAddressFor(address, options), service.world, opening)
    const { purpose = 'payment', onBehalfOf } = options
    const kept = { notices, keepsViews, fresh, ownViews, accessLog, purpose, onBehalfOf }
    return { ...stores, ...kept, url, address, desk, refreshPolicy, ...migrating }
  })
