import type { Receipt, StoredEvent } from '../../ports/event-store.ts'

/** What became of a command as its sender knows it; times are any numbers that grow. */
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

const logFaults = (log: readonly StoredEvent[]): readonly string[] => {
  const ids = new Set(log.map(({ id }) => id))
  const gap = log.findIndex(({ position }, at) => position !== at + 1)
  const streams = [...grouped(log, ({ stream }) => stream)].flatMap(([stream, events]) => {
    const wrong = events.findIndex(({ version, prev }, at) => version !== at || prev !== (events[at - 1]?.leaf ?? '-'))
    return wrong < 0 ? [] : [`${stream}: event ${wrong} is not the next one of its chain`]
  })
  return [
    ...(gap < 0 ? [] : [`the log has a gap at position ${gap + 1}`]),
    ...(ids.size === log.length ? [] : [`${log.length - ids.size} event ids stand in the log twice`]),
    ...streams,
  ]
}

/** The events of a command as the log has them, which its receipts must name. */
const commandFaults = (key: string, tried: readonly Tried[], events: readonly StoredEvent[]): readonly string[] => {
  const [first, last] = [events[0], events.at(-1)]
  const isWhole = events.every(
    ({ position, version }, at) => position === (first?.position ?? 0) + at && version === (first?.version ?? 0) + at,
  )
  if (!isWhole) return [`${key}: it stands in the log more than once, or in parts`]
  return tried.flatMap(({ outcome, receipt, events: count = events.length }) => {
    if (outcome !== 'written') return []
    if (!(first && last)) return [`${key}: it was acknowledged, and is lost`]
    if (count !== events.length) return [`${key}: ${count} events were acknowledged, the log has ${events.length}`]
    const found = [first.version, last.version, first.position, last.position, last.leaf]
    const { firstVersion, lastVersion, firstPosition, lastPosition, headHash } = receipt ?? ({} as Partial<Receipt>)
    const said = [firstVersion, lastVersion, firstPosition, lastPosition, headHash]
    if (!receipt || found.join() === said.join()) return []
    return [`${key}: its receipt names ${said.join()}, the log has ${found.join()}`]
  })
}

/** A command that was refused, and that nobody has sent with another answer, is not there. */
const refusedFaults = (key: string, tried: readonly Tried[], events: readonly StoredEvent[]): readonly string[] =>
  events.length > 0 && tried.length > 0 && tried.every(({ outcome }) => outcome === 'refused')
    ? [`${key}: it was refused, and is in the log`]
    : []

const readFaults = (log: readonly StoredEvent[], tried: readonly Tried[], seen: readonly Seen[]): readonly string[] => {
  const streams = grouped(log, ({ stream }) => stream)
  const written = tried.filter(({ outcome }) => outcome === 'written')
  return seen.flatMap(({ stream, leaves, began }, at) => {
    const events = streams.get(stream) ?? []
    if (leaves.some((leaf, n) => events[n]?.leaf !== leaf)) return [`read ${at} of ${stream} is no beginning of it`]
    const missed = written.find(
      (one) => one.stream === stream && one.ended < began && (one.receipt?.lastVersion ?? -1) >= leaves.length,
    )
    if (missed) return [`read ${at} of ${stream} misses ${missed.commandId}, which was acknowledged before`]
    const longer = seen.find((one) => one.stream === stream && one.ended < began && one.leaves.length > leaves.length)
    return longer ? [`read ${at} of ${stream} is shorter than one that had ended before`] : []
  })
}

/**
 * What contradicts what was acknowledged, in words: nothing that was answered is lost, doubled, altered or in another place;
 * nothing that was refused is there; every read is a beginning of its stream, and holds what had been answered before it
 * began (as Elle checks lists that are appended to, on one key).
 */
export const historyFaults = (
  log: readonly StoredEvent[],
  tried: readonly Tried[],
  seen: readonly Seen[] = [],
): readonly string[] => {
  const commands = grouped(tried, keyOf)
  const events = grouped(log, keyOf)
  const keys = new Set([...commands.keys(), ...events.keys()])
  return [
    ...logFaults(log),
    ...[...keys].flatMap((key) => [
      ...commandFaults(key, commands.get(key) ?? [], events.get(key) ?? []),
      ...refusedFaults(key, commands.get(key) ?? [], events.get(key) ?? []),
    ]),
    ...readFaults(log, tried, seen),
  ]
}
