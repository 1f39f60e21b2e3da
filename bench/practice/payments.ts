import { toCents } from '@daybook/core/kernel'
import type { AdviceClaim, ProviderAdjustment, RemittanceAdvice } from '@daybook/core/remittance'
import type { Cycle } from './calendar.ts'
import type { Answer, Episode, Lane } from './episode.ts'
import { type Payer, payers } from './payers.ts'
import { practice } from './people.ts'

/** An answer with the visit that it is about. */
export interface Entry {
  readonly episode: Episode
  readonly answer: Answer
}

/** One payment of one payer with what it is meant to be. */
export interface Payment {
  readonly advice: RemittanceAdvice
  readonly lane: Lane
  readonly entries: readonly Entry[]
}

const lanes: readonly Lane[] = ['regular', 'unbalanced', 'zeroPay', 'capitation', 'carried']
/** What an unbalanced payment pays more than its claims add up to, cents. */
export const OFF_BALANCE = 11_982

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)
const paidIn = (claims: readonly AdviceClaim[]): number => sum(claims.map((claim) => claim.paid ?? 0))

/**
 * Puts the answers of one cycle together: one payment a payer and lane. What a payer has taken back beyond what it pays
 * is carried forward (FB below zero) and comes off its next payment that can bear it (FB above zero).
 */
export class Cashier {
  readonly #deficits = new Map<Payer, { readonly trace: string; readonly amount: number }[]>()
  #number = 0

  payments(cycle: Cycle, episodes: readonly Episode[]): readonly Payment[] {
    return payers.flatMap((payer) =>
      lanes.flatMap((lane) => {
        const entries = episodes.flatMap((episode) =>
          episode.answers
            .filter((answer) => answer.payer === payer && answer.lane === lane)
            .filter((answer) => episode.visit.cycle + answer.after === cycle.number)
            .map((answer) => ({ episode, answer })),
        )
        const beside = episodes.flatMap(({ visit, providerLevel }) =>
          providerLevel.filter(
            (each) => each.payer === payer && each.lane === lane && visit.cycle + each.after === cycle.number,
          ),
        )
        if (entries.length === 0 && beside.length === 0) return []
        return [this.#payment(cycle, payer, lane, entries, beside)]
      }),
    )
  }

  #payment(
    cycle: Cycle,
    payer: Payer,
    lane: Lane,
    entries: readonly Entry[],
    beside: readonly { readonly code: string; readonly reference: string; readonly amount: number }[],
  ): Payment {
    this.#number += 1
    const date = cycle.answered.replaceAll('-', '')
    const trace = `${payer.prefix}${date}${String(this.#number).padStart(4, '0')}`
    const claims = entries.flatMap(({ answer }) => answer.claims).map((claim, at) => ({ ...claim, number: at + 1 }))
    const pairs = [...(lane === 'capitation' ? beside.slice(0, 1) : beside)]
    const due = () => paidIn(claims) - sum(pairs.map(({ amount }) => amount))
    if (lane === 'regular') this.#collect(payer, due, (pair) => pairs.push(pair))
    if (due() < 0) {
      const amount = -due()
      pairs.push({ code: 'FB', reference: trace, amount: -amount })
      this.#deficits.set(payer, [...(this.#deficits.get(payer) ?? []), { trace, amount }])
    }
    const amount = due() + (lane === 'unbalanced' ? OFF_BALANCE : 0)
    const advice: RemittanceAdvice = {
      controlNumber: String(this.#number).padStart(4, '0'),
      version: '005010X221A1',
      payer: { name: payer.name, ...(payer.idQualifier === 'XV' ? { idQualifier: 'XV', id: payer.id } : {}) },
      payee: { name: practice.name, idQualifier: 'XX', id: practice.npi, taxId: practice.taxId },
      payment: {
        handling: amount === 0 ? 'H' : 'I',
        amount: toCents(amount),
        creditOrDebit: 'C',
        method: amount === 0 ? 'NON' : payer.filingIndicator === 'HM' ? 'CHK' : 'ACH',
        dateWritten: date,
        trace,
        originator: payer.originator,
      },
      date: cycle.answered,
      dateSource: 'BPR16',
      claims,
      providerAdjustments: pairs.map(
        ({ code, reference, amount: each }): ProviderAdjustment => ({
          provider: practice.npi,
          fiscalPeriodEnd: `${date.slice(0, 4)}1231`,
          code,
          reference,
          amount: toCents(each),
        }),
      ),
    }
    return { advice, lane, entries }
  }

  /** Earlier deficits, oldest first, as far as this payment can bear them. */
  #collect(
    payer: Payer,
    due: () => number,
    add: (pair: { code: string; reference: string; amount: number }) => void,
  ): void {
    const open = this.#deficits.get(payer) ?? []
    const left = open.filter(({ trace, amount }) => {
      if (due() < amount) return true
      add({ code: 'FB', reference: trace, amount })
      return false
    })
    this.#deficits.set(payer, left)
  }
}

/**
 * The same payment sent once more with other content: one claim gives a dollar less as a reduction and a dollar more
 * as the patient's share. Trace, date and amount stay.
 */
export const reissued = ({ advice }: Payment): RemittanceAdvice | undefined => {
  const at = advice.claims.findIndex(isOrdinary)
  const claim = advice.claims[at]
  const [line, ...others] = claim?.lines ?? []
  if (!claim || !line) return undefined
  const adjustments = [
    ...line.adjustments.map((each) => (each.carc === '45' ? { ...each, amount: toCents(each.amount - 100) } : each)),
    { group: 'PR', carc: '2', amount: toCents(100) },
  ]
  const changed: AdviceClaim = {
    ...claim,
    patientResponsibility: toCents((claim.patientResponsibility ?? 0) + 100),
    lines: [{ ...line, adjustments }, ...others],
  }
  return { ...advice, claims: advice.claims.map((each, place) => (place === at ? changed : each)) }
}

const isOrdinary = (claim: AdviceClaim): boolean =>
  claim.status === '1' &&
  claim.adjustments.length === 0 &&
  (claim.lines[0]?.adjustments.some(({ carc, amount }) => carc === '45' && amount > 100) ?? false) &&
  (claim.lines[0]?.adjustments.every(({ carc }) => carc !== '2') ?? false)
