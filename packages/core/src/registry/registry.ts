import { z } from 'zod'
import type { Aggregate } from '../kernel/aggregate.ts'
import { accept, precondition, reject } from '../kernel/decision.ts'
import { type ReferenceAssigned, type RegistryEvent, referenceAssigned, registryCodec } from './events.ts'

/** Everything one reference was assigned to, first assignment first. */
export type RegistryState = readonly ReferenceAssigned[]

export const assignReference = z.strictObject({
  type: z.literal('AssignReference'),
  on: referenceAssigned.schema.shape.effectiveDate,
  kind: referenceAssigned.schema.shape.kind,
  target: referenceAssigned.schema.shape.target,
  patientKeys: referenceAssigned.schema.shape.patientKeys,
  charge: referenceAssigned.schema.shape.charge,
  whole: referenceAssigned.schema.shape.whole,
  served: referenceAssigned.schema.shape.served,
  services: referenceAssigned.schema.shape.services,
  /** Refuse when the reference is assigned already: who comes first decides (remittances, persons). */
  expectNone: z.boolean(),
})
export type AssignReference = z.output<typeof assignReference>

/** The registry: one stream a reference. */
export const registry: Aggregate<RegistryState, AssignReference, RegistryEvent, unknown> = {
  name: 'ref',
  codec: registryCodec,
  commandSchema: assignReference,
  initial: [],
  fold: (state, events) => (events.length === 0 ? state : [...state, ...events]),
  decide: (state, { type: _type, on, expectNone, ...assignment }) => {
    if (expectNone && state.length > 0) {
      return reject([precondition('registry.assigned', 'this reference is assigned already')])
    }
    return accept([{ type: 'ReferenceAssigned', effectiveDate: on, ...assignment }])
  },
}
