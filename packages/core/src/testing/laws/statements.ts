import {
  type AccountEvent,
  type AccountState,
  accountCodec,
  contentOf,
  foldAccount,
  printed,
} from '../../account/index.ts'
import { datedOf } from '../../account/ledger/layer-changes-state.ts'
import type { LayerBalance } from '../../account/ledger/state.ts'
import { gapAfter } from '../../account/statements/ladder.ts'
import { isPausedOn, pausesOf } from '../../account/statements/pauses.ts'
import type { Issued, Step as Sent } from '../../account/statements/state.ts'
import { sumOf } from '../../kernel/cents.ts'
import { amountOn } from '../../kernel/dated.ts'
import { addDays, type Day, minDay } from '../../kernel/day.ts'
import { isPosting, PATIENT } from '../../kernel/effects.ts'
import type { Office } from '../history.ts'
import { differs, eachEvent, eachStep, type Found, type Law, whole } from './law.ts'

const isSent = (event: AccountEvent): event is Sent => event.type === 'StatementIssued' || event.type === 'LetterIssued'
const isPrinted = (event: AccountEvent): event is Issued =>
  isSent(event) ||
  event.type === 'ReceiptIssued' ||
  event.type === 'ItemisationIssued' ||
  event.type === 'CorrespondenceIssued'

/** What the guarantor owes that no agency has, less money on account, by the books of the ledger and of payments. */
const owedAsOf = ({ ledger, payments }: AccountState, on: Day): number =>
  sumOf(ledger.layers.values(), (layer) => (layer.party === PATIENT ? amountOn(datedOf(layer).active, on) : 0)) -
  sumOf(payments.payments.values(), ({ dated }) => amountOn(dated, on))

/** What an event changed of it, by its effects and contra entries alone. */
const changeOf = (event: AccountEvent): number => {
  if (!isPosting(event)) return 0
  const owed = sumOf(event.effects, ({ party, stage, amount }) =>
    party === PATIENT && stage === 'active' ? amount : 0,
  )
  return owed + sumOf(event.contra, ({ account, amount }) => (account === 'unapplied' ? amount : 0))
}

/** A statement's own arithmetic. */
const adds = (event: Sent): Found => [
  ...differs(
    'balance and previous balance with activity',
    event.balance,
    event.previousBalance + sumOf(event.activity, ({ amount }) => amount),
  ),
  ...differs(
    'balance and amount due with what is apart',
    event.balance,
    event.amountDue + sumOf(event.apart, ({ amount }) => amount),
  ),
  ...differs(
    'amount due and its ages',
    event.amountDue,
    sumOf(event.aging, ({ amount }) => amount),
  ),
  ...event.lines.flatMap((line) =>
    differs(
      `line ${line.lineId}`,
      line.balance,
      line.charge + line.insurance + line.adjustments + line.paid + line.other - line.elsewhere,
    ),
  ),
]

/** Sums by day. */
const byDay = (rows: readonly { readonly on: Day; readonly amount: number }[]): string =>
  JSON.stringify(
    [...Map.groupBy(rows, ({ on }) => on)]
      .map(([on, of]) => [on, sumOf(of, ({ amount }) => amount)] as const)
      .filter(([, amount]) => amount !== 0)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )

const reprinted = (event: AccountEvent, { sha256 }: Office): Found => {
  if (!isPrinted(event)) return []
  // One that is kept in parts is whole in the state alone; no random life has thousands of services.
  if ('parts' in event && event.parts !== undefined) return []
  // Through the bytes that a store keeps.
  const { schemaVersion, payload } = accountCodec.encode(event)
  const { type, effectiveDate } = event
  const read = accountCodec.decode({ type, schemaVersion, effectiveDate, data: JSON.stringify(payload) })
  if (!('type' in read) || !isPrinted(read)) return [`${event.documentId} can not be read`]
  const again = printed(contentOf(read))
  return again && sha256(again.text) === event.textHash && sha256(again.html) === event.htmlHash
    ? []
    : [`${event.documentId} is printed otherwise now`]
}

/** Whether everything that the patient owed on a visit was held on a day, asked day by day. */
const isHeld = (state: AccountState, layers: readonly LayerBalance[], on: Day, day: Day, { policy }: Office): boolean =>
  layers.every(({ lineId }) => {
    const own = layers.filter((layer) => layer.lineId === lineId).map(({ agingFrom }) => agingFrom)
    const since = own.reduce(minDay)
    return pausesOf(state, lineId, since, policy.policy, on).some((pause) => isPausedOn(pause, day))
  })

/** Days of the ladder between two steps, counted one by one. */
const counted = (before: AccountState, event: Sent, office: Office): Found =>
  event.visits.flatMap(({ visitId, told, layers: named, level }) => {
    if (!told) return []
    const layers = [...before.ledger.layers.values()].filter(({ layerId }) =>
      (named as readonly string[]).includes(layerId),
    )
    const rung = before.statements.rungs.get(visitId)
    const isTold = rung !== undefined && named.some((layer) => rung.layers.includes(layer))
    const since = isTold ? rung.on : layers.map(({ agingFrom }) => agingFrom).reduce(minDay)
    const gap = gapAfter(isTold ? rung.level : 0, office.policy.policy.statements) ?? 0
    let days = 0
    for (let day = since; day < event.effectiveDate; day = addDays(day, 1)) {
      if (!isHeld(before, layers, event.effectiveDate, day, office)) days += 1
    }
    return days >= gap ? [] : [`visit ${visitId} is at level ${level} after ${days} days of ${gap}`]
  })

/** K5–K8, I5: statements, letters, and the ladder that they are steps of. */
export const statementLaws: readonly Law[] = [
  eachEvent('K5', (event, before) =>
    isSent(event)
      ? [
          ...adds(event),
          ...differs('balance and what the books say', event.balance, owedAsOf(before, event.effectiveDate)),
          ...differs(
            'previous balance and that of the last',
            event.previousBalance,
            before.statements.last?.balance ?? 0,
          ),
        ]
      : [],
  ),
  eachStep('K6', ({ decision }, _number, office) =>
    decision.ok ? decision.events.flatMap((event) => reprinted(event, office)) : [],
  ),
  whole('K7', ({ steps }) => {
    let waiting: { on: Day; amount: number }[] = []
    return steps
      .flatMap(({ decision }) => (decision.ok ? decision.events : []))
      .flatMap((event) => {
        const amount = changeOf(event)
        if (amount !== 0) waiting.push({ on: event.effectiveDate, amount })
        if (!isSent(event)) return []
        const due = waiting.filter(({ on }) => on <= event.effectiveDate)
        waiting = waiting.filter(({ on }) => on > event.effectiveDate)
        const [told, wanted] = [byDay(event.activity), byDay(due)]
        return told === wanted
          ? []
          : [`document ${event.number} tells ${told}, and since the one before there was ${wanted}`]
      })
  }),
  eachEvent('K8', (event, before) =>
    isSent(event)
      ? event.visits.flatMap(({ visitId, level, layers }) => {
          const rung = before.statements.rungs.get(visitId)
          const was = rung && layers.some((layer) => rung.layers.includes(layer)) ? rung.level : 0
          const rises = level === was || level === was + 1
          return rises ? [] : [`visit ${visitId} goes from level ${was} to ${level}`]
        })
      : [],
  ),
  eachStep('I5', ({ before, decision }, _number, office) => {
    if (!decision.ok) return []
    let state = before
    return decision.events.flatMap((event) => {
      const found = isSent(event) ? counted(state, event, office) : []
      state = foldAccount(state, [event])
      return found
    })
  }),
]
