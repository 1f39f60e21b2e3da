import { oneOf } from '../kernel/classes.ts'

/** Desk roles of reference §11.8, in the order of what they may approve. */
export const roles = [
  'vendor',
  'frontDesk',
  'auditor',
  'rep',
  'senior',
  'cashPoster',
  'biller',
  'coder',
  'faCounsellor',
  'supervisor',
  'faSupervisor',
  'manager',
  'compliance',
  'director',
  'system',
] as const
/** One of the desk's roles. */
export const role = oneOf(roles)
export type Role = (typeof roles)[number]
/** Roles that look and give no command: what they would change is another's to decide (reference §11.8). */
export const readingRoles: readonly Role[] = ['vendor', 'auditor']
/** A role that a person can have: `system` stands for a process that acts by policy alone. */
export const personRole = role.exclude(['system'])
