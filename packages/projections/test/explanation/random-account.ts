import type { AccountEvent } from '@daybook/core/account'
import { addDays, isPosting, toDay } from '@daybook/core/kernel'
import fc from 'fast-check'
import {
  adjudicated,
  charge,
  effect,
  event,
  opened,
  type PlainAdjustment,
  patientPaid,
  plan,
} from '../history/script.ts'

type Step =
  | { readonly do: 'charge'; readonly amount: number; readonly self: boolean }
  | {
      readonly do: 'adjudicate'
      readonly paid: number
      readonly off: number
      readonly shares: readonly number[]
      readonly deny: boolean
    }
  | { readonly do: 'reverse'; readonly pick: number; readonly pending: boolean }
  | { readonly do: 'pay'; readonly amount: number }
  | { readonly do: 'bounce'; readonly pick: number }
  | { readonly do: 'writeOff'; readonly part: number }
  | { readonly do: 'undoWriteOff'; readonly pick: number }
  | { readonly do: 'place' }

const cents = fc.integer({ min: 1, max: 80_000 })
const percent = fc.integer({ min: 0, max: 100 })
const pick = fc.nat({ max: 20 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('charge' as const), amount: cents, self: fc.boolean() }),
  fc.record({
    do: fc.constant('adjudicate' as const),
    paid: percent,
    off: percent,
    shares: fc.array(percent, { maxLength: 2 }),
    deny: fc.boolean(),
  }),
  fc.record({ do: fc.constant('reverse' as const), pick, pending: fc.boolean() }),
  fc.record({ do: fc.constant('pay' as const), amount: cents }),
  fc.record({ do: fc.constant('bounce' as const), pick }),
  fc.record({ do: fc.constant('writeOff' as const), part: percent }),
  fc.record({ do: fc.constant('undoWriteOff' as const), pick }),
  fc.record({ do: fc.constant('place' as const) }),
)

/** What the little model of an account knows while a script is played: layers, payments, write-offs, adjudications. */
class Play {
  readonly events: AccountEvent[] = [...opened('2026-01-01')]
  private day = toDay('2026-01-02')
  private readonly lines: string[] = []
  private readonly adjudications: { id: string; line: string; live: boolean }[] = []
  private readonly payments: {
    id: string
    taken: { line: string; suffix: string; amount: number }[]
    amount: number
  }[] = []
  private readonly writeOffs: { id: string; line: string; suffix: string; amount: number }[] = []

  /** Sum of a layer at the stage `active`, from the events so far. */
  private active(layer: string): number {
    let total = 0
    for (const one of this.events) {
      if (!isPosting(one)) continue
      for (const { layerId, stage, amount } of one.effects) if (layerId === layer && stage === 'active') total += amount
    }
    return total
  }

  private patientLayers(): { line: string; suffix: string; open: number }[] {
    return this.lines.flatMap((line) =>
      ['', ...this.adjudications.filter((one) => one.line === line).map(({ id }) => `-${id}`)]
        .map((suffix) => ({ line, suffix, open: this.active(`${line}-pat${suffix}`) }))
        .filter(({ open }) => open > 0),
    )
  }

  play(one: Step): void {
    this.day = addDays(this.day, 1)
    this[one.do](one as never)
  }

  private charge({ amount, self }: Extract<Step, { do: 'charge' }>): void {
    const line = `L${this.lines.length + 1}`
    this.events.push(charge(line, this.day, '99213', amount, self ? 'patient' : plan))
    this.lines.push(line)
  }

  private adjudicate({ paid, off, shares, deny }: Extract<Step, { do: 'adjudicate' }>): void {
    const line = this.lines.find((id) => this.active(`${id}-cov1`) > 0)
    if (!line) return
    const open = this.active(`${line}-cov1`)
    let rest = open
    const take = (part: number): number => {
      const amount = Math.floor((rest * part) / 100)
      rest -= amount
      return amount
    }
    const pays = take(paid)
    const adjustments: PlainAdjustment[] = []
    const add = (group: string, carc: string, amount: number, disposition: PlainAdjustment['disposition']) => {
      if (amount > 0) adjustments.push({ group, carc, amount, disposition })
    }
    add('CO', '45', take(off), 'contractual')
    for (const [index, share] of shares.entries()) add('PR', String(index + 1), take(share), 'transfer')
    if (deny) add('CO', '197', rest, 'denial')
    const id = `adj${this.adjudications.length + 1}`
    this.events.push(
      ...adjudicated(id, this.day, [{ line, charge: open, paid: pays, adjustments }], { suffix: `-${id}` }),
    )
    this.adjudications.push({ id, line, live: true })
  }

