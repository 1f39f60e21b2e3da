import { join } from 'node:path'
import { expect, it } from 'vitest'
import { commandLineIn } from './support/command-line.ts'
import { openTestBook, testFolder, write } from './support/folder.ts'
import { remittanceText } from './support/remittance-text.ts'

const folder = testFolder()

/** A third claim of the advice: 16.00 of it goes on to a carrier that the book does not know. */
const crossedOver = [
  'CLP*V9*19*100.00*64.00*16.00*12*PCN9*11*1',
  'NM1*QC*1*MOE*SAM****MI*M9',
  'NM1*TT*2*GAP PLAN',
  'SVC*HC:99213*100.00*64.00**1',
  'DTM*472*20261015',
  'CAS*CO*45*20.00',
  'CAS*PR*2*16.00',
]

it('the desk completes a coverage that a crossover named, from the worklist through a command file', async () => {
  const url = `sqlite:${join(folder, 'daybook.db')}`
  const book = await openTestBook(url)
  const path = write(folder, 'crossover.835', remittanceText({ paid: '214.00', more: crossedOver }))
  await book.importPaths([path], { openMissing: true })
  const [stub] = (await book.worklist({ queue: 'stubCoverages' })).items
  expect(stub).toMatchObject({ amount: 1_600, reasons: ['GAP PLAN is known by name only; 16.00 stands there'] })
  expect((await book.worklist({ queue: 'claimWork:completeCrossoverCoverage' })).total).toBe(1)
  await book.close()

  const complete = {
    account: stub?.account,
    commandId: 'complete-1',
    type: 'CompleteCoverage',
    on: '2026-11-21',
    coverage: stub?.subject,
    payer: 'GAP1',
    payerName: 'GAP PLAN OF THE MIDWEST',
    memberId: 'G-77',
  }
  const daybook = commandLineIn(folder)
  const file = write(folder, 'complete.json', JSON.stringify([complete, { ...complete, commandId: 'complete-2' }]))
  const given = await daybook('command', file, '--actor', 'anna')
  expect(given.status, 'the second finds it complete').toBe(1)
  expect(given.stdout).toMatch(/done {2}.*: CompleteCoverage on account/)
  expect(given.stdout).toContain('coverage.complete')

  await using again = await openTestBook(url)
  expect((await again.worklist({ queue: 'stubCoverages' })).items).toEqual([])
  expect((await again.worklist({ queue: 'claimWork:completeCrossoverCoverage' })).items).toEqual([])
  expect(await again.account(stub?.account ?? '')).toMatchObject({
    balances: [{ payer: 'GAP PLAN OF THE MIDWEST', active: 1_600 }],
  })
})
