import type { AccountState } from '@daybook/core/account'
import { type QueueFacet, queueFacets, queuesOf, type ReviewedGate } from './account-queues.ts'
import { arranged } from './arranged.ts'
import type { AccountDocument } from './documents.ts'
import { type Forbidden, heldBack } from './forbidden.ts'
import { itemOf } from './item.ts'
import { begun, patientInputs } from './items.ts'
import type { OwnDay } from './own-day.ts'
import type { GateFindings } from './queue.ts'
import type { ScoreInputs } from './score.ts'
import type { WorkContext } from './work.ts'

/** What a gate that a queue asks would say of an account as of a day. Whoever gives it must know all such gates. */
export type Review = (gate: ReviewedGate, state: AccountState, context: WorkContext) => GateFindings

/** The work of an account that waits for a look at gates: `isWanted` says which queues anybody asked for. */
export const reviewedItems = (
  { account, matters }: AccountDocument,
  context: WorkContext,
  review: Review,
  isWanted: (queue: string) => boolean,
  besides: Partial<ScoreInputs> = {},
  forbidden?: Forbidden,
): ((state: AccountState) => OwnDay) | undefined => {
  const isAsked = <Facet extends QueueFacet>(facet: Facet): boolean => {
    const { reviewed } = queuesOf(facet)
    return reviewed !== undefined && isWanted(reviewed.queue) && reviewed.isWorthALook(matters[facet], context)
  }
  const workOf = <Facet extends QueueFacet>(facet: Facet, state: AccountState) => {
    const { reviewed } = queuesOf(facet)
    return reviewed?.work(matters[facet], review(reviewed.gate, state, context), context) ?? []
  }
  const asked = queueFacets.filter((facet) => isAsked(facet))
  if (asked.length === 0) return undefined
  return (state) => {
    const patient = { ...patientInputs(matters, context), ...besides }
    const items = asked
      .flatMap((facet) => workOf(facet, state))
      .map((work) => heldBack(work, forbidden))
      .filter(begun(context))
      .map((work) => itemOf({ account }, work, context, patient))
    return arranged(items, matters.work, context.asOf)
  }
}
