import type { Entry } from './books.ts'

/** What is open by claim: `ACC-A patient` → cents. */
export const openByClaim = (log: readonly Entry[]): Readonly<Record<string, number>> => {
  const names = new Map<string, string>()
  const lines = new Map<string, string>()
  const totals: Record<string, number> = {}
  for (const { event } of log) {
    if (event.type === 'VisitOpened') names.set(event.visitId, event.patientControlNumber ?? '')
    if (event.type === 'ChargePosted') lines.set(event.lineId, names.get(event.visitId) ?? '')
    if (!('effects' in event)) continue
    for (const { lineId, party, amount } of event.effects) {
      const key = `${lines.get(lineId)} ${party === 'patient' ? 'patient' : 'insurance'}`
      totals[key] = (totals[key] ?? 0) + amount
    }
  }
  return Object.fromEntries(Object.entries(totals).filter(([, amount]) => amount !== 0))
}
