import { isSameNumber } from '../../../documents/control-number.ts'
import { type Beside, givenName, type Likeness, likenessOfAny } from '../../../documents/patients.ts'
import { formatCents } from '../../../kernel/cents.ts'
import type { PatientId } from '../../../kernel/ids.ts'
import type { Visit } from '../../registration/state.ts'
import type { AccountState } from '../../rooms.ts'
import { submissionsOf } from '../state.ts'
import { type Asked, meet, type Span } from './asked.ts'
import {
  daysOf,
  decisionsOf,
  isAllThere,
  isPartOf,
  isRecoded,
  isRefusal,
  isUndecided,
  isWhole,
  onADay,
  serves,
} from './fitting.ts'
import {
  chargesOnFile,
  comparedIds,
  idsOnFile,
  nameOnFile,
  namesOnFile,
  numbersOf,
  type OnFile,
  totalsOnFile,
} from './on-file.ts'

/** What the other claims of a claim's file say of who is who (clarification 26). */
export interface Company {
  /** Ids that the claim's payer gives on other claims of the file. */
  readonly idsBeside: { readonly has: (id: string) => boolean }
  /** Given names that other claims of the file have under the claim's member id. */
  readonly givenBeside: { readonly has: (given: string) => boolean }
  /** The same, of claims of its number that have a service of it: two who have one service are two. */
  readonly twinBeside: { readonly has: (given: string) => boolean }
  /** Two patients of the file carry the claim's number: it is no evidence of whose the claim is. */
  readonly numberShared: boolean
}

export const alone: Company = {
  idsBeside: new Set(),
  givenBeside: new Set(),
  twinBeside: new Set(),
  numberShared: false,
}

/** How a claim goes with one visit on file. */
export interface Verdict {
  readonly visit: Visit
  readonly patient: Likeness
  /** Under the member id, the number, a day and the total of a claim of theirs another given name, which the file has not beside it. */
  readonly calledOtherwise: boolean
  /** Its services fit: code and days of some line, or without lines the charge and the days. */
  readonly served: boolean
  /** Only late charges have come, and none of its services: it may be the claim that they were added to. */
  readonly lateAlone: boolean
  /** All of its lines fit, each a charge of its own: code, days, charge. */
  readonly whole: boolean
  /** All of its lines fit, or all charges of the visit fit a line of it, as of a visit that an advice opened for a part of it. */
  readonly sameServices: boolean
  /** A day of the claim is one of the visit, or one of them is not known. */
  readonly onDay: boolean
  /** The same, by charges that are voided too. */
  readonly wasOnDay: boolean
  /** Only charges that are voided fit. */
  readonly voided: boolean
  /** A line of the claim fits a charge that this payer has not decided. */
  readonly undecided: boolean
  /** Not the code fits, but the day and the charge of lines that wait for this payer: coded anew, bundled or taken apart. */
  readonly recoded: boolean
  /** The visit was opened by advices of this payer alone, and has none of the claim's lines: it may be a part of it. */
  readonly part: boolean
  /** By balances of an older book alone, of which neither code nor charge are asked. */
  readonly broughtForward: boolean
  readonly findings: readonly string[]
  /** Why it is not this visit, or what tells it from others, for a person. */
  readonly why: string
}

const spanText = ({ from, to }: Span): string => (from === to ? from : `${from} to ${to}`)

const chargeText = ({ line, days }: OnFile): string =>
  `${line.code} ${days ? `of ${spanText(days)}` : 'of an unknown day'} ${formatCents(line.amount)}`

/** At most three charges, which a person needs to tell visits apart. */
const chargesText = (charges: readonly OnFile[]): string => {
  if (charges.length === 0) return 'no charge'
  const more = charges.length > 3 ? `, ${charges.length - 3} more` : ''
  return `${charges.slice(0, 3).map(chargeText).join(', ')}${more}`
}

const whyNot = (
  { patient, served, onDay, voided }: Pick<Verdict, 'patient' | 'served' | 'onDay' | 'voided'>,
  charges: readonly OnFile[],
): string => {
  if (patient.is !== 'same') return patient.why
  if (served) return `it has ${chargesText(charges)}`
  if (voided) return 'its charges for these services are voided'
  return `${onDay ? 'other services' : 'other days'}: it has ${chargesText(charges)}`
}

