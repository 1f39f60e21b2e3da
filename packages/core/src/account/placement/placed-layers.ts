import type { AccountState } from '../rooms.ts'

/** Layers that an agency works now. */
export const placedLayers = ({ placement }: Pick<AccountState, 'placement'>): ReadonlySet<string> =>
  new Set([...placement.placements.values()].flatMap(({ items }) => items.map(({ layerId }) => layerId)))
