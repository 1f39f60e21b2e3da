import type { AccountEvent } from '@daybook/core/account'
import type { Of } from '@daybook/core/kernel'
import { type Day, type Layer, PATIENT, partyKey } from '@daybook/core/kernel'
import { Integrity } from '@daybook/core/ports'
import { anchorDay, dayNumber, UNDATED } from './bases.ts'
import { changed, type Difference, differences, type LayerSteps, move } from './layer.ts'
import type { AgingRow, Attributes } from './row.ts'

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

/** Lines and coverages are an account's own: two accounts may have a line `l1` each. `account`: its stream. */
export const lineKey = (account: string, lineId: string): string => `line/${account}/${lineId}`
export const coverageKey = (account: string, coverageId: string): string => `coverage/${account}/${coverageId}`

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
    agingFrom: dayNumber(layer.agingFrom),
    steps: [],
  })
}

const billedDay = (line: LineDocument, party: string): number | undefined =>
  line.billed.find(([coverageId]) => coverageId === party)?.[1]

/** Attributes that rows of one page share: a layer's are the same for as long as its line and its account are. */
export type SharedAttributes = Map<LayerSteps, { readonly line: LineDocument; readonly attributes: Attributes }>

/** Where rows come from: the position and the account's stream. */
export interface Where {
  readonly position: number
  readonly account: string
  /** Effective day. */
  readonly day: number
  readonly shared: SharedAttributes
}

const attributesOf = (line: LineDocument, layer: LayerSteps, { account, shared }: Where): Attributes => {
  const known = shared.get(layer)
  if (known?.line === line && known.attributes.account === account) return known.attributes
  const attributes = {
    account,
    coverage: layer.party === PATIENT ? '' : layer.party,
    payer: layer.payer,
    financialClass: line.financialClass || layer.financialClass,
    location: line.location,
    provider: line.provider,
  }
  shared.set(layer, { line, attributes })
  return attributes
}

const addRows = (
  rows: AgingRow[],
  line: LineDocument,
  layer: LayerSteps,
  found: readonly Difference[],
  where: Where,
): void => {
  const attributes = attributesOf(line, layer, where)
  for (const { day, kind, billDate, amount } of found) {
    const anchors = { responsibility: layer.agingFrom, dos: line.dos, billDate }
    rows.push({ position: where.position, day, kind, amount, anchors, attributes })
  }
}

/** Posts what one event moves on one layer; adds the rows that this gives. */
export const post = (
  rows: AgingRow[],
  line: LineDocument,
  layerId: string,
  moved: { readonly active: number; readonly placed: number },
  where: Where,
): void => {
  const layer = line.layers.find((candidate) => candidate.layerId === layerId)
  if (!layer) {
    throw new Integrity({ message: `position ${where.position} moves layer ${layerId}, which was never opened` })
  }
  const { active, placed } = moved
  const found = move(layer, { day: where.day, active, placed }, billedDay(line, layer.party), UNDATED)
  if (found.length > 0) addRows(rows, line, layer, found, where)
}

type ClaimSubmitted = Of<AccountEvent, 'ClaimSubmitted'>

/** CLM05-3: a claim that voids another bills nothing. */
const VOID = '8'

/** A claim went out: from its day on the coverage's layers of the line have a bill date, unless they had an earlier. */
export const bill = (rows: AgingRow[], line: LineDocument, claim: ClaimSubmitted, where: Where): void => {
  const known = billedDay(line, claim.coverageId)
  if (claim.frequency === VOID || (known !== undefined && known <= where.day)) return
  const entry = line.billed.find(([coverageId]) => coverageId === claim.coverageId)
  if (entry) entry[1] = where.day
  else line.billed.push([claim.coverageId, where.day])
  for (const layer of line.layers) {
    if (layer.party !== claim.coverageId) continue
    const moved = changed(differences(layer, known, UNDATED), differences(layer, where.day, UNDATED))
    addRows(rows, line, layer, moved, where)
  }
}
