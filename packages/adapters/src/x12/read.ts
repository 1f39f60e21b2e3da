import { SourceTooLarge, textOf, type X12Source } from './decode.ts'
import { EnvelopeReader } from './envelope.ts'
import { defaultLimits, type X12Limits } from './limits.ts'
import { SegmentScanner } from './scanner.ts'
import type { X12Transaction } from './transaction.ts'

export interface ReadX12Options {
  /** Limits to use in place of the usual ones. */
  readonly limits?: Partial<X12Limits>
}

/**
 * Reads an X12 file: each transaction set as soon as it is whole, in file order, so that memory holds one transaction
 * and one chunk whatever the size of the file. A transaction that can not be used comes without its document; the
 * others come through. What is wrong with the file itself comes as a result of kind `envelope`.
 *
 * Never throws for what a file holds. What the source throws (a disk that fails) passes through.
 */
export async function* readX12(source: X12Source, options: ReadX12Options = {}): AsyncGenerator<X12Transaction> {
  const limits = { ...defaultLimits, ...options.limits }
  const scanner = new SegmentScanner(limits)
  const reader = new EnvelopeReader(scanner, limits)
  const take = (text: string, final: boolean): X12Transaction[] => {
    scanner.push(text, final)
    for (let segment = scanner.next(); segment; segment = scanner.next()) reader.accept(segment)
    return reader.drain()
  }
  try {
    for await (const text of textOf(source, limits.fileBytes)) {
      yield* take(text, false)
      if (scanner.fatal) break
    }
  } catch (error) {
    if (!(error instanceof SourceTooLarge)) throw error
    reader.end({ code: 'fileTooLarge', message: `the file has more than ${limits.fileBytes} bytes` })
    yield* reader.drain()
    return
  }
  yield* take('', true)
  reader.end(scanner.fatal ?? (scanner.interchange === 0 ? nothing : undefined))
  yield* reader.drain()
}

const nothing = { code: 'empty', message: 'the file holds nothing' } as const
