import { addedUp, type Chained } from '../../kernel/chain.ts'
import { changedOn, type Dated } from '../../kernel/dated.ts'
import type { Day } from '../../kernel/day.ts'
import type { Stage } from '../../kernel/effects.ts'

// A layer through time. A fold links what changed and nothing more; who asks for a day has it put in order then.

/** What a stage of a layer changed by, and the day from which that counts. */
export interface LayerChange extends Chained<LayerChange> {
  readonly stage: Stage
  readonly on: Day
  /** Cents, signed. */
  readonly amount: number
}

/** What a layer holds through time, by stage. */
export type DatedStages = Readonly<Record<Stage, Dated>>

const inOrder = addedUp<LayerChange, DatedStages>(
  { active: [], placed: [], badDebt: [] },
  (dated, { stage, on, amount }) => ({ ...dated, [stage]: changedOn(dated[stage], on, amount) }),
)

/** What a layer holds through time, by the days from which its changes count. */
export const datedOf = (layer: { readonly lastChange: LayerChange | undefined }): DatedStages =>
  inOrder(layer.lastChange)
