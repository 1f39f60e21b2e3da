import { type SharedOptions, UsageError } from './options.ts'

const media = ['call', 'text', 'email', 'mail', 'visit'] as const
export type MediumNamed = (typeof media)[number]

/** How somebody is reached, and about what: the options of `may` and `contact`. */
export interface ReachOptions extends SharedOptions, Partial<Record<MediumNamed, boolean>> {
  readonly at?: string
  readonly person?: string
  readonly purpose?: string
  readonly with?: string
  readonly whom?: string
  readonly again?: string
  readonly zone?: string
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
  ['--purpose <purpose>', 'collect, answer, requiredNotice, ceaseNotice or location; collect when not given'],
  ['--with <party>', 'person, spouse, parent, guardian, executor, personalRepresentative, attorney or thirdParty'],
  [
    '--whom <word>',
    'of whom it is asked where they are: a word of yours, the same each time, no name (--purpose location)',
  ],
  ['--again <why>', 'why that one is asked once more: asked or incomplete'],
  ['--zone <zone>', 'the time zone where that one is'],
] as const

/** Of whom it is asked where the person is, as the options say; absent where they do not. */
export const locationOf = ({ whom, again, zone }: ReachOptions, said?: string) =>
  whom === undefined
    ? undefined
    : {
        of: whom,
        ...(again === undefined ? {} : { again }),
        ...(zone === undefined ? {} : { zone }),
        ...(said === undefined ? {} : { said: said.split(',') }),
      }

/** The one medium that is named. @throws UsageError */
export const mediumOf = (options: ReachOptions): MediumNamed => {
  const [by, another] = media.filter((medium) => options[medium])
  if (by === undefined || another !== undefined)
    throw new UsageError('say one of --call, --text, --email, --mail, --visit')
  return by
}
