export {
  type ContactParty,
  type ContactPurpose,
  callOutcome,
  type LocationContact,
  locationContact,
  type Medium,
  medium,
  party,
  purpose,
  type RoleOnAccount,
  roleOnAccount,
} from '../kernel/contact.ts'
export * from './commands.ts'
export type { PersonContext } from './context.ts'
export { openSkipTrace } from './decide-skip-trace.ts'
export * from './events.ts'
export * from './gate-facts.ts'
export * from './group.ts'
export * from './group-events.ts'
export * from './group-state.ts'
export type { Likeness, OfGroup } from './likeness-state.ts'
export * from './may.ts'
export * from './others.ts'
export * from './person.ts'
export type { SkipTrace } from './skip-trace-state.ts'
export * from './state.ts'
export * from './stood.ts'
export { phoneNumber, zonesOf } from './zones.ts'
