export {
  type ContactParty,
  type ContactPurpose,
  callOutcome,
  type Medium,
  medium,
  party,
  purpose,
  type RoleOnAccount,
  roleOnAccount,
} from '../kernel/contact.ts'
export * from './commands.ts'
export type { PersonContext } from './context.ts'
export * from './events.ts'
export * from './gate-facts.ts'
export * from './may.ts'
export * from './person.ts'
export * from './state.ts'
export * from './stood.ts'
export { phoneNumber, zonesOf } from './zones.ts'
