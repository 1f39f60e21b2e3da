import type { AccountCommandInput } from '../../account/rooms.ts'
import type { Random } from '../random.ts'
import { advice } from './advice.ts'
import { bringForward, charge, release, reverseAdjustment, transfer, voidCharge, writeOff } from './charges.ts'
import { resolveDenial, resolveWorkItem, takeback } from './claims.ts'
import { addCoverage, completeCoverage, setCobOrder, terminateCoverage } from './coverages.ts'
import type { CommandType, Generate, Moment } from './moment.ts'
import { apply, deallocate, fail, payment, reverse, settle } from './money.ts'
import { place, recall, review } from './placement.ts'
import { acceptPlan, amendPlan, cancelPlan, curePlan, evaluatePlan, proposePlan } from './plans.ts'
import { acknowledgeRefund, approveRefund, clearRefund, issueRefund, voidRefund } from './refunds.ts'
import { confirmGuarantor, openAccount, openVisit, registerPatient } from './registration.ts'
import { submitClaim } from './submissions.ts'

/** How one kind of command comes into the life of an account. */
interface Way<T extends CommandType> {
  readonly make: Generate<T>
  /** How often it is drawn at a desk, beside the others; 0: only where a life begins. */
  readonly often: number
  /** The same at a collections desk. */
  readonly collecting: number
  /** What is given where the account has nothing for this: what has to come before it. Absent: a charge. */
  readonly instead?: CommandType
}

/** A way for every command there is: one that is missing does not compile, so no law can fail to meet it. */
export const ways: { readonly [T in CommandType]: Way<T> } = {
  OpenAccount: { make: openAccount, often: 0, collecting: 0 },
  BringForward: { make: bringForward, often: 0, collecting: 0 },
  ConfirmGuarantor: { make: confirmGuarantor, often: 1, collecting: 0 },
  RegisterPatient: { make: registerPatient, often: 1, collecting: 0 },
  OpenVisit: { make: openVisit, often: 1, collecting: 0 },

  AddCoverage: { make: addCoverage, often: 3, collecting: 0 },
  CompleteCoverage: { make: completeCoverage, often: 1, collecting: 0, instead: 'RecordSubmittedClaim' },
  TerminateCoverage: { make: terminateCoverage, often: 2, collecting: 0, instead: 'AddCoverage' },
  SetCobOrder: { make: setCobOrder, often: 1, collecting: 0, instead: 'AddCoverage' },

  PostCharge: { make: charge, often: 7, collecting: 4 },
  VoidCharge: { make: voidCharge, often: 2, collecting: 2 },
  TransferResponsibility: { make: transfer, often: 4, collecting: 2, instead: 'AddCoverage' },
  ReleaseResponsibility: { make: release, often: 2, collecting: 0 },
  WriteOff: { make: writeOff, often: 4, collecting: 2 },
  ReverseAdjustment: { make: reverseAdjustment, often: 2, collecting: 2, instead: 'WriteOff' },

  PostPayment: { make: payment, often: 6, collecting: 5 },
  SettlePayment: { make: settle, often: 2, collecting: 0, instead: 'PostPayment' },
  FailPayment: { make: fail, often: 1, collecting: 0, instead: 'PostPayment' },
  ApplyUnapplied: { make: apply, often: 4, collecting: 2, instead: 'PostPayment' },
  DeallocatePayment: { make: deallocate, often: 2, collecting: 2, instead: 'PostPayment' },
  ReversePayment: { make: reverse, often: 4, collecting: 2, instead: 'PostPayment' },

  PostRemittedClaims: { make: advice, often: 12, collecting: 2 },
  RecordSubmittedClaim: { make: submitClaim, often: 4, collecting: 0 },
  ResolveDenial: { make: resolveDenial, often: 2, collecting: 0, instead: 'PostRemittedClaims' },
  ResolveWorkItem: { make: resolveWorkItem, often: 2, collecting: 0, instead: 'RecordSubmittedClaim' },
  PostTakeback: { make: takeback, often: 2, collecting: 0, instead: 'PostRemittedClaims' },
  AcknowledgeRefund: { make: acknowledgeRefund, often: 3, collecting: 0, instead: 'IssueRefund' },

  ApproveRefund: { make: approveRefund, often: 4, collecting: 2 },
  IssueRefund: { make: issueRefund, often: 4, collecting: 0, instead: 'ApproveRefund' },
  ClearRefund: { make: clearRefund, often: 1, collecting: 0, instead: 'IssueRefund' },
  VoidRefund: { make: voidRefund, often: 1, collecting: 0, instead: 'IssueRefund' },

  ProposePlan: { make: proposePlan, often: 2, collecting: 3 },
  AcceptPlan: { make: acceptPlan, often: 1, collecting: 3, instead: 'ProposePlan' },
  EvaluatePlan: { make: evaluatePlan, often: 3, collecting: 14, instead: 'AcceptPlan' },
  CurePlan: { make: curePlan, often: 1, collecting: 1, instead: 'AcceptPlan' },
  AmendPlan: { make: amendPlan, often: 1, collecting: 1, instead: 'AcceptPlan' },
  CancelPlan: { make: cancelPlan, often: 1, collecting: 0, instead: 'AcceptPlan' },

  ReviewForPlacement: { make: review, often: 1, collecting: 1 },
  PlaceAccount: { make: place, often: 3, collecting: 5 },
  RecallAccount: { make: recall, often: 2, collecting: 4, instead: 'PlaceAccount' },
}

const drawn = (how: 'often' | 'collecting'): readonly CommandType[] =>
  (Object.keys(ways) as CommandType[]).flatMap((type) => Array.from({ length: ways[type][how] }, () => type))

const desks = { often: drawn('often'), collecting: drawn('collecting') }

const commandOf = (type: CommandType, random: Random, moment: Moment): AccountCommandInput => {
  const { make, instead = 'PostCharge' } = ways[type]
  return make(random, moment) ?? commandOf(instead, random, moment)
}

/** One command for an account as it stands, good or bad, as they come at one of the desks. */
export const draw = (desk: keyof typeof desks, random: Random, moment: Moment): AccountCommandInput =>
  commandOf(random.pick(desks[desk]), random, moment)
