/**
 * The vocabulary of Daybook: cents, civil days, ids, events, effects, decisions. Nothing else is loaded from here; each
 * room has a subpath of its own: `@daybook/core/account`, `/remittance`, `/rules`, `/policy`, `/ports`, `/service`.
 */
export * from './kernel/index.ts'
