import { type SharedOptions, UsageError } from './options.ts'

const media = ['call', 'text', 'email', 'mail', 'visit'] as const
export type MediumNamed = (typeof media)[number]

/** How somebody is reached, and about what: the options of `may` and `contact`. */
export interface ReachOptions extends SharedOptions, Partial<Record<MediumNamed, boolean>> {
  readonly at?: string
  readonly person?: string
  readonly purpose?: string
  readonly with?: string
}

/** The options of `may` and `contact`, as their help shows them. */
export const reachOptions = [
  ['--call', 'a call, dialed by hand'],
  ['--text', 'a text message'],
  ['--email', 'an e-mail'],
  ['--mail', 'a letter'],
  ['--visit', 'somebody goes there'],
  ['--at <instant>', 'an instant, 2026-11-30T15:00:00.000Z; now when not given'],
  ['--person <id>', 'whom; the guarantor when not given'],
  ['--purpose <purpose>', 'collect, answer, requiredNotice or ceaseNotice; collect when not given'],
  ['--with <party>', 'person, spouse, parent, guardian, executor, personalRepresentative or attorney'],
] as const

/** The one medium that is named. @throws UsageError */
export const mediumOf = (options: ReachOptions): MediumNamed => {
  const [by, another] = media.filter((medium) => options[medium])
  if (by === undefined || another !== undefined)
    throw new UsageError('say one of --call, --text, --email, --mail, --visit')
  return by
}
