/** Brings what was stored in one version to the next. Never changes what it is given. */
export type Upcast = (stored: Record<string, unknown>) => Record<string, unknown>

/** Why a stored event could not be read. */
export type Unreadable =
  | { readonly reason: 'unknownType' | 'newerVersion' | 'noSuchVersion' | 'notAnObject' | 'notJson' }
  | { readonly reason: 'invalid'; readonly issues: readonly string[] }

/** What was stored, as today's version has it; or why nobody here can tell. */
export type Upcasted =
  | { readonly ok: true; readonly fields: Record<string, unknown> }
  | { readonly ok: false; readonly why: Unreadable }

/** A version that this program can not read, or undefined: it must be one of those from 1 to its own. */
export const unreadableVersion = (version: unknown, today: number): Unreadable | undefined => {
  if (typeof version === 'number' && version > today) return { reason: 'newerVersion' }
  return Number.isInteger(version) && Number(version) >= 1 ? undefined : { reason: 'noSuchVersion' }
}

/** From the given version to that of today, which is one more than there are upcasts. */
export const upcastFrom = (
  version: number,
  upcasts: readonly Upcast[],
  stored: Record<string, unknown>,
): Record<string, unknown> => upcasts.slice(version - 1).reduce((fields, upcast) => upcast(fields), stored)
