import { type Cents, formatCents } from '../../kernel/cents.ts'
import { type Day, minDay } from '../../kernel/day.ts'
import { accept, type Decision, type Of, precondition, type RuleHit, rejectIfAny } from '../../kernel/decision.ts'
import { PATIENT, type Party, partyKey, sameParty } from '../../kernel/effects.ts'
import type { CoverageId, LineId } from '../../kernel/ids.ts'
import type { DenialResolved } from '../claims/denial-events.ts'
import { endedWaiting } from '../claims/desk/ended-waiting.ts'
import { type Part, wordsOn } from '../claims/word-facts.ts'
import type { Context, GateResult } from '../context.ts'
import { coverageAfter, coveragesOn } from '../coverage/state.ts'
import { askBy } from '../facts.ts'
import { recallParts, type Wanted } from '../placement/recall-parts.ts'
import { datingHits } from '../preconditions.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import { owedOn } from './balances.ts'
import { partyHits } from './charge.ts'
import type { Evidence, LedgerCommand } from './commands.ts'
import type { ResponsibilityReleased, ResponsibilityTransferred, TransferReason } from './events.ts'
import { evidenceOn } from './evidence-on.ts'
import { evidenceHits } from './gate-facts.ts'
import { handQuestions } from './hand-facts.ts'
import { type LineAmount, moveOn, replaceLayers, transferEvents } from './moving.ts'
import { notYetOwed, owedFrom } from './owed-by-day.ts'
import type { Line } from './state.ts'
import { type WorkingLedger, workingOn } from './working.ts'

type Transfer = Of<LedgerCommand, 'TransferResponsibility'>

/**
 * The lines that a command names, each with its amount or with all that the party owes there on its day; `on` is absent
 * for a correction, which counts from the days of what it corrects. A hit where a line is unknown or voided, or where the
 * party owes less: nothing goes below zero silently (identity I7, law F1), and nothing is taken before it is owed.
 */
export const lineAmounts = (
  state: AccountState,
  party: Party,
  shares: readonly { readonly line: LineId; readonly amount?: Cents | undefined }[],
  on: Day | undefined,
): { readonly lines: readonly LineAmount[]; readonly hits: readonly RuleHit[] } => {
  const lines: LineAmount[] = []
  const hits: RuleHit[] = []
  const named = new Set<LineId>()
  for (const share of shares) {
    const line = state.ledger.lines.get(share.line)
    const all = owedOn(state.ledger, share.line, party)
    const open = on === undefined ? all : Math.min(all, owedFrom(state.ledger, share.line, party, on))
    const wanted = share.amount ?? all
    const later =
      on !== undefined && open < wanted ? notYetOwed(state.ledger, { line: share.line, party, amount: wanted, on }) : []
    if (!line) hits.push(precondition('ledger.lineUnknown', `line ${share.line} is not on this account`))
    else if (line.voided) hits.push(precondition('ledger.lineVoided', `line ${share.line} was voided`))
    else if (named.has(share.line)) hits.push(precondition('ledger.lineTwice', `line ${share.line} is named twice`))
    else if (later.length > 0 && (share.amount !== undefined || open <= 0)) hits.push(...later)
    else if (open <= 0 || (share.amount ?? 0) > open) {
      hits.push(
        precondition(
          'ledger.beyondOpen',
          `${partyKey(party)} owes ${formatCents(open)} on line ${share.line}${
            share.amount === undefined ? '' : `, not ${formatCents(share.amount)}`
          }`,
        ),
      )
    } else lines.push({ line, amount: share.amount ?? (open as Cents) })
    named.add(share.line)
  }
  return { lines, hits }
}

/** A refund owed again is of no service: no payer answers for it, and assistance does not reach it (clarification 34). */
export const noServiceHits = (lines: readonly LineAmount[], what: string): readonly RuleHit[] =>
  lines.flatMap(({ line }) =>
    line.returnedRefund
      ? [precondition('ledger.noService', `line ${line.lineId} is a refund owed again, of no service: no ${what}`)]
      : [],
  )

