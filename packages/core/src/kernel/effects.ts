import { z } from 'zod'
import { type Cents, nonZeroCents, sumOf, toCents } from './cents.ts'
import { classified, oneOf } from './classes.ts'
import { day } from './day.ts'
import { type CoverageId, coverageId, layerId, lineId } from './ids.ts'

/** Who owes: a coverage or the patient. Primary and secondary are labels of a day, never keys (errata 2). */
export const party = z.union([classified(z.literal('patient'), 'code'), z.strictObject({ coverageId })])
export type Party = z.infer<typeof party>
/** The patient as a party. */
export const PATIENT = 'patient' as const

/** A party as a map key and a report dimension: `patient` or the coverage id. */
export const partyKey = (value: Party): string => (value === PATIENT ? PATIENT : value.coverageId)
/** A coverage as a party. */
export const coverageParty = (id: CoverageId): Party => ({ coverageId: id })
/** Whether two values name one party. */
export const sameParty = (a: Party, b: Party): boolean => partyKey(a) === partyKey(b)

/** Where an amount is worked. `active` and `placed` are receivable; `badDebt` is memo only (errata 10). */
export const stage = oneOf(['active', 'placed', 'badDebt'])
export type Stage = z.infer<typeof stage>

/** A signed change of what is owed: cents, never zero. The only thing that balances, aging and reports add up. */
export const effect = z.strictObject({ lineId, layerId, party, stage, amount: nonZeroCents })
export interface Effect extends z.infer<typeof effect> {}

/** A layer that an event opens: an amount with its own age, immutable but for `AccountReaged` (errata 11). */
export const layer = z.strictObject({ layerId, lineId, party, agingFrom: day })
export interface Layer extends z.infer<typeof layer> {}

/**
 * The other side of an event's effects. Named accounts of `postings.md`; some carry a payer, remittance, code or
 * category after a colon. Debit-positive.
 */
export const controlAccountNames = [
  'revenue',
  'contractual',
  'priorPayerUnverified',
  'writeOff',
  'withhold',
  'cash',
  'unapplied',
  'payerClearing',
  'payerRecoupment',
  'forwardBalance',
  'providerAdjustment',
  'refundsPayable',
  'refundReceivable',
  'inTransit',
  'badDebtExpense',
  'recoveryIncome',
  'commission',
  'feeIncome',
  'memoBadDebt',
  'memoContra',
  'interestIncome',
  'capitationIncome',
  'withholdReceivable',
  'taxReceivable',
  'levyReceivable',
  'openingBalance',
] as const
export type ControlAccountName = (typeof controlAccountNames)[number]
/**
 * A control account by its name, with its payer, remittance, code or category where it has one: `cash`,
 * `writeOff:charity`.
 */
export type ControlAccount = ControlAccountName | `${ControlAccountName}:${string}`

/** Whether a text names a control account: one of the names, with or without what follows a colon. */
export const isControlAccount = (value: unknown): value is ControlAccount =>
  typeof value === 'string' &&
  value.length <= 120 &&
  (controlAccountNames as readonly string[]).includes(value.split(':', 1)[0] ?? '')

const controlAccount = classified(z.custom<ControlAccount>(isControlAccount, 'not a control account'), 'code')

/** An amount on a control account, cents, debit-positive. */
export const contra = z.strictObject({ account: controlAccount, amount: nonZeroCents })
export interface Contra extends z.infer<typeof contra> {}

/** What every money event carries. `decide` computes it once; `evolve` only adds it (design §3.2). */
export const posting = {
  effects: z.array(effect),
  contra: z.array(contra),
  opens: z.array(layer).optional(),
}
/** An event that moves money: its effects and contra entries add up to zero (law A1). */
export interface Posting {
  readonly effects: readonly Effect[]
  readonly contra: readonly Contra[]
  readonly opens?: readonly Layer[] | undefined
}

/** Whether an event moves money. */
export const isPosting = (event: object): event is Posting => 'effects' in event && 'contra' in event

/** Memo stages are outside the receivable: their effects balance against memo accounts. */
export const isReceivable = (value: Stage): boolean => value !== 'badDebt'

/** Law A1: effects plus contra of one event are zero. Returns the difference, 0 when it balances. */
export const imbalance = (posted: Posting): Cents =>
  sumOf([...posted.effects, ...posted.contra], (entry) => entry.amount)

/** Adds contra entries of one account into one, drops zeros: the shape in which events store them. */
export const netContra = (entries: Iterable<{ account: ControlAccount; amount: number }>): Contra[] => {
  const totals = new Map<ControlAccount, Cents>()
  for (const { account, amount } of entries) totals.set(account, toCents((totals.get(account) ?? 0) + amount))
  return [...totals].filter(([, amount]) => amount !== 0).map(([account, amount]) => ({ account, amount }))
}
