import type { SubmittedClaim, SubmittedLine } from '../../../documents/submission.ts'
import { formatCents } from '../../../kernel/cents.ts'
import { precondition } from '../../../kernel/decision.ts'
import type { Line } from '../../ledger/state.ts'
import { type Compared, codeOf } from './submitted-lines.ts'

// Why a claim is not taken for a visit that is on file, and what to do.

const described = (line: SubmittedLine): string => `line ${line.number} ${codeOf(line)} ${formatCents(line.charge)}`

const noChargeFor = ({ fresh, gone }: Pick<Compared, 'fresh' | 'gone'>): string => {
  const onFile = gone.map((charge) => `${charge.code} of ${charge.dosFrom} ${formatCents(charge.amount)}`)
  const beside = onFile.length > 0 ? `; it has ${onFile.join(', ')}` : ''
  return `the visit has no charge for ${fresh.map(described).join(', ')}${beside}`
}

export const changed = (compared: Pick<Compared, 'fresh' | 'gone'>) =>
  precondition(
    'claim.changed',
    `sent as an original, but ${noChargeFor(compared)}`,
    'send it as a replacement (frequency 7), or what is new as late charges (frequency 5)',
  )

/** What was rendered is said by the claim to the first payer, which has decided it. */
export const changedAtNext = (compared: Pick<Compared, 'fresh' | 'gone'>) =>
  precondition(
    'claim.changed',
    `it replaces a claim to a later payer, but ${noChargeFor(compared)}`,
    'replace the claim to the first payer (frequency 7) with what was rendered, then import this one again',
  )

/** Its services are on file, and it says something else of them than the claim that was sent. */
export const said = ({ patientControlNumber }: SubmittedClaim) =>
  precondition(
    'claim.changed',
    `sent as an original, but the claim ${patientControlNumber} on file has other lines, modifiers, units or days`,
    'send it as a replacement (frequency 7), or what is new as late charges (frequency 5)',
  )

/** Late charges are what no claim has had; the very same service once more, or once again, only a person can tell. */
export const lateAgain = (again: readonly Line[]) =>
  precondition(
    'claim.changed',
    `sent as late charges (frequency 5), but a claim on file has ${again
      .map(({ code, dosFrom, amount }) => `${code} of ${dosFrom} ${formatCents(amount)}`)
      .join(', ')}`,
    'send a replacement (frequency 7) with all that was rendered',
  )

/** A visit has several claims, and nothing says which of them this one replaces. */
export const oneOfSeveral = ({ patientControlNumber }: SubmittedClaim) =>
  precondition(
    'originalUnknown',
    `${patientControlNumber} replaces one of several claims of its visit, and nothing tells which`,
    'send it with the payer’s number of the claim that it replaces (REF F8), or void that one and send what was rendered',
  )
