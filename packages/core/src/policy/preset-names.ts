/** Policies to begin with. Each section of policy says what each of them says in it. */
export const presetNames = [
  /** A physician practice in Minnesota: reference §0.3's default fixture. */
  'physicianPracticeMN',
] as const
export type PresetName = (typeof presetNames)[number]