/** What the visit and its file say of whose a claim is, beside the names. */
interface Evidence extends Beside {
  /** Number and day are those of the visit. */
  readonly sameDay: boolean
  readonly sameTotal: boolean
  readonly numberShared: boolean
}

const twoIds: Likeness = {
  is: 'unsure',
  why: 'the file has the member id on file beside another one; all else is equal',
}

/**
 * Whose it is (clarification 26). Under the number, the name, the day and the service of a visit another total charge may be
 * that of a claim that was replaced; and where all of them are equal, neither a file that has the patient's old id beside the
 * new one, nor one that has the number twice, says that it is another patient: only that nothing says whose it is.
 */
const patientOf = (
  state: AccountState,
  patientId: PatientId,
  { patient, corrected }: Asked,
  { sameDay, sameTotal, numberShared, ...beside }: Evidence,
): Likeness => {
  const names = namesOnFile(state, patientId)
  const likenessBy = (so: Beside): Likeness => {
    const said = likenessOfAny(names, patient, so)
    // The payer says both of one claim: what the claim said, and whom it has.
    const meant = corrected && said.is !== 'same' ? likenessOfAny(names, corrected, so) : said
    return meant.is === 'same' ? meant : said
  }
  const like = likenessBy(beside)
  if (like.is !== 'other') return like
  if (!sameDay) {
    // Name and birth day are equal, and the file has the id on file beside the new one.
    const named = beside.bothInFile ? likenessBy({ ...beside, bothInFile: false }) : like
    return named.is === 'same' && named.by === 'birth' && named.isCalledSo ? twoIds : like
  }
  const doubt = likenessBy({ ...beside, bothInFile: false, sameClaim: true })
  if (doubt.is !== 'same') return like
  if (!beside.bothInFile && !numberShared) {
    return {
      is: 'unsure',
      why: 'no member id says that it is the patient; name, number and day do, the total charge does not',
    }
  }
  if (!sameTotal || !doubt.isCalledSo || (beside.bothInFile && numberShared)) return like
  return numberShared
    ? {
        is: 'unsure',
        why: 'no member id says that it is the patient, and the file has the number for two; all else is equal',
      }
    : twoIds
}

/** A replacement or a void names our number of what it is of (REF F8); of an advice, REF F8 is a number of the payer. */
const isNamed = (number: string, { paper, originalReference = '' }: Asked): boolean =>
  paper === 'claim' && isSameNumber(number, originalReference)

/** A facility bills each line under a revenue code, a practitioner none: said of all of them, or of none, else it says nothing. */
export const formBy = (revenues: readonly (string | undefined)[]): 'facility' | 'practitioner' | undefined => {
  const said = revenues.filter((revenue) => revenue !== undefined && revenue !== '').length
  return said === 0 ? 'practitioner' : said === revenues.length ? 'facility' : undefined
}

/** What an advice has opened is of the other form than an advice of the same payer, which may have left none of the codes out. */
const areOfTwoForms = (asked: Asked, charges: readonly OnFile[]): boolean => {
  const [said, known] = [
    formBy(asked.lines.map(({ service }) => service.revenue)),
    formBy(charges.map(({ line }) => line.revenueCode)),
  ]
  return said !== undefined && known !== undefined && said !== known
}

