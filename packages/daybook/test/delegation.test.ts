import type { AccountCommandInput } from '@daybook/core/account'
import type { Role } from '@daybook/core/policy'
import { describe, expect, it } from 'vitest'
import type { Book } from '../src/index.ts'
import { commandLineIn } from './support/command-line.ts'
import { openTestBook, testFolder, uuid, write } from './support/folder.ts'

const account = uuid(1)
const day = '2026-11-02'
const owing: readonly AccountCommandInput[] = [
  { type: 'OpenAccount', accountId: account, on: day, guarantor: { name: 'Jo Roe' } },
  { type: 'ConfirmGuarantor', on: day, reason: 'called' },
  { type: 'PostCharge', on: day, visit: 'v1', line: 'l1', code: '99213', amount: 12_500 },
  { type: 'AssignWork', on: day, to: 'anna' },
]
const withOne = async (): Promise<Book> => {
  const book = await openTestBook()
  for (const command of owing) expect(await book.execute(account, command)).toMatchObject({ ok: true })
  return book
}
const anna = { id: 'anna' }
const forAnna = (roles: readonly Role[] = ['rep']) => ({ actor: { id: 'ben', roles, onBehalfOf: 'anna' } })
const away = { from: 'anna', to: 'ben', until: '2026-12-31', reason: 'on leave', actor: anna } as const
const writeOff = (approval?: { by: string; roles: 'supervisor'[] }): AccountCommandInput => ({
  type: 'WriteOff',
  on: '2026-11-20',
  visit: 'v1',
  party: 'patient',
  category: 'administrative',
  lines: [{ line: 'l1', amount: 12_500 }],
  reason: 'ours to give up',
  ...(approval ? { approval } : {}),
})
const note = { type: 'AddNote', on: '2026-11-20', summary: 'called, nobody at home' } as const

describe('F21 backup: who does the work of another', () => {
  it('sees it as their own work, for whom it is, while it is delegated, and only its queues', async () => {
    const book = await withOne()
    const mine = async () =>
      (await book.worklist({ assignedTo: 'ben' })).items.map(({ queue, assignedTo, onBehalfOf }) => [
        queue,
        assignedTo,
        onBehalfOf,
      ])
    expect(await mine()).toEqual([])
    const delegated = await book.delegate({ ...away, queues: ['selfPay'] })
    expect(delegated).toMatchObject({ ok: true, events: ['QueueDelegated'] })
    expect(await mine()).toEqual([[expect.stringMatching(/^selfPay/), 'anna', 'anna']])
    expect((await book.worklist({ assignedTo: 'ben', asOf: '2026-11-19' })).items).toEqual([])
    const ended = await book.revokeDelegation(delegated.ok ? delegated.delegation : '', { reason: 'back', actor: anna })
    expect(ended).toMatchObject({ ok: true, events: ['DelegationRevoked'] })
    expect(await mine()).toEqual([])
    expect((await book.check()).findings).toEqual([])
    await book.close()
  })

  it('acts for them by a delegation of that day alone, and every event names both', async () => {
    const book = await withOne()
    const options = { ...forAnna(), commandId: 'note-1' }
    expect(await book.execute(account, note, options)).toMatchObject({ ok: false, hits: [{ rule: 'delegation.none' }] })
    const lent = await book.delegate({ ...away, commandId: 'leave-1' })
    const delegation = lent.ok ? lent.delegation : ''
    expect(await book.delegate({ ...away, commandId: 'leave-1' })).toMatchObject({ delegation, repeated: true })
    const done = await book.execute(account, note, options)
    expect(done).toMatchObject({ ok: true })
    const last = (await book.history(account)).events.at(-1)
    expect(last).toMatchObject({ actor: 'ben', why: { onBehalfOf: 'anna', delegation } })
    const recorded: object[] = []
    for await (const one of book.events({ types: ['NoteAdded'] })) recorded.push(one)
    expect(recorded).toMatchObject([{ actor: 'ben', onBehalfOf: 'anna' }])
    await book.revokeDelegation(delegation, { reason: 'back', actor: anna })
    // What was done while it was delegated keeps its receipt; nothing new is done.
    expect(await book.execute(account, note, options)).toMatchObject({ ok: true, repeated: true })
    expect(await book.execute(account, note, forAnna())).toMatchObject({ ok: false })
    expect((await book.check()).findings).toEqual([])
    await book.close()
  })

  it('F4 may post notes but has no second person in whose work it is: four eyes hold across the delegation', {
    tags: ['F4'],
  }, async () => {
    const book = await withOne()
    await book.delegate(away)
    const by = (id: string) => ({ by: id, roles: ['supervisor' as const] })
    const refused = { ok: false, hits: [{ rule: 'WO-01' }] }
    expect(await book.execute(account, note, forAnna())).toMatchObject({ ok: true })
    expect(await book.execute(account, writeOff(by('ben')), forAnna())).toMatchObject(refused)
    expect(await book.execute(account, writeOff(by('Anna')), forAnna())).toMatchObject(refused)
    // Roles are not lent: anna is a supervisor, and ben is none in her name.
    expect(await book.execute(account, writeOff(), forAnna())).toMatchObject(refused)
    expect(await book.execute(account, writeOff(by('cleo')), forAnna())).toMatchObject({ ok: true })
    await book.close()
  })

  it('is refused for a queue that there is none of, and by who only asks a question', async () => {
    const book = await withOne()
    await expect(book.delegate({ ...away, queues: ['denial'] })).rejects.toMatchObject({ _tag: 'InvalidCommand' })
    const asked = { assignedTo: 'ben', actor: { id: 'ben', onBehalfOf: 'anna' } }
    await expect(book.worklist(asked)).rejects.toMatchObject({ _tag: 'InvalidQuery' })
    expect(await book.delegate({ ...away, actor: { id: 'ben' } })).toMatchObject({
      ok: false,
      hits: [{ rule: 'delegation.notTheirs' }],
    })
    await book.close()
  })

  it('on the command line: delegate, --mine, --on-behalf-of, hand-over', async () => {
    const folder = testFolder()
    const line = commandLineIn(folder)
    write(folder, 'work.json', JSON.stringify(owing.map((command) => ({ account, ...command }))))
    const db = ['--db', 'sqlite:work.db', '--practice', 'physicianPracticeMN']
    expect((await line('command', 'work.json', ...db)).status).toBe(0)
    const delegated = ['delegate', 'anna', 'ben', '--until', '2099-12-31', '--reason', 'on leave', ...db]
    expect((await line(...delegated, '--actor', 'ben')).status).toBe(1)
    expect((await line(...delegated, '--actor', 'anna')).status).toBe(0)
    expect((await line('delegate', ...db)).stdout).toContain('now ben for anna: all work')
    const mine = await line('worklist', '--mine', '--actor', 'ben', ...db)
    expect(mine.stdout).toContain('(for anna)')
    const noted = ['note', account, 'nobody', 'at', 'home', '--actor', 'ben', '--on-behalf-of', 'anna', ...db]
    expect((await line(...noted)).status).toBe(0)
    expect((await line('history', account, ...db)).stdout).toContain('by ben for anna')
    const handed = await line('hand-over', 'anna', 'cleo', '--json', ...db)
    expect(JSON.parse(handed.stdout)).toMatchObject({ to: 'cleo', pieces: [{ account, outcome: 'done' }] })
  })
})
