import * as Effect from 'effect/Effect'
import { askedByAdvice } from '../account/claims/identity/asked.ts'
import { alone } from '../account/claims/identity/judge.ts'
import type { AdviceClaim } from '../documents/advice.ts'
import { isNumber, isSameNumber } from '../documents/control-number.ts'
import { payersNumbers, postingUnits, type Unit } from '../documents/units.ts'
import { paysCapitation } from '../remittance/provider-adjustments.ts'
import { type ClaimOutcome, countsFrom, type RemittanceState } from '../remittance/state.ts'
import type { Desk } from './desk.ts'
import { companiesOf } from './identity/company.ts'
import { notePayers } from './identity/payers.ts'
import { type Posted, postUnits } from './post-units.ts'
import type { Run, RunOptions } from './run.ts'
import type { ExecuteError } from './service.ts'

/** A run over a remittance, or nothing where it is not open for one. */
export const runOf = (desk: Desk, state: RemittanceState, options: RunOptions): Run | undefined => {
  const { received } = state
  const on = countsFrom(state)
  if (!received || on === undefined) return undefined
  const payer = { payerId: received.payerId, payerName: received.payerName }
  const claims = [...state.claims.values()]
  const companies = companiesOf(claims.map((claim) => askedByAdvice(claim, payer)))
  return {
    desk,
    remittanceId: received.remittanceId,
    payer,
    companies: new Map(claims.map(({ number }, at) => [number, companies[at] ?? alone])),
    on,
    capitation: paysCapitation(received.providerAdjustments),
    options,
    state,
  }
}

/** What is to be posted, besides the units that are unfinished. */
interface Wanted {
  /** Held units too. */
  readonly held: boolean
  /** Of this control number alone. */
  readonly controlNumber?: string
}

/** Nothing was recorded of it yet, or a process that was killed had begun to post it once more. */
const isUnfinished = (outcome: ClaimOutcome | undefined): boolean =>
  outcome === undefined || (outcome.kind === 'held' && outcome.retried !== undefined)

/** A claim without a number waits for any. */
const waitsFor = ({ patientControlNumber }: AdviceClaim, controlNumber: string): boolean =>
  !isNumber(patientControlNumber) || isSameNumber(patientControlNumber, controlNumber)

/** The claims of a control number, and those that the payer ties to them by its own. */
const wantedClaims = ({ claims }: RemittanceState, controlNumber: string | undefined): AdviceClaim[] => {
  const all = [...claims.values()]
  if (controlNumber === undefined) return all
  const own = all.filter((claim) => waitsFor(claim, controlNumber))
  if (own.length === 0) return own
  const tied = new Set(own.flatMap(payersNumbers))
  return all.filter((claim) => own.includes(claim) || payersNumbers(claim).some((number) => tied.has(number)))
}

/** Units of claims of a remittance as it stands: what was posted alone is no part of another unit any more. */
export const unitsOf = ({ outcomes }: RemittanceState, claims: readonly AdviceClaim[]): readonly Unit[] => {
  const kindOf = ({ number }: AdviceClaim) => outcomes.get(number)?.kind
  return postingUnits(claims, (a, b) => kindOf(a) === kindOf(b))
}

export const openUnits = (state: RemittanceState, { held, controlNumber }: Wanted): readonly Unit[] => {
  const claims = wantedClaims(state, controlNumber).sort((a, b) => a.number - b.number)
  return unitsOf(state, claims).filter((unit) => {
    const outcome = state.outcomes.get(unit.claims[0]?.number ?? 0)
    return isUnfinished(outcome) || (held && outcome?.kind === 'held')
  })
}

/** Posts what is wanted of a remittance as it was seen; gives it as it is left. */
export const postOpen = (
  desk: Desk,
  state: RemittanceState,
  options: RunOptions,
  wanted: Wanted,
): Effect.Effect<Posted, ExecuteError> => {
  const run = state.standing === 'open' ? runOf(desk, state, options) : undefined
  const units = run ? openUnits(state, wanted) : []
  if (!run || units.length === 0) return Effect.succeed({ results: [], state })
  const noting = options.openMissing ? notePayers(desk, [run.payer], run.on) : Effect.void
  return Effect.andThen(noting, postUnits(run, units))
}

/** True when nothing is left to be posted of it: every claim has its outcome, or a person has rejected the whole. */
export const isPosted = (state: RemittanceState): boolean =>
  state.standing === 'rejected' ||
  (state.received !== undefined && state.standing !== 'receiving' && openUnits(state, { held: false }).length === 0)

/** Claims whose posting is recorded. */
export const postedIn = ({ outcomes }: RemittanceState): readonly number[] =>
  [...outcomes].flatMap(([number, { kind }]) => (kind === 'posted' ? [number] : []))
