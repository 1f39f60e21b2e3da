import { type Desk, executeOnAccount, receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { advice, type ClaimOf, type LineOf, type SubmittedOf, submission } from './documents.ts'

// True visits and the files that speak of them, for law Q1. A service is told by patient, code and day. Each has a charge
// and payments of its own, by which its money is recognised wherever it lands; each decision of the payer has a number of
// its own (CLP07).

export const people = [
  { id: 'M1', last: 'DOE', first: 'JANE', born: '1980-01-01' },
  { id: 'M2', last: 'ROE', first: 'RICHARD', born: '1975-05-05' },
] as const
export const codes = ['99213', '85025'] as const
export const days = ['2026-01-10', '2026-02-10'] as const

type Bit = 0 | 1

/** One visit: its services, how its papers are numbered, and what happens to its claim. */
export interface VisitOf {
  readonly person: Bit
  readonly day: Bit
  readonly codes: readonly Bit[]
  /** The second service comes as late charges (frequency 5), a claim of its own under the number of the first. */
  readonly late: boolean
  readonly openedBy: 'claim' | 'desk' | 'advice'
  /** CLM01: the number of the account, which all visits share; one of its own; none. */
  readonly ours: 'shared' | 'own' | 'none'
  /** CLP01: as it was sent, its first 20 characters, in small letters; none; one that the payer made; the next visit's. */
  readonly theirs: 'whole' | 'cut' | 'small' | 'none' | 'made' | 'next'
  /** The payer returns a longer member id. */
  readonly suffix: boolean
  /** The claim is replaced (frequency 7), before the payer has decided it or after a denial; or voided (8). */
  readonly change: 'none' | 'replaced' | 'replacedAfterDenial' | 'voided'
  /** The later claim has a number of its own. */
  readonly renumbered: boolean
  /** REF F8 of the later claim: the number of the first one, the payer's number of the denial, none. */
  readonly reference: 'ours' | 'theirs' | 'none'
  /** The payer decides each service by itself, under a number of its own. */
  readonly split: boolean
  /** The payer sends its advice once more, under another trace. */
  readonly reissued: boolean
  /** The payer takes its first decision back: for good, to decide anew in the same advice, or in a later one. */
  readonly takenBack: 'never' | 'alone' | 'together' | 'apart'
  /** The new decision has the number of the first one; else it has another and names the first one (REF F8). */
  readonly keepsNumber: boolean
  /** The first decision is taken back under the number of the first claim, though it was of a later one. */
  readonly takenUnderFirst: boolean
  /** In its advices the payer has another id than in claims to it, and the same name. */
  readonly alias: boolean
}

/** One service of a visit. Cents. */
export interface Service {
  readonly at: number
  readonly code: string
  readonly charge: number
  /** What its charge becomes by a replacement. */
  readonly changed: number
  readonly paid: number
  /** What the payer pays in its place after it took its first decision back. */
  readonly corrected: number
}

/** A visit with the truth about it. */
export interface TrueVisit extends VisitOf {
  readonly at: number
  readonly day0: string
  readonly services: readonly Service[]
  /** CLM01 of its first claim and of a later one. */
  readonly number: string
  readonly laterNumber: string
}

/** A file about one visit, or about several whose papers are of one day. */
export interface FileOf {
  readonly visits: readonly TrueVisit[]
  readonly kind: 'claim' | 'late' | 'denial' | 'change' | 'advice' | 'reissue' | 'reversal' | 'correction'
  readonly claims: readonly ({ readonly sent: SubmittedOf } | { readonly decided: ClaimOf })[]
  readonly trace: string
  readonly date: string
}

const SHARED = 'ACCOUNT-2026-0000000042'

export const trueVisits = (visits: readonly VisitOf[]): readonly TrueVisit[] => {
  let next = 0
  return visits.map((visit, at) => ({
    ...visit,
    at,
    day0: days[visit.day],
    number: visit.ours === 'shared' ? SHARED : visit.ours === 'own' ? `VISIT-2026-${at}-0000000042` : 'NONE',
    laterNumber: `LATER-2026-${at}-0000000042`,
    services: visit.codes.map((code) => {
      const own = next
      next += 1
      return {
        at: own,
        code: codes[code],
        charge: 10_000 + own * 100,
        changed: 10_050 + own * 100,
        paid: 6_000 + own,
        corrected: 4_000 + own,
      }
    }),
  }))
}

const isReplaced = ({ change }: VisitOf): boolean => change === 'replaced' || change === 'replacedAfterDenial'

/** What stands of a service in the end: the first service of a visit is the one that a replacement changes. */
export const chargeInTheEnd = (visit: TrueVisit, service: Service): number =>
  isReplaced(visit) && service === visit.services[0] ? service.changed : service.charge

export const isLate = ({ late, services }: TrueVisit, service: Service): boolean => late && service === services[1]

/** The services of the visit's own claim, without what was added to it. */
const ownServices = (visit: TrueVisit): readonly Service[] => visit.services.filter((each) => !isLate(visit, each))

const sent = (visit: TrueVisit, frequency: '1' | '5' | '7' | '8'): SubmittedOf => {
  const { id, born, last, first } = people[visit.person]
  const isLater = frequency === '7' || frequency === '8'
  const reference = visit.reference === 'ours' ? visit.number : `DENIAL${visit.at}`
  return {
    pcn: isLater && visit.renumbered ? visit.laterNumber : visit.number,
    frequency,
    ...(isLater && visit.reference !== 'none' ? { originalReference: reference } : {}),
    patient: { last, first, born },
    to: { payer: 'ACME', member: id },
    lines: (frequency === '5' ? visit.services.filter((each) => isLate(visit, each)) : ownServices(visit)).map(
      (service) => ({
        code: service.code,
        charge: frequency === '7' ? chargeInTheEnd(visit, service) : service.charge,
        on: visit.day0,
      }),
    ),
  }
}

const returned = (number: string, visit: TrueVisit, all: readonly TrueVisit[]): string => {
  switch (visit.theirs) {
    case 'cut':
      return number.slice(0, 20)
    case 'small':
      return number.toLowerCase()
    case 'none':
      return '0'
    case 'made':
      return `PAYER-${visit.at}`
    case 'next':
      return all[(visit.at + 1) % all.length]?.number ?? number
    default:
      return number
  }
}

type Word = 'denied' | 'paid' | 'taken' | 'corrected'

const lineOf = (visit: TrueVisit, service: Service, word: Word): LineOf => {
  const charge = word === 'denied' ? service.charge : chargeInTheEnd(visit, service)
  const paid = word === 'denied' ? 0 : word === 'corrected' ? service.corrected : service.paid
  const sign = word === 'taken' ? -1 : 1
  return {
    code: service.code,
    charge: sign * charge,
    paid: sign * paid,
    cas: word === 'denied' ? [['CO', '16', charge]] : [['PR', '1', sign * (charge - paid)]],
    on: visit.day0,
  }
}

/** What the payer decides by one number of its own. */
const partsOf = ({ services, split, late }: TrueVisit): readonly (readonly Service[])[] =>
  split || late ? services.map((service) => [service]) : [services]

const numberOf = (visit: TrueVisit, word: Word, part: number): string =>
  word === 'denied'
    ? `DENIAL${visit.at}`
    : word === 'corrected' && !visit.keepsNumber
      ? `ANEW${visit.at}`
      : `PAID${visit.at}-${part}`

const decided = (
  visit: TrueVisit,
  all: readonly TrueVisit[],
  word: Word,
  services: readonly Service[],
  part: number,
): ClaimOf => {
  const { id, last, first } = people[visit.person]
  const isOfFirst = word === 'denied' || (word === 'taken' && visit.takenUnderFirst)
  const answers = !isOfFirst && isReplaced(visit) && visit.renumbered ? visit.laterNumber : visit.number
  return {
    pcn: returned(answers, visit, all),
    icn: numberOf(visit, word, part),
    status: word === 'taken' ? '22' : word === 'denied' ? '4' : '1',
    ...(word === 'corrected' && !visit.keepsNumber ? { originalReference: `PAID${visit.at}-0` } : {}),
    patient: { id: visit.suffix ? `${id}01` : id, last, first },
    lines: services.map((service) => lineOf(visit, service, word)),
  }
}

/** The services that a decision of the payer is of, by the payer's number of it. */
export const decisionsOf = (visit: TrueVisit): ReadonlyMap<string, readonly Service[]> =>
  new Map([
    [numberOf(visit, 'denied', 0), ownServices(visit)],
    [numberOf(visit, 'corrected', 0), partsOf(visit)[0] ?? []],
    ...partsOf(visit).map((services, part) => [numberOf(visit, 'paid', part), services] as const),
  ])

/** The files of a visit as the world makes them, one after the other. */
export const filesOf = (visit: TrueVisit, all: readonly TrueVisit[]): readonly FileOf[] => {
  const says = (word: Word, parts = partsOf(visit)) =>
    parts.map((services, part) => ({ decided: decided(visit, all, word, services, part) }))
  const first = partsOf(visit).slice(0, 1)
  const file = (kind: FileOf['kind'], date: string, claims: FileOf['claims']): FileOf => ({
    visits: [visit],
    kind,
    claims,
    date,
    trace: `${kind.toUpperCase()}${visit.at}`,
  })
  const claim = file('claim', '2026-02-12', [{ sent: sent(visit, '1') }])
  const late = visit.late && visit.services.length > 1 ? [file('late', '2026-02-14', [{ sent: sent(visit, '5') }])] : []
  if (visit.change === 'voided') return [claim, ...late, file('change', '2026-02-20', [{ sent: sent(visit, '8') }])]
  const denial = file('denial', '2026-02-18', says('denied', [ownServices(visit)]))
  const change = file('change', '2026-02-20', [{ sent: sent(visit, '7') }])
  const paid = says('paid')
  const { takenBack } = visit
  return [
    claim,
    ...late,
    ...(visit.change === 'replacedAfterDenial' ? [denial] : []),
    ...(isReplaced(visit) ? [change] : []),
    file('advice', '2026-03-01', paid),
    ...(visit.reissued ? [file('reissue', '2026-03-05', paid)] : []),
    ...(takenBack === 'never'
      ? []
      : [
          file('reversal', '2026-04-01', [
            ...says('taken', first),
            ...(takenBack === 'together' ? says('corrected', first) : []),
          ]),
        ]),
    ...(takenBack === 'apart' ? [file('correction', '2026-04-10', says('corrected', first))] : []),
  ]
}

/** An advice is of one payer, under one id. */
const aliasOf = ({ visits }: FileOf): boolean => visits[0]?.alias === true

/** Neighbours of one kind as one file, where `joins` says so: what a file names twice tells its claims apart. */
export const together = (files: readonly FileOf[], joins: (at: number) => boolean): readonly FileOf[] => {
  const joined: FileOf[] = []
  for (const [at, file] of files.entries()) {
    const last = joined.at(-1)
    if (last?.kind !== file.kind || aliasOf(last) !== aliasOf(file) || !joins(at)) joined.push(file)
    else {
      const [claims, visits] = [
        [...last.claims, ...file.claims],
        [...last.visits, ...file.visits],
      ]
      joined[joined.length - 1] = { ...last, claims, visits }
    }
  }
  return joined
}

/** Takes a file in. Gives whether every claim of an 837 was taken; what is held of an 835 stands in the book. */
export const take = async (on: Desk, file: FileOf): Promise<boolean> => {
  const { claims, trace, date, visits } = file
  const submitted = claims.flatMap((claim) => ('sent' in claim ? [claim.sent] : []))
  if (submitted.length > 0) {
    const report = await Effect.runPromise(submitClaims(on, submission(submitted, { created: date })))
    return report.claims.every(({ outcome }) => outcome !== 'held' && outcome !== 'rejected')
  }
  const said = claims.flatMap((claim) => ('decided' in claim ? [claim.decided] : []))
  const payer = aliasOf(file) ? { payer: 'XV99', payerName: 'ACME HEALTH' } : {}
  const document = advice({ trace, date, method: 'ACH', ...payer, claims: said })
  const openMissing = visits.some(({ openedBy }) => openedBy === 'advice')
  await Effect.runPromise(receiveRemittance(on, document, { openMissing }))
  return true
}

const accountOf = (at: number): string => `01a00000-0000-7000-8000-00000000000${at}`

/** The desk opens the visit. */
export const openAtDesk = async (on: Desk, visit: TrueVisit): Promise<void> => {
  const { at, day0, services, person, number } = visit
  const { id, last, first, born } = people[person]
  const cover = { coverage: `c${at}`, patient: `p${at}`, payer: 'ACME', payerName: 'ACME HEALTH', memberId: id }
  const commands = [
    { type: 'OpenAccount', accountId: accountOf(at), on: day0, guarantor: { name: `${first} ${last}` } },
    { type: 'RegisterPatient', on: day0, patient: `p${at}`, last, first, born },
    { type: 'AddCoverage', on: day0, ...cover },
    {
      type: 'OpenVisit',
      on: day0,
      visit: `v${at}`,
      patient: `p${at}`,
      ...(number === 'NONE' ? {} : { patientControlNumber: number }),
    },
    ...services.map(({ at: line, code, charge }) => ({
      type: 'PostCharge',
      on: day0,
      visit: `v${at}`,
      line: `l${line}`,
      code,
      amount: charge,
    })),
  ]
  for (const [n, command] of commands.entries()) {
    await Effect.runPromise(executeOnAccount(on, accountOf(at), command, `d${at}-${n}`))
  }
}
