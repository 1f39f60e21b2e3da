/** How far the making of what an older book lacks is, or of what it keeps otherwise (decision 0023). */
export interface MigrationProgress {
  /** For good: what it makes otherwise one day is another migration, of another name. */
  readonly name: string
  /** What it makes, to be read on: `references to people and numbers`. */
  readonly what: string
  /** Positions of the log that it has read, and how many there are. */
  readonly done: number
  readonly of: number
  /** When it has come to its end: how many it made. */
  readonly made?: number
  /** Where the file is kept as it was, of a migration that makes its rows anew. */
  readonly kept?: string
}
