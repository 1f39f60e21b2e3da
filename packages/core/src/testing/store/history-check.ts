import type { Sha256 } from '../../kernel/leaf.ts'
import type { Receipt, StoredEvent } from '../../ports/event-store.ts'
import { verifyChain } from '../../service/verify-chain.ts'

/** What became of a command as its sender knows it; times are any numbers that grow, of one clock. */
export interface Tried {
  readonly stream: string
  readonly commandId: string
  /** `unknown`: no answer, or one that leaves it open. */
  readonly outcome: 'written' | 'refused' | 'unknown'
  readonly receipt?: Pick<Receipt, 'firstVersion' | 'lastVersion' | 'firstPosition' | 'lastPosition' | 'headHash'>
  /** How many events it decided, where its sender knows. */
  readonly events?: number
  readonly began: number
  readonly ended: number
}

/** A read of a whole stream, as leaf hashes in version order. */
export interface Seen {
  readonly stream: string
  readonly leaves: readonly string[]
  readonly began: number
  readonly ended: number
}

/**
 * How a log contradicts what was acknowledged: something is gone; stands there twice, or in parts; is other than it was
 * sealed; stands in another place; was refused, and is there; or a reader was shown what is not so.
 */
export const historyFaultKinds = ['lost', 'doubled', 'altered', 'reordered', 'refused', 'misread'] as const
export type HistoryFaultKind = (typeof historyFaultKinds)[number]

export interface HistoryFault {
  readonly kind: HistoryFaultKind
  readonly message: string
}

/** What a log is hashed with: with it events that are other than they were sealed are found too. */
export interface HistoryProof {
  readonly sha256: Sha256
  readonly origin: string
}

const keyOf = ({ stream, commandId }: { readonly stream: string; readonly commandId: string }): string =>
  `${stream} ${commandId}`

const grouped = <T>(all: readonly T[], key: (one: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const group = groups.get(key(one))
    if (group) group.push(one)
    else groups.set(key(one), [one])
  }
  return groups
}

const fault = (kind: HistoryFaultKind, message: string): readonly HistoryFault[] => [{ kind, message }]

const streamFaults = (
  stream: string,
  events: readonly StoredEvent[],
  proof: HistoryProof | undefined,
): readonly HistoryFault[] => {
  const moved = events.findIndex(({ version }, at) => version !== at)
  if (moved >= 0) return fault('reordered', `${stream}: event ${moved} is not the next one of its chain`)
  const torn = events.findIndex(({ prev }, at) => prev !== (events[at - 1]?.leaf ?? '-'))
  if (torn >= 0) return fault('altered', `${stream}: event ${torn} is not the next one of its chain`)
  const chain = proof && verifyChain(events, proof.sha256, proof.origin)
  return chain && !chain.ok ? fault('altered', chain.fault.message) : []
}

const logFaults = (log: readonly StoredEvent[], proof: HistoryProof | undefined): readonly HistoryFault[] => {
  const ids = new Set(log.map(({ id }) => id))
  const gap = log.findIndex(({ position }, at) => position !== at + 1)
  const streams = grouped(log, ({ stream }) => stream)
  return [
    ...(gap < 0 ? [] : fault('lost', `the log has a gap at position ${gap + 1}`)),
    ...(ids.size === log.length ? [] : fault('doubled', `${log.length - ids.size} event ids stand in the log twice`)),
    ...[...streams].flatMap(([stream, events]) => streamFaults(stream, events, proof)),
  ]
}

/** The events of a command as the log has them, which its receipts must name. */
const commandFaults = (
  key: string,
  tried: readonly Tried[],
  events: readonly StoredEvent[],
): readonly HistoryFault[] => {
  const [first, last] = [events[0], events.at(-1)]
  const isWhole = events.every(
    ({ position, version }, at) => position === (first?.position ?? 0) + at && version === (first?.version ?? 0) + at,
  )
  if (!isWhole) return fault('doubled', `${key}: it stands in the log more than once, or in parts`)
  return tried.flatMap(({ outcome, receipt, events: count = events.length }) => {
    if (outcome === 'unknown' && events.length > 0 && count !== events.length)
      return fault(
        'doubled',
        `${key}: it decided ${count} events, and the log has ${events.length}: it is there in parts`,
      )
    if (outcome !== 'written') return []
    if (!(first && last)) return fault('lost', `${key}: it was acknowledged, and is lost`)
    if (count !== events.length) {
      const message = `${key}: ${count} events were acknowledged, the log has ${events.length}`
      return fault(events.length < count ? 'lost' : 'doubled', message)
    }
    const found = [first.version, last.version, first.position, last.position, last.leaf]
    const { firstVersion, lastVersion, firstPosition, lastPosition, headHash } = receipt ?? ({} as Partial<Receipt>)
    const said = [firstVersion, lastVersion, firstPosition, lastPosition, headHash]
    if (!receipt || found.join() === said.join()) return []
    const message = `${key}: its receipt names ${said.join()}, the log has ${found.join()}`
    if (firstVersion === first.version && (lastVersion ?? 0) > last.version) return fault('lost', message)
    return fault(found.slice(0, 4).join() === said.slice(0, 4).join() ? 'altered' : 'reordered', message)
  })
}

