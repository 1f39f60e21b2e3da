import { type AccountEvent, type AccountState, foldAccount, type Line, newAccount } from '@daybook/core/account'
import {
  type Day,
  isPosting,
  isReceivable,
  type LineId,
  type Of,
  PATIENT,
  type Party,
  partyKey,
} from '@daybook/core/kernel'
import { eventsOf, type ReadBack } from '../history/recorded.ts'
import { type BeforeTheBooks, beforeTheBooks, type FromTheBooks, labelOf } from '../summary/index.ts'
import { type OpenMatters, openMatters } from './open-matters.ts'
import { mergePieces, type PartyExplanation, type Piece, type Source } from './parts.ts'
import { piecesOf } from './pieces.ts'
import { sentenceOf } from './sentence.ts'
import type { MoneyEvent } from './telling.ts'
import { type UnappliedPart, unappliedParts } from './unapplied.ts'

export interface LineExplanation {
  readonly line: string
  readonly visit: string
  readonly code: string
  readonly from: Day
  readonly charge: number
  readonly balance: number
  /** The sentence that a person reads. */
  readonly says: string
  readonly parties: readonly PartyExplanation[]
}

/** Σ balances of lines + Σ amounts of unapplied = net, to the cent. */
export interface Explanation extends FromTheBooks {
  readonly account?: string
  readonly asOf: Day
  readonly net: number
  readonly lines: readonly LineExplanation[]
  /** Empty when one line was asked for: unapplied money belongs to none. */
  readonly unapplied: readonly UnappliedPart[]
}

/** Of a day before the account's books there is nothing to explain. */
export interface NothingToExplain extends BeforeTheBooks {
  readonly account: string
  readonly asOf: Day
}

interface Share {
  readonly party: Party
  readonly pieces: { readonly piece: Piece; readonly source: Source; readonly adjudication?: string | undefined }[]
}

const readable = (recorded: readonly ReadBack<AccountEvent>[]) =>
  recorded.flatMap(({ stored, event }) =>
    event
      ? [
          {
            id: stored.id,
            event,
            source: {
              id: stored.id,
              type: stored.type,
              position: stored.position,
              effectiveDate: stored.effectiveDate,
            } satisfies Source,
          },
        ]
      : [],
  )
type Readable = ReturnType<typeof readable>

/** Payers that ever had a part of each line: with more than one, words name the payer. */
const payersByLine = (events: Readable): ReadonlyMap<LineId, ReadonlySet<string>> => {
  const payers = new Map<LineId, Set<string>>()
  for (const { event } of events) {
    if (!isPosting(event)) continue
    for (const { lineId, party } of event.effects) {
      if (party === PATIENT) continue
      const set = payers.get(lineId) ?? new Set()
      payers.set(lineId, set.add(party.coverageId))
    }
  }
  return payers
}

/** The net change of each (line, party) by one event, receivable stages only. */
const netChanges = (event: MoneyEvent): readonly { line: LineId; party: Party; net: number }[] => {
  const nets = new Map<string, { line: LineId; party: Party; net: number }>()
  for (const { lineId, party, stage, amount } of event.effects) {
    if (!isReceivable(stage)) continue
    const key = `${lineId} ${partyKey(party)}`
    const net = nets.get(key) ?? { line: lineId, party, net: 0 }
    net.net += amount
    nets.set(key, net)
  }
  return [...nets.values()].filter(({ net }) => net !== 0)
}

const adjudicationOf = (event: AccountEvent): string | undefined =>
  'adjudicationId' in event ? event.adjudicationId : undefined

