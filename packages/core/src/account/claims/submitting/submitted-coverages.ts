import { normaliseName, payerIdFrom } from '../../../documents/identity.ts'
import type { SubmittedClaim, SubmittedCoverage } from '../../../documents/submission.ts'
import type { CoverageId, PatientId } from '../../../kernel/ids.ts'
import type { Context } from '../../context.ts'
import type { Coverage } from '../../coverage/state.ts'
import type { AccountState } from '../../rooms.ts'

/** SBR01 as a place in the order of benefits: P, S, T, then A–H; U (unknown) comes last. */
export const sequenceOrder = (sequence: string): number => {
  const place = 'PSTABCDEFGH'.indexOf(sequence)
  return sequence.length === 1 && place >= 0 ? place + 1 : 12
}

/** True where both name their member and neither the member nor the place is the same: two coverages of one payer. */
const isAnother = (coverage: Coverage, named: SubmittedCoverage): boolean =>
  typeof coverage.memberId === 'string' &&
  typeof named.memberId === 'string' &&
  coverage.memberId !== named.memberId &&
  coverage.order !== sequenceOrder(named.sequence)

/** Of one payer's coverages the one that is named: by member id, else the first that is not clearly another one. */
const namedOf = (coverages: readonly Coverage[], named: SubmittedCoverage): Coverage | undefined =>
  coverages.find((coverage) => coverage.memberId !== undefined && coverage.memberId === named.memberId) ??
  coverages.find((coverage) => !isAnother(coverage, named))

/** The coverage on file that an 837 names: same payer, by id or name; else a stub in its place. */
const onFile = (state: AccountState, patient: PatientId, named: SubmittedCoverage): Coverage | undefined => {
  const own = state.coverage.coverages.by('patient', patient)
  const payerId = payerIdFrom(named.payerId, named.payerName)
  const name = normaliseName(named.payerName)
  return (
    namedOf(
      own.filter((coverage) => coverage.payerId === payerId),
      named,
    ) ??
    namedOf(
      own.filter((coverage) => normaliseName(coverage.payerName) === name),
      named,
    ) ??
    own.find((coverage) => coverage.stub && coverage.order === sequenceOrder(named.sequence))
  )
}

/** A claim may say that there is another payer and not which one: a stub, until a document names it. */
const isNamed = (named: SubmittedCoverage): boolean => named.payerName !== '' || (named.payerId ?? '') !== ''

const coverageFrom = (patientId: PatientId, named: SubmittedCoverage, coverageId: CoverageId): Coverage => ({
  coverageId,
  patientId,
  payerId: payerIdFrom(named.payerId, named.payerName),
  payerName: isNamed(named) ? named.payerName : '(payer not named)',
  order: sequenceOrder(named.sequence),
  capitated: false,
  stub: !isNamed(named),
  ...(named.filingIndicator ? { filingIndicator: named.filingIndicator } : {}),
  ...(named.memberId ? { memberId: named.memberId } : {}),
})

export interface Coverages {
  readonly destination: Coverage
  /** All that the claim names, first payer first. */
  readonly all: readonly Coverage[]
  /** New ones, and stubs that this claim completes under their own id. */
  readonly added: readonly Coverage[]
}

/** The coverages of an 837: those on file, and those that it brings. */
export const coveragesOf = (
  state: AccountState,
  context: Context,
  patientId: PatientId,
  claim: SubmittedClaim,
): Coverages => {
  const added: Coverage[] = []
  const resolve = (named: SubmittedCoverage): Coverage => {
    const known =
      onFile(state, patientId, named) ??
      namedOf(
        added.filter((coverage) => coverage.payerId === payerIdFrom(named.payerId, named.payerName)),
        named,
      )
    if (known && !(known.stub && isNamed(named))) return known
    const coverage = known
      ? { ...coverageFrom(patientId, named, known.coverageId), order: known.order }
      : coverageFrom(patientId, named, context.newId('coverage') as CoverageId)
    added.push(coverage)
    return coverage
  }
  const destination = resolve(claim.destination)
  const all = [destination, ...claim.otherCoverages.map(resolve)].sort((a, b) => a.order - b.order)
  return { destination, all, added }
}
