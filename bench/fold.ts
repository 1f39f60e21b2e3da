import { type AccountEvent, foldAccount, newAccount } from '@daybook/core/account'
import { isPosting } from '@daybook/core/kernel'
import { accountEvents } from './account-events.ts'
import { type Opened, perCpuSecond } from './measure.ts'

const EVENTS = 10_000
const SHORT = 50
/** Folds of one figure, so that it takes long enough to be told from noise. */
const TIMES = 100

/** The least that a fold can do: the same effects into one map. */
const addUp = (events: readonly AccountEvent[]): number => {
  const layers = new Map<string, number>()
  for (const event of events) {
    if (!isPosting(event)) continue
    for (const { layerId, amount } of event.effects) layers.set(layerId, (layers.get(layerId) ?? 0) + amount)
  }
  return layers.size
}

/** The same events in accounts of one length: each figure is of all of them, so that none has them in a nearer cache. */
const rate = (accounts: readonly (readonly AccountEvent[])[], fold: (events: readonly AccountEvent[]) => unknown) =>
  perCpuSecond(EVENTS * TIMES, () => {
    for (let time = 0; time < TIMES; time += 1) for (const events of accounts) fold(events)
  })

export const open = (): Opened => {
  const events = accountEvents(EVENTS)
  const long = [events]
  const short = Array.from({ length: EVENTS / SHORT }, (_, n) => events.slice(n * SHORT, (n + 1) * SHORT))
  const fold = (of: readonly AccountEvent[]) => foldAccount(newAccount, of)
  return {
    benches: [
      {
        name: 'fold 50 events',
        unit: 'events/s of a core',
        limitIs: 'a bare loop, the same effects into a Map',
        ours: () => rate(short, fold),
        limit: () => rate(short, addUp),
        bars: [{ of: 'measured', is: 'at least', value: 1_000_000 }],
      },
      {
        name: 'fold 10,000 events',
        unit: 'events/s of a core',
        limitIs: 'the same events in accounts of 50',
        ours: () => rate(long, fold),
        limit: () => rate(short, fold),
        bars: [{ of: 'ratio', is: 'at least', value: 1 }],
      },
      {
        name: 'the bare loop at 10,000 events',
        unit: 'events/s of a core',
        limitIs: 'the same events in accounts of 50: what a larger Map costs by itself',
        ours: () => rate(long, addUp),
        limit: () => rate(short, addUp),
        bars: [],
      },
    ],
    close: () => {},
  }
}