/** What the account itself can tell about a coverage that was found or lost. */
const coverageHits = (state: AccountState, command: Transfer, lines: readonly LineAmount[]): RuleHit[] =>
  lines.flatMap(({ line }) => {
    const patient = state.registration.visits.get(line.visitId)?.patientId
    if (patient === undefined) return []
    const covering = coveragesOn(state.coverage, patient, line.dosTo).map((coverage) => coverage.coverageId)
    const covers = (party: Party) => party !== PATIENT && covering.includes(party.coverageId)
    const hits = [...partyHits(state, command.to, patient)]
    if (command.because === 'coverageFound' && hits.length === 0 && !covers(command.to)) {
      hits.push(
        precondition('coverage.notCovering', `${partyKey(command.to)} does not cover ${line.dosTo} of ${line.lineId}`),
      )
    }
    if (command.because === 'coverageTermed' && covers(command.from)) {
      hits.push(
        precondition(
          'coverage.stillCovering',
          `${partyKey(command.from)} still covers ${line.dosTo} of ${line.lineId}`,
          'terminate the coverage first',
        ),
      )
    }
    // A payer that has decided the line has left what it has: it is not asked twice.
    const spoke = new Set(wordsOn(state.claims, line.visitId, line.lineId).map(({ coverageId }) => coverageId))
    const next = covering.find((id) => (command.from === PATIENT || id !== command.from.coverageId) && !spoke.has(id))
    const after = command.because === 'manual' ? laterThan(command.from, covering) : next
    if (command.to === PATIENT && command.from !== PATIENT && after !== undefined) {
      hits.push(paysNext(after, line.lineId))
    }
    return hits
  })

/** A coverage that covers the day and pays after this one comes before the patient (reference §1.4, gate 1). */
export const nextPayerHits = (
  state: AccountState,
  from: CoverageId,
  lines: readonly LineAmount[],
): readonly RuleHit[] =>
  lines.flatMap(({ line }) => {
    const next = coverageAfter(state.coverage, from, line.dosTo)
    return next ? [paysNext(next.coverageId, line.lineId)] : []
  })

const paysNext = (next: string, line: LineId): RuleHit =>
  precondition('coverage.paysNext', `${next} comes before the patient on line ${line}`, 'bill it next')

const laterThan = (from: Party, covering: readonly string[]): string | undefined => {
  const at = from === PATIENT ? -1 : covering.indexOf(from.coverageId)
  return at < 0 ? undefined : covering[at + 1]
}

/** What stands behind a move of a coverage's amount to the patient by hand. */
interface Grounds {
  readonly evidence: Evidence | undefined
  /** The coverage did not cover the day: the account says so itself (`coverageHits`). */
  readonly termed?: boolean
  /** What of a line is meant, where a holding or a denial is. */
  readonly partsOf?: (line: LineId) => readonly Part[]
}

/** A reason once, however many lines give it. */
const once = (hits: readonly RuleHit[]): readonly RuleHit[] => [
  ...new Map(hits.map((hit) => [`${hit.rule} ${hit.reason}`, hit])).values(),
]

/**
 * Nobody gives a coverage's amount to the patient by hand without the gates of reference §1.4, each asked with the word
 * of the payers on file (clarification 39).
 */
export const gateToPatient = (
  state: AccountState,
  from: Party,
  lines: readonly LineAmount[],
  { evidence, termed = false, partsOf }: Grounds,
  on: Day,
  context: Context,
): GateResult => {
  const coverage = from === PATIENT ? undefined : state.coverage.coverages.get(from.coverageId)
  const asked = (stateOf: (line: Line) => AccountState): readonly GateResult[] =>
    lines.flatMap(({ line, amount }) => {
      if (coverage === undefined) return []
      const parts = partsOf ? { parts: partsOf(line.lineId) } : {}
      const move = { coverage, line, amount, on, evidence, termed, ...parts }
      const its = stateOf(line)
      return handQuestions(its, move).map((question) => askBy(its, question, context))
    })
  const answers = asked(() => state)
  const now = answers.flatMap(({ hits }) => hits)
  // What is recorded late is asked with the words of its day too: what payers had not said by then was no ground for it.
  const then =
    termed || on >= context.today
      ? []
      : asked((line) => evidenceOn(state, line, on))
          .flatMap(({ hits }) => hits)
          .filter(({ rule }) => now.every((hit) => hit.rule !== rule))
          .map((hit) => ({ ...hit, reason: `as of ${on}: ${hit.reason}` }))
  return {
    hits: [...evidenceHits(evidence), ...once([...now, ...then])],
    warnings: once(answers.flatMap(({ warnings }) => warnings)),
    passed: [...new Map(answers.flatMap(({ passed }) => passed).map((rule) => [rule.id, rule])).values()],
    notInUse: [...new Set(answers.flatMap(({ notInUse }) => notInUse))],
    unknown: [...new Set(answers.flatMap(({ unknown }) => unknown))],
  }
}

