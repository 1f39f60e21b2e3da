import { describe, expect, expectTypeOf, it } from 'vitest'
import { count } from '../../src/kernel/index.ts'
import { type PracticePolicy, type PresetName, policyHits, practicePolicy, presets } from '../../src/policy/index.ts'
import { added, section } from '../../src/policy/section.ts'
import { type SectionName, sections } from '../../src/terms.ts'

const shape = { aWeek: count(), aDay: count() }
const values = { aWeek: 7, aDay: 1 }

// Compiled, not run: each line that must not compile says so, and the type check fails where it does compile.
export const doNotCompile = () => [
  // @ts-expect-error a section that no preset speaks of
  section({ shape, before: 'none' }),
  // @ts-expect-error a section that a preset leaves out
  section({ shape, presets: {}, before: 'none' }),
  // @ts-expect-error a preset that leaves a figure unsaid
  section({ shape, presets: { physicianPracticeMN: { aWeek: 7 } }, before: 'none' }),
  // @ts-expect-error a preset that says a figure which the section does not have
  section({ shape, presets: { physicianPracticeMN: { aWeek: 7, aDay: 1, aYear: 300 } }, before: 'none' }),
  // @ts-expect-error a section with a preset that is none
  section({ shape, presets: { physicianPracticeMN: values, dentist: values }, before: 'none' }),
  // @ts-expect-error a section that does not say what policies from before it are read with
  section({ shape, presets: { physicianPracticeMN: values } }),
  // @ts-expect-error what older policies are read with leaves a figure unsaid
  section({ shape, presets: { physicianPracticeMN: values }, before: { aWeek: 7 } }),
]

describe('a section of policy', () => {
  it('says what every preset says in it, as types say', () => {
    expectTypeOf<keyof (typeof sections)[SectionName]['presets']>().toEqualTypeOf<PresetName>()
    expectTypeOf<keyof typeof presets>().toEqualTypeOf<PresetName>()
  })

  it('stands in the policy by its name, and nothing else does, as types say and as the code runs', () => {
    expectTypeOf<keyof PracticePolicy>().toEqualTypeOf<SectionName | 'name'>()
    expectTypeOf<PracticePolicy['plans']['graceDays']>().toEqualTypeOf<number>()
    expect(Object.keys(practicePolicy.shape)).toEqual(['name', ...Object.keys(sections)])
  })

  it('each preset is a whole policy, and may be published', () => {
    for (const [name, preset] of Object.entries(presets)) {
      expect(practicePolicy.parse(preset)).toEqual({ ...preset, name })
      expect(policyHits(preset)).toEqual([])
    }
  })

  it('a figure more is a version more, and an older version is read with what is said of it', () => {
    const { upcasts } = section({
      shape,
      presets: { physicianPracticeMN: values },
      before: 'none',
      upcasts: [added({ aDay: 7 })],
    })
    expect(upcasts.map((upcast) => upcast({ aWeek: 3 }))).toEqual([{ aWeek: 3, aDay: 7 }])
  })

  it('what older policies are read with keeps within the limits of today', () => {
    const read = (aDay: number) =>
      section({ shape, presets: { physicianPracticeMN: values }, before: { aWeek: 7, aDay } })
    expect(read(7).before).toEqual({ aWeek: 7, aDay: 7 })
    expect(() => read(-1)).toThrow(/aDay/)
  })
})
