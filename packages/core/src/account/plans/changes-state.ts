import type {
  PlanDeferred,
  PlanDisclosed,
  PlanNoticeSent,
  PlanPartHeld,
  PlanPartReleased,
  PlanReaged,
} from './events.ts'
import { offerEnded, type PlanBuilder, reschedule, update } from './plan-state.ts'

// How the slice changes with what is changed, held, said and disclosed of a plan.

export const changes = {
  PlanPartHeld: (slice: PlanBuilder, { planId, held, schedule, effectiveDate }: PlanPartHeld) =>
    update(slice, planId, (plan) => reschedule({ ...plan, held }, schedule, effectiveDate)),
  PlanPartReleased: (slice: PlanBuilder, { planId, schedule, effectiveDate }: PlanPartReleased) =>
    update(slice, planId, (plan) => reschedule({ ...plan, held: 0 }, schedule, effectiveDate)),
  PlanDeferred: (slice: PlanBuilder, { planId, months, schedule, effectiveDate }: PlanDeferred) =>
    update(slice, planId, (plan) => ({
      ...reschedule(plan, schedule, effectiveDate),
      ...offerEnded(plan, effectiveDate),
      amendedOn: [...plan.amendedOn, effectiveDate],
      deferrals: [...plan.deferrals, { on: effectiveDate, months }],
    })),
  PlanReaged: (slice: PlanBuilder, { planId, schedule, effectiveDate }: PlanReaged) =>
    update(slice, planId, (plan) => ({
      ...reschedule(plan, schedule, effectiveDate),
      ...offerEnded(plan, effectiveDate),
      amendedOn: [...plan.amendedOn, effectiveDate],
      reagedOn: [...plan.reagedOn, effectiveDate],
    })),
  PlanNoticeSent: (slice: PlanBuilder, { planId, kind, effectiveDate }: PlanNoticeSent) =>
    update(slice, planId, (plan) => ({ ...plan, notices: [...plan.notices, { kind, on: effectiveDate }] })),
  PlanDisclosed: (slice: PlanBuilder, event: PlanDisclosed) =>
    update(slice, event.planId, (plan) => ({ ...plan, disclosedOn: event.effectiveDate })),
}
