import type { Cents } from '../../kernel/cents.ts'
import { type Dated, negated } from '../../kernel/dated.ts'
import { type Effect, type Party, partyKey } from '../../kernel/effects.ts'
import type { LineId } from '../../kernel/ids.ts'
import { datedOf } from './layer-changes-state.ts'

interface Taken {
  readonly amount: number
  readonly there: Dated
}

/** What effects take of each stage of a layer, and of what a party owes on a line; and what they use of a credit there. */
export const taken = (
  effects: readonly Effect[],
  layerOf: (id: string) => Parameters<typeof datedOf>[0] | undefined,
  owedByDay: (line: LineId, of: Party) => Dated,
): readonly Taken[] => {
  const ofStages = mergeEffects(effects).flatMap(({ layerId, stage, amount }): readonly Taken[] => {
    const layer = layerOf(layerId)
    const there = layer ? datedOf(layer)[stage] : []
    return amount < 0 ? [{ amount: -amount, there }] : [{ amount, there: negated(there) }]
  })
  const ofLines = [...Map.groupBy(effects, ({ lineId, party }) => `${lineId} ${partyKey(party)}`).values()].flatMap(
    (group): readonly Taken[] => {
      const [first] = group
      const amount = -group.reduce((sum, effect) => (effect.stage === 'badDebt' ? sum : sum + effect.amount), 0)
      if (!first || amount === 0) return []
      const there = owedByDay(first.lineId, first.party)
      return amount > 0 ? [{ amount, there }] : [{ amount: -amount, there: negated(there) }]
    },
  )
  return [...ofStages, ...ofLines]
}

/** One effect for each layer and stage, zeros dropped: the shape in which events store them. */
export const mergeEffects = (effects: readonly Effect[]): Effect[] => {
  const merged = new Map<string, Effect>()
  for (const effect of effects) {
    const key = `${effect.layerId} ${effect.stage}`
    const before = merged.get(key)
    merged.set(key, before ? { ...before, amount: (before.amount + effect.amount) as Cents } : effect)
  }
  return [...merged.values()].filter((effect) => effect.amount !== 0)
}
