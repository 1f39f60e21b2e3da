import { oneOf } from '../kernel/classes.ts'

/**
 * What of an account somebody may see, by what it tells (45 CFR 164.514(d): the fields that a role needs). Ids, days of
 * the book and who wrote an event belong to none: they say nothing about anybody.
 *
 * - `identity`: who it is: names, birth days, member ids.
 * - `contact`: how they are reached, what they agreed to, when they were spoken to.
 * - `clinical`: what was done: procedure codes, days of service, lines and visits by name.
 * - `money`: what is owed, paid and written off, and what was agreed about it.
 * - `payer`: which plans cover them, and what these said.
 * - `notes`: what people wrote down in their own words.
 */
export const fieldSets = ['identity', 'contact', 'clinical', 'money', 'payer', 'notes'] as const
export const fieldSet = oneOf(fieldSets)
export type FieldSet = (typeof fieldSets)[number]

/** For what something is looked at (45 CFR 164.506(c)); `individual`: the person asked for it themselves (164.524). */
export const purposesOfUse = ['payment', 'operations', 'treatment', 'individual', 'audit'] as const
export const purposeOfUse = oneOf(purposesOfUse)
export type PurposeOfUse = (typeof purposesOfUse)[number]
