import { isLaterPayer, isNotInsured, saysNotEligible } from '../../../documents/claim-status.ts'
import type { Disposition } from '../adjudication-events.ts'

/**
 * What becomes of a CAS triple: one table over claim adjustment reason codes (CARC), read with the group. Sources:
 * postings.md (table and clarifications 2, 3, 5, 7, 8, 15, 20), reference §10.7 and §12.2, errata 4 and 19. Category is
 * the queue that works a denial.
 */
export type DenialCategory =
  | 'eligibility'
  | 'cob'
  | 'auth'
  | 'coding'
  | 'bundled'
  | 'mednec'
  | 'missingInfo'
  | 'timelyFiling'
  | 'duplicate'
  | 'nonCovered'
  | 'benefitMax'
  | 'enrollment'
  | 'network'
  | 'appealResult'
  | 'refund'
  | 'pending'
  | 'regulatory'
  | 'unlisted'

type Row =
  /** A fee-schedule or contract reduction: posts, signed. */
  | 'contractual'
  /** A payer-side receivable, never a write-off. */
  | 'withheld'
  /** The patient's share when the payer says PR. */
  | 'patientShare'
  /** The payer has not decided. */
  | 'pending'
  /** May not be collected from the patient. */
  | 'regulatory'
  | 'priorPayer'
  | { readonly denial: DenialCategory }

const rows = new Map<string, Row>()
const list = (row: Row, codes: string): void => {
  for (const code of codes.split(' ')) rows.set(code, row)
}

list('contractual', '42 44 45 94 131 137 144 147 161 222 223 237 245 253 274 A2')
list('withheld', '104 105')
list('patientShare', '1 2 3 66 85 100 122 142 178 201 241 247 248')
list('pending', '133 257 277')
list('regulatory', '209 303')
list('priorPayer', '23')
list({ denial: 'eligibility' }, '13 14 26 27 31 32 33 34 140 141 177 179 180 200 238 239 B9')
list({ denial: 'cob' }, '19 20 21 22 24 109 136 228 254 270 275 276 280 290 291 292 297 298 300 301 304 305 B11')
list({ denial: 'auth' }, '15 39 165 197 198 210 243 284 287 288 296 302')
list({ denial: 'coding' }, '4 5 6 7 9 10 11 12 60 107 146 181 182 189 199 267 268 282 B15 B16 B20')
list({ denial: 'bundled' }, '59 97 231 234 236')
list({ denial: 'mednec' }, '40 49 50 55 56 58 114 150 151 152 153 154 167 186 188 216 249 261')
list({ denial: 'missingInfo' }, '16 129 148 163 226 227 250 251 252 A1')
list({ denial: 'timelyFiling' }, '29 164 B4')
list({ denial: 'duplicate' }, '18 B13 B14')
list({ denial: 'nonCovered' }, '51 96 204 256 258 272 273 B1')
list({ denial: 'benefitMax' }, '35 119 149')
list({ denial: 'enrollment' }, '8 170 171 172 183 184 185 206 207 208 299 B7')
list({ denial: 'network' }, '242 279')
list({ denial: 'appealResult' }, '193 285 286')
list({ denial: 'refund' }, 'A0')
list({ denial: 'unlisted' }, '91 187')

/** The codes that the table knows. */
export const listedCodes: ReadonlySet<string> = new Set(rows.keys())

/** A reason code by which a payer can call an amount the patient's: a deductible, a copay, not a denial. */
export const isPatientShare = (carc: string): boolean =>
  ofPatientResponsibility(carc, rows.get(carc), 1).disposition === 'transfer'

/** What the claim around a triple says, as far as its disposition depends on it. */
export interface TripleContext {
  /** CLP02. */
  readonly status: string
  /** Coverage on file is capitated, or the remittance carries PLB CT or CR (clarification 3). */
  readonly capitated: boolean
  /** SVC03 of the line. */
  readonly linePaid: number
  readonly lineCharge: number
  /** Another line of the claim is paid (clarification 15). */
  readonly otherLinePaid: boolean
}

export interface Disposed {
  readonly disposition: Disposition
  readonly category?: DenialCategory
  readonly finding?: string
}

const denial = (category: DenialCategory, finding?: string): Disposed => ({
  disposition: 'denial',
  category,
  ...(finding ? { finding } : {}),
})

/** CLP02 4 and 23 name the category of the denials that the claim carries; they create none (clarification 5). */
const byStatus = (status: string, category: DenialCategory): DenialCategory =>
  saysNotEligible(status) ? 'eligibility' : category

