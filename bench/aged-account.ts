import {
  type AccountCommand,
  type AccountEvent,
  type AccountState,
  balanceOf,
  decideAccount,
  foldAccount,
  newAccount,
  owedOn,
} from '@daybook/core/account'
import {
  type AccountId,
  addDays,
  type CoverageId,
  type Day,
  type Instant,
  type LineId,
  type PatientId,
  type RemittanceId,
  toCents,
  toDay,
  type VisitId,
} from '@daybook/core/kernel'
import type { EventStoreShape } from '@daybook/core/ports'
import { payerIdFrom } from '@daybook/core/remittance'
import { accountContext } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { accountFindings } from '../packages/daybook/src/check/accounts.ts'
import { deskOn } from './desk.ts'
import { meadow } from './practice/payers.ts'
import { adult, insured } from './practice/people.ts'
import { seeded } from './practice/random.ts'
import { adviceOf } from './practice/ruling.ts'
import { claimOf } from './practice/submission.ts'
import { ruledVisit } from './practice/usual.ts'
import { type Code, type Visit, visitOf } from './practice/visit.ts'

/** What of an old account is open: twenty lines whatever its age, or every line that it ever had. */
export type Left = 'twenty' | 'all'

/** An account of so many events, and what its payer says of the claims that wait for it, to be posted in any order. */
export interface AgedAccount {
  readonly events: readonly AccountEvent[]
  readonly answers: readonly Extract<AccountCommand, { type: 'PostRemittedClaims' }>[]
}

/** Claims of the account that were sent and are not answered. */
export const UNANSWERED = 4
/** The visits at the end, of four lines each: those that are not answered, and one whose patient has not paid. */
const OPEN_VISITS = UNANSWERED + 1
const FOUR_LINES: readonly Code[] = ['99214', '36415', '80053', '85025']
const OPEN_LINES = OPEN_VISITS * FOUR_LINES.length
/** The fewest events of a visit that nobody insures: it opens, is charged and paid. */
const SHORTEST = 3

const LAST = toDay('2026-11-19')
const accountId = 'aged' as AccountId
const patientId = 'aged-patient' as PatientId
const coverageId = 'aged-coverage' as CoverageId
const payer = { payerId: payerIdFrom(meadow.id, meadow.name), payerName: meadow.name }

type Step = (state: AccountState) => AccountCommand

/** Decides steps of one day on an account that holds what they need to see. */
const decider = () => {
  const contextOf = accountContext(deskOn({} as EventStoreShape))
  let commands = 0
  return (began: AccountState, today: Day, steps: readonly Step[]): readonly AccountEvent[] => {
    let state = began
    const decided: AccountEvent[] = []
    for (const step of steps) {
      commands += 1
      const command = step(state)
      const context = contextOf({
        commandId: `aged-${commands}`,
        stream: 'account-aged',
        now: `${today}T12:00:00.000Z` as Instant,
        today,
        actor: { id: 'bench', roles: ['system'] },
      })
      const decision = decideAccount(state, command, context)
      if (!decision.ok) throw new RangeError(`${command.type} on ${today}: ${JSON.stringify(decision.hits)}`)
      state = foldAccount(state, decision.events)
      decided.push(...decision.events)
    }
    return decided
  }
}

const opening = (on: Day): readonly Step[] => [
  () => ({ type: 'OpenAccount', accountId, on, guarantor: { standing: 'confirmed' } }),
  () => ({ type: 'RegisterPatient', on, patient: patientId, last: 'DEMO', first: 'BRINN' }),
  () => ({
    type: 'AddCoverage',
    on,
    coverage: coverageId,
    patient: patientId,
    payer: payer.payerId,
    payerName: payer.payerName,
    filingIndicator: meadow.filingIndicator,
  }),
]

const submitted =
  (visit: Visit, on: Day): Step =>
  () => ({
    type: 'RecordSubmittedClaim',
    on,
    claim: claimOf(visit),
    visit: { open: { accountId, patientId, visitId: visit.controlNumber as VisitId } },
  })

const answerTo = (visit: Visit, on: Day): AgedAccount['answers'][number] => ({
  type: 'PostRemittedClaims',
  on,
  remittanceId: `r-${visit.controlNumber}` as RemittanceId,
  payer,
  capitation: false,
  claims: [
    adviceOf({
      visit,
      payer: meadow,
      controlNumber: `M-${visit.controlNumber}`,
      rulings: ruledVisit(meadow, visit.lines, { copay: meadow.copay, coinsurance: meadow.coinsurance }),
    }),
  ],
  visit: { known: visit.controlNumber as VisitId },
})

