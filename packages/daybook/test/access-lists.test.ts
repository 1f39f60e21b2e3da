import type { Role } from '@daybook/core/policy'
import { describe, expect, it } from 'vitest'
import type { Book } from '../src/index.ts'
import { openTestBook, uuid } from './support/folder.ts'

// What lists of work show, to whom, and what of it is on record (decision 0029, reference §4.7).

const on = '2026-11-01'
const account = uuid(1)
const who = (id: string, ...roles: Role[]) => ({ actor: { id, roles } })

const withWork = async (): Promise<Book> => {
  const book = await openTestBook()
  await book.open({ account, on, guarantor: { name: 'Jo Roe', born: '1980-02-01' } })
  await book.openPerson({ person: uuid(2), account, name: 'Jo Roe', on })
  await book.executeOnPerson(uuid(2), { type: 'RecordComplaint', on, topic: 'calls', about: 'too many', account })
  await book.execute(account, { type: 'AssignWork', on: '2026-11-21', queue: 'complaints', to: 'anna' })
  return book
}
const tagOf = async (promise: Promise<unknown>): Promise<string> =>
  await promise.then(
    () => 'answered',
    (error: unknown) => String((error as { readonly _tag?: string })._tag ?? error),
  )
const accessesOf = async (book: Book, question: string) =>
  (await book.accesses({ account })).items.filter((item) => item.question === question)

describe('lists of work', () => {
  it('F37 M11 whoever calls nobody is shown no list that says how people are reached; those of payers they are', {
    tags: ['M11'],
  }, async () => {
    await using book = await withWork()
    for (const role of ['cashPoster', 'coder'] as const) {
      const berta = who('berta', role)
      expect(await tagOf(book.worklist(berta))).toBe('FieldsWithheld')
      expect(await tagOf(book.worklist({ ...berta, queue: 'complaints' }))).toBe('FieldsWithheld')
      expect(await tagOf(book.worklist({ ...berta, queue: 'heldRemittances' }))).toBe('answered')
      expect(await tagOf(book.worklist({ ...berta, queue: 'denials:auth' }))).toBe('answered')
      expect(await tagOf(book.limited.worklist(berta))).toBe('answered')
      expect(await tagOf(book.day({ ...berta, dryRun: true }))).toBe('FieldsWithheld')
    }
    const rep = await book.worklist(who('rita', 'rep'))
    expect(rep.items.map(({ queue }) => queue)).toContain('complaints')
  })

  it('F21 who looks at what somebody has, to hand it over, is on record, whether or not it is done', async () => {
    await using book = await withWork()
    const would = await book.handOver({ from: 'anna', to: 'ben', dryRun: true, ...who('carl', 'supervisor') })
    expect(would.pieces).toHaveLength(1)
    expect(await accessesOf(book, 'handOver')).toMatchObject([{ by: 'carl', question: 'handOver' }])
    expect(
      (await book.handOver({ from: 'dora', to: 'ben', dryRun: true, ...who('carl', 'supervisor') })).pieces,
    ).toEqual([])
    expect(await accessesOf(book, 'handOver')).toHaveLength(1)
    await book.handOver({ from: 'anna', to: 'ben', ...who('carl', 'supervisor') })
    expect(await accessesOf(book, 'handOver')).toHaveLength(2)
  })
})
