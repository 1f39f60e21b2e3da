import {
  type Append,
  type Conflict,
  closesIn,
  type Integrity,
  type LimitExceeded,
  type LogPart,
  partFault,
  type ReadOnly,
  type RecordedCommand,
  type TakingLog,
} from '@daybook/core/ports'
import { refusal } from './store-contract.ts'

/** A command of the other log as the append that it was. */
const appendOf = ({ fingerprint, events }: RecordedCommand): Append => {
  const { stream = '', commandId = '', version = 0, prev = '-' } = events[0] ?? {}
  const append = { stream, commandId, expected: { version: version - 1, headHash: prev }, fingerprint, events }
  return closesIn(events.at(-1)?.meta ?? '') ? { ...append, closes: true } : append
}

/** Why a part is not taken: it does not follow, or holds what no append could have written. */
export const adoptionFault = (
  part: LogPart,
  log: TakingLog,
): ReadOnly | Conflict | Integrity | LimitExceeded | undefined => {
  const fault = partFault(part, log)
  if (fault) return fault
  for (const command of part.commands) {
    const refused = refusal(appendOf(command))
    if (refused) return refused
  }
  return undefined
}
