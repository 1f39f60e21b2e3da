import { answered, type Episode, episode, judgementOf, nextOf, type Office, reversed, sent } from './episode.ts'
import { harbor, meadow, medicaid, medicare, riverbend } from './payers.ts'
import { part } from './random.ts'
import {
  type Cas,
  denied,
  laterSettlementOf,
  priorPayer,
  type Ruling,
  reduces,
  settlementOf,
  share,
  shielded,
} from './ruling.ts'
import { claimOf } from './submission.ts'
import { paysTheRest, refused, ruled, ruledVisit, withSecondPayer } from './usual.ts'
import { chargeOf, fees } from './visit.ts'

// One of each thing that an office meets now and then, on patients of their own.

/** A bundle: two lines under one code, paid on the first; the second says CO-97. */
export const bundled = (office: Office): Episode => {
  const visit = office.visit({ payers: [meadow], codes: ['80048', '85025'] })
  const rulings = visit.lines.map(
    (line, at): Ruling => ({
      ...(at === 0 ? ruled(meadow, line) : refused(line, '97', ['M15'])),
      adjudicatedCode: '80050',
    }),
  )
  return episode('bundle, CO-97', visit, [sent(visit)], [answered(judgementOf(office, visit, rulings))])
}

/** Paid above the charge: CO-94 raises what is owed to meet it. */
export const paidAboveCharge = (office: Office): Episode => {
  const visit = office.visit({ payers: [meadow], codes: ['99213', '81002'] })
  const rulings = visit.lines.map(
    (line, at): Ruling =>
      at === 0
        ? ruled(meadow, line, { copay: meadow.copay })
        : { line, charge: line.charge, paid: line.charge + 600, cas: [reduces(-600, '94')] },
  )
  return episode('CO-94 below zero', visit, [sent(visit)], [answered(judgementOf(office, visit, rulings))])
}

/** One line of the claim comes back as two SVC that name the same line control number. */
export const splitLine = (office: Office): Episode => {
  const visit = office.visit({ payers: [meadow], codes: ['99214', '20610'] })
  const rulings = visit.lines.flatMap((line, at): readonly Ruling[] => {
    if (at === 0) return [ruled(meadow, line, { copay: meadow.copay })]
    const half = part(line.charge, 6_000)
    const paid = part(half, meadow.allowed)
    return [
      { line, charge: half, paid, cas: [reduces(half - paid)] },
      refused({ ...line, charge: line.charge - half }, '59', [], 'CO'),
    ]
  })
  return episode('several SVC on one line', visit, [sent(visit)], [answered(judgementOf(office, visit, rulings))])
}

/** Sequestration, said once for the claim and not on its lines. */
export const claimLevelReduction = (office: Office): Episode => {
  const visit = office.visit({ payers: [medicare], codes: ['99214', '93000', '36415'] })
  const rulings = ruledVisit(medicare, visit.lines, { coinsurance: medicare.coinsurance })
  const claimCas = [
    reduces(
      part(
        rulings.reduce((sum, { paid }) => sum + paid, 0),
        200,
      ),
      '253',
    ),
  ]
  return episode(
    'claim-level CAS with lines',
    visit,
    [sent(visit)],
    [answered(judgementOf(office, visit, rulings, { claimCas }))],
  )
}

export const withoutLines = (office: Office): Episode => {
  const visit = office.visit({ payers: [riverbend], codes: ['99213', '85025'] })
  const rulings = ruledVisit(riverbend, visit.lines, { copay: riverbend.copay })
  return episode(
    'no SVC',
    visit,
    [sent(visit)],
    [answered(judgementOf(office, visit, rulings, { withoutLines: true }))],
  )
}

/** The copay is Medicaid's own; a coinsurance that it names is held, never the patient's. */
export const medicaidShares = (office: Office): Episode => {
  const visit = office.visit({ payers: [medicaid], codes: ['99213', '93000'] })
  const rulings = visit.lines.map((line, at): Ruling => {
    const ruling = ruled(medicaid, line, at === 0 ? { copay: medicaid.copay } : {})
    return at === 0 ? ruling : { ...ruling, paid: ruling.paid - 700, cas: [...ruling.cas, shielded('2', 700)] }
  })
  return episode('Medicaid, PR-2 held', visit, [sent(visit)], [answered(judgementOf(office, visit, rulings))])
}

