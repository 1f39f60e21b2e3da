import { addDays, type Day } from '@daybook/core/kernel'
import type { Cycle } from './calendar.ts'
import type { Insured } from './people.ts'
import type { Random } from './random.ts'

/** One charge of a visit; amounts in cents. */
export interface VisitLine {
  readonly number: number
  /** Absent on an institutional line that has a revenue code only. */
  readonly code?: string
  readonly modifiers: readonly string[]
  readonly revenueCode?: string
  readonly units: number
  readonly charge: number
  /** REF 6R. */
  readonly control: string
}

export interface Visit {
  /** CLM01, CLP01. */
  readonly controlNumber: string
  readonly insured: Insured
  readonly kind: 'professional' | 'institutional'
  readonly cycle: number
  readonly serviceDay: Day
  readonly diagnoses: readonly string[]
  readonly clinician: number
  readonly lines: readonly VisitLine[]
}

/** The practice's fee schedule: procedure code and charge in cents. */
export const fees = {
  '99212': 9_800,
  '99213': 14_500,
  '99214': 21_000,
  '99215': 28_500,
  '99396': 24_000,
  '36415': 1_800,
  '80048': 3_200,
  '80053': 4_600,
  '81002': 1_200,
  '85025': 2_900,
  '93000': 6_500,
  '90471': 3_900,
  '90686': 4_400,
  '20610': 17_500,
  '71046': 8_800,
  '11102': 16_200,
} as const
export type Code = keyof typeof fees

const visitCodes: readonly Code[] = ['99212', '99213', '99213', '99214', '99214', '99215', '99396']
const extras: readonly Code[] = ['36415', '80053', '81002', '85025', '93000', '90471', '20610', '71046', '11102']
const diagnoses = ['I10', 'E119', 'M1711', 'J069', 'R5383', 'Z0000', 'M545', 'E785']

/** An office visit with up to three procedures beside it. */
const usualCodes = (random: Random): readonly Code[] => {
  const codes: Code[] = [random.pick(visitCodes)]
  for (let more = random.int(4); more > 0; more -= 1) {
    const code = random.pick(extras)
    if (!codes.includes(code)) codes.push(code)
  }
  return codes
}

const officeLines = (random: Random, codes: readonly Code[]): readonly VisitLine[] =>
  codes.map((code, at) => {
    const units = code === '20610' && random.chance(20) ? 2 : 1
    return {
      number: at + 1,
      code,
      modifiers: at === 0 && codes.length > 1 && random.chance(30) ? ['25'] : [],
      units,
      charge: fees[code] * units,
      control: `L${at + 1}`,
    }
  })

/** An outpatient facility bill: a room by revenue code alone, and procedures with theirs. */
const facilityLines: readonly VisitLine[] = [
  { number: 1, revenueCode: '0761', modifiers: [], units: 1, charge: 48_000, control: 'L1' },
  { number: 2, revenueCode: '0300', code: '80053', modifiers: [], units: 1, charge: 9_200, control: 'L2' },
  { number: 3, revenueCode: '0320', code: '71046', modifiers: [], units: 1, charge: 22_400, control: 'L3' },
]

export interface VisitOptions {
  readonly codes?: readonly Code[]
  readonly kind?: Visit['kind']
}

export const visitOf = (
  random: Random,
  controlNumber: string,
  insured: Insured,
  cycle: Cycle,
  options: VisitOptions,
): Visit => {
  const kind = options.kind ?? 'professional'
  return {
    controlNumber,
    insured,
    kind,
    cycle: cycle.number,
    serviceDay: addDays(cycle.servicesFrom, random.int(cycle.serviceDays)),
    diagnoses: [random.pick(diagnoses)],
    clinician: random.int(3),
    lines: kind === 'institutional' ? facilityLines : officeLines(random, options.codes ?? usualCodes(random)),
  }
}

export const chargeOf = (lines: readonly { readonly charge: number }[]): number =>
  lines.reduce((total, line) => total + line.charge, 0)
