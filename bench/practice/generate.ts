import type { ClaimSubmission } from '@daybook/core/account'
import { addDays, type Day } from '@daybook/core/kernel'
import { claimImbalances, type RemittanceAdvice, transactionImbalance } from '@daybook/core/remittance'
import { VisitBooks } from './books.ts'
import { CYCLES, type Cycle, cyclesBetween } from './calendar.ts'
import { deal } from './deck.ts'
import { type Episode, type Office, someone, type Wish } from './episode.ts'
import type { ExpectedTransaction, Oracle } from './oracle.ts'
import { Cashier, OFF_BALANCE, type Payment, reissued } from './payments.ts'
import type { Insured } from './people.ts'
import { type Random, seeded } from './random.ts'
import { visitOf } from './visit.ts'

/** What a practice is made from. Same options, same files to the byte. */
export interface PracticeOptions {
  readonly seed: number
  /** Visits, each with its first claim. */
  readonly claims: number
  /** The first day of service and the day of the last answer. */
  readonly from: Day
  readonly to: Day
}

export type PracticeFile =
  | { readonly name: string; readonly kind: '837'; readonly date: Day; readonly documents: readonly ClaimSubmission[] }
  | { readonly name: string; readonly kind: '835'; readonly date: Day; readonly documents: readonly RemittanceAdvice[] }

export interface Practice {
  /** In the order in which they are to be imported, which is the order of their names. */
  readonly files: readonly PracticeFile[]
  readonly oracle: Oracle
}

const officeOf = (random: Random, cycles: readonly Cycle[]): Office => {
  const known = new Map<string, Insured[]>()
  let visits = 0
  let answers = 0
  const patientFor = (wish: Wish): Insured => {
    if (!wish.usual) return someone(random, wish)
    const key = wish.payers.map(({ name }) => name).join()
    const list = known.get(key) ?? []
    known.set(key, list)
    if (list.length > 0 && random.chance(35)) return random.pick(list)
    const insured = someone(random, wish)
    list.push(insured)
    return insured
  }
  return {
    random,
    visit: (wish) => {
      visits += 1
      const cycle = cycles[wish.cycle ?? random.int(CYCLES - (wish.room ?? 0))]
      if (!cycle) throw new RangeError(`no cycle ${wish.cycle}`)
      const number = `V${String(visits).padStart(5, '0')}${random.digits(3)}`
      return visitOf(random, number, patientFor(wish), cycle, wish)
    },
    controlNumber: (payer) => {
      answers += 1
      return `${payer.prefix}${random.digits(5)}${String(answers).padStart(6, '0')}`
    },
  }
}

const submissionOf = (
  cycle: Cycle,
  kind: 'professional' | 'institutional',
  episodes: readonly Episode[],
): readonly ClaimSubmission[] => {
  const claims = episodes
    .filter(({ visit }) => visit.kind === kind)
    .flatMap(({ visit, sends }) => sends.filter((send) => visit.cycle + send.after === cycle.number))
    .map(({ claim }, at) => ({ ...claim, number: at + 1 }))
  if (claims.length === 0) return []
  const place = cycle.number * 2 + (kind === 'professional' ? 1 : 2)
  return [
    {
      controlNumber: String(place).padStart(4, '0'),
      version: kind === 'professional' ? '005010X222A1' : '005010X223A2',
      reference: `BATCH${String(place).padStart(4, '0')}`,
      created: cycle.claimsSent,
      purpose: '00',
      claims,
    },
  ]
}

/** The payments that must balance do, and those that must not do not: a defect of the generator stops it. */
const assertBalances = ({ advice, lane, entries }: Payment): void => {
  const off = transactionImbalance(advice)
  if (off !== (lane === 'unbalanced' ? OFF_BALANCE : 0))
    throw new RangeError(`${advice.payment?.trace}: B6 is off by ${off}`)
  for (const { episode, answer } of entries) {
    const found = answer.claims.flatMap(claimImbalances)
    if (found.length > 0 !== (answer.holds === true))
      throw new RangeError(`${episode.scenario} ${episode.visit.controlNumber}: ${JSON.stringify(found)}`)
  }
}

const expected = (file: string, payment: Payment, again = false): ExpectedTransaction => {
  const { advice, lane, entries } = payment
  const held = again || lane === 'unbalanced' ? [] : entries.filter(({ answer }) => answer.holds)
  const verdict = lane === 'unbalanced' ? 'held' : held.length > 0 ? 'partial' : 'posted'
  return {
    file,
    trace: advice.payment?.trace ?? '',
    payer: advice.payer.name,
    amount: advice.payment?.amount ?? 0,
    verdict: again ? 'duplicate' : verdict,
    reasons: verdict === 'held' && !again ? ['outOfBalance'] : [],
    claims: advice.claims.length,
    heldClaims: held.map(({ episode }) => episode.visit.controlNumber),
    heldAmount: held.flatMap(({ answer }) => answer.claims).reduce((sum, claim) => sum + (claim.paid ?? 0), 0),
  }
}

