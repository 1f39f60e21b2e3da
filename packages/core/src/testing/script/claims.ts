import type { ClaimCommand } from '../../account/claims/commands.ts'
import { withheldBy } from '../../account/claims/withheld-state.ts'
import type { AccountState } from '../../account/index.ts'
import { layersOf } from '../../account/ledger/balances.ts'
import { payerCash } from '../../account/ledger/payer-cash.ts'
import { coverageParty } from '../../kernel/effects.ts'
import type { CoverageId, LineId } from '../../kernel/ids.ts'
import { advice } from './advice.ts'
import type { Ways } from './moment.ts'
import { type Generate, none, oneOf, recently, slip } from './moment.ts'
import { acknowledgeRefund } from './refunds.ts'
import { submitClaim } from './submissions.ts'

// What is left of claims to a person: denials, work items, recoupments.

/** A person closes a denial in one of the four ways. */
export const resolveDenial: Generate<'ResolveDenial'> = (random, moment) => {
  const open = [...moment.state.claims.denials.values()].filter((denial) => !denial.resolved)
  if (none(random, open)) return undefined
  const denial = oneOf(
    random,
    open.map(({ event }) => event.denialId),
    'denial-unknown',
  )
  return {
    type: 'ResolveDenial',
    on: random.oneIn(4) ? recently(random, moment.today) : moment.today,
    denial,
    outcome: random.pick([
      { kind: 'appealWon' as const, reference: 'appeal 1' },
      { kind: 'rebilledNext' as const },
      { kind: 'rebilledNext' as const, coverage: oneOf(random, moment.state.coverage.coverages.keys(), 'cov9') },
      {
        kind: 'writtenOff' as const,
        category: 'administrative' as const,
        avoidable: random.oneIn(2),
        approval: { by: 'dora', roles: ['director' as const] },
      },
      {
        kind: 'movedToPatient' as const,
        evidence: { group: 'PR', carc: '204', denial: true, notice: 'signed waiver' },
      },
      { kind: 'movedToPatient' as const, evidence: { group: 'PR', carc: '1' } },
    ]),
    reason: 'worked',
  }
}

/** A person has dealt with what a payer's paper left to do. */
export const resolveWorkItem: Generate<'ResolveWorkItem'> = (random, moment) => {
  const open = [...moment.state.claims.workItems.keys()]
  if (none(random, open)) return undefined
  return { type: 'ResolveWorkItem', on: moment.today, workItem: oneOf(random, open, 'item-unknown'), reason: 'done' }
}

/** What of each coverage's money stands on each line, cents: what the payer can take back. */
const paidByPayers = (state: AccountState) =>
  [...state.ledger.lines.values()].flatMap(({ lineId, visitId }) => {
    const cash = payerCash(state, lineId)
    if (cash.size === 0) return []
    return [...state.coverage.coverages.keys()].flatMap((coverage) => {
      const layers = layersOf(state.ledger, lineId, coverageParty(coverage))
      const paid = -layers.reduce((sum, { layerId }) => sum + (cash.get(layerId) ?? 0), 0)
      return paid > 0 ? [{ lineId, visitId, coverage, paid }] : []
    })
  })

/** A recoupment that no reversal explains, for a line that the payer has paid; seldom of more than it paid. */
export const takeback: Generate<'PostTakeback'> = (random, moment) => {
  const { state, today, number } = moment
  const paid = paidByPayers(state)
  if (none(random, paid)) return undefined
  const one = paid.length > 0 ? random.pick(paid) : undefined
  const coverage = one?.coverage ?? oneOf(random, state.coverage.coverages.keys(), 'cov9')
  const payer = state.coverage.coverages.get(coverage as CoverageId)?.payerId ?? 'acme'
  const line = one?.lineId ?? oneOf(random, state.ledger.lines.keys(), 'l-unknown')
  const paying = [...state.claims.adjudications.values()].find(
    ({ event }) => event.coverageId === coverage && event.lines.some(({ lineId }) => lineId === line),
  )
  return {
    type: 'PostTakeback',
    on: recently(random, today),
    visit: state.ledger.lines.get(line as LineId)?.visitId ?? 'v1',
    coverage,
    lines: slip(random, [{ line, amount: random.pick([one?.paid ?? 100, random.int(1, (one?.paid ?? 100) + 1)]) }]),
    recoupment: {
      payerId: payer,
      payerControlNumber: random.oneIn(8) ? 'P-other' : (paying?.event.claimKey.payerControlNumber ?? 'P1'),
      remittanceId: random.oneIn(8) ? 'remit-old' : `remit-${number}`,
    },
    reason: 'PLB WO',
  }
}

/** How a withhold ends: all of it or a part, seldom more than there is. */
export const settleWithhold: Generate<'SettleWithhold'> = (random, { state, today }) => {
  const standing = withheldBy(state.claims)
  if (none(random, standing)) return undefined
  const one = standing.length > 0 ? random.pick(standing) : undefined
  const amount = (one?.dated ?? []).reduce((sum, change) => sum + change.amount, 0)
  const part = Math.abs(amount) > 1 ? Math.sign(amount) * random.int(1, Math.abs(amount)) : 100
  return {
    type: 'SettleWithhold',
    on: recently(random, today),
    visit: one?.visitId ?? oneOf(random, state.registration.visits.keys(), 'v1'),
    coverage: one?.coverageId ?? oneOf(random, state.coverage.coverages.keys(), 'cov9'),
    ...(random.oneIn(2) ? { amount: random.oneIn(8) ? amount + 500 || 500 : part } : {}),
    outcome: random.pick([
      { kind: 'returned' as const, by: 'check' as const, reference: 'settlement 1' },
      { kind: 'inRemittance' as const, remittance: 'remit-old', code: 'E3' },
      { kind: 'lost' as const, because: 'settlement' as const },
    ]),
    reason: 'the year is settled',
  }
}

/** How its commands come into random lives. */
export const claimWays: Ways<ClaimCommand> = {
  PostRemittedClaims: { make: advice, often: 12, collecting: 2 },
  RecordSubmittedClaim: { make: submitClaim, often: 4, collecting: 0 },
  ResolveDenial: { make: resolveDenial, often: 2, collecting: 0, instead: 'PostRemittedClaims' },
  ResolveWorkItem: { make: resolveWorkItem, often: 2, collecting: 0, instead: 'RecordSubmittedClaim' },
  PostTakeback: { make: takeback, often: 2, collecting: 0, instead: 'PostRemittedClaims' },
  SettleWithhold: { make: settleWithhold, often: 2, collecting: 0, instead: 'PostRemittedClaims' },
  AcknowledgeRefund: { make: acknowledgeRefund, often: 3, collecting: 0, instead: 'IssueRefund' },
}