/** Walks the events once: which pieces each party's share of each line is made of, as of a day. */
const sharesOf = (
  events: Readable,
  state: AccountState,
  asOf: Day,
): ReadonlyMap<LineId, ReadonlyMap<string, Share>> => {
  const lines = new Map<LineId, Map<string, Share>>()
  const payers = payersByLine(events)
  const adjudications = new Map<string, Of<AccountEvent, 'ClaimAdjudicated'>>()
  const writeOffs = new Map<string, Of<AccountEvent, 'WriteOffPosted'>>()
  const nameOf = (party: Party): string => {
    const { payer, label } = labelOf(state, party, asOf)
    return party === PATIENT ? 'the patient' : (payer ?? label)
  }
  for (const { event, source } of events) {
    if (event.type === 'ClaimAdjudicated') adjudications.set(event.adjudicationId, event)
    if (event.type === 'WriteOffPosted') writeOffs.set(event.adjustmentId, event)
    if (!isPosting(event) || event.effectiveDate > asOf) continue
    for (const { line, party, net } of netChanges(event)) {
      const shares = lines.get(line) ?? new Map<string, Share>()
      lines.set(line, shares)
      const share: Share = shares.get(partyKey(party)) ?? { party, pieces: [] }
      shares.set(partyKey(party), share)
      const several = (payers.get(line)?.size ?? 0) > 1
      const payer = party === PATIENT ? undefined : labelOf(state, party, asOf).payer
      const pieces = piecesOf(event, {
        line,
        party,
        net,
        plan: several && payer ? payer : 'plan',
        nameOf,
        adjudication: (id) => adjudications.get(id),
        writeOff: (id) => writeOffs.get(id),
        postedBy: (id) => share.pieces.filter(({ adjudication }) => adjudication === id).map(({ piece }) => piece),
      })
      for (const piece of pieces) share.pieces.push({ piece, source, adjudication: adjudicationOf(event) })
    }
  }
  return lines
}

const explainLine = (
  line: Line,
  shares: ReadonlyMap<string, Share>,
  state: AccountState,
  asOf: Day,
  matters: OpenMatters,
): LineExplanation => {
  const parties = [...shares.values()]
    .map(({ party, pieces }): PartyExplanation => {
      const balance = pieces.reduce((sum, { piece }) => sum + piece.amount, 0)
      return {
        ...labelOf(state, party, asOf),
        balance,
        parts: mergePieces(pieces),
        open: party === PATIENT ? [] : matters.on(line.lineId, party.coverageId, balance),
      }
    })
    .sort((a, b) => Number(a.party === PATIENT) - Number(b.party === PATIENT))
  return {
    line: line.lineId,
    visit: line.visitId,
    code: [line.code, ...line.modifiers].join('-'),
    from: line.dosFrom,
    charge: line.amount,
    balance: parties.reduce((sum, { balance }) => sum + balance, 0),
    says: sentenceOf(parties),
    parties,
  }
}

/**
 * Why the balance is what it is, as of a day, by the events of a prefix (known-at). Every amount names the events that
 * it comes from; amounts spread from claim level say `derived` (rule S). Money later than the day is left out; bad
 * debt is memo and not part of the balance.
 * @throws RangeError when `line` names none of the account's lines.
 */
export const explain = (
  recorded: readonly ReadBack<AccountEvent>[],
  asOf: Day,
  options: { readonly line?: string } = {},
): Explanation => {
  const state = foldAccount(newAccount, eventsOf(recorded))
  const events = readable(recorded)
  const shares = sharesOf(events, state, asOf)
  const matters = openMatters(events, asOf)
  const wanted = [...state.ledger.lines.values()].filter(
    (line) => options.line === undefined || line.lineId === options.line,
  )
  if (options.line !== undefined && wanted.length === 0) {
    throw new RangeError(`the account has no line ${options.line}`)
  }
  const lines = wanted.flatMap((line) => {
    const found = shares.get(line.lineId)
    return found ? [explainLine(line, found, state, asOf, matters)] : []
  })
  const unapplied = options.line === undefined ? unappliedParts(events, asOf) : []
  return {
    ...(state.registration.account ? { account: state.registration.account.accountId } : {}),
    asOf,
    net: lines.reduce((sum, { balance }) => sum + balance, 0) + unapplied.reduce((sum, { amount }) => sum + amount, 0),
    lines,
    unapplied,
  }
}

/** The same, without any figure where the day lies before the account's books. */
export const explanationOn = (
  recorded: readonly ReadBack<AccountEvent>[],
  asOf: Day,
  options: { readonly line?: string } = {},
): Explanation | NothingToExplain => {
  const state = foldAccount(newAccount, eventsOf(recorded))
  const none = beforeTheBooks(state, asOf)
  const { account } = state.registration
  return none && account ? { account: account.accountId, asOf, ...none } : explain(recorded, asOf, options)
}
