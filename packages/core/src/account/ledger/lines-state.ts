import type { Cents } from '../../kernel/cents.ts'
import { addDays, type Day, daysBetween } from '../../kernel/day.ts'
import { PATIENT, type Party } from '../../kernel/effects.ts'
import type { LineId, VisitId } from '../../kernel/ids.ts'
import type { Questions, Table } from '../../kernel/table.ts'
import type { RefundOwedAgain } from '../credits/events.ts'
import type { BalanceBroughtForward, ChargePosted } from './events.ts'

/** One charge line as posted. Balances are in the layers. */
export interface Line {
  readonly lineId: LineId
  readonly visitId: VisitId
  readonly code: string
  readonly modifiers: readonly string[]
  readonly units: string
  readonly revenueCode?: string | undefined
  readonly lineControlNumber?: string | undefined
  /** It points at a diagnosis of its claim (SV107). */
  readonly diagnosed?: true | undefined
  /** Known from a payer's advice alone. */
  readonly echoed?: boolean | undefined
  /** The days are those of the paper, which named none of the service. */
  readonly daysAssumed?: boolean | undefined
  readonly dosFrom: Day
  readonly dosTo: Day
  /** The charge; 0 for a line that was brought forward without one. */
  readonly amount: Cents
  readonly firstParty: Party
  readonly voided: boolean
  /** Where it is voided: from when. */
  readonly voidedOn?: Day
  /** Converted from an older book: a balance, not a charge of ours. */
  readonly broughtForward: boolean
  /** Of no service: a refund that its guarantor owes again (clarification 34). Its visit id is no visit's. */
  readonly returnedRefund?: true
  readonly financialClass?: string | undefined
  readonly location?: string | undefined
  readonly provider?: string | undefined
}

/** The code of a line that is a refund owed again. */
export const RETURNED_REFUND = 'returnedRefund'

/** A stay longer than this is looked at for every day. */
export const LONGEST_SPAN = 62

/** A line of no day that the paper named, or of too many, may be of any. */
export const ANY_DAY = 'any'

/** The days of a line, each once. */
const daysOf = ({ dosFrom, dosTo, daysAssumed }: Line): readonly string[] => {
  const length = daysBetween(dosFrom, dosTo)
  if (daysAssumed || length < 0 || length >= LONGEST_SPAN) return [ANY_DAY]
  return Array.from({ length: length + 1 }, (_, after) => addDays(dosFrom, after))
}

export const ofLines = {
  by: { visit: (line: Line) => line.visitId, day: daysOf },
} satisfies Questions<Line>

/** What a fold writes lines into. */
export interface LineBuilder {
  lines: Table<LineId, Line, typeof ofLines>
  booksBegin?: Day | undefined
}

/** What a guarantor owes again on a line that is of no service. */
const returnedRefund = ({ owedOn, amount, effectiveDate }: RefundOwedAgain): Line | undefined =>
  owedOn && {
    ...owedOn,
    code: RETURNED_REFUND,
    modifiers: [],
    units: '1',
    dosFrom: effectiveDate,
    dosTo: effectiveDate,
    amount,
    firstParty: PATIENT,
    voided: false,
    broughtForward: false,
    returnedRefund: true,
  }

const addLine = (ledger: LineBuilder, line: Line): void => {
  ledger.lines.set(line.lineId, line)
}

/** Lines come first: a layer that an event opens takes its visit from its line. Runs before the event's effects. */
export const before = {
  ChargePosted: (ledger: LineBuilder, event: ChargePosted) => {
    addLine(ledger, {
      lineId: event.lineId,
      visitId: event.visitId,
      code: event.code,
      modifiers: event.modifiers,
      units: event.units,
      revenueCode: event.revenueCode,
      lineControlNumber: event.lineControlNumber,
      ...(event.diagnosisPointers?.length ? { diagnosed: true } : {}),
      echoed: event.echoed,
      daysAssumed: event.daysAssumed,
      dosFrom: event.dosFrom,
      dosTo: event.dosTo,
      amount: event.amount,
      firstParty: event.party,
      voided: false,
      broughtForward: false,
      financialClass: event.financialClass,
      location: event.location,
      provider: event.provider,
    })
  },
  BalanceBroughtForward: (ledger: LineBuilder, event: BalanceBroughtForward) => {
    ledger.booksBegin = event.booksBegin
    for (const line of event.lines) {
      if (ledger.lines.has(line.lineId)) continue
      addLine(ledger, {
        lineId: line.lineId,
        visitId: event.visitId,
        code: line.code,
        modifiers: [],
        units: '1',
        dosFrom: line.dosFrom,
        dosTo: line.dosFrom,
        amount: line.originalCharge ?? (0 as Cents),
        firstParty: line.party,
        voided: false,
        broughtForward: true,
        financialClass: event.financialClass,
        location: event.location,
        provider: event.provider,
      })
    }
  },
  RefundOwedAgain: (ledger: LineBuilder, event: RefundOwedAgain) => {
    const line = returnedRefund(event)
    if (line) addLine(ledger, line)
  },
}
