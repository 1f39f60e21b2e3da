import { sections } from '../terms.ts'
import type { PracticePolicy } from './policy.ts'
import { type PresetName, presetNames } from './preset-names.ts'

const presetOf = (name: PresetName): PracticePolicy => ({
  name,
  ...(Object.fromEntries(Object.entries(sections).map(([section, { presets }]) => [section, presets[name]])) as Omit<
    PracticePolicy,
    'name'
  >),
})

/**
 * Policies to begin with. Chosen by name, never silently (design §3.13). Each section gives its figures with the source:
 * section signs name the page of the domain reference, "house" marks a figure that no page gives and that was chosen.
 */
export const presets = Object.fromEntries(presetNames.map((name) => [name, presetOf(name)])) as Readonly<
  Record<PresetName, PracticePolicy>
>
