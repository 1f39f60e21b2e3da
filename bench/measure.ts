import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** One run of a subject gives a figure in the bench's unit. */
export type Subject = () => number | Promise<number>

/** What a figure has to be. `ratio`: ours over the limit's. */
export interface Bar {
  readonly of: 'measured' | 'ratio'
  readonly is: 'at least' | 'at most'
  readonly value: number
}

/** A measurement of ours against a named limit, both in one run and turn by turn. */
export interface Bench {
  readonly name: string
  readonly unit: string
  /** What the limit does, in words. */
  readonly limitIs: string
  readonly ours: Subject
  readonly limit: Subject
  readonly bars: readonly Bar[]
}

/** Benches that share what it takes to run them. */
export interface Opened {
  readonly benches: readonly Bench[]
  readonly close: () => void
}

export interface Result {
  readonly name: string
  readonly unit: string
  readonly measured: number
  readonly limit: number
  readonly limitIs: string
  readonly ratio: number
  readonly bars: readonly (Bar & { readonly met: boolean })[]
}

export const median = (figures: readonly number[]): number => {
  const sorted = [...figures].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = Number.NaN, high = Number.NaN] = [sorted[middle - 1], sorted[middle]]
  return sorted.length % 2 === 1 ? high : (low + high) / 2
}

const meets = ({ is, value }: Bar, figure: number): boolean => (is === 'at least' ? figure >= value : figure <= value)

/** Medians of the rounds; ours and the limit take turns, so that what slows the machine slows both. One round warms up. */
export const measure = async (bench: Bench, rounds: number): Promise<Result> => {
  const ours: number[] = []
  const limit: number[] = []
  for (let round = -1; round < rounds; round += 1) {
    const figures = [await bench.ours(), await bench.limit()] as const
    if (round < 0) continue
    ours.push(figures[0])
    limit.push(figures[1])
  }
  const measured = median(ours)
  const bound = median(limit)
  const ratio = median(ours.map((figure, round) => figure / (limit[round] ?? Number.NaN)))
  return {
    name: bench.name,
    unit: bench.unit,
    measured,
    limit: bound,
    limitIs: bench.limitIs,
    ratio,
    bars: bench.bars.map((bar) => ({ ...bar, met: meets(bar, bar.of === 'ratio' ? ratio : measured) })),
  }
}

/** Runs work and gives how many of `count` things it did in a second. */
export const perSecond = async (count: number, work: () => unknown): Promise<number> => {
  globalThis.gc?.()
  const from = performance.now()
  await work()
  return (count / (performance.now() - from)) * 1_000
}

/** The same by processor time, for work of one core without waiting: other programs on the machine do not count. */
export const perCpuSecond = async (count: number, work: () => unknown): Promise<number> => {
  globalThis.gc?.()
  const from = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(from)
  return (count / (user + system)) * 1_000_000
}

/** A directory of its own, and how to be rid of it. */
export const scratch = (): { readonly path: (name: string) => string; readonly remove: () => void } => {
  const directory = mkdtempSync(join(tmpdir(), 'daybook-bench-'))
  return {
    path: (name) => join(directory, name),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}
