import type { AccountCommand } from '@daybook/core/account'
import type { AccountId, Day, RemittanceId } from '@daybook/core/kernel'
import type { AssignReference } from '@daybook/core/registry'
import { assignReference, executeOnAccount, issueToAccount, receiveRemittance } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { readLog } from './support/books.ts'
import { memoryDesk } from './support/desk.ts'
import { advice } from './support/documents.ts'

const run = Effect.runPromise
const on = '2026-11-20' as Day

const waiting: AssignReference = {
  type: 'AssignReference',
  on,
  kind: 'heldClaim',
  target: { remittanceId: 'r1' as RemittanceId },
  patientKeys: [],
  expectNone: false,
}
const opening: AccountCommand = { type: 'OpenAccount', on, accountId: 'a1' as AccountId, guarantor: { state: 'MN' } }

describe('commands that the library makes itself are not parsed again', () => {
  it('what one of them decides is validated before it is stored', async () => {
    const desk = await memoryDesk()
    const forged = { ...waiting, target: { remittanceId: 'no id!' as RemittanceId } }
    await expect(run(assignReference(desk, 'heldClaim', 'V1', forged, 'c1'))).rejects.toThrow('RemittanceId')
    expect(await readLog(desk)).toEqual([])
    await run(assignReference(desk, 'heldClaim', 'V1', waiting, 'c1'))
    expect((await readLog(desk)).map(({ type }) => type)).toEqual(['ReferenceAssigned'])
  })

  it('B3 B4 one of them is known again when a caller gives it, and not taken for another', {
    tags: ['B3', 'B4'],
  }, async () => {
    const desk = await memoryDesk()
    expect(await run(issueToAccount(desk, 'a1', opening, 'c1'))).toMatchObject({ ok: true, repeated: false })
    expect(await run(executeOnAccount(desk, 'a1', { ...opening }, 'c1'))).toMatchObject({ ok: true, repeated: true })
    const other = await run(Effect.flip(executeOnAccount(desk, 'a1', { ...opening, on: '2026-11-19' }, 'c1')))
    expect(other._tag).toBe('CommandMismatch')
  })

  it('an advice that a caller gives is refused with the path to its fault, and nothing of it is posted', async () => {
    const desk = await memoryDesk()
    const document = advice({ claims: [{ pcn: 'V1', lines: [{ charge: 100, paid: 100 }] }] })
    const faulty = { ...document, claims: document.claims.map((claim) => ({ ...claim, status: 'too long' })) }
    const fault = await run(Effect.flip(receiveRemittance(desk, faulty, { openMissing: true })))
    expect(fault).toMatchObject({ _tag: 'InvalidCommand', issues: [{ path: 'chunks.0.claims.0.status' }] })
    expect((await readLog(desk)).map(({ type }) => type)).toEqual(['ReferenceAssigned', 'RemittanceReceived'])
  })
})
