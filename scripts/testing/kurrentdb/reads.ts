import { setTimeout as wait } from 'node:timers/promises'
import { type ServerWritableStream, status } from '@grpc/grpc-js'
import type { Fault } from './faults.ts'
import type { LogRecord } from './log.ts'
import type { Served } from './served.ts'
import { eventMessage, failure, identifierOf, inside, type Message, nameIn, positionMessage } from './wire.ts'

type Call = ServerWritableStream<Message, Message>

/** Records that are looked at before a checkpoint, where the client names no window. */
const WINDOW = 32

/** Settles when the call takes more, or is over. */
const drained = (call: Call): Promise<void> =>
  new Promise((resolve) => {
    const events = ['drain', 'close', 'cancelled']
    const done = (): void => {
      for (const event of events) call.off(event, done)
      resolve()
    }
    for (const event of events) call.on(event, done)
  })

const send = async (call: Call, message: Message): Promise<void> => {
  if (call.cancelled || call.destroyed) return
  if (!call.write(message)) await drained(call)
}

/** The index of the first record of the log at or after a position. */
const indexOf = (records: readonly LogRecord[], position: bigint): number => {
  let low = 0
  let high = records.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((records[middle]?.position ?? 0n) < position) low = middle + 1
    else high = middle
  }
  return low
}

/** Records of the log in the order asked for: forwards from the record at a position, backwards from the one before it. */
const ofAll = ({ log }: Served, all: Message, backwards: boolean): readonly LogRecord[] => {
  const from = inside(all, 'position')['commit_position']
  const index =
    all['all_option'] === 'start'
      ? 0
      : all['all_option'] === 'end'
        ? log.records.length
        : indexOf(log.records, BigInt(String(from)))
  return backwards ? log.records.slice(0, index).reverse() : log.records.slice(index)
}

const ofStream = ({ log }: Served, options: Message, backwards: boolean): readonly LogRecord[] | undefined => {
  const name = nameIn(options['stream_identifier'])
  if (log.isTombstoned(name)) throw failure(status.FAILED_PRECONDITION, 'stream-deleted', { 'stream-name': name })
  const records = log.visible(name)
  const choice = options['revision_option']
  const revision = Number(options['revision'])
  if (backwards) {
    const upTo = choice === 'end' ? Number.POSITIVE_INFINITY : choice === 'start' ? 0 : revision
    return records?.filter((record) => record.revision <= upTo).reverse()
  }
  const from = choice === 'start' ? 0 : choice === 'end' ? Number.POSITIVE_INFINITY : revision
  return records?.filter((record) => record.revision >= from)
}

/** Sends events as the fault of the read has it; false where the channel was dropped on the way. */
const sendEvents = async (node: Served, call: Call, records: readonly LogRecord[], fault?: Fault): Promise<boolean> => {
  for (const [index, record] of records.entries()) {
    if (fault?.kind === 'cutAfter' && index >= (fault.ms ?? 1)) {
      node.cut()
      return false
    }
    await send(call, eventMessage(record))
    if (fault?.kind === 'twice') await send(call, eventMessage(record))
  }
  return true
}

const read = async (node: Served, call: Call, options: Message, fault: Fault | undefined): Promise<void> => {
  const backwards = options['read_direction'] === 'Backwards'
  const ofOne = options['stream_option'] === 'stream'
  const found = ofOne
    ? ofStream(node, inside(options, 'stream'), backwards)
    : ofAll(node, inside(options, 'all'), backwards)
  if (!found) {
    const name = nameIn(inside(options, 'stream')['stream_identifier'])
    await send(call, { stream_not_found: { stream_identifier: identifierOf(name) } })
    call.end()
    return
  }
  const count = Number(options['count'])
  if (await sendEvents(node, call, found.slice(0, count), fault)) call.end()
}

const matcher = (filter: Message): ((record: LogRecord) => boolean) => {
  const expression = inside(filter, String(filter['filter']))
  const prefixes = (expression['prefix'] as string[] | undefined) ?? []
  const regex = expression['regex'] ? new RegExp(String(expression['regex'])) : undefined
  const textOf = (record: LogRecord): string => (filter['filter'] === 'event_type' ? record.type : record.stream)
  return (record) => (regex ? regex.test(textOf(record)) : prefixes.some((prefix) => textOf(record).startsWith(prefix)))
}

const startOf = (node: Served, all: Message): number => {
  if (all['all_option'] === 'start') return 0
  if (all['all_option'] === 'end') return node.log.records.length
  const from = BigInt(String(inside(all, 'position')['commit_position']))
  const index = indexOf(node.log.records, from)
  return node.log.records[index]?.position === from ? index + 1 : index
}

/** Follows the whole log from behind a position, for ever: what passes the filter, and a checkpoint a window. */
const subscribe = async (node: Served, call: Call, options: Message, fault: Fault | undefined): Promise<void> => {
  const filtered = options['filter_option'] === 'filter'
  const filter = inside(options, 'filter')
  const passes = filtered ? matcher(filter) : () => true
  const window =
    (filter['window'] === 'max' ? Number(filter['max']) : WINDOW) * Number(filter['checkpointIntervalMultiplier'] ?? 1)
  let woken: () => void = () => {}
  const stop = node.log.onAppend(() => woken())
  const isOver = () => call.cancelled || call.destroyed
  call.on('cancelled', () => woken())
  call.on('close', () => woken())
  await send(call, { confirmation: { subscription_id: crypto.randomUUID() } })
  let live = false
  let sent = 0
  let considered = 0
  for (let next = startOf(node, inside(options, 'all')); !isOver(); ) {
    const record = node.log.records[next]
    if (!record) {
      if (!live) await send(call, { caught_up: {} })
      live = true
      // Asked again before it sleeps: something may have been written while the message above was sent.
      if (node.log.records.length === next && !isOver()) {
        await new Promise<void>((resolve) => {
          woken = resolve
        })
      }
      continue
    }
    next += 1
    considered += 1
    if (passes(record) && !(await sendEvents(node, call, [record], sent++ >= (fault?.ms ?? 0) ? fault : undefined)))
      break
    if (filtered && considered % window === 0) await send(call, { checkpoint: positionMessage(record.position) })
  }
  stop()
}

/** Reads and subscriptions are one call, told apart by what its options ask. */
export const reading = (node: Served) => ({
  Read: async (call: Call): Promise<void> => {
    call.on('error', () => {})
    const options = inside(call.request, 'options')
    const follows = options['count_option'] === 'subscription'
    const fault = node.tape.next(follows ? 'subscribe' : 'read')
    try {
      node.mayRead(call.metadata)
      if (fault?.kind === 'refuse') throw failure(status.UNAVAILABLE, '')
      if (fault?.kind === 'abort') throw failure(status.ABORTED, '')
      if (fault?.kind === 'notLeader') throw node.notLeader()
      if (fault?.kind === 'deaf') return
      if (fault?.kind === 'cut') return node.cut()
      if (fault?.kind === 'slow') await wait(fault.ms ?? 100)
      await (follows ? subscribe : read)(node, call, options, fault)
    } catch (error) {
      call.emit('error', error)
    }
  },
})
