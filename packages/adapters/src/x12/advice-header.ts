import { type Day, parseDay } from '@daybook/core/kernel'
import type { RemittanceAdvice } from '@daybook/core/remittance'
import { amount, dayAt, type Faults, type Segment, text, written } from './elements.ts'
import type { TransactionContext } from './transaction.ts'

type Payment = NonNullable<RemittanceAdvice['payment']>
type Party = RemittanceAdvice['payer'] & RemittanceAdvice['payee']

/** What stands before the first claim of an 835: payment, trace, dates, payer (1000A) and payee (1000B). */
export class AdviceHeader {
  readonly payer: Party = { name: '' }
  readonly payee: Party = { name: '' }
  currency: string | undefined

  #money: Pick<Payment, 'handling' | 'amount' | 'creditOrDebit' | 'method' | 'dateWritten'> | undefined
  #trace: Pick<Payment, 'trace' | 'originator'> | undefined
  #hasMoney = false
  #produced: Day | undefined
  /** The party whose loop the segment stands in: 1000A from N1 PR, 1000B from N1 PE. */
  #party: Party | undefined
  readonly #context: TransactionContext
  readonly #faults: Faults

  constructor(context: TransactionContext, faults: Faults) {
    this.#context = context
    this.#faults = faults
  }

  take(segment: Segment): void {
    switch (segment[0]) {
      case 'BPR':
        this.#takeMoney(segment)
        break
      case 'TRN':
        this.#takeTrace(segment)
        break
      case 'CUR':
        this.#takeCurrency(segment)
        break
      case 'DTM':
        if (segment[1] === '405') this.#produced = dayAt(segment, 2, this.#faults)
        break
      case 'N1':
        this.#takeParty(segment)
        break
      case 'REF':
        if (segment[1] === '2U' && this.#party === this.payer) this.#reference('additionalId', segment)
        if (segment[1] === 'TJ' && this.#party === this.payee) this.#reference('taxId', segment)
    }
  }

  /** Payment and its civil day: BPR16, else DTM 405, else GS04 (postings, clarification 12). */
  finish(): Pick<RemittanceAdvice, 'payment' | 'date' | 'dateSource'> {
    const payment = this.#money && this.#trace ? { ...this.#money, ...this.#trace } : undefined
    if (!payment && !(this.#hasMoney && this.#trace)) {
      const missing = this.#hasMoney
        ? 'trace number (TRN)'
        : this.#trace
          ? 'payment (BPR)'
          : 'payment (BPR) nor trace (TRN)'
      this.#context.problem('noPayment', `the remittance has no ${missing}: it can be read, not posted`)
    }
    const paid = parseDay(this.#money?.dateWritten ?? '')
    if (paid) return { ...(payment ? { payment } : {}), date: paid, dateSource: 'BPR16' }
    const [date, dateSource] = this.#produced
      ? ([this.#produced, 'DTM405'] as const)
      : ([this.#context.groupDate, 'GS04'] as const)
    if (!date) {
      this.#context.problem('noPaymentDate', 'neither BPR16, nor DTM 405, nor GS04 gives the day of the payment')
      return payment ? { payment } : {}
    }
    if (payment) {
      const from = dateSource === 'DTM405' ? 'the production date (DTM 405)' : 'the date of the group (GS04)'
      this.#context.problem('paymentDateSubstituted', `BPR16 is no civil day; ${from}, ${date}, stands in for it`)
    }
    return { ...(payment ? { payment } : {}), date, dateSource }
  }

  #takeMoney(segment: Segment): void {
    if (this.#hasMoney) {
      this.#context.problem('badPayment', 'the transaction has more than one BPR', segment)
      return
    }
    this.#hasMoney = true
    const cents = amount(segment, 2, this.#faults)
    const creditOrDebit = written(segment, 3)
    if (cents === undefined) {
      this.#context.problem('badPayment', 'BPR02, the amount of the payment, is missing or no amount', segment)
      return
    }
    if (creditOrDebit !== 'C' && creditOrDebit !== 'D') {
      this.#context.problem('badPayment', 'BPR03 is neither C (credit) nor D (debit)', segment)
      return
    }
    this.#money = {
      handling: text(segment, 1, 2, this.#faults),
      amount: cents,
      creditOrDebit,
      method: text(segment, 4, 3, this.#faults),
      dateWritten: text(segment, 16, 20, this.#faults),
    }
  }

  #takeTrace(segment: Segment): void {
    const trace = written(segment, 2)
    if (trace === '' || this.#trace) return
    if (trace.length > 50) {
      this.#context.problem('badPayment', 'TRN02, the trace number, is longer than 50 characters', segment)
      return
    }
    this.#trace = { trace, originator: text(segment, 3, 20, this.#faults) }
  }

  #takeCurrency(segment: Segment): void {
    const currency = written(segment, 2)
    if (/^[A-Z]{3}$/.test(currency)) this.currency = currency
    else this.#context.problem('badCurrency', 'CUR02 is not a currency code of three letters', segment)
  }

  #takeParty(segment: Segment): void {
    this.#party = segment[1] === 'PR' ? this.payer : segment[1] === 'PE' ? this.payee : undefined
    if (!this.#party) return
    this.#party.name = text(segment, 2, 80, this.#faults)
    const idQualifier = text(segment, 3, 2, this.#faults)
    const id = text(segment, 4, 80, this.#faults)
    if (idQualifier) this.#party.idQualifier = idQualifier
    if (id) this.#party.id = id
  }

  #reference(name: 'additionalId' | 'taxId', segment: Segment): void {
    const value = text(segment, 2, 50, this.#faults)
    if (value && this.#party) this.#party[name] = value
  }
}
