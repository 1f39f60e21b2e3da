import { Integrity, type RecordedCommand, type StoredEvent } from '@daybook/core/ports'
import { linesOf } from './log-file.ts'
import { eventIn, headerIn, isTrailer, type LogHeader, type LogTrailer, trailerIn } from './log-lines.ts'

/** What an exported file gives, piece by piece: its header, commands, its trailer. */
export type Piece =
  | { readonly header: LogHeader }
  | { readonly commands: readonly RecordedCommand[] }
  | { readonly trailer: LogTrailer }

/** Events that are given at once. */
const EVENTS_AT_ONCE = 1_000

const orThrow = <A>(found: A | Integrity): A => {
  if (found instanceof Integrity) throw found
  return found
}

/** Whether an event goes on with the command of those before it. */
const goesOn = (events: readonly StoredEvent[], { stream, commandId }: StoredEvent): boolean => {
  const last = events.at(-1)
  return last === undefined || (last.stream === stream && last.commandId === commandId)
}

/**
 * Reads an exported file. Whether it ends as it should, and is what was written, is looked at before the trailer is given.
 * @throws Integrity, Unavailable, as a rejected promise.
 */
export async function* piecesOf(path: string): AsyncGenerator<Piece> {
  const broken = (what: string) => new Integrity({ message: `${path}: ${what}` })
  let events: StoredEvent[] = []
  let commands: RecordedCommand[] = []
  let [count, waiting, ended] = [0, 0, false]
  for await (const { line, number, above } of linesOf(path)) {
    if (ended) throw broken(`line ${number} follows the last one`)
    if (number === 1) yield { header: orThrow(headerIn(line)) }
    else if (isTrailer(line)) {
      const trailer = orThrow(trailerIn(line, number))
      if (events.length > 0) throw broken(`the command of @${events[0]?.position} has no fingerprint`)
      if (trailer.events !== count) throw broken(`it holds ${count} events, and says ${trailer.events}`)
      if (trailer.sha256 !== above()) throw broken('it was changed: its bytes do not give the hash on its last line')
      if (commands.length > 0) yield { commands }
      yield { trailer }
      ended = true
    } else {
      const { event, fingerprint } = orThrow(eventIn(line, number))
      if (!goesOn(events, event)) throw broken(`line ${number} begins a command in the midst of another`)
      events.push(event)
      count += 1
      if (fingerprint === undefined) continue
      commands.push({ fingerprint, events })
      waiting += events.length
      events = []
      if (waiting < EVENTS_AT_ONCE) continue
      yield { commands }
      commands = []
      waiting = 0
    }
  }
  if (!ended) throw broken('it has no last line: it was cut off')
}
