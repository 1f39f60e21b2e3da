import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { commandLineIn, main, processIn } from './support/command-line.ts'
import { testFolder, write } from './support/folder.ts'
import { remittanceText } from './support/remittance-text.ts'

// What only a process of its own has. All else of the command line is tested in the process of the tests.

const folder = testFolder()
const daybook = processIn(folder)
const source = '--conditions=@daybook/source'

describe('the command line as a process', () => {
  it('answers on its output alone, tells what it did beside it, and ends with 0', () => {
    const file = write(folder, 'day.835', remittanceText())
    const { status, stdout, stderr } = daybook('import', file, '--open-missing', '--json', '--actor', 'anna')
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ files: [{ transactions: [{ outcome: 'posted', paid: 15_000 }] }] })
    expect(stderr).toContain('physicianPracticeMN')
  })

  it('ends with 1 when a file could not be read, with 2 when asked wrongly', () => {
    expect(daybook('import', 'missing.835', '--db', 'memory:').status).toBe(1)
    expect(daybook('agin')).toMatchObject({ status: 2, stdout: '' })
    expect(daybook()).toMatchObject({ status: 2, stdout: '' })
  })

  it('killed in the midst of an import, it leaves a whole book; given the same again, it ends as one that was not', async () => {
    const claims = Array.from({ length: 150 }, (_, n) => [
      `CLP*N${n}*1*10.00*10.00*0.00*12*PN${n}*11*1`,
      `NM1*QC*1*ROE*P${n}****MI*N${n}`,
      'SVC*HC:99213*10.00*10.00**1',
      'DTM*472*20261015',
    ])
    const file = write(folder, 'long.835', remittanceText({ paid: '1650.00', more: claims.flat() }))
    const asked = ['import', file, '--open-missing', '--practice', 'physicianPracticeMN', '--db'] as const
    const child = spawn(process.execPath, [source, main, ...asked, 'sqlite:killed.db'], {
      cwd: folder,
      stdio: 'ignore',
    })
    const ended = once(child, 'exit')
    while (!existsSync(join(folder, 'killed.db'))) await wait(5)
    child.kill('SIGKILL')
    expect(await ended).toEqual([null, 'SIGKILL'])

    const here = commandLineIn(folder)
    expect(await here(...asked, 'sqlite:killed.db')).toMatchObject({ status: 0 })
    expect(await here(...asked, 'sqlite:whole.db')).toMatchObject({ status: 0 })
    expect(await here('check', '--db', 'sqlite:killed.db')).toEqual({ status: 0, stdout: '', stderr: '' })
    const netOf = async (db: string) => JSON.parse((await here('aging', '--json', '--db', db)).stdout).net
    expect(await netOf('sqlite:killed.db')).toBe(await netOf('sqlite:whole.db'))
  })
})

describe.runIf(existsSync('/dev/full'))('what can not be printed', () => {
  const printing = (shell: string) =>
    spawnSync('/bin/bash', ['-c', `set -o pipefail; "$0" ${source} "$1" ${shell}`, process.execPath, main], {
      encoding: 'utf8',
    })

  it.each(['--help', 'rules', 'rules --json'])('%s on a full disk is told in one line', (command) => {
    const { status, stderr } = printing(`${command} > /dev/full`)
    expect(status).toBe(1)
    expect(stderr).toMatch(/^daybook: .* could not be written: ENOSPC\n$/)
  })

  it('a reader that has gone is no error', () => {
    expect(printing('rules --json | true')).toMatchObject({ status: 0, stderr: '' })
    expect(printing('--help | true')).toMatchObject({ status: 0, stderr: '' })
  })
})
