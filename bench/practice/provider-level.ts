import {
  answered,
  type Episode,
  episode,
  judgementOf,
  type Office,
  type ProviderLevel,
  reversed,
  sent,
} from './episode.ts'
import { meadow, medicare, type Payer, riverbend } from './payers.ts'
import { denied, type Ruling, share } from './ruling.ts'
import { paidWithCopay, refused, ruledVisit } from './usual.ts'

// Stories that also move money beside the claims (PLB), and those that need a payment of their own.

const beside = (payer: Payer, code: string, reference: string, amount: number, after = 0): ProviderLevel => ({
  after,
  payer,
  lane: 'regular',
  code,
  reference,
  amount,
})

/** Taken back for good, but not in cash yet: WO below zero with the reversal, WO above zero a payment later. */
export const takenBackLater = (office: Office): Episode => {
  const visit = office.visit({ payers: [riverbend], room: 2, codes: ['99213'] })
  const original = judgementOf(office, visit, ruledVisit(riverbend, visit.lines, { copay: riverbend.copay }))
  const amount = original.rulings.reduce((sum, { paid }) => sum + paid, 0)
  return episode(
    'reversal, WO deferred',
    visit,
    [sent(visit)],
    [answered(original), reversed(original, { after: 1 })],
    [
      beside(riverbend, 'WO', original.controlNumber, -amount, 1),
      beside(riverbend, 'WO', original.controlNumber, amount, 2),
    ],
  )
}

/** A reversal larger than its payment: the deficit is carried forward (FB) and comes off a later payment. */
export const carriedForward = (office: Office): Episode => {
  const visit = office.visit({ payers: [meadow], room: 2, codes: ['99215', '20610'] })
  const original = judgementOf(office, visit, ruledVisit(meadow, visit.lines))
  return episode(
    'reversal carried forward (FB)',
    visit,
    [sent(visit)],
    [answered(original), reversed(original, { after: 1, lane: 'carried' })],
  )
}

/** Medicare paid late: interest is PLB L6 and AMT I, never on a line. */
export const paidWithInterest = (office: Office): Episode => {
  const visit = office.visit({ payers: [medicare], codes: ['99215'] })
  const rulings = ruledVisit(medicare, visit.lines, { coinsurance: medicare.coinsurance })
  const interest = office.random.between(101, 499)
  return episode(
    'interest (L6)',
    visit,
    [sent(visit)],
    [answered(judgementOf(office, visit, rulings, { interest }))],
    [beside(medicare, 'L6', visit.controlNumber, -interest)],
  )
}

/** An ordinary claim whose payment also carries an adjustment that no claim explains. */
const besides = (office: Office, name: string, levels: (payer: Payer) => readonly ProviderLevel[]): Episode => {
  const usual = paidWithCopay(office)
  const payer = usual.answers[0]?.payer ?? meadow
  return { ...usual, scenario: name, providerLevel: levels(payer) }
}

/** Money recovered for a claim that no advice has reversed: an exception for a person. */
export const recoupedWithoutReversal = (office: Office): Episode =>
  besides(office, 'WO without reversal', (payer) => [beside(payer, 'WO', `${payer.prefix}UNKNOWN1`, 3_515)])
export const adjustedPlainly = (office: Office): Episode =>
  besides(office, 'CS', (payer) => [beside(payer, 'CS', 'INCENTIVE CORR', -1_250)])
/** The payer confirms money that the practice sent back: 72 against WO. */
export const refundConfirmed = (office: Office): Episode =>
  besides(office, '72 with WO', (payer) => [
    beside(payer, 'WO', `${payer.prefix}RETURNED1`, 4_000),
    beside(payer, '72', `${payer.prefix}RETURNED1`, -4_000),
  ])

/** Paid by the head: the charge less the copay is CO-24, the money comes as PLB CT. */
export const capitated = (office: Office): Episode => {
  const visit = office.visit({ payers: [riverbend], codes: ['99213'] })
  const rulings = visit.lines.map(
    (line): Ruling => ({
      line,
      charge: line.charge,
      paid: 0,
      cas: [
        { group: 'CO', carc: '24', amount: line.charge - riverbend.copay, meaning: 'reduces' },
        share('3', riverbend.copay),
      ],
    }),
  )
  return episode(
    'capitated, CO-24',
    visit,
    [sent(visit)],
    [answered(judgementOf(office, visit, rulings), { lane: 'capitation' })],
    [{ ...beside(riverbend, 'CT', 'CAPITATION', -150_000), lane: 'capitation' }],
  )
}

/** A payment of nothing (NON): only denials. */
export const zeroPay = (office: Office): Episode => {
  const visit = office.visit({ payers: [meadow], codes: ['99214', '36415'] })
  const rulings = visit.lines.map((line) => ({ ...refused(line, '29'), cas: [denied('29', line.charge)] }))
  return episode(
    'zero pay (NON)',
    visit,
    [sent(visit)],
    [answered(judgementOf(office, visit, rulings), { lane: 'zeroPay' })],
  )
}

/** A claim that is well in itself, in a payment that does not add up: the whole payment is held. */
export const inUnbalancedPayment = (office: Office): Episode => {
  const visit = office.visit({ payers: [meadow], cycle: 4 })
  const rulings = ruledVisit(meadow, visit.lines, { copay: meadow.copay })
  return episode(
    'in a payment that is held',
    visit,
    [sent(visit)],
    [answered(judgementOf(office, visit, rulings), { lane: 'unbalanced' })],
  )
}