/** A command that was refused, and that nobody has sent with another answer, is not there. */
const refusedFaults = (
  key: string,
  tried: readonly Tried[],
  events: readonly StoredEvent[],
): readonly HistoryFault[] =>
  events.length > 0 && tried.length > 0 && tried.every(({ outcome }) => outcome === 'refused')
    ? fault('refused', `${key}: it was refused, and is in the log`)
    : []

/** What had been answered before another was sent stands before it, in whatever streams they are. */
const orderFaults = (commands: ReadonlyMap<string, readonly Tried[]>): readonly HistoryFault[] => {
  const places = [...commands].flatMap(([key, tried]) => {
    const written = tried.filter(({ outcome, receipt }) => outcome === 'written' && receipt)
    const { firstPosition, lastPosition } = written[0]?.receipt ?? {}
    if (firstPosition === undefined || lastPosition === undefined) return []
    const began = tried.reduce((least, one) => Math.min(least, one.began), Number.POSITIVE_INFINITY)
    const ended = written.reduce((least, one) => Math.min(least, one.ended), Number.POSITIVE_INFINITY)
    return [{ key, began, ended, firstPosition, lastPosition }]
  })
  const answered = places.toSorted((a, b) => a.ended - b.ended)
  const faults: HistoryFault[] = []
  let next = 0
  let last = { key: '', position: 0 }
  for (const { key, began, firstPosition } of places.toSorted((a, b) => a.began - b.began)) {
    for (let one = answered[next]; one && one.ended < began; one = answered[++next])
      if (one.lastPosition > last.position) last = { key: one.key, position: one.lastPosition }
    if (last.position >= firstPosition)
      faults.push({
        kind: 'reordered',
        message: `${key}: it was sent after ${last.key} was answered, and stands before it`,
      })
  }
  return faults
}

const readFaults = (
  log: readonly StoredEvent[],
  tried: readonly Tried[],
  seen: readonly Seen[],
): readonly HistoryFault[] => {
  const streams = grouped(log, ({ stream }) => stream)
  const written = tried.filter(({ outcome }) => outcome === 'written')
  return seen.flatMap(({ stream, leaves, began }, at) => {
    const events = streams.get(stream) ?? []
    if (leaves.some((leaf, n) => events[n]?.leaf !== leaf))
      return fault('misread', `read ${at} of ${stream} is no beginning of it`)
    const missed = written.find(
      (one) => one.stream === stream && one.ended < began && (one.receipt?.lastVersion ?? -1) >= leaves.length,
    )
    if (missed)
      return fault('misread', `read ${at} of ${stream} misses ${missed.commandId}, which was acknowledged before`)
    const longer = seen.find((one) => one.stream === stream && one.ended < began && one.leaves.length > leaves.length)
    return longer ? fault('misread', `read ${at} of ${stream} is shorter than one that had ended before`) : []
  })
}

/**
 * What contradicts what was acknowledged: nothing that was answered is lost, doubled, altered or in another place; what
 * nobody knows of is there wholly or not at all; nothing that was refused is there; every read is a beginning of its stream,
 * and holds what had been answered before it began (as Elle checks lists that are appended to, on one key).
 */
export const judgeHistory = (
  log: readonly StoredEvent[],
  tried: readonly Tried[],
  { seen = [], proof }: { readonly seen?: readonly Seen[]; readonly proof?: HistoryProof } = {},
): readonly HistoryFault[] => {
  const commands = grouped(tried, keyOf)
  const events = grouped(log, keyOf)
  const keys = new Set([...commands.keys(), ...events.keys()])
  return [
    ...logFaults(log, proof),
    ...[...keys].flatMap((key) => [
      ...commandFaults(key, commands.get(key) ?? [], events.get(key) ?? []),
      ...refusedFaults(key, commands.get(key) ?? [], events.get(key) ?? []),
    ]),
    ...orderFaults(commands),
    ...readFaults(log, tried, seen),
  ]
}

/** The same in words. */
export const historyFaults = (
  log: readonly StoredEvent[],
  tried: readonly Tried[],
  seen: readonly Seen[] = [],
): readonly string[] => judgeHistory(log, tried, { seen }).map(({ message }) => message)
