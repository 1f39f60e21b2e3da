import { PATIENT, type Party, partyKey, type Stage, sameParty } from '../../kernel/effects.ts'
import type { LineId, VisitId } from '../../kernel/ids.ts'
import { type LayerBalance, type LedgerState, type Line, receivableOf } from './state.ts'

// What decisions ask of the ledger: they go over the lines that they name, or over what is open.

/** Charge lines of a visit in the order they were posted; voided ones too. */
export const linesOfVisit = (ledger: Pick<LedgerState, 'lines'>, visit: VisitId): readonly Line[] =>
  ledger.lines.by('visit', visit)

/** Layers of a line in order of opening; of one party where named. */
export const layersOf = (state: LedgerState, line: LineId, of?: Party): readonly LayerBalance[] =>
  of === undefined
    ? state.layers.by('line', line)
    : state.layers.by('line', line).filter((layer) => sameParty(layer.party, of))

/** What a party owes on a line, stages active and placed; negative where the party was overpaid. */
export const owedOn = (state: LedgerState, line: LineId, of?: Party): number =>
  layersOf(state, line, of).reduce((sum, layer) => sum + receivableOf(layer), 0)

/** True while an agency has anything of the patient's on the line. */
export const isPlaced = (state: LedgerState, line: LineId): boolean =>
  layersOf(state, line, PATIENT).some((layer) => layer.placed !== 0)

/** Layers in which a party owes, active or placed, in order of opening. */
export const openLayers = (state: LedgerState, of: Party): readonly LayerBalance[] =>
  state.layers.where('open').filter(({ party }) => sameParty(party, of))

/** Lines on which the patient owes in some layer, active or placed, in the order they were posted. */
export const openLines = (state: LedgerState): readonly Line[] =>
  state.lines.inOrder(openLayers(state, PATIENT).map(({ lineId }) => lineId))

/** Receivable of a party, a visit, a stage. Goes over all layers: for whoever shows it, no decision asks it. */
export const balanceOf = (
  state: LedgerState,
  filter: { readonly party?: Party; readonly visitId?: VisitId; readonly stage?: Stage } = {},
): number => {
  let total = 0
  for (const layer of state.layers.values()) {
    if (filter.party !== undefined && partyKey(layer.party) !== partyKey(filter.party)) continue
    if (filter.visitId !== undefined && layer.visitId !== filter.visitId) continue
    if (filter.stage !== undefined) total += layer[filter.stage]
    else total += receivableOf(layer)
  }
  return total
}

/** Receivable by party key; parties at zero left out. Goes over all layers. */
export const balancesByParty = (state: LedgerState): ReadonlyMap<string, number> => {
  const totals = new Map<string, number>()
  for (const layer of state.layers.values()) {
    const key = partyKey(layer.party)
    totals.set(key, (totals.get(key) ?? 0) + receivableOf(layer))
  }
  for (const [key, total] of totals) if (total === 0) totals.delete(key)
  return totals
}
