import type { Day } from '../../kernel/day.ts'
import { accept, type Decide, precondition, type RuleHit, reject, rejectIfAny } from '../../kernel/decision.ts'
import type { PatientId } from '../../kernel/ids.ts'
import type { Context } from '../context.ts'
import { datingHits } from '../preconditions.ts'
import { patientFor } from '../registration/opening.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { CoverageCommand } from './commands.ts'
import type { Coverage, CoverageState } from './state.ts'

const ofPatient = (state: CoverageState, patient: PatientId): readonly Coverage[] =>
  state.coverages.by('patient', patient)

const spanHits = ({
  from,
  to,
}: {
  readonly from?: Day | undefined
  readonly to?: Day | undefined
}): readonly RuleHit[] =>
  from !== undefined && to !== undefined && to < from
    ? [precondition('coverage.reversed', `a coverage from ${from} does not end on ${to}`)]
    : []

/** Two coverages of a patient with one payer are told apart by their members: both must be known, and differ. */
const isAnotherMember = (a: Coverage['memberId'], b: Coverage['memberId']): boolean =>
  a !== undefined && b !== undefined && a !== b

export const decide: Decide<AccountState, CoverageCommand, AccountEvent, Context> = {
  AddCoverage: (state, command, context) => {
    const hits: RuleHit[] = [...datingHits(state, command.on, context), ...spanHits(command)]
    if (state.coverage.coverages.has(command.coverage)) {
      hits.push(precondition('coverage.known', `coverage ${command.coverage} is already on file`))
    }
    const patient = patientFor(state, command.patient, command.on, context)
    if ('rule' in patient) return reject([patient, ...hits])
    const others = ofPatient(state.coverage, patient.patientId)
    const order = command.order ?? Math.max(0, ...others.map((coverage) => coverage.order)) + 1
    const taken = others.find((coverage) => coverage.order === order)
    if (taken) {
      hits.push(
        precondition(
          'coverage.orderTaken',
          `coverage ${taken.coverageId} pays in place ${order}`,
          'add it last, then set the order',
        ),
      )
    }
    return (
      rejectIfAny(hits) ??
      accept<AccountEvent>([
        ...patient.events,
        {
          type: 'CoverageAdded',
          effectiveDate: command.on,
          coverageId: command.coverage,
          patientId: patient.patientId,
          payerId: command.payer,
          payerName: command.payerName ?? command.payer,
          filingIndicator: command.filingIndicator,
          memberId: command.memberId,
          order,
          capitated: command.capitated ?? false,
          from: command.from,
          to: command.to,
          stub: false,
        },
      ])
    )
  },
  CompleteCoverage: (state, command, context) => {
    const { on, coverage: coverageId, payer, payerName, filingIndicator, memberId, capitated = false } = command
    const hits: RuleHit[] = [...datingHits(state, on, context), ...spanHits(command)]
    const stub = state.coverage.coverages.get(coverageId)
    if (!stub) return reject([precondition('coverage.unknown', `coverage ${coverageId} is not on file`), ...hits])
    if (!stub.stub) hits.push(precondition('coverage.complete', `coverage ${coverageId} is complete already`))
    const same = ofPatient(state.coverage, stub.patientId).find(
      (other) => other !== stub && other.payerId === payer && !isAnotherMember(other.memberId, memberId),
    )
    if (same) {
      hits.push(
        precondition(
          'coverage.payerKnown',
          `coverage ${same.coverageId} is with payer ${payer} already`,
          'give the member number of each, or transfer what stands here to that coverage',
        ),
      )
    }
    const { patientId, order } = stub
    const { from, to } = command
    return (
      rejectIfAny(hits) ??
      accept([
        {
          type: 'CoverageAdded',
          effectiveDate: on,
          coverageId,
          patientId,
          payerId: payer,
          payerName,
          filingIndicator,
          memberId,
          order,
          capitated,
          from,
          to,
          stub: false,
        },
      ])
    )
  },
  TerminateCoverage: (state, { on, coverage, lastDay, reason }, context) => {
    const hits: RuleHit[] = [...datingHits(state, on, context)]
    const known = state.coverage.coverages.get(coverage)
    if (!known) hits.push(precondition('coverage.unknown', `coverage ${coverage} is not on file`))
    else if (known.to === lastDay) hits.push(precondition('coverage.ended', `it ends on ${lastDay} already`))
    hits.push(...spanHits({ from: known?.from, to: lastDay }))
    return (
      rejectIfAny(hits) ??
      accept([{ type: 'CoverageTerminated', effectiveDate: on, coverageId: coverage, lastDay, reason }])
    )
  },
  SetCobOrder: (state, { on, patient, order, reason }, context) => {
    const own = new Set(ofPatient(state.coverage, patient).map((coverage) => coverage.coverageId))
    const whole = order.length === own.size && new Set(order).size === own.size && order.every((id) => own.has(id))
    const hits = [
      ...datingHits(state, on, context),
      ...(whole
        ? []
        : [precondition('coverage.orderIncomplete', `the order names each coverage of ${patient} once, and no other`)]),
    ]
    return rejectIfAny(hits) ?? accept([{ type: 'CobOrderSet', effectiveDate: on, patientId: patient, order, reason }])
  },
}