/** A Qualified Medicare Beneficiary: the coinsurance as OA-209. */
export const protectedByCode = (office: Office): Episode => protectedBeneficiary(office, '209', 'OA', [])
/** The same as PR-2 with the alert N782. */
export const protectedByRemark = (office: Office): Episode => protectedBeneficiary(office, '2', 'PR', ['N782'])

const protectedBeneficiary = (office: Office, carc: string, group: string, remarks: readonly string[]): Episode => {
  const visit = office.visit({ payers: [medicare], codes: ['99214'] })
  const rulings = visit.lines.map((line): Ruling => {
    const ruling = ruled(medicare, line)
    const coinsurance = part(ruling.paid, medicare.coinsurance)
    return { ...ruling, paid: ruling.paid - coinsurance, cas: [...ruling.cas, shielded(carc, coinsurance, group)] }
  })
  return episode(
    `QMB, ${group}-${carc}`,
    visit,
    [sent(visit)],
    [answered(judgementOf(office, visit, rulings, { remarks }))],
  )
}

/** PR-204: the payer calls a denial the patient's share. Nobody is billed before somebody has looked. */
export const shareOnDenial = (office: Office): Episode => {
  const visit = office.visit({ payers: [meadow], codes: ['99213', '11102'] })
  const rulings = visit.lines.map(
    (line, at): Ruling =>
      at === 0
        ? ruled(meadow, line, { copay: meadow.copay })
        : { line, charge: line.charge, paid: 0, cas: [shielded('204', line.charge)] },
  )
  return episode('PR-204 held', visit, [sent(visit)], [answered(judgementOf(office, visit, rulings))])
}

/** Medicare crosses the claim over to the supplement on file; no second claim is sent, the supplement answers. */
export const crossedOver = (office: Office): Episode => {
  const visit = office.visit({ payers: [medicare, harbor], room: 1 })
  const rulings = ruledVisit(medicare, visit.lines, { coinsurance: medicare.coinsurance })
  const primary = judgementOf(office, visit, rulings, { status: '19', crossover: { name: harbor.name } })
  const open = settlementOf(primary, nextOf(visit)).share
  const shareOf = ({ cas }: Ruling): number =>
    cas.reduce((sum, { meaning, amount }) => (meaning === 'share' ? sum + amount : sum), 0)
  const second = judgementOf(
    office,
    visit,
    rulings.map((ruling) => paysTheRest(ruling, shareOf(ruling))),
    { payer: harbor, status: '2' },
  )
  return episode(
    'crossed over',
    visit,
    [sent(visit)],
    [
      answered(primary),
      {
        ...answered(second, { after: 1 }),
        apply: (books) => books.settle(second.controlNumber, laterSettlementOf(second, open, 'patient')),
      },
    ],
  )
}

/** Crossed over to a carrier that nobody here has heard of: it owes the share, never the patient. */
export const crossedToUnknown = (office: Office): Episode => {
  const visit = office.visit({ payers: [medicare], codes: ['99214', '71046'] })
  const rulings = ruledVisit(medicare, visit.lines, { coinsurance: medicare.coinsurance })
  const name = 'LAKESIDE BENEFIT TRUST'
  const judgement = judgementOf(office, visit, rulings, { status: '19', crossover: { name, id: 'LAKE77' } })
  return episode('crossed over, carrier unknown', visit, [sent(visit)], [answered(judgement, { next: name })])
}

/** The second payer repeats the reduction that the first one took: rule N gives up only what is open. */
export const secondPayerRepeats = (office: Office): Episode =>
  withSecondPayer(
    office,
    ({ line, charge, paid }, left) => {
      const pays = part(left, 5_000)
      const patient = part(left, 2_000)
      const cas: Cas[] = [priorPayer(paid), reduces(charge - paid - pays - patient), share('2', patient)]
      return { line, charge, paid: pays, cas: cas.filter(({ amount }) => amount !== 0) }
    },
    'second payer, rule N',
  )

export const secondPayerDenies = (office: Office): Episode =>
  withSecondPayer(
    office,
    ({ line, charge }, left) => ({ line, charge, paid: 0, cas: [priorPayer(charge - left), denied('204', left)] }),
    'second payer denies',
  )

export const child = (office: Office): Episode => {
  const visit = office.visit({ payers: [meadow], child: true, codes: ['99213', '90471', '81002'] })
  const rulings = ruledVisit(meadow, visit.lines, { copay: meadow.copay })
  return episode('a minor', visit, [sent(visit)], [answered(judgementOf(office, visit, rulings))])
}

