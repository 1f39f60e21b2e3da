import { type FacetName, facets } from '../facets/account.ts'
import { isNone, type None } from '../facets/none.ts'
import type { FacetQueues } from './queue.ts'

type Queues = { readonly [Facet in FacetName]: (typeof facets)[Facet]['queues'] }

/** A facet that has queues. */
export type QueueFacet = { [Facet in FacetName]: Queues[Facet] extends None ? never : Facet }[FacetName]
/** What the view keeps of an account: each facet's own matters. */
export type AccountMatters = { readonly [Facet in QueueFacet]: ReturnType<Queues[Facet]['matters']> }
export type AccountQueue = Queues[QueueFacet]['names'][number]
/** Gates that queues ask. Whoever asks for the worklist brings what each would say, or those queues stay empty. */
export type ReviewedGate = NonNullable<Queues[QueueFacet]['reviewed']>['gate']

/** The queues of one facet, with its own matters. */
type OfFacet<Facet extends QueueFacet> = FacetQueues<AccountQueue, AccountMatters[Facet], ReviewedGate>

const withQueues: { readonly [Facet in QueueFacet]: { readonly queues: OfFacet<Facet> } } = facets

const hasQueues = (facet: FacetName): facet is QueueFacet => !isNone(facets[facet].queues)
export const queueFacets = (Object.keys(facets) as FacetName[]).filter(hasQueues)

export const queuesOf = <Facet extends QueueFacet>(facet: Facet): OfFacet<Facet> => withQueues[facet].queues