/** Judges a claim against a visit on file (clarifications 26, 27, 33). A reversal is of voided charges too. */
export const judge = (state: AccountState, visit: Visit, asked: Asked, company: Company): Verdict => {
  const all = chargesOnFile(state, visit)
  const live = all.filter(({ line }) => !line.voided)
  const charges = asked.reversal ? all : live
  const totals = totalsOnFile(state, visit.visitId, all)
  const onDay = onADay(asked, charges)
  const own = charges.filter(({ line }) => !line.broughtForward)
  const hasBalance = own.length < charges.length
  // What was voided since says no less of whose the number is on that day.
  const knownDay = daysOf(asked).some((days) =>
    all.some((charge) => days !== undefined && charge.days !== undefined && meet(days, charge.days)),
  )
  const sameNumber = numbersOf(state, visit).some(
    (number) => isSameNumber(number, asked.controlNumber) || isNamed(number, asked),
  )
  const sameTotal = asked.charge !== undefined && totals.has(asked.charge)
  const whole = isAllThere(asked, charges)
  const isOpenedByAdvice = visit.openedFrom === 'remittance'
  // Parts of a claim that the payer split have totals of their own; each of their lines is one of the claim.
  const isSplit =
    (asked.lines.length > 0 && whole) ||
    (asked.paper === 'claim' && isOpenedByAdvice && live.length > 0 && isPartOf(asked, live))
  const ids = idsOnFile(state, visit.patientId, asked)
  const sameDay = sameNumber && knownDay
  const isTotal = sameTotal || isSplit || hasBalance
  const sent = submissionsOf(state.claims, visit.visitId)
  const isSent = sent.length > 0
  const patient = patientOf(state, visit.patientId, asked, {
    ids: comparedIds(state, visit.patientId, asked),
    bothInFile: [...ids].some((id) => company.idsBeside.has(id)),
    givenBeside: company.givenBeside,
    twinBeside: company.twinBeside,
    // A replacement that names its original (REF F8) may be sent for the name.
    bothOurs: asked.paper === 'claim' && asked.originalReference === undefined && isSent,
    sameClaim: sameDay && !company.numberShared && isTotal,
    sameDay,
    sameTotal: isTotal,
    numberShared: company.numberShared,
  })
  // Late charges came first: the claim that they were added to is of their visit, whatever its services.
  const isLate = asked.paper === 'claim' && isSent && sent.every(({ frequency }) => frequency.startsWith('5')) && onDay
  const said = { totals, payersLines: asked.paper === 'claim' && isOpenedByAdvice && !isSent }
  // A visit without a charge, voided or not, has nothing that a claim could contradict.
  const decisions = decisionsOf(state, visit, asked)
  const decided = new Set(decisions.map(({ lineId }) => lineId))
  const settled = new Set(decisions.flatMap((line) => (isRefusal(line) ? [] : line.lineId)))
  const isByLine = asked.paper === 'advice' && asked.lines.length > 0 && !asked.reversal
  const isPractitioners = visit.kind === 'professional' || visit.kind === 'dental'
  const isOther =
    isByLine &&
    ((isSent && isPractitioners && formBy(asked.lines.map(({ service }) => service.revenue)) === 'facility') ||
      (isOpenedByAdvice &&
        !whole &&
        live.length > 0 &&
        live.every((charge) => decided.has(charge.line.lineId) && !isWhole(charge)) &&
        areOfTwoForms(asked, live)))
  const isServed = all.length === 0 || (charges.length > 0 && !isOther && serves(asked, charges, said))
  const served = isServed || isLate
  const voided = !served && !isOther && live.length < all.length && serves(asked, all, said)
  const isPart =
    !served &&
    !isOther &&
    !asked.reversal &&
    isOpenedByAdvice &&
    sameNumber &&
    onDay &&
    live.length > 0 &&
    live.every(({ line }) => decided.has(line.lineId)) &&
    !isSent
  const calledOtherwise =
    patient.is === 'other' &&
    patient.byGiven === true &&
    sameDay &&
    isTotal &&
    !company.numberShared &&
    !company.givenBeside.has(givenName(nameOnFile(state, visit.patientId)))
  const verdict = { patient, served, onDay, voided }
  return {
    ...verdict,
    calledOtherwise,
    visit,
    lateAlone: isLate && !isServed,
    wasOnDay: onADay(asked, all),
    whole,
    sameServices: asked.lines.length === 0 ? served : whole || (live.length > 0 && isPartOf(asked, live)),
    undecided: served && isUndecided(asked, live, decided),
    recoded: !served && onDay && isRecoded(asked, live, asked.paper === 'claim' ? new Set() : settled),
    part: isPart,
    broughtForward: hasBalance && !(own.length > 0 && serves(asked, own, said)),
    findings: [...(patient.is === 'same' ? patient.findings : []), ...asked.findings],
    why: whyNot(verdict, charges),
  }
}

/** Whether a claim that the payer's own number places may be of a patient: nothing that it says of them contradicts. */
export const mayBeOf = (state: AccountState, patientId: PatientId, asked: Asked): boolean => {
  const ids = comparedIds(state, patientId, asked)
  const given = { ids, bothInFile: false, sameClaim: true }
  return likenessOfAny(namesOnFile(state, patientId), asked.patient, given).is !== 'other'
}
