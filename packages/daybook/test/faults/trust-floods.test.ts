import { describe, expect, it } from 'vitest'
import { openTestBook, testFolder, write } from '../support/folder.ts'

// Faults of kind “the book's own trust”: files that are made to fill the memory.

const folder = testFolder()
const MEGABYTE = 1024 * 1024

/** The most of the heap that was in use while something ran. */
const heapDuring = async <A>(work: () => Promise<A>): Promise<{ readonly answer: A; readonly most: number }> => {
  let most = 0
  const look = setInterval(() => {
    most = Math.max(most, process.memoryUsage().heapUsed)
  }, 20)
  try {
    return { answer: await work(), most }
  } finally {
    clearInterval(look)
  }
}

describe('a file of nothing but beginnings', () => {
  it.each([
    ['transactions (18 MB of ST)', 'ST*835*1~'],
    ['transactions of claims', 'ST*837*1~'],
    [
      'interchanges',
      `ISA*00*${' '.repeat(10)}*00*${' '.repeat(10)}*ZZ*${'S'.padEnd(15)}*ZZ*${'R'.padEnd(15)}*260101*1200*^*00501*000000001*0*P*:~`,
    ],
  ])('trust-9 %s ends in a typed problem, in bounded memory', { timeout: 120_000 }, async (what, one) => {
    const file = write(
      folder,
      `${what.replaceAll(/\W/g, '-')}.edi`,
      one.repeat(Math.floor((18 * MEGABYTE) / one.length)),
    )
    await using book = await openTestBook()
    const before = process.memoryUsage().heapUsed
    const { answer, most } = await heapDuring(() => book.importPaths([file]))
    const [report] = answer.files
    expect(report?.transactions.length).toBeLessThanOrEqual(50_000)
    expect(report?.problems.map(({ code }) => code)).toContain('tooManyTransactions')
    expect(report?.problems.find(({ code }) => code === 'tooManyTransactions')).toMatchObject({
      severity: 'error',
      message: 'the file has more than 50000 transactions; those after them were not read',
      doWhat: expect.stringContaining('ask the sender for smaller ones'),
    })
    expect(answer.totals.errors).toBeGreaterThan(0)
    expect(most - before).toBeLessThan(400 * MEGABYTE)
  })
})
