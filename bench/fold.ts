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

const rate = (events: readonly AccountEvent[], times: number, fold: (events: readonly AccountEvent[]) => unknown) =>
  perCpuSecond(events.length * times, () => {
    for (let time = 0; time < times; time += 1) fold(events)
  })

export const open = (): Opened => {
  const long = accountEvents(EVENTS)
  const short = long.slice(0, SHORT)
  const fold = (events: readonly AccountEvent[]) => foldAccount(newAccount, events)
  const shorts = (TIMES * EVENTS) / SHORT
  return {
    benches: [
      {
        name: 'fold 50 events',
        unit: 'events/s of a core',
        limitIs: 'a bare loop, the same effects into a Map',
        ours: () => rate(short, shorts, fold),
        limit: () => rate(short, shorts, addUp),
        bars: [{ of: 'measured', is: 'at least', value: 1_000_000 }],
      },
      {
        name: 'fold 10,000 events',
        unit: 'events/s of a core',
        limitIs: 'the same at 50 events',
        ours: () => rate(long, TIMES, fold),
        limit: () => rate(short, shorts, fold),
        bars: [{ of: 'ratio', is: 'at least', value: 1 }],
      },
      {
        name: 'the bare loop at 10,000 events',
        unit: 'events/s of a core',
        limitIs: 'the same at 50 events: what a larger Map costs by itself',
        ours: () => rate(long, TIMES, addUp),
        limit: () => rate(short, shorts, addUp),
        bars: [],
      },
    ],
    close: () => {},
  }
}
