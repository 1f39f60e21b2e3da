import { copyFileSync, rmSync } from 'node:fs'
import {
  type AccountCommand,
  type AccountState,
  account as aggregate,
  foldAccount,
  newAccount,
} from '@daybook/core/account'
import { type Instant, type LineId, toCents, toDay, type VisitId } from '@daybook/core/kernel'
import type { EventStoreShape, StoredEvent } from '@daybook/core/ports'
import { accountContext, type Desk, executeOnAccount, issueToAccount, type Outcome } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { type AgedAccount, agedAccount, type Left, UNANSWERED } from './aged-account.ts'
import { onBook } from './book.ts'
import { deskOn } from './desk.ts'
import { readLog, writeLog } from './log.ts'
import { type Bench, cpuMilliseconds, type Opened, scratch } from './measure.ts'
import { closePeer, openPeer } from './peer.ts'
import { rawLog } from './raw-sqlite.ts'

/** Commands that one account takes in a figure: few, so that it stays as old and as open as is said. One more comes before. */
const EACH = UNANSWERED - 1
/** Decisions of a figure without a store. */
const DECISIONS = 40
const TODAY = toDay('2026-11-20')

const kinds = ['payment', 'charge', 'remitted claim'] as const
type Kind = (typeof kinds)[number]

const commandOf = (kind: Kind, { answers }: AgedAccount, n: number): AccountCommand => {
  const answer = answers[n % answers.length]
  if (kind === 'remitted claim' && answer) return { ...answer, on: TODAY }
  if (kind === 'payment') return { type: 'PostPayment', on: TODAY, amount: toCents(100 + n), tender: 'cash' }
  const line = `new-${n}` as LineId
  return {
    type: 'PostCharge',
    on: TODAY,
    visit: line as string as VisitId,
    line,
    code: '99213',
    amount: toCents(14_500),
  }
}

/** As each comes to the desk: a claim from the import, which has validated it, the others through the door. */
const take = (desk: Desk, kind: Kind, accountId: string, command: AccountCommand, n: number) => {
  const commandId = `${kind}-${n}`
  const outcome: Effect.Effect<Outcome, unknown> =
    kind === 'remitted claim'
      ? issueToAccount(desk, accountId, command, commandId)
      : executeOnAccount(desk, accountId, command, commandId)
  return Effect.map(outcome, (told) => {
    if (!told.ok) throw new RangeError(`${kind}: ${JSON.stringify(told.hits)}`)
  })
}

/** An account, and a book that holds it several times. */
interface Shelf {
  readonly account: AgedAccount
  readonly path: string
  readonly accounts: readonly string[]
}

/** Accounts of each length: as many commands in each figure, so that what a few of the first cost weighs the same. */
const COPIES = 12

/** Books that are written once and copied for each figure. */
const shelves = (path: (name: string) => string) => {
  const written = new Map<string, Shelf>()
  return async (events: number, left: Left): Promise<Shelf> => {
    const name = `${left}-${events}`
    const known = written.get(name)
    if (known) return known
    const account = agedAccount(events, left)
    const accounts = Array.from({ length: COPIES }, (_, n) => String(n))
    const shelf = { account, path: path(`${name}.db`), accounts }
    await onBook(shelf.path, (store) =>
      Effect.runPromise(
        Effect.forEach(accounts, (id) => writeLog(store, account.events, [`account-${id}`]), {
          concurrency: 'unbounded',
          discard: true,
        }),
      ),
    )
    written.set(name, shelf)
    return shelf
  }
}

/** The events of each command. */
const byCommand = (events: readonly StoredEvent[]): readonly (readonly StoredEvent[])[] => [
  ...Map.groupBy(events, ({ stream, commandId }) => `${stream} ${commandId}`).values(),
]

