/** What every command is given besides its own options. */
export interface SharedOptions {
  readonly db: string
  readonly json?: boolean
  readonly actor: string
  readonly role?: readonly string[]
  readonly practice?: string
}

/** The command line was used wrongly: exit status 2. */
export class UsageError extends Error {}
