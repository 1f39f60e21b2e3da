import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonFault, parseJson } from '../src/cli/json-file.ts'
import { processIn } from './support/command-line.ts'
import { testFolder, write } from './support/folder.ts'

const folder = testFolder()
const daybook = processIn(folder)
const book = ['--db', 'sqlite:json.db', '--practice', 'physicianPracticeMN'] as const

const faultOf = (text: string): string | undefined => {
  try {
    parseJson(text, 'f.json')
    return undefined
  } catch (error) {
    if (error instanceof JsonFault) return error.message
    throw error
  }
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('JSON that is given', () => {
  it('trust-11 broken JSON is told by its place, and nothing that stands in it is printed', () => {
    const file = write(
      folder,
      'broken.json',
      '{"account": "a1",\n "guarantor": {"name": "Josephine Roe" "born": "1980-01-01"}}',
    )
    const { status, stdout, stderr } = daybook('command', file, ...book)
    expect(status).toBe(1)
    expect(stderr).toContain('broken.json: not JSON, at line 2, column 40')
    expect(`${stdout}${stderr}`).not.toMatch(/Josephine|Roe|1980/)
  })

  it('trust-12 two values under one name are refused, however the name is written', () => {
    expect(faultOf('{"amount": 1, "amount": 2}')).toBe('f.json: a second value under one name, at line 1, column 15')
    expect(faultOf('[{"a": 1}, {"b": {"\\u0061": 1, "a": 2}}]')).toContain('a second value under one name')
    expect(faultOf('[{"a": 1}, {"a": {"a": 1}}]')).toBeUndefined()
  })

  it('an exponent of many digits is a number like any other', () => {
    expect(faultOf('{"amount": -0e0000010000000000000002}')).toBeUndefined()
    expect(faultOf('[1e00001]')).toBeUndefined()
  })

  it('what JavaScript takes for JSON is taken, and nothing else, whatever was cut or changed', () => {
    const mangled = fc
      .tuple(
        fc.json({ maxDepth: 5 }),
        fc.nat(),
        fc.constantFrom('', '"', '\\', ',', ':', '}', ']', '{', '1', 'e', ' ', '\n'),
      )
      .map(
        ([text, at, put]) =>
          `${text.slice(0, at % (text.length + 1))}${put}${text.slice((at % (text.length + 1)) + 1)}`,
      )
    fc.assert(
      fc.property(fc.oneof(fc.json({ maxDepth: 5 }), mangled), (text) => {
        const fault = faultOf(text)
        fc.pre(!fault?.includes('second value') && !fault?.includes('holds nothing'))
        expect(fault === undefined).toBe(isJson(text))
      }),
      { numRuns: 500 },
    )
  })

  it('trust-12 a pipe, a device and a directory are refused at once', { timeout: 30_000 }, () => {
    const pipe = join(folder, 'pipe.json')
    execFileSync('mkfifo', [pipe])
    const { status, stderr } = daybook('command', pipe, '/dev/zero', folder, ...book)
    expect(status).toBe(1)
    expect(stderr).toContain('pipe.json: this is no regular file')
    expect(stderr).toContain('/dev/zero: this is no regular file')
    expect(stderr).toContain(`${folder}: this is a directory`)
  })

  it('trust-12 own rules are read from a regular file, and from nothing else', { timeout: 30_000 }, () => {
    const pipe = join(folder, 'pipe.mjs')
    execFileSync('mkfifo', [pipe])
    for (const [path, why] of [
      [pipe, 'this is no regular file'],
      ['/dev/zero', 'this is no regular file'],
      [folder, 'this is a directory'],
      [join(folder, 'none.mjs'), 'there is no such file'],
    ] as const) {
      const { status, stderr } = daybook('rules', '--rules', path)
      expect(status).toBe(2)
      expect(stderr).toBe(`daybook: --rules: ${path} can not be loaded: ${why}\n`)
    }
  })

  it('trust-12 standard input without an end is read to the limit, no further', { timeout: 60_000 }, () => {
    const main = join(import.meta.dirname, '..', 'src', 'cli', 'main.ts')
    const line = `exec 2>&1; cat /dev/zero | "${process.execPath}" --conditions=@daybook/source "${main}" command - ${book.join(' ')}`
    const { stdout } = spawnSync('sh', ['-c', line], { cwd: folder, encoding: 'utf8' })
    expect(stdout).toContain('-: more than 32 MB')
  })
})