export const facility = (office: Office): Episode => {
  const visit = office.visit({ payers: [meadow], kind: 'institutional' })
  const rulings = ruledVisit(meadow, visit.lines, { coinsurance: meadow.coinsurance })
  return episode('institutional', visit, [sent(visit)], [answered(judgementOf(office, visit, rulings))])
}

/** Money said to be paid at the desk (AMT F5): a work item, never cash. */
export const statedPatientPayment = (office: Office): Episode => {
  const visit = office.visit({ payers: [meadow], codes: ['99212'] })
  const rulings = ruledVisit(meadow, visit.lines, { copay: meadow.copay })
  return episode(
    'AMT F5',
    visit,
    [sent(visit, { patientPaid: meadow.copay })],
    [answered(judgementOf(office, visit, rulings))],
  )
}

/** Denied for a coding fault, sent again with another code (frequency 7), then paid. */
export const corrected = (office: Office): Episode => {
  const visit = office.visit({ payers: [meadow], room: 1, codes: ['99214', '93000'] })
  const denial = judgementOf(
    office,
    visit,
    visit.lines.map((line) => refused(line, '16', ['M51'])),
  )
  const lines = visit.lines.map((line, at) => (at === 0 ? { ...line, code: '99213', charge: fees['99213'] } : line))
  const originalReference = denial.controlNumber
  const paid = judgementOf(office, visit, ruledVisit(meadow, lines, { copay: meadow.copay }), { originalReference })
  const replacement = {
    after: 1,
    claim: claimOf(visit, { frequency: '7', originalReference, lines }),
    apply: (books: Parameters<ReturnType<typeof sent>['apply']>[0]) => {
      books.void()
      books.charge(meadow.name, chargeOf(lines))
    },
  }
  return episode('replaced (7)', visit, [sent(visit), replacement], [answered(denial), answered(paid, { after: 1 })])
}

/** Sent for the wrong patient, denied, taken back (frequency 8). */
export const voided = (office: Office): Episode => {
  const visit = office.visit({ payers: [riverbend], room: 1 })
  const denial = judgementOf(
    office,
    visit,
    visit.lines.map((line) => refused(line, '96', ['N30'])),
  )
  const originalReference = denial.controlNumber
  const claim = claimOf(visit, { frequency: '8', originalReference })
  return episode(
    'voided (8)',
    visit,
    [sent(visit), { after: 1, claim, apply: (books) => books.void() }],
    [answered(denial)],
  )
}

/** A line that does not add up (B1): held alone, its money in clearing. */
export const outOfBalance = (office: Office): Episode => {
  const visit = office.visit({ payers: [riverbend], codes: ['99213', '36415'] })
  const rulings = ruledVisit(riverbend, visit.lines, { copay: riverbend.copay })
  const judgement = judgementOf(
    office,
    visit,
    rulings.map((ruling, at) => (at === 0 ? { ...ruling, cas: ruling.cas.slice(1) } : ruling)),
  )
  return episode('B1 fails', visit, [sent(visit)], [{ ...answered(judgement), holds: true, apply: () => {} }])
}

/** Reversal and correction in one payment, for a lower price. */
export const correctedByPayer = (office: Office): Episode => {
  const visit = office.visit({ payers: [meadow], room: 1, codes: ['99214', '85025'] })
  const original = judgementOf(office, visit, ruledVisit(meadow, visit.lines, { coinsurance: 2_000 }))
  const lower = ruledVisit({ ...meadow, allowed: meadow.allowed - 500 }, visit.lines, { coinsurance: 2_000 })
  const correction = judgementOf(office, visit, lower, { originalReference: original.controlNumber })
  return episode(
    'reversal and correction',
    visit,
    [sent(visit)],
    [answered(original), reversed(original, { after: 1 }, correction)],
  )
}

/** The reversal comes alone, the correction a payment later. */
export const correctedLater = (office: Office): Episode => {
  const visit = office.visit({ payers: [meadow], room: 2, codes: ['99213', '93000'] })
  const original = judgementOf(office, visit, ruledVisit(meadow, visit.lines, { copay: meadow.copay }))
  const rulings = ruledVisit(meadow, visit.lines, { deductible: 4_000 })
  const correction = judgementOf(office, visit, rulings, { originalReference: original.controlNumber })
  return episode(
    'reversal, correction later',
    visit,
    [sent(visit)],
    [answered(original), reversed(original, { after: 1 }), answered(correction, { after: 2 })],
  )
}
