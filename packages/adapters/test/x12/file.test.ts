import { execFileSync } from 'node:child_process'
import { pbkdf2 } from 'node:crypto'
import { existsSync, readdirSync, readlinkSync } from 'node:fs'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readX12File, type X12Transaction } from '../../src/x12/index.ts'
import { codes, collected, readAll } from './reading.ts'
import { remittance } from './sample-remittance.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daybook-x12-'))
})
afterAll(() => rm(folder, { recursive: true }))

const readFile = (path: string, limits = {}): Promise<X12Transaction[]> => collected(readX12File(path, { limits }))

describe('a file of the disk', () => {
  it('reads as its bytes do', async () => {
    const path = join(folder, 'remittance.835')
    await writeFile(path, remittance)
    expect(await readFile(path)).toEqual(await readAll(remittance))
  })

  it('that is not there is a problem, not an exception', async () => {
    expect(codes(await readFile(join(folder, 'nowhere.835')))).toEqual(['fileNotFound'])
  })

  it('that is a directory is a problem', async () => {
    expect(codes(await readFile(folder))).toEqual(['fileIsDirectory'])
  })

  it('trust-12 that is a pipe or a device is a problem, at once', { timeout: 30_000 }, async () => {
    const pipe = join(folder, 'pipe.835')
    execFileSync('mkfifo', [pipe])
    for (const path of [pipe, '/dev/zero']) expect(codes(await readFile(path))).toEqual(['fileNotReadable'])
  })

  it('of 1 TB is refused before anything is read', async () => {
    const path = join(folder, 'huge.835')
    await writeFile(path, remittance)
    await truncate(path, 1_000_000_000_000)
    expect(codes(await readFile(path))).toEqual(['fileTooLarge'])
  })

  it.runIf(existsSync('/proc/self/fd'))('is closed once it was left, however busy the machine', async () => {
    const path = join(folder, 'two.835')
    await writeFile(path, remittance + remittance)
    for await (const result of readX12File(path)) {
      expect(result.kind).toBe('835')
      await setTimeout(20)
      // What closes a file waits behind these.
      for (let task = 0; task < 8; task += 1) pbkdf2('busy', 'machine', 30_000, 64, 'sha512', () => {})
      break
    }
    const open = readdirSync('/proc/self/fd').map((descriptor) => {
      try {
        return readlinkSync(`/proc/self/fd/${descriptor}`)
      } catch {
        return ''
      }
    })
    expect(open).not.toContain(path)
  })
})