/** Names of control accounts by PLB code, as postings.md has them. */
const accountOfCode: Readonly<Record<string, string>> = {
  WO: 'payerRecoupment',
  '72': 'payerRecoupment',
  FB: 'forwardBalance',
  L6: 'interestIncome',
  CT: 'capitationIncome',
  CS: 'providerAdjustment',
}

class Ledger {
  readonly books = new Map<string, VisitBooks>()
  readonly transactions: ExpectedTransaction[] = []
  readonly #control = new Map<string, number>()

  of({ visit }: Episode): VisitBooks {
    const books = this.books.get(visit.controlNumber) ?? new VisitBooks()
    this.books.set(visit.controlNumber, books)
    return books
  }

  #add(account: string, amount: number): void {
    this.#control.set(account, (this.#control.get(account) ?? 0) + amount)
  }

  receive(file: string, payment: Payment): void {
    const entry = expected(file, payment)
    this.transactions.push(entry)
    if (entry.verdict === 'held') return
    this.#add('cash', entry.amount)
    this.#add('payerClearing', -entry.heldAmount)
    for (const { code, amount } of payment.advice.providerAdjustments) {
      this.#add(accountOfCode[code] ?? `PLB ${code}`, amount)
    }
    for (const { episode, answer } of payment.entries) answer.apply(this.of(episode))
  }

  control(): Readonly<Record<string, number>> {
    for (const books of this.books.values()) {
      this.#add('revenue', -books.charged)
      this.#add('contractual', books.contractual)
    }
    return Object.fromEntries([...this.#control].filter(([, amount]) => amount !== 0).sort())
  }
}

/** Cycle whose answers come a second time, and cycle one payment of which comes again with other content. */
const REPEATED = 2
const REISSUED = 3

/** A practice of so many visits: its claims, its payers' answers, and what they must come to. */
export const generatePractice = (options: PracticeOptions): Practice => {
  const random = seeded(options.seed)
  const cycles = cyclesBetween(options.from, options.to)
  const episodes = deal(officeOf(random, cycles), options.claims)
  const cashier = new Cashier()
  const ledger = new Ledger()
  const files: PracticeFile[] = []
  for (const cycle of cycles) {
    const documents = [
      ...submissionOf(cycle, 'professional', episodes),
      ...submissionOf(cycle, 'institutional', episodes),
    ]
    files.push({ name: `${cycle.claimsSent}-claims.837`, kind: '837', date: cycle.claimsSent, documents })
    for (const episode of episodes) {
      for (const send of episode.sends) {
        if (episode.visit.cycle + send.after === cycle.number) send.apply(ledger.of(episode))
      }
    }
    const payments = cashier.payments(cycle, episodes)
    const name = `${cycle.answered}-remittances.835`
    const advices = payments.map(({ advice }) => advice)
    files.push({ name, kind: '835', date: cycle.answered, documents: advices })
    for (const payment of payments) {
      assertBalances(payment)
      ledger.receive(name, payment)
    }
    if (cycle.number === REPEATED) {
      const again = `${addDays(cycle.answered, 2)}-remittances-again.835`
      files.push({ name: again, kind: '835', date: cycle.answered, documents: advices })
      ledger.transactions.push(...payments.map((payment) => expected(again, payment, true)))
    }
    if (cycle.number === REISSUED) {
      const date = addDays(cycle.answered, 2)
      const conflict = payments.flatMap((payment) => {
        const advice = payment.lane === 'regular' ? reissued(payment) : undefined
        return advice ? [{ payment, advice }] : []
      })[0]
      if (conflict) {
        const file = `${date}-remittance-reissued.835`
        files.push({ name: file, kind: '835', date, documents: [conflict.advice] })
        const entry = expected(file, { ...conflict.payment, entries: [] })
        ledger.transactions.push({ ...entry, verdict: 'held', reasons: ['conflict'] })
      }
    }
  }
  const scenarios = new Map(episodes.map(({ scenario, visit }) => [visit.controlNumber, scenario]))
  const visits = new Map(
    [...ledger.books].map(([number, books]) => [
      number,
      { scenario: scenarios.get(number) ?? '', balances: books.balances(), held: books.held },
    ]),
  )
  return { files, oracle: { transactions: ledger.transactions, visits, control: ledger.control() } }
}
