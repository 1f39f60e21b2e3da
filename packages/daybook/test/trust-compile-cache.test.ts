import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { processIn } from './support/command-line.ts'
import { testFolder } from './support/folder.ts'

const folder = testFolder()

/** A user's home and a temporary directory that everybody shares. */
const machine = (name: string) => {
  const home = join(folder, name)
  const shared = join(home, 'shared')
  const caches = join(home, 'caches')
  for (const path of [home, shared, caches]) mkdirSync(path)
  const run = processIn(home, { HOME: home, XDG_CACHE_HOME: caches, TMPDIR: shared, NODE_COMPILE_CACHE: undefined })
  return { caches, shared, own: join(caches, 'daybook'), run }
}

const files = (path: string): readonly string[] =>
  existsSync(path) ? readdirSync(path, { recursive: true }).map(String) : []

describe('what Node keeps of compiled code', () => {
  it('trust-7 lies in a folder of the user alone, and nothing under the temporary directory', () => {
    const { own, shared, run } = machine('own')
    expect(run('rules', 'PC-02').status).toBe(0)
    expect(files(own).length).toBeGreaterThan(0)
    expect(statSync(own).mode & 0o777).toBe(0o700)
    expect(files(shared)).toEqual([])
  })

  it('trust-7 is neither read nor written where others could have prepared it', () => {
    const { own, shared, run } = machine('prepared')
    mkdirSync(own)
    chmodSync(own, 0o777)
    expect(run('rules', 'PC-02').status).toBe(0)
    expect([files(own), files(shared)]).toEqual([[], []])
  })

  it('trust-7 is neither read nor written behind a link, or in a folder that others can put another in the place of', () => {
    const linked = machine('linked')
    symlinkSync(linked.shared, linked.own)
    expect(linked.run('rules', 'PC-02').status).toBe(0)
    expect(files(linked.shared)).toEqual([])

    const open = machine('open')
    chmodSync(open.caches, 0o777)
    expect(open.run('rules', 'PC-02').status).toBe(0)
    expect(files(open.own)).toEqual([])
  })
})
