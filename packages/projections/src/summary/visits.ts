import { type AccountState, type Line, linesOfVisit } from '@daybook/core/account'
import { clearText, type Day, type Party, type PatientId, partyKey, type VisitId } from '@daybook/core/kernel'
import type { LayerMoney } from './money.ts'
import { labelOf, type PartyLabel } from './parties.ts'

/** What one party owes on one line, by stage; negative where the party was overpaid. */
export interface LineShare extends PartyLabel {
  readonly active: number
  readonly placed: number
  readonly badDebt: number
  /** The oldest day from which an open part of it ages. */
  readonly agingFrom: Day
}

export interface LineSummary {
  readonly line: string
  readonly code: string
  readonly modifiers: readonly string[]
  readonly units: string
  readonly from: Day
  readonly to: Day
  readonly charge: number
  readonly voided: boolean
  /** Receivable of the line. */
  readonly balance: number
  readonly shares: readonly LineShare[]
}

export interface VisitSummary {
  readonly visit: string
  /** The patient's name. */
  readonly patient: string
  /** Absent where it is of no visit: a refund that is owed again. */
  readonly patientId?: string
  readonly patientControlNumber?: string
  readonly kind: string
  readonly openedOn: Day
  readonly balance: number
  readonly lines: readonly LineSummary[]
}

/** A patient's name as people read it, `(protected)` where it is encrypted; a guarantor who is the patient has their own. */
export const patientName = (state: AccountState, id: PatientId): string => {
  const patient = state.registration.patients.get(id)
  const name = [patient?.first, patient?.last].map((part) => clearText(part)).filter((part) => part !== '')
  if (name.length > 0) return [...new Set(name)].join(' ')
  const own = patient?.relationshipToGuarantor === 'self' ? clearText(state.registration.guarantor?.name) : ''
  return own === '' ? id : own
}

const sharesOf = (state: AccountState, layers: readonly LayerMoney[], asOf: Day): readonly LineShare[] => {
  const byParty = new Map<string, { party: Party; layers: LayerMoney[] }>()
  for (const layer of layers) {
    if (layer.active === 0 && layer.placed === 0 && layer.badDebt === 0) continue
    const key = partyKey(layer.party)
    const found = byParty.get(key)
    if (found) found.layers.push(layer)
    else byParty.set(key, { party: layer.party, layers: [layer] })
  }
  return [...byParty.values()].map(({ party, layers }) => ({
    ...labelOf(state, party, asOf),
    active: layers.reduce((sum, layer) => sum + layer.active, 0),
    placed: layers.reduce((sum, layer) => sum + layer.placed, 0),
    badDebt: layers.reduce((sum, layer) => sum + layer.badDebt, 0),
    agingFrom: layers.reduce((oldest, layer) => (layer.agingFrom < oldest ? layer.agingFrom : oldest), asOf),
  }))
}

const lineSummary = (line: Line, shares: readonly LineShare[]): LineSummary => ({
  line: line.lineId,
  code: line.code,
  modifiers: line.modifiers,
  units: line.units,
  from: line.dosFrom,
  to: line.dosTo,
  charge: line.amount,
  voided: line.voided,
  balance: shares.reduce((sum, share) => sum + share.active + share.placed, 0),
  shares,
})

type LinesOf = (visit: VisitId) => readonly LineSummary[]

/** What the guarantor owes of refunds whose payments were taken back: lines that are of no visit, each by itself. */
const returnedRefunds = ({ ledger, registration }: AccountState, linesOf: LinesOf): readonly VisitSummary[] =>
  [...ledger.lines.values()].flatMap((line): readonly VisitSummary[] => {
    if (!line.returnedRefund) return []
    const lines = linesOf(line.visitId)
    return [
      {
        visit: line.visitId,
        patient: clearText(registration.guarantor?.name),
        kind: line.code,
        openedOn: line.dosFrom,
        balance: lines.reduce((sum, summary) => sum + summary.balance, 0),
        lines,
      },
    ]
  })

export const visitsOf = (state: AccountState, layers: readonly LayerMoney[], asOf: Day): readonly VisitSummary[] => {
  const byLine = Map.groupBy(layers, (layer) => layer.lineId)
  const linesOf: LinesOf = (visit) =>
    linesOfVisit(state.ledger, visit).map((line) =>
      lineSummary(line, sharesOf(state, byLine.get(line.lineId) ?? [], asOf)),
    )
  const served = [...state.registration.visits.values()].map((visit) => {
    const lines = linesOf(visit.visitId)
    return {
      visit: visit.visitId,
      patient: patientName(state, visit.patientId),
      patientId: visit.patientId,
      ...(visit.patientControlNumber ? { patientControlNumber: visit.patientControlNumber } : {}),
      kind: visit.kind,
      openedOn: visit.openedOn,
      balance: lines.reduce((sum, summary) => sum + summary.balance, 0),
      lines,
    }
  })
  return [...served, ...returnedRefunds(state, linesOf)]
}
