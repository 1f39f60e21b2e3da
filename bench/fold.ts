import { type AccountEvent, foldAccount, newAccount } from '@daybook/core/account'
import { isPosting } from '@daybook/core/kernel'
import { accountEvents } from './account-events.ts'
import { type Opened, perCpuSecond } from './measure.ts'

const SHORT = 50

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
const rate =
  (count: number, times: number) =>
  (accounts: readonly (readonly AccountEvent[])[], fold: (events: readonly AccountEvent[]) => unknown) =>
    perCpuSecond(count * times, () => {
      for (let time = 0; time < times; time += 1) for (const events of accounts) fold(events)
    })

export const open = (quick: boolean): Opened => {
  const count = quick ? 500 : 10_000
  /** Folds of one figure, so that it takes long enough to be told from noise. */
  const rateOf = rate(count, quick ? 2 : 100)
  const long = count.toLocaleString('en-US')
  const events = accountEvents(count)
  const whole = [events]
  const short = Array.from({ length: count / SHORT }, (_, n) => events.slice(n * SHORT, (n + 1) * SHORT))
  const fold = (of: readonly AccountEvent[]) => foldAccount(newAccount, of)
  return {
    benches: [
      {
        name: `fold ${SHORT} events`,
        unit: 'events/s of a core',
        limitIs: 'a bare loop, the same effects into a Map',
        ours: () => rateOf(short, fold),
        limit: () => rateOf(short, addUp),
        bars: [{ of: 'measured', is: 'at least', value: 1_000_000 }],
      },
      {
        name: `fold ${long} events`,
        unit: 'events/s of a core',
        limitIs: 'the same events in accounts of 50',
        ours: () => rateOf(whole, fold),
        limit: () => rateOf(short, fold),
        bars: [{ of: 'ratio', is: 'at least', value: 1 }],
      },
      {
        name: `the bare loop at ${long} events`,
        unit: 'events/s of a core',
        limitIs: 'the same events in accounts of 50: what a larger Map costs by itself',
        ours: () => rateOf(whole, addUp),
        limit: () => rateOf(short, addUp),
        bars: [],
      },
    ],
    close: () => {},
  }
}
