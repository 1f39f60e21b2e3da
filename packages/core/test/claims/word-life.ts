import type { AccountCommandInput, AccountState } from '../../src/account/index.ts'
import { owedOn } from '../../src/account/ledger/balances.ts'
import { coverageParty, PATIENT } from '../../src/kernel/effects.ts'
import type { CoverageId, LineId } from '../../src/kernel/ids.ts'
import type { Random } from '../../src/testing/random.ts'
import { type ClaimSaid, pays, SERVED, type Triple } from './visit.ts'

// What a person may try on a visit after any advice: every hand move there is, with any evidence, good or bad.

type Payer = 'acme' | 'beta'
type Transfer = Extract<AccountCommandInput, { type: 'TransferResponsibility' }>

export const lines = ['l1', 'l2'] as const
const codes = { l1: '99213', l2: '80053' } as const

const cut = (random: Random, amount: number, parts: number): readonly number[] => {
  let left = amount
  return Array.from({ length: parts }, (_, at) => {
    const part = at === parts - 1 ? left : random.int(0, left)
    left -= part
    return part
  })
}

const reasons: readonly (readonly [string, string])[] = [
  ...([
    ['PR', '1'],
    ['PR', '2'],
    ['PR', '3'],
    ['PR', '204'],
    ['PR', '204'],
    ['PR', '50'],
    ['CO', '45'],
    ['CO', '50'],
    ['CO', '29'],
    ['CO', '27'],
    ['CO', '19'],
    ['PI', '96'],
  ] as const),
]
const remarks = ['N884', 'N782', 'M38', 'M39', 'MA18'] as const

/** One payer's advice on what of the visit is open at it. */
export const advice = (
  random: Random,
  state: AccountState,
  on: string,
  icn: string,
  payer: Payer = random.pick(['acme', 'beta']),
): AccountCommandInput | undefined => {
  const open = lines.filter((line) => owedOn(state.ledger, line as LineId, coverageParty(payer as CoverageId)) > 0)
  if (open.length === 0) return undefined
  const later = payer === 'beta'
  const claim: ClaimSaid = {
    icn,
    status: random.oneIn(12) ? '25' : later ? '2' : '1',
    filing: state.coverage.coverages.get(payer as CoverageId)?.filingIndicator ?? '12',
    remarks: random.oneIn(5) ? [random.pick(remarks)] : [],
    lines: open.map((line) => {
      const charge = state.ledger.lines.get(line as LineId)?.amount ?? 0
      const here = owedOn(state.ledger, line as LineId, coverageParty(payer as CoverageId))
      const before: Triple[] = charge > here ? [['OA', '23', charge - here]] : []
      const [paid = 0, ...rest] = random.oneIn(3) ? [0, ...cut(random, here, 2)] : cut(random, here, 3)
      const cas = rest.map((amount): Triple => [...random.pick(reasons), amount] as unknown as Triple)
      return { code: codes[line], charge, paid, cas: [...before, ...cas.filter(([, , amount]) => amount > 0)] }
    }),
  }
  return pays(payer, claim, on, { remittanceId: `remit-${icn}` })
}

/** The exact reversal of a decision that stands. */
const reversal = (random: Random, state: AccountState, on: string, icn: string): AccountCommandInput | undefined => {
  const standing = [...state.claims.adjudications.values()].filter(({ reversed }) => !reversed)
  if (standing.length === 0) return undefined
  const { event } = random.pick(standing)
  const claim: ClaimSaid = {
    icn: event.claimKey.payerControlNumber,
    status: '22',
    lines: event.lines.map((line) => ({
      code: line.submittedCode ?? '99213',
      charge: -line.charge,
      paid: -line.paid,
      cas: line.adjustments.map(({ group, carc, amount }): Triple => [group, carc, -amount]),
    })),
  }
  return pays(event.coverageId as string as Payer, claim, on, { remittanceId: `back-${icn}` })
}

/** What a person says of the payer's reason: often what is on file, else anything. */
const evidence = (random: Random, state: AccountState) => {
  const onFile = [...state.claims.adjudications.values()].flatMap(({ event }) =>
    event.lines.flatMap(({ adjustments }) => adjustments.filter(({ amount }) => amount > 0)),
  )
  const { group, carc } =
    onFile.length > 0 && !random.oneIn(3)
      ? random.pick(onFile)
      : { group: random.pick(['PR', 'CO']), carc: random.pick(reasons)[1] }
  return {
    group,
    carc,
    ...(random.oneIn(3) ? { notice: 'signed waiver' } : {}),
    ...(random.oneIn(8) ? { remarks: [random.pick(remarks)] } : {}),
    ...(random.oneIn(8) ? { denial: random.oneIn(2) } : {}),
  }
}

