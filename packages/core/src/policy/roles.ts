import { oneOf } from '../kernel/classes.ts'

/** Desk roles of reference §11.8, in the order of what they may approve. */
export const roles = [
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
/** A role that a person can have: `system` stands for a process that acts by policy alone. */
export const personRole = role.exclude(['system'])
