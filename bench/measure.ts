import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

/** One run of a subject gives a figure in the bench's unit. */
export type Subject = () => number | Promise<number>

/** What a figure has to be. `ratio`: ours over the limit's. `peer`: how many times better than the peer's. */
export interface Bar {
  readonly of: 'measured' | 'ratio' | 'peer'
  readonly is: 'at least' | 'at most'
  readonly value: number
}

/** The same work done by another library, in a process of its own. */
export interface PeerSubject {
  readonly is: string
  readonly run: Subject
  /** Which figure is better: of things in a second the higher, of milliseconds the lower. */
  readonly better: 'higher' | 'lower'
}

/** A measurement of ours against a named limit, both in one run and turn by turn. */
export interface Bench {
  readonly name: string
  readonly unit: string
  /** What the limit does, in words. */
  readonly limitIs: string
  readonly ours: Subject
  readonly limit: Subject
  /** Or why there is none. */
  readonly peer?: PeerSubject | { readonly missing: string }
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
  /** `times`: ours is so many times better. */
  readonly peer?:
    | { readonly is: string; readonly figure: number; readonly times: number }
    | { readonly missing: string }
  /** `met` is absent where what it asks for was not measured. */
  readonly bars: readonly (Bar & { readonly met?: boolean })[]
}

export const median = (figures: readonly number[]): number => {
  const sorted = [...figures].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = Number.NaN, high = Number.NaN] = [sorted[middle - 1], sorted[middle]]
  return sorted.length % 2 === 1 ? high : (low + high) / 2
}

const meets = ({ is, value }: Bar, figure: number): boolean => (is === 'at least' ? figure >= value : figure <= value)

const ratios = (over: readonly number[], under: readonly number[]): number =>
  median(over.map((figure, round) => figure / (under[round] ?? Number.NaN)))

/** The peer's figure, or what kept it from giving one: it is not ours to mend, and ours are measured all the same. */
const figureOf = async (peer: Bench['peer']): Promise<number | { readonly missing: string } | undefined> => {
  if (!peer || 'missing' in peer) return peer
  try {
    return await peer.run()
  } catch (error) {
    return { missing: `${peer.is} failed: ${String(error).split('\n')[0]}` }
  }
}

/** Medians of the rounds; all take turns, so that what slows the machine slows each. One round warms up. */
export const measure = async (bench: Bench, rounds: number): Promise<Result> => {
  const ours: number[] = []
  const limit: number[] = []
  const peers: number[] = []
  let { peer } = bench
  for (let round = -1; round < rounds; round += 1) {
    const figures = [await bench.ours(), await bench.limit()] as const
    const ofPeer = await figureOf(peer)
    if (typeof ofPeer === 'object') peer = ofPeer
    if (round < 0) continue
    ours.push(figures[0])
    limit.push(figures[1])
    if (typeof ofPeer === 'number') peers.push(ofPeer)
  }
  const measured = median(ours)
  const ratio = ratios(ours, limit)
  const beside: Result['peer'] =
    peer && 'run' in peer
      ? {
          is: peer.is,
          figure: median(peers),
          times: peer.better === 'higher' ? ratios(ours, peers) : ratios(peers, ours),
        }
      : peer
  const figures = { measured, ratio, peer: beside && 'times' in beside ? beside.times : undefined }
  return {
    name: bench.name,
    unit: bench.unit,
    measured,
    limit: median(limit),
    limitIs: bench.limitIs,
    ratio,
    ...(beside ? { peer: beside } : {}),
    bars: bench.bars.map((bar) => {
      const figure = figures[bar.of]
      return figure === undefined ? bar : { ...bar, met: meets(bar, figure) }
    }),
  }
}

/**
 * Collects garbage, and waits until the collector's own threads have swept up: what a large heap takes them would else be
 * charged to the few commands that are measured next.
 */
const collected = async (): Promise<void> => {
  globalThis.gc?.()
  for (let waits = 0; waits < 100; waits += 1) {
    const from = process.cpuUsage()
    await setTimeout(20)
    const { user, system } = process.cpuUsage(from)
    if (user + system < 1_000) return
  }
}

/** Runs work and gives how many of `count` things it did in a second. */
export const perSecond = async (count: number, work: () => unknown): Promise<number> => {
  await collected()
  const from = performance.now()
  await work()
  return (count / (performance.now() - from)) * 1_000
}

/** The same by processor time, for work of one core without waiting: other programs on the machine do not count. */
export const perCpuSecond = async (count: number, work: () => unknown): Promise<number> => {
  await collected()
  const from = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(from)
  return (count / (user + system)) * 1_000_000
}

/** Processor time that work took, in milliseconds a thing: what other programs on the machine do does not count. */
export const cpuMilliseconds = async (count: number, work: () => unknown): Promise<number> =>
  1_000 / (await perCpuSecond(count, work))

/** A directory of its own, and how to be rid of it. */
export const scratch = (): { readonly path: (name: string) => string; readonly remove: () => void } => {
  const directory = mkdtempSync(join(tmpdir(), 'daybook-bench-'))
  return {
    path: (name) => join(directory, name),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}
