import { shown } from '@daybook/core/kernel'

/** What every command is given besides its own options. */
export interface SharedOptions {
  readonly db: string
  readonly json?: boolean
  readonly actor: string
  readonly roles: readonly string[]
  /** Whose work is done. */
  readonly onBehalfOf?: string
  readonly practice?: string
  /** Where the views live, when not beside the log. */
  readonly views?: string
  /** Where looks are written down, when not beside the book. */
  readonly accessLog?: string
  /** The file of the book's secret. */
  readonly key?: string
  readonly clockIsRight?: boolean
  /** A module of own rules and facts. */
  readonly rules?: string
}

/** The command line was used wrongly: exit status 2. */
export class UsageError extends Error {}

/** The number of `--limit`. */
export const limitOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text)
  throw new UsageError(`--limit takes a whole number from 1, not ${shown(text)}`)
}

/** Shared options as the command line gives them. */
export interface GivenOptions {
  readonly db?: string
  readonly json?: boolean
  readonly actor?: string
  readonly roles?: string
  readonly practice?: string
  readonly rules?: string
  readonly views?: string
  readonly accessLog?: string
}

/** What is not given on the command line comes from the environment, and then from the stated defaults. */
export const withDefaults = <O extends GivenOptions>(given: O, env: NodeJS.ProcessEnv): O & SharedOptions => {
  const practice = given.practice ?? env['DAYBOOK_PRACTICE']
  const rules = given.rules ?? env['DAYBOOK_RULES']
  const views = given.views ?? env['DAYBOOK_VIEWS']
  const accessLog = given.accessLog ?? env['DAYBOOK_ACCESS_LOG']
  const roles = given.roles ?? env['DAYBOOK_ROLES'] ?? ''
  return {
    ...given,
    db: given.db ?? env['DAYBOOK_DB'] ?? 'sqlite:daybook.db',
    actor: given.actor ?? env['DAYBOOK_ACTOR'] ?? 'cli',
    roles: roles.split(',').filter((role) => role !== ''),
    ...(practice === undefined ? {} : { practice }),
    ...(rules === undefined ? {} : { rules }),
    ...(views === undefined ? {} : { views }),
    ...(accessLog === undefined ? {} : { accessLog }),
  }
}
