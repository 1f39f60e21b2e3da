/** The oldest Node that Daybook runs on: the first whose SQLite can be relied on. */
const OLDEST = [22, 19] as const

/** Why this Node is too old, in words; undefined where it is not. Loads nothing: it must run on any Node. */
export const nodeTooOld = (version: string = process.versions.node): string | undefined => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [wantedMajor, wantedMinor] = OLDEST
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return undefined
  return `Daybook needs Node ${wantedMajor}.${wantedMinor} or later, and this is Node ${version}: install a newer one`
}
