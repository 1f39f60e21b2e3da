import type { AccountState } from '@daybook/core/account'
import type { Day, Earliest, Of, RuleHit } from '@daybook/core/kernel'
import type { RemittanceEvent } from '@daybook/core/remittance'
import type { Gate } from '@daybook/core/rules'
import type { Answer } from './queues/recoupment-answers.ts'
import type { ScoreInputs } from './score.ts'
import type { Work, WorkContext } from './work.ts'

// What a queue is. Whoever owns some work says three things about it: the matters that the view keeps of a stream, under
// a number of their own; the work that they make as of a day; and what the queues are called.

/** What any queues have: how they are called, and the number of what the view keeps for them. */
export interface Kept<Name extends string = string> {
  /** Its queues (reference §11.1). Each queue has one owner. */
  readonly names: readonly Name[]
  /** Number of the form of its matters. Raised by one when they change: the view is built again (see documents.ts). */
  readonly version: number
}

/** What a gate's rules say of an account as of a day, without anybody having asked for the thing itself. */
export interface GateFindings {
  readonly pass: boolean
  readonly hits: readonly RuleHit[]
  /** From when on all would pass, where every hit names one. */
  readonly earliest?: Earliest | undefined
}

/** Work for which a gate is asked first. The whole account is folded for it, so not without need. */
interface Reviewed<Name extends string, Matters, Asked extends Gate> {
  readonly gate: Asked
  readonly queue: NoInfer<Name>
  /** Whether a look is worth while. */
  readonly isWorthALook: (matters: Matters, context: WorkContext) => boolean
  readonly work: (matters: Matters, findings: GateFindings, context: WorkContext) => readonly Work<NoInfer<Name>>[]
}

/** The queues of one facet of an account. */
export interface FacetQueues<Name extends string, Matters, Asked extends Gate> extends Kept<Name> {
  /** What the view keeps for them: JSON, small, the same for every day that may be asked for. */
  readonly matters: (state: AccountState) => Matters
  readonly work: (matters: Matters, context: WorkContext) => readonly Work<NoInfer<Name>>[]
  /** What the facet knows of how the patient pays: it counts for all work in which the patient is asked. */
  readonly patientInputs?: (matters: Matters, context: WorkContext) => Partial<ScoreInputs>
  readonly reviewed?: Reviewed<Name, Matters, Asked>
}

/** Names what it is given, so that names, matters and gate are read from it. */
export const facetQueues = <const Name extends string, Matters, const Asked extends Gate = never>(
  queues: FacetQueues<Name, Matters, Asked>,
): FacetQueues<Name, Matters, Asked> => queues

/** Which remittance it is, in what its work says. */
export interface RemittanceHeading {
  readonly remittance: string
  readonly payer: string
  readonly payerId: string
  readonly trace: string
  /** Cents: what the payer says it pays. */
  readonly amount: number
  /** The day on which it was taken in. */
  readonly receivedOn: Day
  /** BPR16; absent where the advice names none. */
  readonly paymentDate?: Day
}

/** What payments of the same payers say of each other's work. */
export interface AmongPayments {
  /** Positions at which references were last even again by any of the payers' payments (`payer|reference`). */
  readonly evened: ReadonlyMap<string, number>
  /** What is left of forwarded balances, cents, by the position of their pair. */
  readonly forwarded: ReadonlyMap<number, number>
  /** What is left of what payers have kept or given beside their claims, cents, by account and position. */
  readonly beside: ReadonlyMap<string, number>
}

/** What the work on one remittance is computed for. */
export interface RemittanceContext extends WorkContext, RemittanceHeading, AmongPayments {
  /** What accounts have said to what this remittance took or showed. */
  readonly answers: readonly Answer[]
}

/** Queues of remittances. Their matters are folded from the remittance's own events. */
export interface RemittanceQueues<Name extends string, Matters, Heard extends RemittanceEvent['type']>
  extends Kept<Name> {
  readonly initial: Matters
  /** `at`: the position of the event in the log, for what is told by which came first. */
  readonly after: { readonly [T in Heard]: (matters: Matters, event: Of<RemittanceEvent, T>, at: number) => Matters }
  readonly work: (matters: Matters, context: RemittanceContext) => readonly Work<NoInfer<Name>>[]
}

/** Names what it is given, so that names, matters and the events heard of are read from it. */
export const remittanceQueues = <const Name extends string, Matters, Heard extends RemittanceEvent['type']>(
  queues: RemittanceQueues<Name, Matters, Heard>,
): RemittanceQueues<Name, Matters, Heard> => queues
