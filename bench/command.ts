import { DatabaseSync } from 'node:sqlite'
import { type Desk, executeOnAccount } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { accountEvents } from './account-events.ts'
import { onBook } from './book.ts'
import { deskOn } from './desk.ts'
import { writeLog } from './log.ts'
import { type Bench, type Opened, perCpuSecond, perSecond, scratch } from './measure.ts'
import { closePeer, openPeer } from './peer.ts'

const SHORT = 40
const STREAM = 'account-long'

/** A payment that a desk takes, on a long account and on a short one, with what was folded at hand or not. */
export const open = async (quick: boolean): Promise<Opened> => {
  const long = quick ? 200 : 1_000
  const commands = quick ? 5 : 50
  const disk = scratch()
  const peer = openPeer()
  let books = 0

  /** Every figure has a book of its own, so that its account is as long as it says. */
  const post = (events: number, desks: 'kept' | 'anew', per: typeof perSecond): Promise<number> => {
    books += 1
    return onBook(disk.path(`book-${books}.db`), async (store) => {
      await Effect.runPromise(writeLog(store, accountEvents(events), [STREAM]))
      const take = async (desk: Desk, command: number): Promise<void> => {
        const payment = { type: 'PostPayment', on: '2026-11-21', amount: 100, tender: 'cash' }
        const outcome = await Effect.runPromise(executeOnAccount(desk, 'long', payment, `payment-${command}`))
        if (!outcome.ok) throw new RangeError(JSON.stringify(outcome.hits))
      }
      const kept = deskOn(store)
      await take(kept, -1)
      return per(commands, async () => {
        for (let command = 0; command < commands; command += 1) {
          await take(desks === 'kept' ? kept : deskOn(store), command)
        }
      })
    })
  }

  const whole = disk.path('whole.db')
  await onBook(whole, (store) => Effect.runPromise(writeLog(store, accountEvents(long), [STREAM])))

  /** What anybody without a cache does before each command: read all events of the account, and parse them. */
  const readAndParse = async (): Promise<number> => {
    const db = new DatabaseSync(whole, { readOnly: true })
    const rows = db.prepare(
      `SELECT * FROM events WHERE stream = (SELECT stream FROM streams WHERE name = '${STREAM}') ORDER BY version`,
    )
    rows.setReturnArrays(true)
    const figure = await perCpuSecond(commands, () => {
      for (let command = 0; command < commands; command += 1) {
        const events = rows.all() as unknown as readonly (readonly unknown[])[]
        for (const row of events) JSON.parse(String(row[11]))
        if (events.length !== long) throw new RangeError(`${events.length} events read, ${long} written`)
      }
    })
    db.close()
    return figure
  }

  /** Emmett keeps no folded state: it reads the stream for each command, cached or cold. */
  let filled = false
  const inPeer = (by: 'cpu' | 'clock'): NonNullable<Bench['peer']> =>
    'missing' in peer
      ? peer
      : {
          is: 'Emmett',
          better: 'higher',
          run: async () => {
            const path = disk.path('peer.db')
            const events = accountEvents(long)
            const event = events.find(({ type }) => type === 'InsurancePaymentPosted')
            if (!event) throw new RangeError('no payment among the events')
            if (!filled) await peer.fill(path, [STREAM], events)
            filled = true
            const spent = await peer.command({ path, streams: [STREAM], each: commands, event })
            return (commands / spent[by]) * 1_000
          },
        }

  const name = `command on ${long.toLocaleString('en-US')} events`
  const shorter = `the same on ${SHORT} events`
  return {
    benches: [
      {
        name: `${name}, cached`,
        unit: 'commands/s of a core',
        limitIs: shorter,
        ours: () => post(long, 'kept', perCpuSecond),
        limit: () => post(SHORT, 'kept', perCpuSecond),
        peer: inPeer('cpu'),
        bars: [{ of: 'peer', is: 'at least', value: 20 }],
      },
      {
        name: `${name}, cached`,
        unit: 'commands/s',
        limitIs: shorter,
        ours: () => post(long, 'kept', perSecond),
        limit: () => post(SHORT, 'kept', perSecond),
        peer: inPeer('clock'),
        bars: [],
      },
      {
        name: `${name}, cold`,
        unit: 'commands/s of a core',
        limitIs: 'read and JSON.parse of the events, nothing decided or written',
        ours: () => post(long, 'anew', perCpuSecond),
        limit: readAndParse,
        peer: inPeer('cpu'),
        bars: [],
      },
      {
        name: `${name}, what the cache saves`,
        unit: 'commands/s of a core',
        limitIs: 'the same, cold',
        ours: () => post(long, 'kept', perCpuSecond),
        limit: () => post(long, 'anew', perCpuSecond),
        bars: [],
      },
    ],
    close: () => {
      closePeer(peer)
      disk.remove()
    },
  }
}
