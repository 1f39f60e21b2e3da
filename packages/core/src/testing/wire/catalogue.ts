import { accessEventDefinitions } from '../../access/events.ts'
import { accountEventDefinitions } from '../../account/rooms.ts'
import { delegationEventDefinitions } from '../../delegation/events.ts'
import { depositEventDefinitions } from '../../deposit/events.ts'
import type { EventDefinition } from '../../kernel/event.ts'
import { migrationEventDefinitions } from '../../migration/events.ts'
import { personEventDefinitions } from '../../person/events.ts'
import { groupEventDefinitions } from '../../person/group-events.ts'
import { policyEventDefinitions } from '../../policy/events.ts'
import { registryEventDefinitions } from '../../registry/events.ts'
import { remittanceEventDefinitions } from '../../remittance/events.ts'
import { submissionEventDefinitions } from '../../submission/events.ts'

/** Every event that Daybook can store, by the aggregate on whose streams it stands. */
export const eventCatalogue: Readonly<Record<string, readonly EventDefinition[]>> = {
  account: accountEventDefinitions,
  remittance: remittanceEventDefinitions,
  deposit: depositEventDefinitions,
  submission: submissionEventDefinitions,
  registry: registryEventDefinitions,
  person: personEventDefinitions,
  group: groupEventDefinitions,
  policy: policyEventDefinitions,
  delegation: delegationEventDefinitions,
  migration: migrationEventDefinitions,
  access: accessEventDefinitions,
}

/** The same, in one list. */
export const everyEvent: readonly EventDefinition[] = Object.values(eventCatalogue).flat()
