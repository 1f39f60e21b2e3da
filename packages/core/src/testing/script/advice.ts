import { linesOfVisit, owedOn } from '../../account/ledger/balances.ts'
import { coverageParty } from '../../kernel/effects.ts'
import type { CoverageId, VisitId } from '../../kernel/ids.ts'
import type { Generate } from './moment.ts'

// What payers say about a visit.

/** One payer's advice on a visit: pays, reduces and passes on shares of each charge that this coverage still bears. */
const remit: Generate<'PostRemittedClaims'> = (random, moment) => {
  const { state, today, number } = moment
  const billed = [...state.ledger.lines.values()].flatMap(({ lineId, visitId, voided }) =>
    [...state.coverage.coverages.keys()]
      .filter((coverage) => !voided && owedOn(state.ledger, lineId, coverageParty(coverage)) > 0)
      .map((coverage) => ({ visit: visitId, coverage })),
  )
  if (billed.length === 0) return undefined
  const target = random.pick(billed)
  const { visit } = target
  const known = state.coverage.coverages.get(target.coverage as CoverageId)
  const lines = linesOfVisit(state.ledger, visit as VisitId).filter(
    (line) => !line.voided && owedOn(state.ledger, line.lineId, coverageParty(target.coverage as CoverageId)) > 0,
  )
  const back = random.oneIn(16) ? -1 : 1
  const adviceLines = lines.map((line, index) => {
    const paid = random.pick([0, line.amount, random.int(0, line.amount)])
    const reduced = random.int(0, line.amount - paid)
    const passedOn = line.amount - paid - reduced
    return {
      number: index + 1,
      adjudicated: { qualifier: 'HC', code: line.code, modifiers: [] },
      charge: back * line.amount,
      paid: back * paid,
      lineControlNumber: line.lineId,
      adjustments: [
        { group: 'CO', carc: random.pick(['45', '45', '45', '197', '50', '104']), amount: back * reduced },
        { group: 'PR', carc: random.pick(['1', '2', '3', '204']), amount: back * passedOn },
      ],
      remarks: [],
    }
  })
  const total = (of: 'charge' | 'paid') => adviceLines.reduce((sum, line) => sum + line[of], 0)
  return {
    type: 'PostRemittedClaims',
    on: today,
    remittanceId: `remit-${number}`,
    payer: { payerId: known?.payerId ?? 'acme', payerName: 'Acme Health' },
    capitation: false,
    visit: { known: visit },
    claims: [
      {
        number: 1,
        segment: 1,
        patientControlNumber: visit,
        status: back < 0 ? '22' : '1',
        charge: total('charge'),
        paid: total('paid'),
        filingIndicator: known?.filingIndicator ?? '12',
        payerControlNumber: `P${number}`,
        patient: { id: 'M1' },
        adjustments: [],
        remarks: [],
        lines: adviceLines,
        defects: [],
        findings: [],
      },
    ],
  }
}

/** The exact reversal of an adjudication on file, with nothing to correct it: credits are provisional after it. */
const takeBack: Generate<'PostRemittedClaims'> = (random, moment) => {
  const standing = [...moment.state.claims.adjudications.values()].filter((one) => !one.reversed)
  if (standing.length === 0) return undefined
  const { event } = random.pick(standing)
  return {
    type: 'PostRemittedClaims',
    on: moment.today,
    remittanceId: `remit-${moment.number}`,
    payer: { payerId: event.claimKey.payerId, payerName: 'Acme Health' },
    capitation: false,
    visit: { known: event.visitId },
    claims: [
      {
        number: 1,
        segment: 1,
        patientControlNumber: event.claimKey.patientControlNumber,
        status: '22',
        charge: -event.chargeTotal,
        paid: -event.paidTotal,
        filingIndicator: '12',
        payerControlNumber: event.claimKey.payerControlNumber,
        patient: { id: 'M1' },
        adjustments: [],
        remarks: [],
        lines: event.lines.map((line, index) => ({
          number: index + 1,
          adjudicated: { qualifier: 'HC', code: line.submittedCode ?? '99213', modifiers: [] },
          charge: -line.charge,
          paid: -line.paid,
          lineControlNumber: line.lineId,
          adjustments: line.adjustments.map(({ group, carc, amount: cents }) => ({ group, carc, amount: -cents })),
          remarks: [],
        })),
        defects: [],
        findings: [],
      },
    ],
  }
}

/** A payer decides a visit, or takes back what it had decided. */
export const advice: Generate<'PostRemittedClaims'> = (random, moment) =>
  (random.oneIn(5) ? takeBack(random, moment) : undefined) ?? remit(random, moment)
