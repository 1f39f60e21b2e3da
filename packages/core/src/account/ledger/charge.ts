import { negateCents } from '../../kernel/cents.ts'
import {
  accept,
  type Decision,
  type Of,
  precondition,
  type RuleHit,
  reject,
  rejectIfAny,
} from '../../kernel/decision.ts'
import { coverageParty, PATIENT, type Party } from '../../kernel/effects.ts'
import type { PatientId } from '../../kernel/ids.ts'
import type { Context, GateResult } from '../context.ts'
import { coverageType } from '../coverage/filing.ts'
import { coveragesOn } from '../coverage/state.ts'
import { ask } from '../facts.ts'
import { datingHits } from '../preconditions.ts'
import { servedBeforeBirthHits } from '../registration/born.ts'
import { visitFor } from '../registration/opening.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import { transferAgingFrom } from './aging-from.ts'
import type { LedgerCommand } from './commands.ts'
import { notBilledQuestion } from './gate-facts.ts'
import { workingOn } from './working.ts'

type PostCharge = Of<LedgerCommand, 'PostCharge'>

const lineHits = (state: AccountState, command: PostCharge): readonly RuleHit[] => {
  const hits: RuleHit[] = []
  if (state.ledger.lines.has(command.line)) {
    hits.push(precondition('ledger.lineKnown', `line ${command.line} is already posted`, 'void it and post another'))
  }
  if (command.dosFrom !== undefined && command.dosFrom > command.on) {
    hits.push(precondition('ledger.stayReversed', `a stay from ${command.dosFrom} does not end on ${command.on}`))
  }
  return hits
}

/** A coverage named as the party must be the patient's own. */
export const partyHits = (state: AccountState, party: Party, patient: PatientId): readonly RuleHit[] => {
  if (party === PATIENT) return []
  const coverage = state.coverage.coverages.get(party.coverageId)
  if (!coverage) {
    return [precondition('coverage.unknown', `coverage ${party.coverageId} is not on file`, 'add the coverage first')]
  }
  return coverage.patientId === patient
    ? []
    : [precondition('coverage.otherPatient', `coverage ${party.coverageId} is of another patient`)]
}

/** A service of a day that Medicaid covers is the patient's only by Medicaid's own word (AR-06). */
const medicaidGate = (
  state: AccountState,
  patient: PatientId,
  { on, amount, visit }: PostCharge,
  context: Context,
): GateResult | undefined => {
  const medicaid = coveragesOn(state.coverage, patient, on).find(
    ({ filingIndicator }) => coverageType(filingIndicator) === 'medicaid',
  )
  return medicaid && ask(state, notBilledQuestion(state, medicaid, { cents: amount, visit, on }), context)
}

/** Posts a charge: one layer at the party that owes first, ageing from the day of service. */
export const postCharge = (state: AccountState, command: PostCharge, context: Context): Decision<AccountEvent> => {
  const { on, line, amount } = command
  const opening = visitFor(state, command, context)
  const hits = [...datingHits(state, on, context), ...lineHits(state, command)]
  if ('rule' in opening) return reject([opening, ...hits])
  const first = coveragesOn(state.coverage, opening.patientId, on)[0]
  const party = command.party ?? (first ? coverageParty(first.coverageId) : PATIENT)
  const gate = party === PATIENT ? medicaidGate(state, opening.patientId, command, context) : undefined
  const rejection = rejectIfAny([
    ...hits,
    ...servedBeforeBirthHits(state, opening, [command.dosFrom ?? on]),
    ...partyHits(state, party, opening.patientId),
    ...(gate?.hits ?? []),
  ])
  if (rejection) return rejection

  const service = { visitId: command.visit, dosTo: on }
  const agingFrom = party === PATIENT ? on : transferAgingFrom(state, party, service, on, context)
  const opened = workingOn(state, context).openLayer(line, party, amount, { on, agingFrom })
  const coverage = party === PATIENT ? undefined : state.coverage.coverages.get(party.coverageId)
  const covering = coveragesOn(state.coverage, opening.patientId, on).some((one) => one === coverage)
  const warnings =
    coverage === undefined || covering
      ? []
      : [precondition('coverage.notCovering', `${coverage.coverageId} does not cover ${on}`, 'check eligibility')]
  const events: readonly AccountEvent[] = [
    ...opening.events,
    {
      type: 'ChargePosted',
      effectiveDate: on,
      visitId: command.visit,
      lineId: line,
      code: command.code,
      modifiers: command.modifiers ?? [],
      revenueCode: command.revenueCode,
      units: command.units ?? '1',
      dosFrom: command.dosFrom ?? on,
      dosTo: on,
      amount,
      diagnosisPointers: command.diagnosisPointers,
      lineControlNumber: command.lineControlNumber,
      party,
      financialClass: command.financialClass ?? coverage?.filingIndicator,
      location: command.location,
      provider: command.provider,
      effects: [...opened.effects],
      opens: [...opened.opens],
      contra: [{ account: 'revenue', amount: negateCents(amount) }],
    },
  ]
  return accept(events, { warnings })
}
