import {
  type DepositEvent,
  type DepositPart,
  type DepositRecorded,
  type DepositState,
  deposit,
} from '@daybook/core/deposit'
import { clearText, type Day } from '@daybook/core/kernel'
import { type CashDay, CashDays, type CashEntry, keyOf, type Movement, sum } from './cash-entries.ts'

/** A part of a line of the bank's statement, with what of it the books have as of the day. Cents. */
export type BankPart = {
  readonly amount: number
  /** In words, without anybody's name. */
  readonly says: string
  /** Of a batch: how many payments. */
  readonly payments?: number
  /** Why nothing of it counts here: the books do not have it as of the day, or an earlier line has it. */
  readonly problem?: 'notInBooks' | 'onAnotherLine'
} & (
  | { readonly kind: 'batch'; readonly batch: string }
  | { readonly kind: 'payment' | 'reversal'; readonly account: string; readonly payment: string }
  | { readonly kind: 'refund'; readonly account: string; readonly refund: string }
  | { readonly kind: 'withhold'; readonly account: string; readonly withhold: string }
  | { readonly kind: 'remittance'; readonly remittance: string }
  | { readonly kind: 'payerWithhold'; readonly remittance: string; readonly settlement: number }
  | { readonly kind: 'payerRefund'; readonly remittance: string; readonly refund: number }
)

/** A line of the bank's statement beside the books. `difference` = `amount` − `books`; tolerance 0 (reference §1.7). */
export interface BankLine {
  readonly deposit: string
  readonly day: Day
  readonly reference: string
  readonly amount: number
  /** What its parts add up to. */
  readonly books: number
  readonly difference: number
  /** What a person has said that the difference is, and why. */
  readonly explained?: { readonly difference: number; readonly reason: string }
  /** What of the difference nobody has explained. */
  readonly unexplained: number
  readonly parts: readonly BankPart[]
}

/** Cash of the books that no line of the bank has. */
export interface InTransit {
  readonly amount: number
  /** What of it is from before the first line on record. */
  readonly before: number
  readonly days: readonly CashDay[]
}

/** The bank's statement up to the last day. The cash account stands at `total` − `differences` + `inTransit.amount`. */
export interface BankReport {
  /** The day of the first line on record; absent where there is none. */
  readonly since?: Day
  /** Those of the days, and earlier ones with a difference that nobody has explained. */
  readonly lines: readonly BankLine[]
  /** All lines up to the last day. */
  readonly total: number
  readonly differences: number
  readonly inTransit: InTransit
}

/** What the books have under one name. */
interface Held {
  readonly first: Day
  readonly says: string
  readonly batch?: string
  /** As of the last day of the report. */
  readonly amount: number
  readonly entries: readonly { readonly day: Day; readonly entry: CashEntry }[]
}

/** A line of the statement as it is on record. */
export interface RecordedLine {
  readonly recorded: Pick<DepositRecorded, 'depositId' | 'effectiveDate' | 'reference' | 'amount' | 'parts'>
  readonly explained?: { readonly difference: number; readonly reason: string }
}

const partKey = (part: Exclude<DepositPart, { kind: 'batch' }>): string => {
  switch (part.kind) {
    case 'payment':
    case 'reversal':
      return keyOf(part.kind, part.accountId, part.paymentId)
    case 'withhold':
      return keyOf('withhold', part.accountId, part.withholdId)
    case 'refund':
      return keyOf('refund', part.accountId, part.refundId)
    case 'remittance':
      return keyOf('remittance', part.remittanceId)
    case 'payerWithhold':
      return keyOf('payerWithhold', part.remittanceId, String(part.settlement))
    case 'payerRefund':
      return keyOf('payerRefund', part.remittanceId, String(part.refund))
  }
}

type Shown = Pick<BankPart, 'amount' | 'says' | 'problem' | 'payments'>

