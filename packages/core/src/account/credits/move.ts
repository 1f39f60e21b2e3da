import { type Cents, formatCents, minCents, sumOf } from '../../kernel/cents.ts'
import { leastFrom } from '../../kernel/dated.ts'
import type { Day } from '../../kernel/day.ts'
import { accept, type Decision, type Of, precondition, type RuleHit, rejectIfAny } from '../../kernel/decision.ts'
import { coverageParty, PATIENT, type Party, sameParty } from '../../kernel/effects.ts'
import { governmentOverpayment } from '../../rules/claims/legal-waits.ts'
import { isDeniedOn } from '../claims/state.ts'
import type { Context } from '../context.ts'
import { ask } from '../facts.ts'
import { layersOf, owedOn } from '../ledger/balances.ts'
import { allocationQuestion } from '../ledger/gate-facts.ts'
import { datedOf } from '../ledger/layer-changes-state.ts'
import { notYetOwed, owedFrom, type Wanted } from '../ledger/owed-by-day.ts'
import { holdingOn } from '../ledger/state.ts'
import { together, type WorkingLayer, type WorkingLedger, workingOn } from '../ledger/working.ts'
import { datingHits } from '../preconditions.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import { notSpokenFor } from './approve.ts'
import type { CreditCommand } from './commands.ts'
import type { CreditBalanceIdentified, CreditMoved, CreditSource } from './events.ts'
import { beyondPaid, withinPaid } from './payers-money.ts'
import { returnBy } from './return-by.ts'
import { notYetCredit, unsureHit } from './through-time.ts'

type Move = Of<CreditCommand, 'MoveCredit'>
type LineAmount = { readonly lineId: Move['to']['line']; readonly amount: number }

/** On whose item a credit stands; undefined where it is money without an item. */
const placeOf = ({ sources }: CreditBalanceIdentified): Pick<CreditMoved['from'], 'lineId' | 'party'> | undefined => {
  const [first] = sources
  if (first?.lineId === undefined) return undefined
  return { lineId: first.lineId, party: 'party' in first ? first.party : PATIENT }
}

/** Who is to have it: the patient's stays the patient's, a payer's goes to one of its own coverages (law G2). */
const partyOf = ({ to }: Move, from: Party): Party => {
  if (from === PATIENT) return PATIENT
  return to.coverage === undefined ? from : coverageParty(to.coverage)
}

const payerOf = ({ coverage }: AccountState, party: Party): string | undefined =>
  party === PATIENT ? undefined : coverage.coverages.get(party.coverageId)?.payerId

/** What law wants returned by a day is used for nothing else after it (law G4). */
const pastDeadline = (state: AccountState, credit: CreditBalanceIdentified, on: Day): readonly RuleHit[] => {
  const due = returnBy(state, credit)
  if (due === undefined || on <= due) return []
  const { id, citation, jurisdiction } = governmentOverpayment
  const reason = `it was to be reported and returned by ${due}: after that it is used for nothing else`
  return [{ rule: id, reason, citation, jurisdiction, requiredAction: 'return it to the payer' }]
}

const creditHits = (
  state: AccountState,
  credit: CreditBalanceIdentified | undefined,
  command: Move,
  { policy: { policy } }: Context,
): readonly RuleHit[] => {
  if (!credit) return [precondition('credits.unknown', `no credit ${command.credit} stands on this account`)]
  const hits: RuleHit[] = []
  if (policy.onAccount.moveCredits === 'refused') {
    hits.push(precondition('credits.notByPolicy', 'policy does not let a credit be used for another item (law G4)'))
  }
  const unsure = unsureHit(state, credit, command.on)
  if (unsure) hits.push(unsure)
  if (credit.owner === 'unknown') {
    hits.push(precondition('credits.unknownOwner', 'nobody knows whose money this is', 'complete the coverage first'))
  }
  if (!placeOf(credit)) {
    hits.push(precondition('credits.noItem', 'this money stands on no item', 'apply it with ApplyUnapplied'))
  }
  hits.push(...pastDeadline(state, credit, command.on))
  return hits
}

