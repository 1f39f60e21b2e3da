import type { Asking } from './requests.ts'

// What a book is told that is copied or moved.

/** What `backup` is told. */
export interface BackupOptions extends Asking {
  /** Puts a copy of the key beside it, `TO.key`: who has both has everything. Without it the key is kept apart, once. */
  readonly withKey?: boolean
  /** Called as it goes on: what is counted, how many of how many. */
  readonly onProgress?: (what: string, done: number, of: number) => void
}

/** What `export` is told. */
export interface ExportOptions extends Asking {
  /** One account: a file to read and to verify, that no book takes over. */
  readonly account?: string
  readonly onProgress?: (done: number, of: number) => void
}

/** What `importLog` is told. */
export interface ImportLogOptions {
  /** Looks at all of a file, and takes nothing over. */
  readonly dryRun?: boolean
  readonly onProgress?: (done: number, of: number) => void
}