const shownAs = (part: Exclude<DepositPart, { kind: 'batch' }>, shown: Shown): BankPart => {
  switch (part.kind) {
    case 'payment':
    case 'reversal':
      return { kind: part.kind, account: part.accountId, payment: part.paymentId, ...shown }
    case 'withhold':
      return { kind: 'withhold', account: part.accountId, withhold: part.withholdId, ...shown }
    case 'refund':
      return { kind: 'refund', account: part.accountId, refund: part.refundId, ...shown }
    case 'remittance':
      return { kind: 'remittance', remittance: part.remittanceId, ...shown }
    case 'payerWithhold':
      return { kind: 'payerWithhold', remittance: part.remittanceId, settlement: part.settlement, ...shown }
    case 'payerRefund':
      return { kind: 'payerRefund', remittance: part.remittanceId, refund: part.refund, ...shown }
  }
}

const partWords = {
  payment: 'payment',
  reversal: 'payment taken back',
  refund: 'refund',
  withhold: 'withhold that came back',
  remittance: 'advice',
  payerWithhold: 'withhold that came back',
  payerRefund: 'refund to the payer',
} as const

/** An explanation holds for so much of a difference as it says, and no more. */
const unexplainedOf = (difference: number, explained: number): number => {
  if (Math.sign(difference) !== Math.sign(explained)) return difference
  return difference - Math.sign(difference) * Math.min(Math.abs(difference), Math.abs(explained))
}

/** Holds the cash of the books against the lines of the bank: the lines come first, then the log in its order. */
export class BankBook {
  readonly #query: { readonly from: Day; readonly to: Day }
  readonly #deposits = new Map<string, DepositState>()
  readonly #given: RecordedLine[] = []
  readonly #held = new Map<string, Held>()
  readonly #rest = new CashDays()
  #known:
    | {
        readonly lines: readonly RecordedLine[]
        readonly named: ReadonlySet<string>
        readonly batches: ReadonlySet<string>
      }
    | undefined
  #before = 0
  #onNone = 0
  constructor(query: { readonly from: Day; readonly to: Day }) {
    this.#query = query
  }

  /** A line as it stands, beside those that are told event by event. Of two of one day the first that is put comes first. */
  put(line: RecordedLine): void {
    this.#given.push(line)
  }

  record(stream: string, event: DepositEvent): void {
    const before = this.#deposits.get(stream) ?? deposit.initial
    // One that is recorded again comes after those that were on record meanwhile; what is said of it later moves nothing.
    if (event.type === 'DepositRecorded') this.#deposits.delete(stream)
    this.#deposits.set(stream, deposit.fold(before, [event]))
  }

  /** Lines up to the last day, as the bank gives them, and what they name. */
  get #lines() {
    if (this.#known) return this.#known
    const told = [...this.#deposits.values()].flatMap(({ recorded, explained }): readonly RecordedLine[] => {
      if (!recorded) return []
      if (!explained) return [{ recorded }]
      const { difference, reason } = explained
      return [{ recorded, explained: { difference, reason: clearText(reason) } }]
    })
    const lines = [...this.#given, ...told]
      .filter(({ recorded }) => recorded.effectiveDate <= this.#query.to)
      .toSorted((a, b) =>
        a.recorded.effectiveDate < b.recorded.effectiveDate
          ? -1
          : a.recorded.effectiveDate > b.recorded.effectiveDate
            ? 1
            : 0,
      )
    const parts = lines.flatMap(({ recorded }) => recorded.parts)
    this.#known = {
      lines,
      named: new Set(parts.flatMap((part) => (part.kind === 'batch' ? [] : [partKey(part)]))),
      batches: new Set(parts.flatMap((part) => (part.kind === 'batch' ? [part.batch] : []))),
    }
    return this.#known
  }

