// X12 1032, claim filing indicator (CLP06, SBR09): what it says about the coverage.

export type CoverageKind = 'medicare' | 'medicaid' | 'commercial' | 'workersComp' | 'tricare' | 'other'

/** The kind of coverage that rules ask for. `16` is a Medicare health plan; absent or `ZZ` says nothing. */
export const coverageType = (indicator: string | undefined): CoverageKind => {
  switch (indicator) {
    case 'MA':
    case 'MB':
    case '16':
      return 'medicare'
    case 'MC':
      return 'medicaid'
    case 'WC':
      return 'workersComp'
    case 'CH':
      return 'tricare'
    case undefined:
    case '':
    case 'ZZ':
      return 'other'
    default:
      return 'commercial'
  }
}

/**
 * The kind of coverage by several papers: Medicaid where any says so, because its payment is payment in full whatever
 * another paper calls it (AR-06); else the first that says anything.
 */
export const coverageTypeOf = (...indicators: readonly (string | undefined)[]): CoverageKind => {
  const kinds = indicators.map(coverageType)
  if (kinds.includes('medicaid')) return 'medicaid'
  return kinds.find((kind) => kind !== 'other') ?? 'other'
}

const publicPayers: ReadonlySet<string> = new Set(['MA', 'MB', 'MC', 'CH', 'VA', 'OF', 'TV'])

/** True of payers whose overpayments are public money (42 CFR 401.305 and its like). */
export const isPublicPayer = (indicator: string | undefined): boolean => publicPayers.has(indicator ?? '')