/** What an agency has is no item that a credit can be used for, before it is recalled. */
const nothingOpen = ({ ledger }: AccountState, line: Move['to']['line'], party: Party): RuleHit => {
  const placed = sumOf(layersOf(ledger, line, party), (layer) => layer.placed)
  return placed > 0
    ? precondition(
        'credits.nothingOpen',
        `an agency has ${formatCents(placed)} of line ${line}`,
        'recall it first (RecallAccount)',
      )
    : precondition('credits.nothingOpen', `nothing is open there on line ${line}`)
}

const targetHits = (
  state: AccountState,
  { to, on }: Move,
  from: Pick<CreditMoved['from'], 'lineId' | 'party'>,
  party: Party,
  open: number,
  context: Context,
): readonly RuleHit[] => {
  const line = state.ledger.lines.get(to.line)
  if (!line) return [precondition('ledger.lineUnknown', `line ${to.line} is not on this account`)]
  const hits: RuleHit[] = []
  if (line.voided) hits.push(precondition('ledger.lineVoided', `line ${to.line} was voided`))
  if (to.coverage !== undefined && payerOf(state, coverageParty(to.coverage)) !== payerOf(state, from.party)) {
    const reason = `${to.coverage} is no coverage of whom this money belongs to`
    hits.push(precondition('credits.otherOwner', reason, 'return it to its owner (law G2)'))
  }
  if (open <= 0) {
    const owed = owedOn(state.ledger, to.line, party)
    const early = notYetOwed(state.ledger, { line: to.line, party, amount: owed, on })
    hits.push(...(early.length > 0 ? early : [nothingOpen(state, to.line, party)]))
  } else if (from.party === PATIENT) {
    const item = { line: to.line, stage: 'active' as const, cents: open, on }
    hits.push(...ask(state, allocationQuestion(state, item), context).hits)
  }
  return hits
}

/**
 * The most of an item that its payer does not pay on a day or a later one: denied, or held back from the patient. The same cents
 * may be both.
 */
const notPaidBy = ({ claims, ledger }: AccountState, { line, party, on }: Omit<Wanted, 'amount'>): number => {
  const visit = ledger.lines.get(line)?.visitId
  if (party === PATIENT || visit === undefined) return 0
  const ofPayer = ({ event }: { readonly event: { readonly coverageId: string } }): boolean =>
    event.coverageId === party.coverageId
  const denials = claims.denials.by('visit', visit).filter(ofPayer)
  const holdings = ledger.holdings.by('visit', visit).filter(ofPayer)
  const ofLine = (said: readonly { readonly event: { readonly lines: readonly LineAmount[] } }[]): number =>
    sumOf(said, ({ event }) => sumOf(event.lines, ({ lineId, amount }) => (lineId === line ? amount : 0)))
  const onDay = (day: Day): number =>
    Math.max(
      ofLine(denials.filter((denial) => isDeniedOn(denial, day))),
      ofLine(holdings.flatMap((holding) => holdingOn(holding, day) ?? [])),
    )
  const begins = [...denials, ...holdings].flatMap(({ event }) => (event.effectiveDate > on ? event.effectiveDate : []))
  return Math.max(...[on, ...begins].map(onDay))
}

/** A layer that is overpaid, by how much, and whose money it is. */
interface Overpaid {
  readonly layer: WorkingLayer
  readonly amount: number
  readonly of: CreditSource
}

/** Where the credit stands, layer by layer, up to an amount. */
const overpaidLayers = (
  working: WorkingLedger,
  { lineId, party }: Pick<CreditMoved['from'], 'lineId' | 'party'>,
  sources: readonly CreditSource[],
  limit: number,
): readonly Overpaid[] => {
  const below = new Map(working.layers(lineId, party).map((layer) => [layer.layerId, Math.max(0, -layer.active)]))
  let left = limit
  return sources.flatMap((of) => {
    let own = Math.min(left, of.amount)
    const named = 'paymentId' in of ? of.layerId : undefined
    return working.layers(lineId, party).flatMap((layer): readonly Overpaid[] => {
      const amount = named === undefined || named === layer.layerId ? Math.min(own, below.get(layer.layerId) ?? 0) : 0
      if (amount <= 0) return []
      own -= amount
      left -= amount
      below.set(layer.layerId, (below.get(layer.layerId) ?? 0) - amount)
      return [{ layer, amount, of }]
    })
  })
}

