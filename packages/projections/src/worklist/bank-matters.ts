import type { DepositEvent, DepositRecorded } from '@daybook/core/deposit'
import type { Day } from '@daybook/core/kernel'
import { type CashEvent, type Movement, Movements } from '../controls/cash-entries.ts'
import type { StreamPage } from './streams.ts'

// What the view keeps of cash and of the bank's statement: enough to hold each line against the books on any day. No names,
// and no words of a person: a view is not shredded.

/** Money that a line of the bank can name. Cents. */
export interface CashMatter {
  /** What the books call it: kind, owner, id. */
  readonly key: string
  readonly day: Day
  readonly amount: number
  /** The deposit batch of a patient's payment. */
  readonly batch?: string
}

export interface DepositMatters {
  /** As it was recorded last; absent after it was withdrawn. */
  readonly recorded?: Pick<DepositRecorded, 'depositId' | 'effectiveDate' | 'reference' | 'amount' | 'parts'>
  /** Position of that in the log: of two lines of a day, which came first. */
  readonly at: number
  /** What of the difference a person has explained, cents. */
  readonly explained?: number
}

/** Takes what moved cash from a stream, page by page. */
export const cashOf = (stream: string) => {
  const movements = new Movements()
  return (page: StreamPage<CashEvent>): readonly CashMatter[] =>
    page.flatMap(({ event }): readonly CashMatter[] => {
      const moved = movements.of(stream, event)
      if (moved?.key === undefined) return []
      const { key, day, amount, entry } = moved
      const batch = entry.kind === 'patients' ? entry.batch : undefined
      return [{ key, day, amount, ...(batch === undefined ? {} : { batch }) }]
    })
}

/** A line of the bank after one more event. */
export const depositMattersAfter = (
  matters: DepositMatters | undefined,
  event: DepositEvent,
  position: number,
): DepositMatters => {
  switch (event.type) {
    case 'DepositRecorded': {
      const { depositId, effectiveDate, reference, amount, parts } = event
      return { recorded: { depositId, effectiveDate, reference, amount, parts }, at: position }
    }
    case 'DepositWithdrawn':
      return { at: position }
    case 'DepositExplained':
      return { at: position, ...matters, explained: event.difference }
  }
}

const kinds: Readonly<Record<string, string>> = {
  reversal: 'payment taken back',
  remittance: 'advice',
  payerRefund: 'refund to the payer',
  payerWithhold: 'withhold that came back',
}

/** As the bank's lines are held against it. */
export const movementOf = ({ key, day, amount, batch }: CashMatter): Movement => {
  const [kind = '', , id = ''] = key.split(' ')
  const said = `${kinds[kind] ?? kind} ${id}`.trim()
  if (batch === undefined)
    return { day, amount, key, says: said, entry: { kind: 'other', event: kind, count: 1, amount } }
  return { day, amount, key, says: said, entry: { kind: 'patients', batch, tender: '', payments: 1, amount } }
}
