import { formatCents } from '../../kernel/cents.ts'
import type { Day } from '../../kernel/day.ts'
import type { CoverageId } from '../../kernel/ids.ts'
import type { CoverageType } from '../../rules/claims/vocabulary.ts'
import { type Fact, type Facts, known, unknown } from '../../rules/facts.ts'
import { isPatientShare } from '../claims/advice/dispositions.ts'
import {
  caseCodesOf,
  filingSaid,
  protectedOnFile,
  qmbOnFile,
  saysLiability,
  saysWorkersComp,
} from '../claims/advice/said-facts.ts'
import {
  type Part,
  refusedBy,
  saysNotInsured,
  shareOf,
  sharesOf,
  type Word,
  wordsOn,
  wordText,
} from '../claims/word-facts.ts'
import { coverageTypeOf } from '../coverage/filing.ts'
import { type Coverage, coveragesOn } from '../coverage/state.ts'
import type { Question } from '../facts.ts'
import type { AccountState } from '../rooms.ts'
import type { Evidence } from './commands.ts'
import { broughtToPatient, goneOn } from './line-moves-state.ts'
import type { Line } from './state.ts'

// What stands behind an amount that a person wants to make the patient's: the word of the payers on file, and what the
// desk adds. The desk can add, and never contradict: a group, a reason, a remark or more than the advice says makes the
// fact unknown, which blocks (postings.md, clarification 39).

/** An amount of a coverage that a person wants to make the patient's, on one line. */
export interface HandMove {
  readonly coverage: Coverage
  readonly line: Line
  /** Cents. */
  readonly amount: number
  readonly on: Day
  readonly evidence: Evidence | undefined
  /** It is moved since the coverage did not cover the day. */
  readonly termed?: boolean
  /** What of the line is meant, where a holding or a denial is: absent, all that is open there. */
  readonly parts?: readonly Part[]
}

/** The reason for the move as its gate sees it: each known, or unknown where the desk and the payer differ. */
interface Stated {
  readonly group: Fact<string>
  readonly carc: Fact<string>
  readonly remarks: Fact<string[]>
  readonly denial: Fact<boolean>
}

const sameGroup = (a: string, b: string): boolean => a === b || (a === 'CR' && b === 'PR') || (a === 'PR' && b === 'CR')
/** 4010 says CR where it corrects what was PR: of a patient's share it is the same. */
const groupOf = ({ group, carc }: Part): string => (group === 'CR' && isPatientShare(carc) ? 'PR' : group)

/** Of parts in their order, what makes up an amount, and what of it none of them does. */
const making = (
  parts: readonly Part[],
  amount: number,
): { readonly made: readonly Part[]; readonly beyond: number } => {
  let left = amount
  const made = parts.flatMap((part) => {
    const taken = Math.min(left, Math.max(0, part.amount))
    left -= taken
    return taken > 0 ? [{ ...part, amount: taken }] : []
  })
  return { made, beyond: left }
}

/** CARC of a copayment. */
const COPAYMENT = '3'

const total = (parts: readonly Part[]): number => parts.reduce((sum, { amount }) => sum + amount, 0)

/** What rules hold of a line at a coverage. */
const heldOn = (state: AccountState, { coverage, line }: HandMove): readonly Part[] =>
  state.ledger.holdings.by('visit', line.visitId).flatMap(({ event, open }) =>
    !open || event.coverageId !== coverage.coverageId
      ? []
      : event.lines
          .filter(({ lineId }) => lineId === line.lineId)
          .map(({ group, carc, amount }) => ({
            group,
            carc,
            amount,
            denial: event.denialId !== undefined || !isPatientShare(carc),
          })),
  )

/** What a payer calls the patient's and that is neither held nor has gone on: it was brought back. */
const freeShares = (state: AccountState, { coverage, line }: HandMove, word: Word, held: readonly Part[]) => {
  const free = shareOf(word) - goneOn(state.ledger.moves, line.lineId, coverage.coverageId) - total(held)
  const heldBy = new Map<string, number>()
  for (const { carc, amount } of held) heldBy.set(carc, (heldBy.get(carc) ?? 0) + amount)
  const unheld = sharesOf(word).map((part) => {
    const off = Math.min(part.amount, heldBy.get(part.carc) ?? 0)
    heldBy.set(part.carc, (heldBy.get(part.carc) ?? 0) - off)
    return { ...part, amount: part.amount - off }
  })
  return making(unheld, Math.max(0, free)).made
}

