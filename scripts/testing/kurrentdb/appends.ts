import { setImmediate, setTimeout as wait } from 'node:timers/promises'
import {
  type handleClientStreamingCall,
  type handleUnaryCall,
  type ServerDuplexStream,
  type sendUnaryData,
  status,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js'
import type { Fault } from './faults.ts'
import type { Appended, Expected, Proposed } from './log.ts'
import type { Served } from './served.ts'
import {
  batchErrors,
  expectedIn,
  failure,
  identifierOf,
  inside,
  type Message,
  nameIn,
  positionMessage,
  proposedIn,
  uuidIn,
} from './wire.ts'

/** An append that was struck by a fault: whether it is answered, and how often. */
type Struck = 'answer' | 'twice' | 'never'

/** Runs an append as its fault has it, and says what becomes of the answer. Refusals are thrown. */
const strike = async (node: Served, fault: Fault | undefined, write: () => void): Promise<Struck> => {
  switch (fault?.kind) {
    case 'refuse':
      throw failure(status.UNAVAILABLE, '')
    case 'abort':
      throw failure(status.ABORTED, '')
    case 'notLeader':
      throw node.notLeader()
    case 'deaf':
      return 'never'
    case 'late':
      void wait(fault.ms ?? 100).then(write)
      return 'never'
    case 'cut':
      node.cut()
      return 'never'
    case 'lost':
      write()
      return 'never'
    case 'cutAfter':
      write()
      node.cut()
      return 'never'
    case 'slow':
      write()
      await wait(fault.ms ?? 100)
      return 'answer'
    default:
      write()
      return fault?.kind === 'twice' ? 'twice' : 'answer'
  }
}

const wrongMessage = (current: number, expected: Expected) => ({
  ...(current < 0 ? { current_no_stream: {} } : { current_revision: String(current) }),
  ...(typeof expected === 'number' ? { expected_revision: String(expected) } : { [`expected_${expected}`]: {} }),
})

const successMessage = (revision: number, position: bigint | undefined) => ({
  ...(revision < 0 ? { no_stream: {} } : { current_revision: String(revision) }),
  ...(position === undefined ? { no_position: {} } : { position: positionMessage(position) }),
})

const refusalOf = (outcome: Appended, stream: string) => {
  if (outcome.ok || outcome.why === 'wrong') return undefined
  if (outcome.why === 'deleted') return failure(status.FAILED_PRECONDITION, 'stream-deleted', { 'stream-name': stream })
  const most = String(outcome.most)
  return failure(status.INVALID_ARGUMENT, 'maximum-append-size-exceeded', { 'maximum-append-size': most })
}

/** One append a call: options first, then a message an event. */
const append =
  (node: Served): handleClientStreamingCall<Message, Message> =>
  (call, answer) => {
    let options: Message = {}
    const proposed: unknown[] = []
    call.on('data', (message: Message) => {
      if (message['content'] === 'options') options = inside(message, 'options')
      else proposed.push(message['proposed_message'])
    })
    call.on('end', async () => {
      // A channel that breaks in the midst of a request ends it as well: half an append is none.
      await setImmediate()
      if (call.cancelled) return
      const stream = nameIn(options['stream_identifier'])
      const expected = expectedIn(options, 'revision', 'expected_stream_revision')
      let outcome: Appended | undefined
      try {
        node.mayWrite(call.metadata)
        const events = proposed.map(proposedIn)
        const answered = await strike(node, node.tape.next('append'), () => {
          outcome = node.log.append(stream, expected, events)
        })
        if (answered === 'never' || !outcome) return
        const refused = refusalOf(outcome, stream)
        if (refused) throw refused
        const message =
          outcome.ok || outcome.why !== 'wrong'
            ? { success: outcome.ok ? successMessage(outcome.revision, outcome.position) : {} }
            : { wrong_expected_version: wrongMessage(outcome.current, expected) }
        answer(null, message)
        if (answered === 'twice') answer(null, message)
      } catch (error) {
        answer(error as Error)
      }
    })
    call.on('error', () => {})
  }

const deadlineOf = (options: Message): number => {
  const { seconds, nanos } = inside(options, 'deadline')
  return seconds === undefined ? Number.POSITIVE_INFINITY : Number(seconds) * 1_000 + Number(nanos) / 1e6
}

const batchResult = (outcome: Appended, stream: string, expected: Expected) => {
  if (outcome.ok) return { success: successMessage(outcome.revision, outcome.position) }
  if (outcome.why === 'wrong') return { error: batchErrors.wrong(outcome.current, expected) }
  return { error: outcome.why === 'deleted' ? batchErrors.deleted(stream) : batchErrors.size(outcome.most) }
}

/** Appends over one long call, each with a number of its own; only what strikes the channel ends the call. */
const batchAppend = (node: Served) => (call: ServerDuplexStream<Message, Message>) => {
  const begun = new Map<string, { readonly options: Message; readonly events: Proposed[] }>()
  const finish = async (correlation: string, options: Message, events: readonly Proposed[]): Promise<void> => {
    const stream = nameIn(options['stream_identifier'])
    const expected = expectedIn(options, 'stream_position', 'expected_stream_position')
    const head = { correlation_id: { string: correlation }, stream_identifier: identifierOf(stream) }
    let outcome: Appended | undefined
    const answered = await strike(node, node.tape.next('append'), () => {
      if (Date.now() < deadlineOf(options)) outcome = node.log.append(stream, expected, events)
    })
    if (answered === 'never') return
    const message = {
      ...head,
      ...(outcome ? batchResult(outcome, stream, expected) : { error: batchErrors.timeout() }),
    }
    call.write(message)
    if (answered === 'twice') call.write(message)
  }
  call.on('data', async (message: Message) => {
    const correlation = uuidIn(message['correlation_id'])
    const batch = begun.get(correlation) ?? { options: inside(message, 'options'), events: [] }
    begun.set(correlation, batch)
    try {
      node.mayWrite(call.metadata)
      for (const proposed of message['proposed_messages'] as unknown[]) batch.events.push(proposedIn(proposed))
      if (!message['is_final']) return
      begun.delete(correlation)
      await finish(correlation, batch.options, batch.events)
    } catch (error) {
      call.emit('error', error)
    }
  })
  call.on('end', () => call.end())
  call.on('error', () => {})
}

const deletion =
  (node: Served, hard: boolean): handleUnaryCall<Message, Message> =>
  (call, answer: sendUnaryData<Message>) => {
    const options = inside(call.request, 'options')
    const stream = nameIn(options['stream_identifier'])
    const expected = expectedIn(options, 'revision', 'expected_stream_revision')
    try {
      node.mayWrite(call.metadata)
      const outcome = node.log.delete(stream, expected, hard)
      const refused = refusalOf(outcome, stream)
      if (refused) throw refused
      if (!outcome.ok) {
        const current = outcome.why === 'wrong' ? String(outcome.current) : ''
        const numbers = { 'expected-version': String(expected), 'actual-version': current }
        throw failure(status.FAILED_PRECONDITION, 'wrong-expected-version', { 'stream-name': stream, ...numbers })
      }
      answer(null, { position: positionMessage(outcome.position ?? 0n) })
    } catch (error) {
      answer(error as Error)
    }
  }

/** The calls that write. */
export const writing = (node: Served): UntypedServiceImplementation => ({
  Append: append(node),
  BatchAppend: batchAppend(node),
  Delete: deletion(node, false),
  Tombstone: deletion(node, true),
})