/** CAS01 of the code list; CR is of 4010. */
const groups: ReadonlySet<string> = new Set(['CO', 'CR', 'OA', 'PI', 'PR'])
export const isGroup = (group: string): boolean => groups.has(group)

const noRow = (carc: string): string => `${carc} is in no row of the table`
const unlisted = (group: string, carc: string, why: string): string => `unlisted: ${group}-${carc}: ${why}`

/**
 * The disposition of one triple outside a reversal. A group that is none is told, and takes nothing off what is owed: as
 * a code in no row, it never posts by default (clarification 7).
 */
export const disposeOf = (group: string, carc: string, amount: number, context: TripleContext): Disposed => {
  if (amount === 0) return { disposition: 'none' }
  const disposed = ofListed(group, carc, amount, context)
  if (isGroup(group)) return disposed
  const finding = unlisted(group, carc, `${group} is no group of the code list`)
  const { disposition } = disposed
  const takesOff = amount > 0 && carc !== '94' && (disposition === 'contractual' || disposition === 'capitated')
  return takesOff ? denial(byStatus(context.status, 'unlisted'), finding) : { ...disposed, finding }
}

const ofListed = (group: string, carc: string, amount: number, context: TripleContext): Disposed => {
  const row = rows.get(carc)
  if (row === 'withheld') return { disposition: 'withheld' }
  if (group === 'PR') return ofPatientResponsibility(carc, row, amount)
  if (carc === '23') return ofPriorPayer(group, context)
  // A negative amount outside a reversal raises what is owed, to meet a payment above the charge: it posts, signed.
  if (amount < 0 || carc === '94') return { disposition: 'contractual' }
  if (row === 'patientShare') return ofPatientShare(group, carc)
  if (row === 'pending') return { disposition: 'pending', category: 'pending' }
  if (row === 'regulatory') return { disposition: 'regulatory', category: 'regulatory' }
  if (row === undefined) return denial(byStatus(context.status, 'unlisted'), unlisted(group, carc, noRow(carc)))
  if (carc === '24') return ofCapitation(context)
  if (carc === '59') {
    return context.linePaid > 0 ? { disposition: 'contractual' } : denial(byStatus(context.status, 'bundled'))
  }
  if (row === 'contractual') return ofContractual(group, carc, amount, context)
  if (typeof row === 'object') return denial(byStatus(context.status, row.denial))
  return denial(byStatus(context.status, 'unlisted'))
}

/**
 * A negative share nets the others of its line, whatever its reason code (clarification 2). 94 takes off what is owed in
 * any group.
 */
const ofPatientResponsibility = (carc: string, row: Row | undefined, amount: number): Disposed => {
  if (amount < 0 || row === 'patientShare' || carc === '23') return { disposition: 'transfer' }
  if (carc === '94') return { disposition: 'contractual' }
  if (row === undefined) {
    return { disposition: 'held', category: 'unlisted', finding: unlisted('PR', carc, noRow(carc)) }
  }
  return { disposition: 'held', category: typeof row === 'object' ? row.denial : 'unlisted' }
}

const ofPriorPayer = (group: string, { status }: TripleContext): Disposed => {
  if (group === 'OA') return { disposition: 'priorPayer' }
  if (isLaterPayer(status)) return { disposition: 'priorPayer', finding: `CARC 23 in group ${group}: OA was due` }
  return denial(byStatus(status, 'cob'))
}

/** A deductible or copay outside PR: CR mirrors PR in 4010 corrections; else nobody may say that the patient owes it. */
const ofPatientShare = (group: string, carc: string): Disposed =>
  group === 'CR' ? { disposition: 'transfer' } : denial('unlisted', unlisted(group, carc, 'PR was due'))

/** The managed-care plan is to be billed, whatever CLP02 says (clarification 3). */
const ofCapitation = ({ status, capitated }: TripleContext): Disposed =>
  capitated && !isNotInsured(status) ? { disposition: 'capitated' } : denial('cob')

const ofContractual = (group: string, carc: string, amount: number, context: TripleContext): Disposed => {
  // 144, an incentive, posts whoever's word it is (clarification 20).
  if ((group === 'OA' || group === 'PI') && carc !== '144') {
    return denial(byStatus(context.status, 'unlisted'), unlisted(group, carc, 'no contract is claimed'))
  }
  if (carc === '45' && amount === context.lineCharge && !context.otherLinePaid) {
    return denial(byStatus(context.status, 'nonCovered'), 'CARC 45 equals the whole charge of the line')
  }
  return { disposition: 'contractual' }
}