/** Each overpaid layer meets the open ones of the other item, the oldest first: one event a pair, each on its own day. */
const moves = (
  working: WorkingLedger,
  overpaid: readonly Overpaid[],
  to: { readonly line: Move['to']['line']; readonly party: Party },
  said: { readonly credit: Move['credit']; readonly on: Day; readonly reason: string },
): readonly CreditMoved[] =>
  overpaid.flatMap(({ layer, amount, of }) => {
    let left = amount
    return working.layers(to.line, to.party).flatMap((target): readonly CreditMoved[] => {
      const part = Math.min(left, target.active) as Cents
      if (part <= 0) return []
      left -= part
      const posting = together([
        working.restore(layer.layerId, 'active', part),
        working.restore(target.layerId, 'active', -part),
      ])
      return [
        {
          type: 'CreditMoved',
          effectiveDate: working.openFrom(said.on, posting.effects),
          creditId: said.credit,
          amount: part,
          from: { lineId: layer.lineId, party: layer.party, layerId: layer.layerId },
          to: { lineId: target.lineId, party: target.party, layerId: target.layerId },
          of: { ...of, amount: part },
          reason: said.reason,
          effects: posting.effects,
          contra: [],
        },
      ]
    })
  })

/** What is open on the item that is to have it, with no agency: a placed amount is recalled first. */
const openOn = ({ ledger }: AccountState, { line, party, on }: Omit<Wanted, 'amount'>): number =>
  Math.min(
    sumOf(layersOf(ledger, line, party), (layer) => Math.max(0, leastFrom(datedOf(layer).active, on))),
    owedFrom(ledger, line, party, on),
  )

/**
 * A credit of one item is used for another of the same owner (clarification 36): from its own day on, so that the past
 * stays as it was. Never a provisional one, nor for an item that undirected money passes by (laws G2, G4).
 */
export const moveCredit = (state: AccountState, command: Move, context: Context): Decision<AccountEvent> => {
  const credit = state.credits.credits.get(command.credit)
  const dating = datingHits(state, command.on, context)
  const hits = [...dating, ...creditHits(state, credit, command, context)]
  const from = credit && placeOf(credit)
  if (!credit || !from) return rejectIfAny(hits) ?? accept<AccountEvent>([])
  const party = partyOf(command, from.party)
  if (from.lineId === command.to.line && sameParty(from.party, party)) {
    hits.push(precondition('credits.sameItem', 'the credit stands on this very item'))
  }
  const sources = notSpokenFor(state, credit.sources, command.on)
  const free = sumOf(sources, (source) => source.amount)
  const open = openOn(state, { line: command.to.line, party, on: command.on })
  const refused = Math.min(Math.max(0, open), notPaidBy(state, { line: command.to.line, party, on: command.on }))
  const spokenFor = sumOf(credit.sources, (source) => source.amount) - free
  const paid = withinPaid(state, credit.sources, free, spokenFor)
  const amount = command.amount ?? minCents(paid, Math.max(0, open - refused) as Cents)
  const wanted = amount > 0 ? Math.min(amount, free) : free
  hits.push(...notYetCredit(state, sources, wanted, command.on))
  hits.push(...targetHits(state, command, from, party, open, context))
  if (amount > free || (open > 0 && amount > open)) {
    const reason = `${formatCents(free)} of the credit is free and ${formatCents(open)} open, not ${formatCents(amount)}`
    hits.push(precondition('credits.beyondCredit', reason))
  }
  if (free > 0 && amount <= free && (amount > paid || paid === 0)) {
    hits.push(beyondPaid(paid, credit.sources, command.amount ?? free))
  }
  if (refused > 0 && (amount <= 0 || amount > open - refused)) {
    const may = `${formatCents(open - refused)} may be met by its money`
    const reason = `the payer does not pay ${formatCents(refused)} of line ${command.to.line}, or did not since ${command.on}: ${may}`
    hits.push(
      precondition('credits.denied', reason, 'appeal, or send the credit back; the payer alone pays what it denied'),
    )
  }
  const rejection = rejectIfAny(hits)
  if (rejection) return rejection
  const working = workingOn(state, context)
  const overpaid = overpaidLayers(working, from, sources, amount)
  const { on, reason } = command
  const moved = moves(working, overpaid, { line: command.to.line, party }, { credit: command.credit, on, reason })
  return (
    rejectIfAny(moved.length > 0 ? [] : [precondition('credits.beyondCredit', 'nothing of the credit is left')]) ??
    accept<AccountEvent>(moved)
  )
}
