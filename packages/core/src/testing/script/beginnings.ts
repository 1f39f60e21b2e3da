import { newAccount } from '../../account/index.ts'
import type { AccountCommandInput } from '../../account/rooms.ts'
import { addDays, type Day } from '../../kernel/day.ts'
import type { Random } from '../random.ts'
import { bringForward } from './charges.ts'
import { visits } from './moment.ts'

// How the life of an account begins.

/** A command and the day on which it is given. */
export interface Given {
  readonly on: Day
  readonly command: AccountCommandInput
}

/** Mostly of a grown-up in Minnesota; else of somebody elsewhere, of a child, or of whom nobody has confirmed. */
export const opened = (random: Random, on: Day): Given => ({
  on,
  command: {
    type: 'OpenAccount',
    accountId: 'a1',
    on,
    guarantor: {
      state: random.oneIn(6) ? random.pick(['WA', 'NY', 'MD', 'CO', 'CA', 'IL']) : 'MN',
      born: random.oneIn(16) ? '2012-02-01' : '1980-02-01',
      ...(random.oneIn(16) ? { standing: 'unconfirmed' as const } : {}),
    },
  },
})

/** A charge that its payer has paid in full, and that never was: the payer's money has to go back. */
const paidForNothing = (on: Day, amount: number): readonly Given[] => [
  { on, command: { type: 'PostCharge', on, visit: 'v1', line: 'l-paid', code: '99213', amount } },
  {
    on,
    command: {
      type: 'PostRemittedClaims',
      on,
      remittanceId: 'remit-0',
      payer: { payerId: 'acme', payerName: 'Acme Health' },
      capitation: false,
      visit: { known: 'v1' },
      claims: [
        {
          number: 1,
          segment: 1,
          patientControlNumber: 'v1',
          status: '1',
          charge: amount,
          paid: amount,
          filingIndicator: '12',
          payerControlNumber: 'P-first',
          patient: { id: 'M1' },
          adjustments: [],
          remarks: [],
          lines: [
            {
              number: 1,
              adjudicated: { qualifier: 'HC', code: '99213', modifiers: [] },
              charge: amount,
              paid: amount,
              adjustments: [],
              remarks: [],
            },
          ],
          defects: [],
          findings: [],
        },
      ],
    },
  },
  { on, command: { type: 'VoidCharge', on, line: 'l-paid', reason: 'not performed' } },
]

/** At a desk: the account, often a coverage, now and then a book converted from an older one or a payer's credit. */
export const atTheDesk = (random: Random, today: Day): readonly Given[] => {
  const first = addDays(today, -90)
  const account = opened(random, first)
  const covered: Given = {
    on: today,
    command: { type: 'AddCoverage', on: today, coverage: 'cov1', payer: 'acme', filingIndicator: '12' },
  }
  const converted = (): Given => ({
    on: first,
    command: bringForward(random, { state: newAccount, today: first, number: 0 }),
  })
  switch (random.int(1, 8)) {
    case 1:
    case 2:
      return [account]
    case 3:
    case 4:
      return [account, converted(), covered]
    case 5:
      return [account, covered, ...paidForNothing(today, random.int(1, 60_000))]
    default:
      return [account, covered]
  }
}

/** At a collections desk: old self-pay charges that it begins to collect. */
export const overdue = (random: Random, today: Day): readonly Given[] => {
  const on = addDays(today, -200)
  return [
    opened(random, on),
    ...['l-a', 'l-b', 'l-c'].map((line, at): Given => {
      const amount = random.int(2_500, 40_000)
      const charge = { type: 'PostCharge', on, visit: visits[at] ?? 'v1', line, code: '99213', amount } as const
      return { on, command: { ...charge, party: 'patient' } }
    }),
  ]
}
