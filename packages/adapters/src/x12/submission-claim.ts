import type { SubmittedClaim, SubmittedLine } from '@daybook/core/account'
import { ZERO } from '@daybook/core/kernel'
import {
  amount,
  components,
  type Faults,
  fitted,
  periodAt,
  requiredAmount,
  type Segment,
  text,
  written,
} from './elements.ts'

type Kind = SubmittedClaim['kind']

const principal = new Set(['BK', 'ABK'])
/** Other diagnoses, on which the pointers of professional lines count, then admitting, reason for visit, external cause. */
const others = new Set(['BF', 'ABF'])
const further = new Set(['BJ', 'ABJ', 'PR', 'APR', 'BN', 'ABN'])

/** The kind of claim that a guide is for. */
const kindOfVersion = (version: string): Kind | undefined =>
  /X(222|098|291)/.test(version)
    ? 'professional'
    : /X(223|096)/.test(version)
      ? 'institutional'
      : /X(224|097)/.test(version)
        ? 'dental'
        : undefined

/** CLM, on a claim whose parties are known. */
export const takeClaimInformation = (
  claim: SubmittedClaim,
  segment: Segment,
  declared: string,
  version: string,
  faults: Faults,
): void => {
  claim.patientControlNumber = text(segment, 1, 50, faults)
  if (claim.patientControlNumber === '') faults.defect(segment, 1, 'is missing')
  claim.charge = requiredAmount(segment, 2, faults) ?? ZERO
  const [place = '', qualifier, frequency = ''] = components(written(segment, 5), declared, segment, 5, faults)
  if (place) claim.placeOfService = fitted(place, 2, segment, 5, faults)
  claim.frequency = fitted(frequency, 10, segment, 5, faults)
  if (!/^[0-9A-Z]$/.test(frequency)) faults.finding(segment, 5, 'has no frequency code of one character')
  claim.kind = kindOfVersion(version) ?? (qualifier === 'A' ? 'institutional' : 'professional')
  if (written(segment, 19) === 'PB' || version.includes('X291')) {
    faults.finding(segment, 19, 'or the guide says that this is a predetermination: no claim for payment')
  }
}

/** HI: diagnoses by their place in the document, whatever the order of the segments. */
export class DiagnosisList {
  /** As written: they say which code set the claim is coded in. */
  readonly qualifiers = new Set<string>()
  readonly #lists: readonly [string[], string[], string[]] = [[], [], []]

  take(segment: Segment, declared: string, faults: Faults): void {
    for (let place = 1; place < segment.length; place += 1) {
      const value = written(segment, place)
      if (value === '') continue
      const [qualifier = '', code] = components(value, declared, segment, place, faults)
      const list = principal.has(qualifier) ? 0 : others.has(qualifier) ? 1 : further.has(qualifier) ? 2 : undefined
      this.qualifiers.add(qualifier)
      if (code === undefined) faults.finding(segment, place, 'is not a qualifier and a code')
      else if (list !== undefined && code !== '') this.#lists[list].push(fitted(code, 30, segment, place, faults))
    }
  }

  finish(): string[] {
    return this.#lists.flat()
  }
}

interface Service {
  readonly code?: string
  readonly modifiers: string[]
}

const serviceAt = (segment: Segment, place: number, declared: string, faults: Faults): Service => {
  const value = written(segment, place)
  if (value === '') return { modifiers: [] }
  const parts = components(value, declared, segment, place, faults)
  const code = fitted((parts.length > 1 ? parts[1] : value) ?? '', 48, segment, place, faults)
  const modifiers = parts
    .slice(2, 6)
    .filter((part) => part !== '')
    .map((part) => fitted(part, 10, segment, place, faults))
  return code ? { code, modifiers } : { modifiers }
}

const pointersAt = (segment: Segment, place: number, declared: string, faults: Faults): number[] => {
  const value = written(segment, place)
  if (value === '') return []
  const pointers: number[] = []
  for (const pointer of value.split(value.includes(declared) ? declared : /[:>|^]/)) {
    if (/^[1-9]\d?$/.test(pointer)) pointers.push(Number(pointer))
    else if (pointer !== '') faults.finding(segment, place, 'holds a diagnosis pointer that is no number')
  }
  return pointers
}

/** Where SV1, SV2 and SV3 keep what a line says. */
const places = {
  SV1: { kind: 'professional', service: 1, charge: 2, units: 4, placeOfService: 5, pointers: 7 },
  SV2: { kind: 'institutional', service: 2, charge: 3, units: 5, placeOfService: 0, pointers: 0 },
  SV3: { kind: 'dental', service: 1, charge: 2, units: 6, placeOfService: 3, pointers: 11 },
} as const

/** Whether a segment begins a service line. */
export const isService = (id: string | undefined): id is keyof typeof places =>
  id === 'SV1' || id === 'SV2' || id === 'SV3'

/** SV1, SV2, SV3: the head of loop 2400. A charge that can not be read is a defect of the claim and stands as 0. */
export const takeService = (
  claim: SubmittedClaim,
  segment: Segment,
  declared: string,
  faults: Faults,
): SubmittedLine => {
  const id = isService(segment[0]) ? segment[0] : 'SV1'
  const at = places[id]
  claim.kind = at.kind
  const line: SubmittedLine = {
    number: claim.lines.length + 1,
    ...serviceAt(segment, at.service, declared, faults),
    charge: requiredAmount(segment, at.charge, faults) ?? ZERO,
    units: text(segment, at.units, 15, faults),
    diagnosisPointers: at.pointers ? pointersAt(segment, at.pointers, declared, faults) : [],
  }
  const revenueCode = id === 'SV2' ? text(segment, 1, 48, faults) : ''
  const placeOfService = at.placeOfService ? text(segment, at.placeOfService, 2, faults) : ''
  if (revenueCode) line.revenueCode = revenueCode
  if (placeOfService) line.placeOfService = placeOfService
  claim.lines.push(line)
  return line
}

/** DTP 472 of loop 2400: the day or days of the service. */
export const takeServiceDate = (line: SubmittedLine, segment: Segment, faults: Faults): void => {
  if (segment[1] !== '472') return
  const { from, to } = periodAt(segment, 3, faults)
  if (from) line.serviceFrom = from
  if (to) line.serviceTo = to
}

/** Which claim date is believed first: 434 statement, 472 service, 435 admission. */
const dateRank = ['434', '472', '435']

/** DTP at claim level; `rank` is what the dates so far had, and is given back. */
export const takeClaimPeriod = (claim: SubmittedClaim, segment: Segment, rank: number, faults: Faults): number => {
  const own = dateRank.indexOf(segment[1] ?? '')
  if (own < 0 || own >= rank) return rank
  const { from, to } = periodAt(segment, 3, faults)
  if (!from || !to) return rank
  claim.statementFrom = from
  claim.statementTo = to
  return own
}

/** AMT F5: what the patient is said to have paid. */
export const takePatientPaid = (claim: SubmittedClaim, segment: Segment, faults: Faults): void => {
  const cents = segment[1] === 'F5' ? amount(segment, 2, faults) : undefined
  if (cents !== undefined) claim.patientPaid = cents
}
