import { answered, type Episode, episode, judgementOf, type Office, sent } from './episode.ts'
import { harbor, medicare, type Payer, primaries } from './payers.ts'
import { part } from './random.ts'
import { adviceOf, type Cas, denied, laterSettlementOf, priorPayer, type Ruling, reduces, share } from './ruling.ts'
import { claimOf } from './submission.ts'
import type { Visit, VisitLine } from './visit.ts'

// What most days bring: paid, with a copay, a deductible, a coinsurance; denied; not answered; a second payer.

export interface Benefit {
  readonly copay?: number
  readonly deductible?: number
  readonly coinsurance?: number
}

const without = (cas: readonly Cas[]): Cas[] => cas.filter(({ amount }) => amount !== 0)

/** What a payer's fee schedule and the patient's benefit make of one line. */
export const ruled = (payer: Payer, line: VisitLine, benefit: Benefit = {}): Ruling => {
  const allowed = part(line.charge, payer.allowed)
  const copay = Math.min(benefit.copay ?? 0, allowed)
  const deductible = Math.min(benefit.deductible ?? 0, allowed - copay)
  const coinsurance = part(allowed - copay - deductible, benefit.coinsurance ?? 0)
  return {
    line,
    charge: line.charge,
    paid: allowed - copay - deductible - coinsurance,
    cas: without([reduces(line.charge - allowed), share('1', deductible), share('2', coinsurance), share('3', copay)]),
  }
}

/** The lines of a visit, the benefit's copay and deductible taken from the first line. */
export const ruledVisit = (payer: Payer, lines: readonly VisitLine[], benefit: Benefit = {}): readonly Ruling[] =>
  lines.map((line, at) => ruled(payer, line, at === 0 ? benefit : { coinsurance: benefit.coinsurance ?? 0 }))

export const refused = (line: VisitLine, carc: string, remarks: readonly string[] = [], group = 'CO'): Ruling => ({
  line,
  charge: line.charge,
  paid: 0,
  cas: [denied(carc, line.charge, group)],
  remarks,
})

/** A visit to one of the payers that usually pay first. A practice asks no Medicaid patient for more than the copay. */
const usualVisit = (office: Office, room = 0): { readonly visit: Visit; readonly payer: Payer } => {
  const payer = office.random.pick(primaries)
  return { visit: office.visit({ payers: [payer], room, usual: true }), payer }
}

export const paidWithCopay = (office: Office): Episode => {
  const { visit, payer } = usualVisit(office)
  const rulings = ruledVisit(payer, visit.lines, { copay: payer.copay })
  return episode('paid, copay', visit, [sent(visit)], [answered(judgementOf(office, visit, rulings))])
}

export const paidAfterDeductible = (office: Office): Episode => {
  const payer = office.random.pick(primaries.filter(({ filingIndicator }) => filingIndicator !== 'MC'))
  const visit = office.visit({ payers: [payer], usual: true })
  const deductible = office.random.between(3, 40) * 500
  const rulings = ruledVisit(payer, visit.lines, { deductible, coinsurance: payer.coinsurance })
  return episode(
    'paid, deductible and coinsurance',
    visit,
    [sent(visit)],
    [answered(judgementOf(office, visit, rulings))],
  )
}

/** Sent, and no answer yet. */
export const unanswered = (office: Office): Episode => {
  const { visit } = usualVisit(office)
  return episode('no answer', visit, [sent(visit)])
}

/** Reason codes of a whole denial, with the remark that some of them must carry. */
const denials: readonly (readonly [carc: string, remarks: readonly string[]])[] = [
  ['16', ['N382']],
  ['29', []],
  ['50', ['N115']],
  ['197', ['M62']],
  ['204', []],
  ['96', ['N30']],
  ['252', ['N706']],
]

export const deniedWhole = (office: Office): Episode => {
  const { visit } = usualVisit(office)
  const [carc, remarks] = office.random.pick(denials)
  const rulings = visit.lines.map((line) => refused(line, carc, remarks))
  return episode(`denied, CO-${carc}`, visit, [sent(visit)], [answered(judgementOf(office, visit, rulings))])
}

export const deniedInPart = (office: Office): Episode => {
  const payer = office.random.pick(primaries)
  const visit = office.visit({ payers: [payer], codes: ['99213', '93000', '71046'], usual: true })
  const [carc, remarks] = office.random.pick(denials)
  const rulings = visit.lines.map((line, at) =>
    at === 1 ? refused(line, carc, remarks) : ruled(payer, line, at === 0 ? { copay: payer.copay } : {}),
  )
  return episode(`one line denied, CO-${carc}`, visit, [sent(visit)], [answered(judgementOf(office, visit, rulings))])
}

/** What the first payer left to the second on a line: its patient share. */
const leftBy = (ruling: Ruling): number =>
  ruling.cas.reduce((sum, { meaning, amount }) => (meaning === 'share' ? sum + amount : sum), 0)

/** How a second payer deals with what is left, line by line. */
export type SecondRuling = (ruling: Ruling, left: number) => Ruling

/** Pays what is left; says of the rest that the first payer settled it. */
export const paysTheRest: SecondRuling = ({ line, charge }, left) => ({
  line,
  charge,
  paid: left,
  cas: without([priorPayer(charge - left)]),
})

/** Medicare, then a supplement: two claims, two answers a cycle apart. */
export const withSecondPayer = (office: Office, second: SecondRuling = paysTheRest, name = 'second payer'): Episode => {
  const visit = office.visit({ payers: [medicare, harbor], room: 1 })
  const rulings = ruledVisit(medicare, visit.lines, { coinsurance: medicare.coinsurance })
  const primary = judgementOf(office, visit, rulings)
  const open = rulings.reduce((sum, ruling) => sum + leftBy(ruling), 0)
  const secondary = judgementOf(
    office,
    visit,
    rulings.map((ruling) => second(ruling, leftBy(ruling))),
    { payer: harbor, status: '2' },
  )
  const firstPaid = adviceOf(primary).paid ?? 0
  return episode(
    name,
    visit,
    [sent(visit), { after: 1, claim: claimOf(visit, { second: { firstPaid } }), apply: () => {} }],
    [
      answered(primary),
      {
        ...answered(secondary, { after: 1, next: 'patient' }),
        apply: (books) => books.settle(secondary.controlNumber, laterSettlementOf(secondary, open, 'patient')),
      },
    ],
  )
}
