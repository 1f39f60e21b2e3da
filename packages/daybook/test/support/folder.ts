import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { type Book, type OpenOptions, openDaybook, presets } from '../../src/index.ts'

/** A folder of this test file's own, gone with it. */
export const testFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'daybook-test-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Ids of accounts that begin alike: the n-th of them. */
export const uuid = (n: number): string => `0197ab12-0000-7000-8000-${String(n).padStart(12, '0')}`

export const fixedClock = (): Date => new Date('2026-11-21T15:14:00.000Z')

export const openTestBook = (url = 'memory:', options: Partial<OpenOptions> = {}): Promise<Book> =>
  openDaybook(url, { practice: presets.physicianPracticeMN, actor: 'anna', clock: fixedClock, ...options })

export const write = (folder: string, name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