  /** The exact negation of what an adjudication posted, whatever has become of the patient's part since (rule R). */
  private reverse({ pick, pending }: Extract<Step, { do: 'reverse' }>): void {
    const live = this.adjudications.filter((one) => one.live)
    const found = live[pick % Math.max(1, live.length)]
    if (!found) return
    const posted = this.events.flatMap((one) =>
      isPosting(one) && 'adjudicationId' in one && one.adjudicationId === found.id
        ? [{ effects: one.effects, contra: one.contra }]
        : [],
    )
    this.events.push(
      event('AdjudicationReversed', this.day, {
        visitId: 'v1',
        adjudicationId: found.id,
        coverageId: 'cov1',
        source: { remittanceId: 'r2', claim: 1 },
        pending,
        residual: [],
        effects: posted.flatMap(({ effects }) => effects.map((one) => ({ ...one, amount: -one.amount }))),
        contra: posted.flatMap(({ contra }) => contra.map((one) => ({ ...one, amount: -one.amount }))),
      }),
    )
    found.live = false
  }

  private pay({ amount }: Extract<Step, { do: 'pay' }>): void {
    let left = amount
    const taken = this.patientLayers().flatMap(({ line, suffix, open }) => {
      const part = Math.min(left, open)
      left -= part
      return part > 0 ? [{ line, suffix, amount: part }] : []
    })
    const id = `pay${this.events.length}`
    this.events.push(patientPaid(id, this.day, amount, taken))
    this.payments.push({ id, taken, amount })
  }

  private bounce({ pick }: Extract<Step, { do: 'bounce' }>): void {
    const index = pick % Math.max(1, this.payments.length)
    const [payment] = this.payments.splice(index, 1)
    if (!payment) return
    const allocated = payment.taken.reduce((sum, one) => sum + one.amount, 0)
    const rest = payment.amount - allocated
    this.events.push(
      event('PaymentReversed', this.day, {
        paymentId: payment.id,
        amount: payment.amount,
        kind: 'nsf',
        mode: 'economic',
        released: payment.taken.map((one) => ({
          lineId: one.line,
          layerId: `${one.line}-pat${one.suffix}`,
          amount: one.amount,
        })),
        reason: 'bank notice',
        effects: payment.taken.map((one) => effect(one.line, 'patient', one.amount, 'active', one.suffix)),
        contra: [
          { account: 'cash', amount: -payment.amount },
          ...(rest > 0 ? [{ account: 'unapplied' as const, amount: rest }] : []),
        ],
      }),
    )
  }

  private writeOff({ part }: Extract<Step, { do: 'writeOff' }>): void {
    const [layer] = this.patientLayers()
    const amount = layer ? Math.floor((layer.open * part) / 100) : 0
    if (!layer || amount === 0) return
    const id = `w${this.events.length}`
    this.events.push(
      event('WriteOffPosted', this.day, {
        visitId: 'v1',
        adjustmentId: id,
        category: 'charity',
        party: 'patient',
        lines: [{ lineId: layer.line, amount }],
        authority: { approver: 'sue' },
        reason: 'determination',
        effects: [effect(layer.line, 'patient', -amount, 'active', layer.suffix)],
        contra: [{ account: 'writeOff:charity', amount }],
      }),
    )
    this.writeOffs.push({ id, line: layer.line, suffix: layer.suffix, amount })
  }

  private undoWriteOff({ pick }: Extract<Step, { do: 'undoWriteOff' }>): void {
    const [found] = this.writeOffs.splice(pick % Math.max(1, this.writeOffs.length), 1)
    if (!found) return
    this.events.push(
      event('AdjustmentReversed', this.day, {
        visitId: 'v1',
        adjustmentId: found.id,
        lines: [{ lineId: found.line, amount: found.amount }],
        mode: 'economic',
        reason: 'denied after review',
        effects: [effect(found.line, 'patient', found.amount, 'active', found.suffix)],
        contra: [{ account: 'writeOff:charity', amount: -found.amount }],
      }),
    )
  }

  private place(): void {
    const layers = this.patientLayers()
    if (layers.length === 0) return
    this.events.push(
      event('AccountPlaced', this.day, {
        placementId: `pl${this.events.length}`,
        agencyId: 'agency1',
        kind: 'primary',
        items: layers.map(({ line, suffix, open }) => ({
          lineId: line,
          layerId: `${line}-pat${suffix}`,
          amount: open,
        })),
        approver: 'sue',
        effects: layers.flatMap(({ line, suffix, open }) => [
          effect(line, 'patient', -open, 'active', suffix),
          effect(line, 'patient', open, 'placed', suffix),
        ]),
        contra: [],
      }),
    )
  }
}

/** Histories of one account: charges, decisions and their reversal, payments and returns, write-offs, placement. */
export const arbAccount: fc.Arbitrary<readonly AccountEvent[]> = fc
  .array(step, { maxLength: 14, size: 'max' })
  .map((steps) => {
    const played = new Play()
    for (const one of steps) played.play(one)
    return played.events
  })
