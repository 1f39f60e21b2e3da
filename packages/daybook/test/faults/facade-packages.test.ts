import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { nodeTooOld } from '../../src/node-version.ts'
import { testFolder } from '../support/folder.ts'

const packages = join(import.meta.dirname, '..', '..', '..')
const folder = testFolder()

describe('the packages', () => {
  it.each(['core', 'adapters', 'projections', 'daybook'])(
    'facade-14 %s brings its README and its licence, and no build information',
    (name) => {
      for (const file of ['README.md', 'LICENSE']) expect(existsSync(join(packages, name, file))).toBe(true)
      const { files } = JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8'))
      expect(files).toContain('!dist/**/*.tsbuildinfo')
    },
  )

  it('facade-14 a Node that is too old is refused in words', () => {
    for (const old of ['18.20.0', '20.20.2', '22.18.9']) {
      expect(nodeTooOld(old)).toBe(`Daybook needs Node 22.19 or later, and this is Node ${old}: install a newer one`)
    }
    for (const good of ['22.19.0', '22.20.1', '24.0.0', '100.1.0']) expect(nodeTooOld(good)).toBeUndefined()
  })

  it('facade-26 the first start on an older Node is quiet: npm says what is wrong, and warns of nothing', () => {
    mkdirSync(join(folder, 'scripts'))
    const script = join(folder, 'scripts', 'ensure-install.mjs')
    copyFileSync(join(packages, '..', 'scripts', 'ensure-install.mjs'), script)
    const npm = join(folder, 'npm.js')
    writeFileSync(npm, 'console.log(process.argv.slice(2).join(" "))')
    const { stderr } = spawnSync(process.execPath, [script], {
      encoding: 'utf8',
      env: { ...process.env, npm_execpath: npm },
    })
    expect(stderr).toContain('ci --loglevel=error\n')
  })
})