/** All that is open of a line at a payer, by the codes that the payer gave. */
const openParts = (state: AccountState, move: HandMove, word: Word): readonly Part[] => {
  const held = heldOn(state, move)
  return [...freeShares(state, move, word, held), ...held, ...refusedBy(word)]
}

/**
 * The word that says what payers leave to the patient of a line: that of the last of them, in the order of benefits. One
 * that says that the patient was not insured there, and does not cover the day, is none. Undefined where none has spoken.
 */
const lastWord = (state: AccountState, line: Line, words: readonly Word[]): Word | undefined => {
  const patient = state.registration.visits.get(line.visitId)?.patientId
  const covering = new Set(
    patient === undefined ? [] : coveragesOn(state.coverage, patient, line.dosTo).map(({ coverageId }) => coverageId),
  )
  const placeOf = ({ coverageId }: Word) => state.coverage.coverages.get(coverageId)?.order ?? 0
  return words
    .filter((word) => covering.has(word.coverageId) || !saysNotInsured(word))
    .toSorted((a, b) => placeOf(a) - placeOf(b))
    .at(-1)
}

/** What the last payer leaves to the patient: of what Medicaid calls theirs, by law the copayment alone (reference §1.4). */
const leftBy = (word: Word, type: CoverageType): number =>
  type === 'medicaid'
    ? total(sharesOf(word).filter(({ group, carc }) => (group === 'PR' || group === 'CR') && carc === COPAYMENT))
    : shareOf(word)

/** The kind of coverage by whose word the amount moves; none where it moves by nobody's. */
const typeOf = (state: AccountState, { visitId }: Line, id: CoverageId | undefined): CoverageType => {
  const coverage = id && state.coverage.coverages.get(id)
  if (!coverage) return 'none'
  return coverageTypeOf(coverage.filingIndicator, ...filingSaid(state.claims, [visitId], coverage.coverageId))
}

/** Remarks of the advice; one that the desk names beside them is the desk's, and not the payer's. */
const remarksOf = (word: Word | undefined, { evidence, coverage }: HandMove): Fact<string[]> => {
  const onFile = word?.remarks ?? []
  const other = (evidence?.remarks ?? []).filter((remark) => !onFile.includes(remark))
  return other.length === 0
    ? known([...onFile])
    : unknown(`the advice of ${coverage.payerName} on file has no remark ${other.join(', ')}`)
}

/** Why an amount is more than all payers together leave to the patient of the line; undefined where it is not. */
type BeyondAll = (cents: number) => string | undefined

/** No word at all is not a word: what the desk says of a payer that has decided nothing, it says alone. */
const statedOfNobody = (move: HandMove): Stated => {
  const { coverage, line, evidence } = move
  const group = unknown(
    `${coverage.payerName} has decided nothing of line ${line.lineId}: no payer has said that it is the patient's`,
  )
  const remarks = remarksOf(undefined, move)
  if (!evidence) return { group, carc: group, remarks, denial: group }
  const denial = evidence.denial === true || !isPatientShare(evidence.carc)
  return { group, carc: known(evidence.carc), remarks, denial: known(denial) }
}

/**
 * The coverage is said not to have covered the day. What its payer has decided as its own says otherwise; what another
 * payer has left of the line went there by that payer's word, and goes to the patient by no other.
 */
const statedOfTermed = (
  move: HandMove,
  word: Word | undefined,
  last: Word | undefined,
  beyondAll: BeyondAll,
): readonly Stated[] => {
  const { coverage, line, amount } = move
  const beyond = beyondAll(amount)
  if (word && !saysNotInsured(word)) {
    const why = `${coverage.payerName} has decided line ${line.lineId} as its own (${wordText(word)})`
    return [{ group: unknown(why), carc: known('none'), remarks: known([...word.remarks]), denial: known(false) }]
  }
  const remarks = known([...((last ?? word)?.remarks ?? [])])
  const none = {
    group: beyond === undefined ? known('none') : unknown(beyond),
    carc: known('none'),
    denial: known(false),
  }
  const shares = last ? sharesOf(last) : []
  if (beyond !== undefined || shares.length === 0) return [{ ...none, remarks }]
  return shares.map((part) => ({
    group: known(groupOf(part)),
    carc: known(part.carc),
    remarks,
    denial: known(part.denial),
  }))
}