const transfer = (random: Random, state: AccountState, on: string): Transfer => {
  const coverages = [...state.coverage.coverages.keys()].map((coverageId) => ({ coverageId }))
  const owing = [...state.ledger.layers.values()].filter(({ active }) => active > 0)
  const item = owing.length > 0 && !random.oneIn(6) ? random.pick(owing) : undefined
  const from = item?.party ?? random.pick(coverages)
  const to = from !== PATIENT && !random.oneIn(3) ? PATIENT : random.pick(coverages)
  const line = item?.lineId ?? random.pick(lines)
  const open = Math.max(1, owedOn(state.ledger, line as LineId, from as never))
  return {
    type: 'TransferResponsibility',
    on,
    from,
    to,
    lines: [random.oneIn(2) ? { line } : { line, amount: random.int(1, open) }],
    because: random.pick(['manual', 'manual', 'cobChanged', 'coverageTermed', 'coverageFound', 'guarantorChanged']),
    reason: 'letter of the payer',
    ...(random.oneIn(5) ? {} : { evidence: evidence(random, state) }),
  }
}

/** Anything that a person may try. */
export const tried = (random: Random, state: AccountState, on: string, number: number): AccountCommandInput => {
  const holding = [...state.ledger.holdings.values()].find(({ open }) => open)?.event.holdingId
  const denial = [...state.claims.denials.values()].find(({ resolved }) => resolved === undefined)?.event.denialId
  const coverage = random.pick([...state.coverage.coverages.keys()])
  const fallback = transfer(random, state, on)
  const reason = 'reviewed'
  switch (random.int(1, 18)) {
    case 1:
    case 2:
    case 12:
    case 13: {
      const [held] = [...state.ledger.holdings.values()].find(({ open }) => open)?.event.lines ?? []
      const asHeld = { group: held?.group ?? 'PR', carc: held?.carc ?? '1', notice: 'signed waiver' }
      const outcome = random.pick([
        { kind: 'toPatient' as const },
        { kind: 'toPatient' as const, evidence: asHeld },
        { kind: 'toPatient' as const, evidence: asHeld },
        { kind: 'toPatient' as const, evidence: evidence(random, state) },
        { kind: 'toNext' as const },
      ])
      return holding ? { type: 'ReleaseResponsibility', on, holding, outcome, reason } : fallback
    }
    case 3:
    case 4: {
      const outcome = random.pick([
        { kind: 'movedToPatient' as const, evidence: evidence(random, state) },
        { kind: 'appealWon' as const, reference: 'a1' },
        { kind: 'rebilledNext' as const },
      ])
      return denial ? { type: 'ResolveDenial', on, denial, outcome, reason } : fallback
    }
    case 5:
      return {
        type: 'TerminateCoverage',
        on,
        coverage,
        lastDay: random.pick(['2025-12-31', '2026-06-30']),
        reason,
      }
    case 6: {
      if (!random.oneIn(5)) return fallback
      const id = `gamma${number}`
      return {
        type: 'AddCoverage',
        on,
        coverage: id,
        payer: id,
        payerName: id,
        filingIndicator: random.pick(['12', 'MC']),
      }
    }
    case 7:
      return {
        type: 'RecordNotice',
        on,
        visit: 'v1',
        notice: random.pick([
          { kind: 'abn' as const, signedOn: random.pick([SERVED, '2026-01-11']), reference: 'form' },
          { kind: 'nsaCostShare' as const, reference: 'notice' },
          { kind: 'nsaCostShare' as const, amount: random.int(0, 8_000), reference: 'notice' },
        ]),
      }
    case 8:
      return advice(random, state, on, `P${number}`) ?? fallback
    case 9:
      return reversal(random, state, on, `P${number}`) ?? fallback
    case 10:
      return { type: 'ElectSelfPay', on, visit: 'v1', agreedOn: '2026-01-09', reference: 'form' }
    case 11:
      if (!random.oneIn(3)) return fallback
      return {
        type: 'PostPayment',
        on,
        payment: `p${number}`,
        amount: random.pick([15_000, 4_000]),
        tender: 'check',
        designation: { visitId: 'v1' },
      }
    default:
      return fallback
  }
}
