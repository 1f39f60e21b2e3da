import { accept, type Decide, precondition, type RuleHit, reject, rejectIfAny } from '../../kernel/decision.ts'
import type { PatientId } from '../../kernel/ids.ts'
import type { Context } from '../context.ts'
import type { AccountEvent } from '../events.ts'
import { datingHits } from '../ledger/dating.ts'
import { patientFor } from '../registration/opening.ts'
import type { AccountState } from '../state.ts'
import type { CoverageCommand } from './commands.ts'
import type { Coverage, CoverageState } from './state.ts'

const ofPatient = (state: CoverageState, patient: PatientId): readonly Coverage[] =>
  [...state.coverages.values()].filter((coverage) => coverage.patientId === patient)

export const decide: Decide<AccountState, CoverageCommand, AccountEvent, Context> = {
  AddCoverage: (state, command, context) => {
    const hits: RuleHit[] = [...datingHits(state, command.on, context)]
    if (state.coverage.coverages.has(command.coverage)) {
      hits.push(precondition('coverage.known', `coverage ${command.coverage} is already on file`))
    }
    if (command.from !== undefined && command.to !== undefined && command.to < command.from) {
      hits.push(precondition('coverage.reversed', `a coverage from ${command.from} does not end on ${command.to}`))
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
  TerminateCoverage: (state, { on, coverage, lastDay, reason }, context) => {
    const hits: RuleHit[] = [...datingHits(state, on, context)]
    const known = state.coverage.coverages.get(coverage)
    if (!known) hits.push(precondition('coverage.unknown', `coverage ${coverage} is not on file`))
    else if (known.to === lastDay) hits.push(precondition('coverage.ended', `it ends on ${lastDay} already`))
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