/** What of the move each code of the payer stands behind. */
const statedBy = (state: AccountState, move: HandMove, word: Word, beyondAll: BeyondAll): readonly Stated[] => {
  const { coverage, evidence, amount, line } = move
  const open = move.parts ?? openParts(state, move, word)
  const meant = evidence
    ? open.filter((part) => sameGroup(part.group, evidence.group) && part.carc === evidence.carc)
    : open
  const { made, beyond } = making(meant, amount)
  const tooMuch = beyondAll(total(made.filter((part) => groupOf(part) === 'PR')))
  const remarks = remarksOf(word, move)
  const says = `the advice of ${coverage.payerName} on file says ${wordText(word)} of line ${line.lineId}`
  const asked = evidence ? `${evidence.group}-${evidence.carc} ` : ''
  const stated = made.map((part): Stated => {
    const group = groupOf(part)
    return {
      group: group === 'PR' && tooMuch !== undefined ? unknown(tooMuch) : known(group),
      carc: known(part.carc),
      remarks,
      denial: known(part.denial || evidence?.denial === true),
    }
  })
  if (beyond === 0) return stated
  const why =
    made.length === 0
      ? `${says}; not ${asked}${formatCents(amount)}`
      : `${says}; ${formatCents(beyond)} more than is open of it`
  const [other] = open
  const carc = meant[0]?.carc ?? other?.carc
  return [
    ...stated,
    {
      group: unknown(why),
      carc: carc === undefined ? unknown(why) : known(carc),
      remarks,
      denial: known(meant[0]?.denial ?? other?.denial ?? true),
    },
  ]
}

/** The move as the gate `transferToPatient` is asked about it: once for each code of the payer that stands behind it. */
export const handQuestions = (state: AccountState, move: HandMove): readonly Question[] => {
  const { coverage, line, amount, on, evidence } = move
  const words = wordsOn(state.claims, line.visitId, line.lineId)
  const word = words.find(({ coverageId }) => coverageId === coverage.coverageId)
  const there = broughtToPatient(state.ledger.moves, line.lineId)
  const last = lastWord(state, line, words)
  const lastType = typeOf(state, line, last?.coverageId)
  // By its own word, or where none is left, the gate says what Medicaid forbids; by another's it would not ask.
  const byAnother = !move.termed && last?.coverageId !== coverage.coverageId
  const left = last && leftBy(last, byAnother ? lastType : 'none')
  const beyond: BeyondAll = (cents) =>
    left === undefined || there + cents <= left
      ? undefined
      : `payers leave ${formatCents(left)} of line ${line.lineId} to the patient; ${formatCents(there)} went there already`
  const stated = move.termed
    ? statedOfTermed(move, word, last, beyond)
    : word
      ? statedBy(state, move, word, beyond)
      : [statedOfNobody(move)]
  const codes = [...(evidence ? [evidence] : []), ...caseCodesOf(state.claims, [line.visitId])]
  const own: Facts = {
    'patient.qmb': qmbOnFile(state.claims, [line.visitId], {
      checked: evidence?.notQmb !== undefined,
      coverage: coverage.coverageId,
    }),
    'case.workersCompOpen': known(saysWorkersComp(codes)),
    'case.liabilityOpen': known(saysLiability(codes)),
    'service.nsaProtected': protectedOnFile(state.claims, [line.visitId], evidence?.remarks),
    'amount.party': known(coverage.coverageId),
    'amount.stage': known('active'),
    'amount.cents': known(there + amount),
    'coverage.type': known(move.termed ? lastType : typeOf(state, line, coverage.coverageId)),
    ...(evidence?.notice === undefined ? {} : { 'denial.patientLiableByNotice': known(true) }),
  }
  return stated.map(({ group, carc, remarks, denial }) => ({
    gate: 'transferToPatient',
    on,
    scope: { lines: [line.lineId], visits: [line.visitId] },
    own: {
      ...own,
      'adjustment.group': group,
      'adjustment.carc': carc,
      'adjustment.remarks': remarks,
      'adjustment.denial': denial,
    },
  }))
}
