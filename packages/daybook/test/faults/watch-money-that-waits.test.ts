import { expect, it } from 'vitest'
import type { Book } from '../../src/index.ts'
import { openTestBook, uuid } from '../support/folder.ts'
import { remittanceText } from '../support/remittance-text.ts'

// Fault watch-11: what the list says of money without an item: that it waits, where a plan or named lines wait for a payer as where a
// visit does; and that a refund of it is to go out, where one is approved.

const account = uuid(1)
const does = async (book: Book, command: object) => {
  const outcome = await book.execute(account, command as never)
  expect(outcome.ok ? [] : outcome.hits).toEqual([])
}
const work = async (book: Book) =>
  (await book.worklist({ queue: 'unapplied' })).items.map(({ amount, nextAction, blockedBy, due }) => ({
    amount,
    nextAction,
    blockedBy,
    due,
  }))
const waits = (amount: number, blockedBy: string) => ({
  amount,
  nextAction: 'wait for the payer, then it applies by itself',
  blockedBy: [blockedBy],
  due: undefined,
})

/** 200.00 of visit v1 at its payer; what the remittance says of it: 100.00 paid, 40.00 reduced, 60.00 the patient's. */
const insured = async () => {
  let now = '2026-11-03'
  const book = await openTestBook('memory:', { clock: () => new Date(`${now}T15:14:00.000Z`), roles: ['supervisor'] })
  const guarantor = { name: 'Jo Roe', born: '1980-02-01', state: 'MN', standing: 'confirmed' } as const
  await book.open({ account, guarantor, on: '2026-10-15' })
  const plan = { payer: '123456789', payerName: 'SAMPLE HEALTH PLAN', memberId: 'M1', filingIndicator: '12' }
  await does(book, { type: 'AddCoverage', on: '2026-10-15', coverage: 'c1', ...plan })
  const charge = { type: 'PostCharge', on: '2026-10-15', visit: 'v1', line: 'l1', code: '99213', amount: 20_000 }
  await does(book, { ...charge, patientControlNumber: 'V1' })
  const one = remittanceText({ paid: '150.00', adjustments: ['CAS*CO*45*40.00', 'CAS*PR*3*60.00'] }).replace(
    '*20.00*12*',
    '*60.00*12*',
  )
  const back = remittanceText({
    paid: '50.00',
    adjustments: ['CAS*CO*45*-40.00', 'CAS*PR*3*-60.00'],
    more: ['PLB*1234567893*20261231*WO:PCN1*-100.00'],
  })
    .replace('CLP*V1*1*200.00*100.00*20.00', 'CLP*V1*22*-200.00*-100.00*-60.00')
    .replace('SVC*HC:99213*200.00*100.00', 'SVC*HC:99213*-200.00*-100.00')
    .replace('TRACE0001', 'TRACE0002')
    .replace('CLP*V2*', 'CLP*V3*')
    .replace('PCN2', 'PCN3')
  const receive = async (text: string) => {
    const report = await book.importContent(text, { name: 'advice.edi', openMissing: true })
    expect(report.transactions[0]?.heldClaims, JSON.stringify(report)).toEqual(0)
  }
  const day = (next: string) => {
    now = next
  }
  return { book, day, decided: () => receive(one), takenBack: () => receive(back) }
}

it('watch-11 money for lines that a payer has waits, as money for their visit does', async () => {
  const { book } = await insured()
  await does(book, {
    type: 'PostPayment',
    on: '2026-11-03',
    payment: 'p1',
    amount: 2_000,
    tender: 'check',
    designation: { lines: ['l1'] },
  })
  await does(book, {
    type: 'PostPayment',
    on: '2026-11-03',
    payment: 'p2',
    amount: 1_000,
    tender: 'cash',
    designation: { visitId: 'v1' },
  })
  expect(await work(book)).toEqual([waits(2_000, 'insurance open on v1'), waits(1_000, 'insurance open on v1')])
  await book.close()
})

it('watch-11 a refund of what waits is approved: it is to go out', async () => {
  const { book } = await insured()
  await does(book, {
    type: 'PostPayment',
    on: '2026-11-03',
    payment: 'p1',
    amount: 2_000,
    tender: 'check',
    designation: { visitId: 'v1' },
  })
  await does(book, {
    type: 'ApproveRefund',
    on: '2026-11-03',
    refund: 'r1',
    payment: 'p1',
    payee: 'guarantor',
    method: 'check',
    reason: 'asked back',
  })
  expect(await work(book)).toMatchObject([
    { nextAction: 'issue the refund of 20.00 that is approved (IssueRefund), or void it', blockedBy: [] },
  ])
  await book.close()
})

it('watch-11 money for a plan that waits for a correction waits with it', async () => {
  const { book, day, decided, takenBack } = await insured()
  await decided()
  const household = { monthlyIncome: 500_000 }
  await does(book, {
    type: 'ProposePlan',
    on: '2026-11-03',
    plan: 'pl',
    divide: { instalments: 2 },
    firstDue: '2026-11-20',
    writtenAgreement: true,
    household,
  })
  await does(book, { type: 'AcceptPlan', on: '2026-11-03', plan: 'pl' })
  day('2026-11-10')
  await takenBack()
  await does(book, {
    type: 'PostPayment',
    on: '2026-11-10',
    payment: 'p1',
    amount: 1_000,
    tender: 'check',
    designation: { planId: 'pl' },
  })
  expect(await work(book)).toEqual([waits(1_000, 'plan pl waits for the correction of a payer')])
  await book.close()
})
