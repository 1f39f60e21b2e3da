import { formatCents, isPosting } from '@daybook/core/kernel'
import { clearingOf, type RemittanceState, unsettled } from '@daybook/core/remittance'
import { Entries } from '@daybook/projections/controls'
import type { CheckedMoney } from './events.ts'
import type { Finding } from './finding.ts'

interface Recoupment {
  readonly account: string
  readonly reference: string
  amount: number
  exception: boolean
}

/** Events that move what stands under a payer's reference, by their place in the log. */
const ofRecoupments: readonly string[] = [
  'ProviderAdjustmentRecorded',
  'PayerTakebackPosted',
  'PayerTakebackUndone',
  'RefundAcknowledged',
]

interface Referred extends Pick<CheckedMoney, 'event' | 'position'> {
  readonly stream: string
}

interface Expected {
  readonly stream: string
  /** Σ CLP04 that is still to be posted. */
  readonly amount: number
  /** Claims of which nothing is recorded: an import that was killed is taken up by importing again. */
  readonly unrecorded: number
}

/** Adds up every account of the books while the log goes by, and says at its end what does not agree. */
export class ControlAccounts {
  readonly #balances = new Map<string, number>()
  readonly #clearing = new Map<string, Expected>()
  readonly #referred: Referred[] = []

  add(stream: string, { event, position }: CheckedMoney): void {
    if (ofRecoupments.includes(event.type)) this.#referred.push({ stream, event, position })
    if (!isPosting(event)) return
    for (const { stage, amount } of event.effects) this.#book(`receivable:${stage}`, amount)
    for (const { account, amount } of event.contra) this.#book(account, amount)
  }

  /** What a remittance, read to its end, still has to post. */
  expect(stream: string, state: RemittanceState, opened: boolean): void {
    const { received } = state
    if (!received || !opened) return
    const open = unsettled(state)
    this.#clearing.set(clearingOf(received.remittanceId), {
      stream,
      amount: open.reduce((sum, claim) => sum + (claim.paid ?? 0), 0),
      unrecorded: open.filter((claim) => !state.outcomes.has(claim.number)).length,
    })
  }

  findings(): readonly Finding[] {
    return [...this.#trialBalance(), ...this.#clearingFindings(), ...this.#recoupmentFindings()]
  }

  #book(account: string, amount: number): void {
    this.#balances.set(account, (this.#balances.get(account) ?? 0) + amount)
  }

  #trialBalance(): readonly Finding[] {
    const total = [...this.#balances.values()].reduce((sum, amount) => sum + amount, 0)
    if (total === 0) return []
    const message = `the books are ${formatCents(total)} out of balance over all streams`
    return [{ check: 'trialBalance', message, amount: total }]
  }

  #clearingFindings(): readonly Finding[] {
    const accounts = new Set([
      ...this.#clearing.keys(),
      ...[...this.#balances.keys()].filter((account) => account.startsWith('payerClearing')),
    ])
    return [...accounts].flatMap((account): readonly Finding[] => {
      const expected = this.#clearing.get(account)
      const held = -(this.#balances.get(account) ?? 0)
      const amount = held - (expected?.amount ?? 0)
      if (amount === 0) return []
      const says = `${account} holds ${formatCents(held)}, its claims still have ${formatCents(expected?.amount ?? 0)} to post`
      const why = expected && expected.unrecorded > 0 ? ': an import was interrupted, import its file again' : ''
      return [{ check: 'clearing', message: `${says}${why}`, amount, ...(expected ? { stream: expected.stream } : {}) }]
    })
  }

  /** What was taken and put off under each reference, and what accounts answered to it, in the order of the log. */
  #recoupments(): Iterable<Recoupment> {
    const entries = new Entries()
    const all = new Map<string, Recoupment>()
    for (const { stream, event } of this.#referred.sort((a, b) => a.position - b.position)) {
      for (const { account, amount, matter } of entries.of(stream, event)) {
        if (matter.kind !== 'reference') continue
        const { reference } = matter
        const key = `${account}\n${reference}`
        const known = all.get(key) ?? { account, reference, amount: 0, exception: false }
        known.amount += amount
        if (event.type === 'ProviderAdjustmentRecorded') known.exception = event.exception !== undefined
        all.set(key, known)
      }
    }
    return all.values()
  }

  /** Law P2: what a payer took or put off under a reference is even, or an exception names it. */
  #recoupmentFindings(): readonly Finding[] {
    return [...this.#recoupments()]
      .filter(({ amount, exception }) => amount !== 0 && !exception)
      .map(({ account, reference, amount }) => ({
        check: 'recoupments',
        message: `${account} has ${formatCents(amount)} for ${reference}, and no open exception names it`,
        amount,
      }))
  }
}
