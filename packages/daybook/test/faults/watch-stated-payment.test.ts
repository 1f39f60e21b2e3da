import { executeOnAccount } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { expect, it } from 'vitest'
import { entries } from '../support/books.ts'
import { memoryDesk } from '../support/desk.ts'
import { send } from '../support/two-papers.ts'
import { bookOf } from '../support/watch.ts'

// Fault watch-14: a claim says that the patient has paid 20.00 (AMT*F5), and the money is entered after it.

const stated = async () => {
  const desk = await memoryDesk()
  await send(desk, { patientPaid: 2_000 })
  const events = (await entries(desk)).map(({ event }) => event)
  const account = events.flatMap((each) => (each.type === 'AccountOpened' ? each.accountId : []))[0] ?? ''
  const visit = events.flatMap((each) => (each.type === 'VisitOpened' ? each.visitId : []))[0]
  let number = 0
  const give = async (command: object) => {
    number += 1
    const outcome = await Effect.runPromise(
      executeOnAccount(desk, account, { on: '2026-11-21', ...command }, `c${number}`),
    )
    expect(outcome).toMatchObject({ ok: true })
  }
  const pay = (payment: string, amount: number) =>
    give({ type: 'PostPayment', payment, amount, tender: 'cash', designation: { visitId: visit } })
  const asked = async () =>
    (await bookOf(desk)).items
      .filter(({ queue }) => queue === 'claimWork:statedPatientPayment')
      .map(({ amount, reasons }) => [amount, reasons[0]])
  return { give, pay, asked }
}

it('watch-14 nobody looks for it any more once it is there', async () => {
  const { pay, asked } = await stated()
  expect(await asked()).toEqual([[2_000, 'the claim says that the patient paid 20.00; the book has 0.00']])
  await pay('y1', 2_000)
  expect(await asked()).toEqual([])
})

it('watch-14 of a part the rest is looked for, and what bounces with it', async () => {
  const { give, pay, asked } = await stated()
  await pay('y1', 1_200)
  expect(await asked()).toEqual([[800, 'the claim says that the patient paid 20.00; the book has 12.00']])
  await give({ type: 'ReversePayment', payment: 'y1', kind: 'nsf', reason: 'returned' })
  expect(await asked()).toEqual([[2_000, 'the claim says that the patient paid 20.00; the book has 0.00']])
  await pay('y2', 2_500)
  expect(await asked()).toEqual([])
})