  add({ day, amount, entry, key, says }: Movement): void {
    if (day > this.#query.to) return
    const { lines, named, batches } = this.#lines
    const since = lines[0]?.recorded.effectiveDate
    const batch = entry.kind === 'patients' ? entry.batch : undefined
    const known = key === undefined ? undefined : this.#held.get(key)
    if (key !== undefined && (known || named.has(key) || (batch !== undefined && batches.has(batch)))) {
      this.#held.set(key, {
        first: known?.first ?? day,
        says: known?.says ?? says,
        ...(known?.batch === undefined && batch === undefined ? {} : { batch: known?.batch ?? batch ?? '' }),
        amount: (known?.amount ?? 0) + amount,
        entries: [...(known?.entries ?? []), { day, entry }],
      })
    } else this.#leave(day, entry, since)
  }

  #leave(day: Day, entry: CashEntry, since: Day | undefined): void {
    this.#onNone += entry.amount
    if (since === undefined || day < since) this.#before += entry.amount
    else this.#rest.put(day, entry)
  }

  report(): BankReport {
    const { lines } = this.#lines
    const since = lines[0]?.recorded.effectiveDate
    const taken = this.#taken(lines)
    for (const [key, { entries }] of this.#held) {
      if (!taken.has(key)) for (const { day, entry } of entries) this.#leave(day, entry, since)
    }
    const all = lines.map((line) => this.#lineOf(line, taken))
    return {
      ...(since === undefined ? {} : { since }),
      lines: all.filter(({ day, unexplained }) => day >= this.#query.from || unexplained !== 0),
      total: sum(all),
      differences: all.reduce((total, { difference }) => total + difference, 0),
      inTransit: { amount: this.#onNone, before: this.#before, days: this.#rest.inOrder },
    }
  }

  /** Which line has what: what is named alone before what comes with a batch, and of two lines the earlier one. */
  #taken(lines: readonly RecordedLine[]): ReadonlyMap<string, string> {
    const taken = new Map<string, string>()
    const take = (key: string, { recorded }: RecordedLine) => {
      if (!taken.has(key)) taken.set(key, recorded.depositId)
    }
    for (const line of lines)
      for (const part of line.recorded.parts)
        if (part.kind !== 'batch' && this.#held.has(partKey(part))) take(partKey(part), line)
    const ofBatch = Map.groupBy(
      [...this.#held].filter(([, { batch }]) => batch !== undefined),
      ([, { batch }]) => batch ?? '',
    )
    for (const line of lines)
      for (const part of line.recorded.parts)
        if (part.kind === 'batch')
          for (const [key, { first }] of ofBatch.get(part.batch) ?? [])
            if (first <= line.recorded.effectiveDate) take(key, line)
    return taken
  }

  #lineOf({ recorded, explained }: RecordedLine, taken: ReadonlyMap<string, string>): BankLine {
    const { depositId, effectiveDate, reference, amount } = recorded
    const alone = new Set(recorded.parts.flatMap((part) => (part.kind === 'batch' ? [] : [partKey(part)])))
    const parts = recorded.parts.map((part): BankPart => {
      if (part.kind === 'batch') {
        const own = [...this.#held].filter(
          ([key, held]) => held.batch === part.batch && taken.get(key) === depositId && !alone.has(key),
        )
        const total = own.reduce((cents, [, held]) => cents + held.amount, 0)
        const shown = { amount: total, payments: own.length, says: `batch ${part.batch}` }
        return { kind: 'batch', batch: part.batch, ...shown, ...(own.length === 0 ? { problem: 'notInBooks' } : {}) }
      }
      const key = partKey(part)
      const held = this.#held.get(key)
      if (!held) return shownAs(part, { amount: 0, says: partWords[part.kind], problem: 'notInBooks' })
      const { says } = held
      if (taken.get(key) !== depositId) return shownAs(part, { amount: 0, says, problem: 'onAnotherLine' })
      return shownAs(part, { amount: held.amount, says })
    })
    const books = sum(parts)
    const difference = amount - books
    return {
      deposit: depositId,
      day: effectiveDate,
      reference,
      amount,
      books,
      difference,
      ...(explained ? { explained } : {}),
      unexplained: unexplainedOf(difference, explained?.difference ?? 0),
      parts,
    }
  }
}