/** What of an amount an agency has, by layer: the oldest layer first, of each what is active before what is placed. */
const placedOf = (working: WorkingLedger, { line, amount }: LineAmount, of: Party): readonly Wanted[] => {
  let left = amount as number
  return working.layers(line.lineId, of).flatMap(({ lineId, layerId, active, placed }) => {
    const own = Math.max(0, active)
    const part = Math.min(left, own + Math.max(0, placed))
    left -= part
    return part > own ? [{ lineId, layerId, amount: part - own }] : []
  })
}

/** A correction counts from days on which no agency had the amount yet: it comes back, as of the day it was placed. */
const recallFor = (
  state: AccountState,
  working: WorkingLedger,
  lines: readonly LineAmount[],
  { from, on }: Transfer,
): readonly AccountEvent[] => {
  const wanted = lines.flatMap((line) => placedOf(working, line, from))
  const first = wanted.flatMap(({ layerId }) => state.ledger.layers.get(layerId)?.openedOn ?? []).reduce(minDay, on)
  return recallParts(state, working, wanted, first, 'insurance')
}

const reasonOf = (command: Transfer): TransferReason =>
  command.because === 'manual' ? { kind: 'manual', reason: command.reason } : { kind: command.because }

/** How denials and holdings end whose money was moved by hand. */
const endedBy = (
  command: Transfer,
): { denial: DenialResolved['outcome']; holding: ResponsibilityReleased['outcome'] } =>
  command.to === PATIENT
    ? { denial: { kind: 'movedToPatient', evidence: command.reason }, holding: 'toPatient' }
    : { denial: { kind: 'rebilledNext', coverageId: command.to.coverageId }, holding: 'toNext' }

/** What waited at a payer for money that is moved now, from the day on which that counts. */
const endedWith = (
  state: AccountState,
  command: Transfer,
  lines: readonly LineAmount[],
  moved: readonly ResponsibilityTransferred[],
): readonly AccountEvent[] => {
  const { from, reason } = command
  if (from === PATIENT) return []
  return [...Map.groupBy(lines, ({ line }) => line.visitId)].flatMap(([visit, ofVisit]) => {
    const days = moved.flatMap(({ visitId, effectiveDate }) => (visitId === visit ? [effectiveDate] : []))
    const how = { on: days.reduce(minDay, command.on), reason, ...endedBy(command) }
    const owed = ofVisit.map(
      ({ line, amount }) => [line.lineId, owedOn(state.ledger, line.lineId, from) - amount] as const,
    )
    return endedWaiting(state, visit, from.coverageId, new Map(owed), how)
  })
}

/** Moves what one party owes to another; to the patient only through the gate `transferToPatient`. */
export const transferResponsibility = (
  state: AccountState,
  command: Transfer,
  context: Context,
): Decision<AccountEvent> => {
  const { from, to, on } = command
  const correction = command.because === 'coverageFound' || command.because === 'coverageTermed'
  const { lines, hits } = lineAmounts(state, from, command.lines, correction ? undefined : on)
  const preconditions = [
    ...datingHits(state, on, context),
    ...hits,
    ...(sameParty(from, to) ? [precondition('ledger.sameParty', 'an amount moves from one party to another')] : []),
    ...noServiceHits(lines, 'payer'),
    ...coverageHits(state, command, lines),
  ]
  // Only a coverage that never applied leaves an amount to the patient without a payer's word.
  const termed = command.because === 'coverageTermed'
  const grounds = { evidence: termed ? undefined : command.evidence, termed }
  const gated = from !== PATIENT && to === PATIENT
  const gate = gated ? gateToPatient(state, from, lines, grounds, on, context) : undefined
  const rejection = rejectIfAny([...preconditions, ...(gate?.hits ?? [])])
  if (rejection) return rejection

  const working = workingOn(state, context)
  const recalled = correction ? recallFor(state, working, lines, command) : []
  const moves = lines.flatMap((line) =>
    correction ? replaceLayers(state, working, line, command, context) : moveOn(state, working, line, command, context),
  )
  const transferred = transferEvents(moves, {
    from,
    to,
    reason: reasonOf(command),
    mode: correction ? 'correction' : 'economic',
    note: command.because === 'manual' ? undefined : command.reason,
  })
  return accept<AccountEvent>([...endedWith(state, command, lines, transferred), ...recalled, ...transferred], {
    allowedBy: gate?.passed ?? [],
    warnings: gate?.warnings ?? [],
  })
}
