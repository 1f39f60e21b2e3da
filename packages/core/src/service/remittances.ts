import * as Effect from 'effect/Effect'
import type { RemittanceAdvice } from '../documents/advice.ts'
import { contentHash, identityOf } from '../documents/identity.ts'
import type { Day } from '../kernel/day.ts'
import type { RemittanceId } from '../kernel/ids.ts'
import type { RegistryState } from '../registry/registry.ts'
import type { RemittanceState } from '../remittance/state.ts'
import { earlierUnder, recordPairs, rememberCarried } from './carried.ts'
import { assignReference, type Desk, executeOnRemittance, loadReference, loadRemittance, uuidOf } from './desk.ts'
import { isPosted, postedIn } from './open-units.ts'
import { postRemittance } from './post-remittance.ts'
import { type RemittanceReport, reportOn } from './remittance-report.ts'
import { retryWaitingFor } from './retry-waiting.ts'
import type { RunOptions } from './run.ts'
import type { ExecuteError } from './service.ts'
import { divide, storeRemittance } from './store-remittance.ts'

const emptyReport = {
  reasons: [],
  differences: [],
  postedClaims: 0,
  recordedClaims: 0,
  duplicateClaims: [],
  held: [],
  findings: [],
  claimFindings: [],
  accounts: [],
}

/**
 * Judges what is stored, once: opens it, with what the payer's earlier payments have left, or holds it. Says whether
 * this import did it, not another one before or at the same time.
 */
const judge = (
  desk: Desk,
  stored: RemittanceState,
  on: Day,
  conflictsWith: RemittanceId | undefined,
): Effect.Effect<{ readonly state: RemittanceState; readonly judged: boolean }, ExecuteError> =>
  Effect.gen(function* () {
    const { received } = stored
    let state = stored
    let judged = false
    if (!received) return { state, judged }
    if (state.standing === 'receiving') {
      const earlier = yield* earlierUnder(desk, stored)
      const opened = yield* executeOnRemittance(
        desk,
        received.remittanceId,
        {
          type: 'OpenRemittance',
          on,
          ...(conflictsWith ? { conflictsWith } : {}),
          ...(earlier.length > 0 ? { earlier } : {}),
        },
        `open:${received.remittanceId}`,
      )
      judged = 'repeated' in opened.outcome && !opened.outcome.repeated
      state = opened.state
    }
    state = yield* recordPairs(desk, state, on)
    if (state.standing === 'open' || state.standing === 'closed') yield* rememberCarried(desk, state, on)
    return { state, judged }
  })

/** Notes whose payment it is, and gives the remittance that was the first of this identity, this one or another. */
const identify = (
  desk: Desk,
  id: RemittanceId,
  identity: string,
  assigned: RegistryState,
  on: Day,
): Effect.Effect<RemittanceId | undefined, ExecuteError> =>
  Effect.gen(function* () {
    const [known] = assigned
    if (known) return known.target.remittanceId
    const outcome = yield* assignReference(
      desk,
      'remittanceIdentity',
      identity,
      {
        type: 'AssignReference',
        on,
        kind: 'remittanceIdentity',
        target: { remittanceId: id },
        patientKeys: [],
        expectNone: true,
      },
      `remittance:${id}`,
    )
    if (outcome.ok) return id
    const [faster] = yield* loadReference(desk, 'remittanceIdentity', identity)
    return faster?.target.remittanceId
  })

/**
 * Takes in one 835 transaction: identity, storing, judging, posting. The same again is a `duplicate`; the same identity
 * with other content is held as a conflict; an import that was killed goes on where it stopped. Of two at once, each
 * reports as posted what it has posted itself. The remittance is loaded once: each step goes on with what the one before
 * it has left.
 */
export const receiveRemittance = (
  desk: Desk,
  advice: RemittanceAdvice,
  options: RunOptions,
  findings: readonly string[] = [],
): Effect.Effect<RemittanceReport, ExecuteError> =>
  Effect.gen(function* () {
    const { world } = desk.service
    if (!advice.payment) {
      return { ...emptyReport, remittanceId: '', outcome: 'skipped' as const, reasons: ['noPayment'] }
    }
    const hash = contentHash(advice, world.sha256)
    const identity = identityOf(advice, hash)
    const id = uuidOf(world.keyedHash('remittance', `${identity}|${hash}`)) as RemittanceId
    const loaded = yield* loadRemittance(desk, id)
    const before = yield* recordPairs(desk, loaded, loaded.received?.effectiveDate ?? world.dayOf(world.now()))
    const assigned = yield* loadReference(desk, 'remittanceIdentity', identity)
    // Given again on a later day, the commands must be those of the first day: their ids are the same.
    const own = assigned.find(({ target }) => target.remittanceId === id)
    const today = own?.effectiveDate ?? before.received?.effectiveDate ?? world.dayOf(world.now())
    // Noted for a payment that can not be stored, the identity would hold the payer's next paper of it as a conflict.
    const storing = { advice, hash, today, findings }
    const divided = before.received ? undefined : yield* divide(storing)
    const first = yield* identify(desk, id, identity, assigned, today)
    if (isPosted(before) || before.standing === 'held') {
      yield* retryWaitingFor(desk, before)
      return { ...emptyReport, remittanceId: id, outcome: 'duplicate' as const, duplicateClaims: postedIn(before) }
    }
    const stored = yield* storeRemittance(desk, id, storing, divided ?? (yield* divide(storing)))
    const { state, judged } = yield* judge(desk, stored, today, first === id ? undefined : first)
    const posted = yield* postRemittance(desk, state, options)
    return yield* reportOn(desk, posted.state, { judged, posted: posted.before })
  })
