import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../src/index.ts'
import { openTestBook } from './support/folder.ts'

// design §3.5: posting is a process that issues one command per claim of a remittance on file.

const charge = { type: 'PostCharge', on: '2026-11-01', visit: 'v1', line: 'l1', code: '99213', amount: 10_000 } as const
const claim = {
  number: 1,
  segment: 1,
  patientControlNumber: 'V1',
  payerControlNumber: 'P1',
  status: '1',
  filingIndicator: '12',
  charge: 10_000,
  paid: 10_000,
  patient: {},
  adjustments: [],
  remarks: [],
  findings: [],
  defects: [],
  lines: [],
}
const advised: AccountCommandInput = {
  type: 'PostRemittedClaims',
  on: '2026-11-02',
  remittanceId: 'made-up',
  payer: { payerId: 'acme', payerName: 'ACME' },
  capitation: false,
  visit: { known: 'v1' },
  claims: [claim],
}

describe('what only the import may issue', () => {
  it('a payer’s cash of a remittance that nobody received is refused at the public door, and says what to do', async () => {
    await using book = await openTestBook()
    const { account } = await book.open({ guarantor: { name: 'Jo Roe' }, on: '2026-11-01' })
    await book.execute(account, { type: 'AddCoverage', on: '2026-11-01', coverage: 'c1', payer: 'acme' })
    await book.execute(account, charge)
    const before = await book.history(account)
    expect(await book.execute(account, advised)).toMatchObject({
      ok: false,
      hits: [{ rule: 'import.only', requiredAction: expect.stringContaining('import') }],
    })
    expect((await book.history(account)).events).toHaveLength(before.events.length)
    expect(await book.account(account)).toMatchObject({ totals: { net: 10_000 } })
  })
})
