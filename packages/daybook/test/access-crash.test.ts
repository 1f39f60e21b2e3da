import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, inject, it } from 'vitest'
import { bundled } from '../../../scripts/testing/bundled.ts'
import { leaveNoFault } from '../../../scripts/testing/figures.ts'
import { openTestBook, testFolder, uuid } from './support/folder.ts'

// Killed between its record and its answer: somebody may be on record who has seen nothing, never the other way round.

const program = fileURLToPath(new URL('./support/crash-looks.ts', import.meta.url))
const folder = testFolder()
const account = uuid(1)

/** A process that looks until it is killed, and how many answers it was given. */
const looking = (
  file: string,
  url: string,
  actor: string,
): { readonly child: ChildProcess; readonly answers: () => number } => {
  const child = spawn(process.execPath, [file, url, account, actor])
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  return { child, answers: () => said.split('\n').filter((line) => line === account).length }
}

it('every answer that was given has its record, whenever the process dies, and beside another one', {
  tags: ['torture'],
}, async (context) => {
  const kills = inject('kills') < 200 ? Math.ceil(inject('kills') / 3) : inject('kills')
  const url = `sqlite:${join(folder, 'killed.db')}`
  const file = await bundled(program)
  {
    await using book = await openTestBook(url)
    await book.open({ account, guarantor: { name: 'Jo Roe' }, on: '2026-11-01' })
  }
  let given = 0
  for (let n = 0; n < kills; n += 2) {
    const both = [`a${n}`, `b${n}`].map((actor) => ({ actor, ...looking(file, url, actor) }))
    await Promise.all(both.map(({ child }) => once(child.stdout ?? child, 'data')))
    // However busy the machine is, each has given an answer before it dies.
    await Promise.all(both.map(({ answers }) => expect.poll(answers).toBeGreaterThan(0)))
    await wait((n * 37) % 200)
    await Promise.all(
      both.map(async ({ child }) => {
        const closed = once(child, 'close')
        child.kill('SIGKILL')
        await closed
      }),
    )
    await using book = await openTestBook(url)
    for (const { actor, answers } of both) {
      const { items } = await book.accesses({ by: actor, limit: 10_000 })
      expect(items.length).toBeGreaterThanOrEqual(answers())
      expect(items.length).toBeLessThanOrEqual(answers() + 1)
      given += answers()
    }
  }
  await using book = await openTestBook(url)
  const { findings } = await book.check()
  expect(findings).toEqual([])
  expect(given).toBeGreaterThan(kills)
  leaveNoFault(context, {
    programme: 'a look at an account, beside another process',
    store: 'SQLite',
    tried: kills,
    of: 'kills',
    acknowledged: given,
  })
})
