import type { AccountEvent } from '@daybook/core/account'
import type { Of } from '@daybook/core/kernel'
import { type Day, epochDay, type Layer, PATIENT, type Effect as Posted, partyKey } from '@daybook/core/kernel'
import { Integrity } from '@daybook/core/ports'
import { anchorDay, UNDATED } from './bases.ts'
import { addStep, changed, type Difference, differences, type LayerSteps } from './layer.ts'
import type { AgingRow } from './row.ts'

/** A charge line as the cube keeps it, from its first event on: closed layers stay, a reversal may open them again. */
export interface LineDocument {
  /** First day of service, in days since 1970-01-01, or `UNDATED`. */
  readonly dos: number
  readonly financialClass: string
  readonly location: string
  readonly provider: string
  /** A list, not a record: a line has few layers, and records of ever new keys are slow. */
  readonly layers: LayerSteps[]
  /** First day on which a claim with this line went to a coverage. */
  readonly billed: [coverageId: string, day: number][]
}

export interface CoverageDocument {
  readonly payer: string
  /** CLP06 / SBR09. */
  readonly financialClass: string
}

/** A line's document has its bare id: keys of other documents have a stroke, ids have none. */
export const lineKey = (lineId: string): string => lineId
export const coverageKey = (coverageId: string): string => `coverage/${coverageId}`

/** What a charge, or a balance brought forward, says of a line. */
export interface LineFacts {
  readonly dosFrom?: Day | undefined
  readonly financialClass?: string | undefined
  readonly location?: string | undefined
  readonly provider?: string | undefined
}

export const newLine = (facts: LineFacts, known?: LineDocument): LineDocument => ({
  dos: anchorDay(facts.dosFrom),
  financialClass: facts.financialClass ?? '',
  location: facts.location ?? '',
  provider: facts.provider ?? '',
  layers: known?.layers ?? [],
  billed: known?.billed ?? [],
})

export const openLayer = (line: LineDocument, layer: Layer, coverage: CoverageDocument | undefined): void => {
  line.layers.push({
    layerId: layer.layerId,
    party: partyKey(layer.party),
    payer: coverage?.payer ?? '',
    financialClass: coverage?.financialClass ?? '',
    agingFrom: epochDay(layer.agingFrom),
    steps: [],
  })
}

const billedDay = (line: LineDocument, party: string): number | undefined =>
  line.billed.find(([coverageId]) => coverageId === party)?.[1]

const rowsOf = (
  line: LineDocument,
  layer: LayerSteps,
  found: readonly Difference[],
  where: { readonly position: number; readonly account: string },
): readonly AgingRow[] => {
  const attributes = {
    account: where.account,
    coverage: layer.party === PATIENT ? '' : layer.party,
    payer: layer.payer,
    financialClass: line.financialClass || layer.financialClass,
    location: line.location,
    provider: line.provider,
  }
  return found.map(({ day, kind, billDate, amount }) => ({
    position: where.position,
    day,
    kind,
    amount,
    anchors: { responsibility: layer.agingFrom, dos: line.dos, billDate },
    attributes,
  }))
}

/** Where rows come from: the position and the account's stream. */
export interface Where {
  readonly position: number
  readonly account: string
  /** Effective day. */
  readonly day: number
}

/** Posts the effects of one event on one layer; gives the rows that this adds. */
export const post = (line: LineDocument, layerId: string, effects: readonly Posted[], where: Where) => {
  const layer = line.layers.find((candidate) => candidate.layerId === layerId)
  if (!layer) {
    throw new Integrity({ message: `position ${where.position} moves layer ${layerId}, which was never opened` })
  }
  const billed = billedDay(line, layer.party)
  const before = differences(layer, billed, UNDATED)
  for (const { stage, amount } of effects) {
    if (stage !== 'badDebt') addStep(layer, where.day, stage, amount)
  }
  return rowsOf(line, layer, changed(before, differences(layer, billed, UNDATED)), where)
}

type ClaimSubmitted = Of<AccountEvent, 'ClaimSubmitted'>

/** CLM05-3: a claim that voids another bills nothing. */
const VOID = '8'

/** A claim went out: from its day on the coverage's layers of the line have a bill date, unless they had an earlier. */
export const bill = (line: LineDocument, claim: ClaimSubmitted, where: Where): readonly AgingRow[] => {
  const known = billedDay(line, claim.coverageId)
  if (claim.frequency === VOID || (known !== undefined && known <= where.day)) return []
  const rows: AgingRow[] = []
  const entry = line.billed.find(([coverageId]) => coverageId === claim.coverageId)
  if (entry) entry[1] = where.day
  else line.billed.push([claim.coverageId, where.day])
  for (const layer of line.layers) {
    if (layer.party !== claim.coverageId) continue
    const moved = changed(differences(layer, known, UNDATED), differences(layer, where.day, UNDATED))
    rows.push(...rowsOf(line, layer, moved, where))
  }
  return rows
}