/** All that the patient owes. */
const paid =
  (on: Day): Step =>
  ({ ledger }) => ({
    type: 'PostPayment',
    on,
    amount: toCents(balanceOf(ledger, { party: 'patient' })),
    tender: 'check',
  })

const charged = (visit: string, lines: number, on: Day): readonly Step[] =>
  Array.from({ length: lines }, (_, n) => () => ({
    type: 'PostCharge',
    on,
    visit: visit as VisitId,
    line: `${visit}-${n + 1}` as LineId,
    code: '99213',
    amount: toCents(14_500 + 100 * n),
    party: 'patient',
    patient: patientId,
  }))

/** As `daybook check` asks it of an account, and that as many lines are open as was said. */
const mustHold = (events: readonly AccountEvent[], left: Left): void => {
  const findings = Effect.runSync(accountFindings('account-aged', events))
  const { ledger, payments } = foldAccount(newAccount, events)
  const open = [...ledger.lines.keys()].filter((line) => owedOn(ledger, line) !== 0).length
  const wanted = left === 'twenty' ? OPEN_LINES : ledger.lines.size
  if (findings.length > 0 || open !== wanted || payments.payments.size > 0 !== (left === 'twenty')) {
    throw new RangeError(`${events.length} events, ${open} of ${wanted} lines open: ${JSON.stringify(findings)}`)
  }
}

/**
 * The account of one guarantor after so many events: a visit a day, four of five sent to the payer, answered and then
 * paid by the patient (`all`: not paid), the others paid by the patient alone; at the end the open visits.
 *
 * Each visit is decided on an account that holds nothing but its opening, so that a long history costs by events. It is
 * what the whole account would have decided: a visit that is paid leaves nothing that the next one could meet, and money
 * looks for no visit where none is paid.
 */
export const agedAccount = (count: number, left: Left): AgedAccount => {
  const random = seeded(41)
  const person = insured(random, adult(random), [meadow])
  const decide = decider()
  // A visit has five events or more but for those that nobody insures.
  const first = addDays(LAST, -OPEN_VISITS - Math.ceil(count / 5))
  let visits = 0
  const visitOn = (day: Day, codes?: readonly Code[]): Visit => {
    visits += 1
    const cycle = { number: 0, servicesFrom: day, serviceDays: 1, claimsSent: day, answered: day }
    return visitOf(random, `A${String(visits).padStart(6, '0')}`, person, cycle, codes ? { codes } : {})
  }

  const opened = decide(newAccount, first, opening(first))
  const began = foldAccount(newAccount, opened)
  const closing = (on: Day): readonly Step[] => (left === 'twenty' ? [paid(on)] : [])
  const insuredVisit = (day: Day): readonly Step[] => {
    const visit = visitOn(day)
    return [submitted(visit, day), () => answerTo(visit, day), ...closing(day)]
  }
  const ownVisit = (day: Day, lines: number): readonly Step[] => {
    visits += 1
    return [...charged(`S${visits}`, lines, day), ...closing(day)]
  }

  const answers: AgedAccount['answers'][number][] = []
  const end = Array.from({ length: OPEN_VISITS }, (_, n) => {
    const day = addDays(LAST, n - OPEN_VISITS)
    const visit = visitOn(day, FOUR_LINES)
    const answer = answerTo(visit, LAST)
    if (n < OPEN_VISITS - UNANSWERED) return decide(began, LAST, [submitted(visit, day), () => answer])
    answers.push(answer)
    return decide(began, day, [submitted(visit, day)])
  }).flat()

  const events = [...opened]
  const until = count - end.length
  for (let day = first; events.length < until; day = addDays(day, 1)) {
    if (day > addDays(LAST, -OPEN_VISITS)) throw new RangeError(`${count} events take more than a visit a day`)
    const room = until - events.length
    const usual = random.chance(80) ? insuredVisit(day) : ownVisit(day, random.between(1, 3))
    const told = decide(began, day, usual)
    const fits = told.length === room || told.length + SHORTEST <= room
    events.push(...(fits ? told : decide(began, day, ownVisit(day, room - 1 - closing(day).length))))
  }
  events.push(...end)
  if (events.length !== count) throw new RangeError(`${events.length} events, ${count} asked for`)
  mustHold(events, left)
  return { events, answers }
}
