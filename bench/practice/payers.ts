/** A payer as the practice knows it. Rates in basis points, amounts in cents. */
export interface Payer {
  readonly name: string
  /** Begins its member ids and control numbers. */
  readonly prefix: string
  /** CLP06, SBR09. */
  readonly filingIndicator: string
  /** N1 PR 04 and NM109: a plan id (XV), or one that only the 837 names (PI). */
  readonly id: string
  readonly idQualifier: 'XV' | 'PI'
  /** TRN03. */
  readonly originator: string
  /** What of a charge its fee schedule allows. */
  readonly allowed: number
  readonly coinsurance: number
  readonly copay: number
  /** Whether its advices repeat our line control numbers (REF 6R). */
  readonly echoesLines: boolean
}

const payer = (
  name: string,
  prefix: string,
  filingIndicator: string,
  id: readonly ['XV' | 'PI', string],
  rates: Pick<Payer, 'allowed' | 'coinsurance' | 'copay' | 'echoesLines'>,
): Payer => ({
  name,
  prefix,
  filingIndicator,
  idQualifier: id[0],
  id: id[1],
  originator: `1000000${prefix.charCodeAt(0)}0`,
  ...rates,
})

export const meadow = payer('MEADOW HEALTH PLAN', 'M', '12', ['XV', 'MEADOW01'], {
  allowed: 6_800,
  coinsurance: 2_000,
  copay: 2_500,
  echoesLines: true,
})
export const riverbend = payer('RIVERBEND HMO', 'R', 'HM', ['XV', 'RIVERB01'], {
  allowed: 6_100,
  coinsurance: 1_000,
  copay: 3_000,
  echoesLines: true,
})
export const medicare = payer('EXAMPLE MEDICARE PART B', 'E', 'MB', ['XV', 'EXMEDB01'], {
  allowed: 5_400,
  coinsurance: 2_000,
  copay: 0,
  echoesLines: true,
})
export const medicaid = payer('EXAMPLE STATE MEDICAID', 'S', 'MC', ['XV', 'EXMCD01'], {
  allowed: 4_200,
  coinsurance: 0,
  copay: 300,
  echoesLines: false,
})
export const harbor = payer('HARBOR SUPPLEMENT', 'H', '15', ['PI', 'HARB1'], {
  allowed: 5_400,
  coinsurance: 0,
  copay: 0,
  echoesLines: false,
})

export const payers: readonly Payer[] = [meadow, riverbend, medicare, medicaid, harbor]
/** Those that pay first, as often as they occur in the practice. */
export const primaries: readonly Payer[] = [meadow, meadow, meadow, riverbend, riverbend, medicare, medicare, medicaid]
