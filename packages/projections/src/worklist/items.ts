import type { Day } from '@daybook/core/kernel'
import { type AccountMatters, type QueueFacet, queueFacets, queuesOf } from './account-queues.ts'
import type { AccountDocument, RemittanceDocument } from './documents.ts'
import { itemOf, type WorkItem } from './item.ts'
import type { RemittanceContext } from './queue.ts'
import { type RemittanceMatters, remittanceKeys, remittanceQueuesOf } from './queues/remittance.ts'
import type { ScoreInputs } from './score.ts'
import type { Work, WorkContext } from './work.ts'

const knowPatients = queueFacets.filter((facet) => queuesOf(facet).patientInputs !== undefined)

/** What the facets together know of how the patient pays. */
export const patientInputs = (matters: AccountMatters, context: WorkContext): Partial<ScoreInputs> => {
  const known = <Facet extends QueueFacet>(facet: Facet) => queuesOf(facet).patientInputs?.(matters[facet], context)
  return Object.assign({}, ...knowPatients.map(known))
}

/** What begins later is not there yet. */
export const begun =
  ({ asOf }: WorkContext) =>
  ({ atOnce, since }: Work): boolean =>
    atOnce || since <= asOf

/**
 * An account's work as of a day, without that for which a gate is asked. Pure: the same document, policy and day, the
 * same items.
 */
export const accountItems = ({ account, matters }: AccountDocument, context: WorkContext): readonly WorkItem[] => {
  const workOf = <Facet extends QueueFacet>(facet: Facet) => queuesOf(facet).work(matters[facet], context)
  const patient = patientInputs(matters, context)
  return queueFacets
    .flatMap((facet) => workOf(facet))
    .filter(begun(context))
    .map((work) => itemOf({ account }, work, context, patient))
}

/** A remittance's work as of a day. `evened`: what the payers' payments have made even until then. */
export const remittanceItems = (
  document: RemittanceDocument,
  context: WorkContext,
  evened: ReadonlyMap<string, Day>,
): readonly WorkItem[] => {
  const { matters, remittance } = document
  const own: RemittanceContext = { ...document, ...context, evened }
  const workOf = <Key extends keyof RemittanceMatters>(key: Key) => remittanceQueuesOf(key).work(matters[key], own)
  return remittanceKeys
    .flatMap((key) => workOf(key))
    .filter(begun(context))
    .map((work) => itemOf({ remittance }, work, context))
}