/** What a command costs by the age of its account: a payment, a charge and a remitted claim, accounts at hand. */
export const open = (quick: boolean): Opened => {
  const disk = scratch()
  const shelf = shelves(disk.path)
  const young = 50
  const older = quick ? [100, 200] : [1_000, 10_000]
  const peer = openPeer()
  let copies = 0
  const copyOf = (path: string): string => {
    copies += 1
    const copy = disk.path(`copy-${copies}.db`)
    copyFileSync(path, copy)
    return copy
  }

  /** What commands of a kind wrote on young accounts, for the statement that writes the same. */
  const written = new Map<Kind, readonly (readonly StoredEvent[])[]>()

  const onAccounts = async (kind: Kind, events: number, left: Left): Promise<number> => {
    const { account, path, accounts } = await shelf(events, left)
    const book = copyOf(path)
    const figure = await onBook(book, async (store) => {
      const desk = deskOn(store)
      const each = async (n: number) => {
        const command = commandOf(kind, account, n)
        for (const id of accounts) await Effect.runPromise(take(desk, kind, id, command, n))
      }
      // The first command loads the account, and asks of all its rows what the later ones find kept (decision 0010).
      await each(0)
      const spent = await cpuMilliseconds(accounts.length * EACH, async () => {
        for (let n = 1; n <= EACH; n += 1) await each(n)
      })
      if (events === young && !written.has(kind)) {
        const log = await Effect.runPromise(readLog(store))
        written.set(kind, byCommand(log.slice(accounts.length * events)).slice(accounts.length))
      }
      return spent
    })
    rmSync(book)
    return figure
  }

  const raw = async (kind: Kind): Promise<number> => {
    copies += 1
    const log = rawLog(disk.path(`raw-${copies}.db`))
    const commands = written.get(kind) ?? []
    const figure = await cpuMilliseconds(commands.length, () => commands.forEach(log.write))
    log.close()
    return figure
  }

  /** The same decisions on the folded account, without a store: decided, and folded. */
  const decided = async (kind: Kind, events: number): Promise<number> => {
    const { account } = await shelf(events, 'twenty')
    const contextOf = accountContext(deskOn({} as EventStoreShape))
    const after = (state: AccountState, n: number): AccountState => {
      const context = contextOf({
        commandId: `${kind}-${n}`,
        stream: 'account-0',
        now: `${TODAY}T12:00:00.000Z` as Instant,
        today: TODAY,
        actor: { id: 'bench', roles: ['system'] },
      })
      const decision = aggregate.decide(state, commandOf(kind, account, n), context)
      if (!decision.ok) throw new RangeError(JSON.stringify(decision.hits))
      return decision.after ?? foldAccount(state, decision.events)
    }
    const asked = after(foldAccount(newAccount, account.events), 0)
    return cpuMilliseconds(DECISIONS, () => {
      for (let n = 1; n <= DECISIONS; n += 1) after(asked, 1 + (n % EACH))
    })
  }

  const filled = new Set<string>()
  const inPeer = (events: number): NonNullable<Bench['peer']> =>
    'missing' in peer
      ? peer
      : {
          is: 'Emmett',
          better: 'lower',
          run: async () => {
            const { account, accounts } = await shelf(events, 'twenty')
            const path = disk.path(`peer-${events}.db`)
            const streams = accounts.map((id) => `account-${id}`)
            const event = account.events.find(({ type }) => type === 'PatientPaymentPosted')
            if (!event) throw new RangeError('no payment among the events')
            if (!filled.has(path)) await peer.fill(path, streams, account.events)
            filled.add(path)
            const { cpu } = await peer.command({ path, streams, each: EACH, event })
            return cpu / (accounts.length * EACH)
          },
        }

  const unit = 'ms of a core'
  const count = (events: number): string => events.toLocaleString('en-US')
  const onYoung = kinds.map(
    (kind): Bench => ({
      name: `${kind} on ${young} events, 20 items open`,
      unit,
      limitIs: 'node:sqlite, the same rows, one command a transaction',
      ours: () => onAccounts(kind, young, 'twenty'),
      limit: () => raw(kind),
      ...(kind === 'payment' ? { peer: inPeer(young) } : {}),
      bars: [],
    }),
  )
  const onOlder = (kind: Kind, events: number, left: Left): Bench => ({
    name: `${kind} on ${count(events)} events, ${left === 'twenty' ? '20 items' : 'all'} open`,
    unit,
    limitIs: `the same on ${young} events`,
    ours: () => onAccounts(kind, events, left),
    limit: () => onAccounts(kind, young, left),
    ...(kind === 'payment' && left === 'twenty' ? { peer: inPeer(events) } : {}),
    bars: left === 'twenty' ? [{ of: 'ratio', is: 'at most', value: 1.5 }] : [],
  })
  const oldest = older.at(-1) ?? 0
  const alone = kinds.map(
    (kind): Bench => ({
      name: `${kind} on ${count(oldest)} events, 20 items open, decided and folded alone`,
      unit,
      limitIs: `the same on ${young} events`,
      ours: () => decided(kind, oldest),
      limit: () => decided(kind, young),
      bars: [],
    }),
  )
  const lefts: readonly Left[] = ['twenty', 'all']
  return {
    benches: [
      ...onYoung,
      ...lefts.flatMap((left) => older.flatMap((events) => kinds.map((kind) => onOlder(kind, events, left)))),
      ...alone,
    ],
    close: () => {
      closePeer(peer)
      disk.remove()
    },
  }
}
