import type { CoverageId, LineId } from '@daybook/core/kernel'

/** Why an amount still stands at a payer. */
export interface OpenMatter {
  readonly kind: 'denied' | 'pending' | 'held' | 'undecided' | 'leftOpen' | 'overpaid'
  readonly words: string
  readonly amount: number
  readonly codes: readonly string[]
  /** Rules that keep a held amount off the patient. */
  readonly blockedBy: readonly string[]
  /** Id of the event that says so; absent for what nobody has decided. */
  readonly event?: string
}

/** A matter with its place: what stands of one line at one payer. */
export interface PlacedMatter extends OpenMatter {
  readonly line: LineId
  readonly coverage: CoverageId
}

/** What an event does to such matters. `key` names those that began together: a denial, a holding. */
export type MatterChange =
  | { readonly begins: string; readonly matters: readonly PlacedMatter[] }
  /** Without `lines`, all of it ends. */
  | {
      readonly ends: string
      readonly lines: readonly { readonly lineId: LineId; readonly amount: number }[] | undefined
    }
