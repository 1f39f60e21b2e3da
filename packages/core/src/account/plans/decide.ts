import type { Decide } from '../../kernel/decision.ts'
import type { Context } from '../context.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import { acceptPlan, amendPlan, proposePlan } from './agree.ts'
import { deferPlan, disclosePlan, reagePlan, recordPlanNotice } from './changes.ts'
import type { PlanCommand } from './commands.ts'
import { cancelPlan, curePlan, evaluatePlan, resumePlan } from './evaluate.ts'

export const decide: Decide<AccountState, PlanCommand, AccountEvent, Context> = {
  ProposePlan: proposePlan,
  AcceptPlan: acceptPlan,
  AmendPlan: amendPlan,
  CancelPlan: cancelPlan,
  EvaluatePlan: evaluatePlan,
  CurePlan: curePlan,
  ResumePlan: resumePlan,
  DisclosePlan: disclosePlan,
  DeferPlan: deferPlan,
  ReagePlan: reagePlan,
  RecordPlanNotice: recordPlanNotice,
}
