import type { Instant } from '@daybook/core/kernel'
import { type EventStoreShape, NO_STREAM, type SealedEvent } from '@daybook/core/ports'
import { seal } from '@daybook/core/service'
import { accountEvents, codec } from './account-events.ts'
import { deskOn } from './desk.ts'

export const COMMITTED = '2026-11-21T12:00:00.000Z' as Instant

/** A payment as an account's log has it. */
export const onePayment = () => {
  const [event] = accountEvents(200).filter(({ type }) => type === 'InsurancePaymentPosted')
  if (!event) throw new RangeError('no payment among the events')
  return event
}

/** Seals that payment as the first event of a stream, anew each time. */
export const sealer = (): ((stream: string, origin: string) => readonly SealedEvent[]) => {
  const event = onePayment()
  const { world } = deskOn({} as EventStoreShape).service
  return (stream, origin) =>
    seal(codec, [event], [{ id: world.uuid(), salt: world.salt(), meta: { commandId: stream } }], {
      stream,
      token: NO_STREAM,
      origin,
      recordedAt: COMMITTED,
      actor: 'bench',
      sha256: world.sha256,
    })
}
