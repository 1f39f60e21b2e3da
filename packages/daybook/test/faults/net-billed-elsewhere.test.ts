import type { RemittanceId } from '@daybook/core/kernel'
import { executeOnAccount, receiveRemittance, retryHeldClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { expect, it } from 'vitest'
import { entries } from '../support/books.ts'
import { memoryDesk } from '../support/desk.ts'
import { advice, type ClaimOf } from '../support/documents.ts'
import { exam, janeAtAcme, janeAtBeta, send } from '../support/two-papers.ts'
import { bookOf, today } from '../support/watch.ts'

// Fault net-17 with papers: a claim that its payer refused is billed to another payer under the same number, which pays.

const run = Effect.runPromise
const beta = { payer: 'BETA', member: 'B1', sequence: 'P' } as const

it('net-17 the hold names the payer that refused it; what it says is done, and the claim is paid', async () => {
  const desk = await memoryDesk()
  await send(desk)
  const receive = (payer: string, claim: ClaimOf) =>
    run(receiveRemittance(desk, advice({ payer, trace: payer, claims: [claim] }), { openMissing: false }))
  const refused = { ...exam, paid: 0, cas: [['CO', '109', 10_000]] } as const
  const [account = ''] = (
    await receive('ACME', { pcn: 'V1', icn: 'A1', status: '4', patient: janeAtAcme, lines: [refused] })
  ).accounts
  expect(await send(desk, { to: beta }, '2026-02-20')).toEqual(['submitted'])
  const paid = { ...exam, paid: 6_000, cas: [['CO', '45', 4_000]] } as const
  const { held, remittanceId } = await receive('BETA', { pcn: 'V1', icn: 'B1', patient: janeAtBeta, lines: [paid] })
  expect(held.flatMap(({ hits }) => hits.map(({ requiredAction }) => requiredAction))).toEqual([
    'move 100.00 that stands at ACME HEALTH to this payer (TransferResponsibility), then release the claim',
  ])

  const events = (await entries(desk)).map(({ event }) => event)
  const at = (payer: string) => ({
    coverageId: events.flatMap((each) =>
      each.type === 'CoverageAdded' && each.payerId === payer ? each.coverageId : [],
    )[0],
  })
  const [line] = events.flatMap((each) => (each.type === 'ChargePosted' ? each.lineId : []))
  const move = {
    type: 'TransferResponsibility',
    on: today,
    lines: [{ line }],
    from: at('ACME'),
    to: at('BETA'),
    because: 'cobChanged',
    reason: 'ACME was not the payer',
  }
  expect(await run(executeOnAccount(desk, account, move, 'moved'))).toMatchObject({ ok: true })
  const report = await run(
    retryHeldClaims(desk, remittanceId as RemittanceId, { openMissing: false, visits: new Map() }),
  )
  expect(report).toMatchObject({ postedClaims: 1, held: [] })
  const { items } = await bookOf(desk)
  expect(items.map(({ queue }) => queue)).toEqual([])
})
