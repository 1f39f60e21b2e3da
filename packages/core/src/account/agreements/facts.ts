import { formatCents, sumOf } from '../../kernel/cents.ts'
import type { LineId } from '../../kernel/ids.ts'
import { type Fact, known, unknown } from '../../rules/facts.ts'
import { shareOf, type Word, wordsOn } from '../claims/word-facts.ts'
import type { Asked, Supply } from '../facts.ts'
import { broughtToPatient } from '../ledger/line-moves-state.ts'
import type { AccountState } from '../rooms.ts'
import type { NoticeRecorded } from './events.ts'

type Said<Kind extends NoticeRecorded['notice']['kind']> = NoticeRecorded & {
  readonly notice: Extract<NoticeRecorded['notice'], { readonly kind: Kind }>
}

/** The notices of a kind that concern a line, in the order in which they were recorded. */
const noticesOn = <const Kind extends NoticeRecorded['notice']['kind']>(
  { agreements }: AccountState,
  line: LineId,
  kind: Kind,
): readonly Said<Kind>[] =>
  agreements.notices.by('line', line).filter((event): event is Said<Kind> => event.notice.kind === kind)

/** A notice makes the patient liable where it was signed before the service. */
const liableByNotice = ({ state, scope }: Asked): Fact<boolean> => {
  const notices = scope.lines.map((line) => ({ line, signed: noticesOn(state, line, 'abn') }))
  if (notices.length === 0 || notices.some(({ signed }) => signed.length === 0)) return known(false)
  const inTime = notices.every(({ line, signed }) => {
    const served = state.ledger.lines.get(line)?.dosFrom
    return served !== undefined && signed.some(({ notice }) => notice.signedOn <= served)
  })
  return inTime ? known(true) : unknown('the notice on file was signed after the service')
}

const lastWordOn = (state: AccountState, line: LineId): Word | undefined => {
  const visit = state.ledger.lines.get(line)?.visitId
  return visit === undefined ? undefined : wordsOn(state.claims, visit, line).at(-1)
}

/** What the payer's advice on file calls the patient's of lines, cents; undefined where no payer has spoken of one. */
export const adviceShare = (state: AccountState, lines: readonly LineId[]): number | undefined => {
  const words = lines.map((line) => lastWordOn(state, line))
  return words.some((word) => word === undefined) ? undefined : sumOf(words, (word) => (word ? shareOf(word) : 0))
}

/**
 * The confirmed cost share of one line of a protected service: no more than the advice calls the patient's there, and no
 * more than is left of what was confirmed for all lines of the notice. One that is above the advice contradicts it.
 */
const costShareOf = (state: AccountState, line: LineId): Fact<number> => {
  const notice = noticesOn(state, line, 'nsaCostShare').at(-1)
  if (!notice) return unknown('nobody has confirmed it')
  const own = adviceShare(state, [line])
  const all = adviceShare(state, notice.lines)
  if (own === undefined || all === undefined) return known(notice.notice.amount)
  if (notice.notice.amount > all) {
    const both = `${formatCents(notice.notice.amount)} were confirmed, and the advice says ${formatCents(all)}`
    return unknown(both)
  }
  const others = sumOf(
    notice.lines.filter((other) => other !== line),
    (other) => broughtToPatient(state.ledger.moves, other),
  )
  return known(Math.max(0, Math.min(own, notice.notice.amount - others)))
}

const costShare = ({ state, scope: { lines } }: Asked): Fact<number> => {
  const [line, ...others] = lines
  return line !== undefined && others.length === 0 ? costShareOf(state, line) : unknown('it is asked line by line')
}

export const facts: Supply = {
  'denial.patientLiableByNotice': liableByNotice,
  'service.nsaCostShare': costShare,
}
