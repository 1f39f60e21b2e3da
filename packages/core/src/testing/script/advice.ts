import { adjudicationsOf } from '../../account/claims/state.ts'
import { linesOfVisit, owedOn } from '../../account/ledger/balances.ts'
import { coverageParty } from '../../kernel/effects.ts'
import type { CoverageId, VisitId } from '../../kernel/ids.ts'
import type { Generate, Moment } from './moment.ts'

// What payers say about a visit.

interface Decided {
  readonly visit: VisitId
  readonly coverage: CoverageId
  /** On each line of a payer that comes after another which it has not heard of: what that one settled (OA-23). */
  readonly settledBefore?: boolean
}

/** Visits whose earlier payer has said nothing, and a later one decides; or whose earlier payer comes after its stand-in. */
const outOfOrder = ({ state }: Moment): readonly Decided[] => {
  const coverages = [...state.coverage.coverages.values()]
  return [...state.registration.visits.keys()].flatMap((visit): readonly Decided[] => {
    const own = coverages
      .filter(({ patientId }) => patientId === state.registration.visits.get(visit)?.patientId)
      .toSorted((a, b) => a.order - b.order)
    const [first, second] = own
    if (!first || !second || linesOfVisit(state.ledger, visit).every(({ voided }) => voided)) return []
    const said = adjudicationsOf(state.claims, visit)
    if (said.some(({ standsIn }) => standsIn)) return [{ visit, coverage: first.coverageId }]
    return said.length > 0 ? [] : [{ visit, coverage: second.coverageId, settledBefore: true }]
  })
}

/** One payer's advice on a visit: pays, reduces and passes on shares of each charge that this coverage still bears. */
const remit: Generate<'PostRemittedClaims'> = (random, moment) => {
  const { state, today, number } = moment
  const billed = [...state.ledger.lines.values()].flatMap(({ lineId, visitId, voided }) =>
    [...state.coverage.coverages.keys()]
      .filter((coverage) => !voided && owedOn(state.ledger, lineId, coverageParty(coverage)) > 0)
      .map((coverage): Decided => ({ visit: visitId, coverage })),
  )
  const unordered = random.oneIn(8) ? outOfOrder(moment) : []
  if (billed.length + unordered.length === 0) return undefined
  const { visit, coverage, settledBefore } = random.pick(unordered.length > 0 ? unordered : billed)
  const known = state.coverage.coverages.get(coverage)
  const all = linesOfVisit(state.ledger, visit).filter(({ voided }) => !voided)
  const lines =
    unordered.length > 0 ? all : all.filter(({ lineId }) => owedOn(state.ledger, lineId, coverageParty(coverage)) > 0)
  const back = random.oneIn(16) ? -1 : 1
  const adviceLines = lines.map((line, index) => {
    const settled = settledBefore ? random.int(1, line.amount) : 0
    const left = line.amount - settled
    const paid = random.pick([0, left, random.int(0, left)])
    const reduced = random.int(0, left - paid)
    const passedOn = left - paid - reduced
    return {
      number: index + 1,
      adjudicated: { qualifier: 'HC', code: line.code, modifiers: [] },
      charge: back * line.amount,
      paid: back * paid,
      lineControlNumber: line.lineId,
      adjustments: [
        ...(settledBefore ? [{ group: 'OA', carc: '23', amount: back * settled }] : []),
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
        ...(random.oneIn(8) ? { corrected: random.pick([{ id: 'M9' }, { last: 'Roe' }]) } : {}),
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
