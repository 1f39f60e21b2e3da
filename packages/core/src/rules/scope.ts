import type { FactName, Facts, FactTypes } from './facts.ts'

// How far a law reaches: the words of `appliesTo`. A fact that nobody knows may have the value that matters, so the law
// may reach: the rule applies, and blocks by the name of what it needs.

/** Whether a fact has this value, or may have it. */
export const mayBe = <N extends FactName>(facts: Facts, name: N, wanted: FactTypes[N]): boolean => {
  const fact = facts[name]
  return !fact?.known || fact.value === wanted
}

/** Whether the practice is a hospital of whatever kind, or may be one. */
export const mayBeHospital = ({ 'practice.entityType': entity }: Facts): boolean =>
  !entity?.known || entity.value.startsWith('hospital')
