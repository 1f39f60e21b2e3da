import type { AgreementCommand } from '../../account/agreements/commands.ts'
import { linesOfVisit, owedOn } from '../../account/ledger/balances.ts'
import { addDays } from '../../kernel/day.ts'
import { PATIENT } from '../../kernel/effects.ts'
import { type Generate, type Moment, none, oneOf, recently, type Ways } from './moment.ts'

// What patients were told, and what they chose.

const visitsOf = ({ state }: Moment): readonly string[] => [...state.registration.visits.keys()]

export const recordNotice: Generate<'RecordNotice'> = (random, moment) => {
  const known = visitsOf(moment)
  if (none(random, known)) return undefined
  const reference = 'form 1'
  return {
    type: 'RecordNotice',
    on: recently(random, moment.today),
    visit: oneOf(random, known, 'v-unknown'),
    notice: random.pick([
      { kind: 'abn' as const, signedOn: addDays(moment.today, -random.int(0, 60)), reference },
      { kind: 'nsaCostShare' as const, reference },
      { kind: 'nsaCostShare' as const, amount: random.int(0, 20_000), reference },
    ]),
  }
}

/** Often a visit that is all the plan's, as the patient asks for it. */
export const electSelfPay: Generate<'ElectSelfPay'> = (random, moment) => {
  const { ledger } = moment.state
  const plans = visitsOf(moment).filter((visit) =>
    linesOfVisit(ledger, visit as never).some(
      ({ lineId, voided }) => !voided && owedOn(ledger, lineId) > 0 && owedOn(ledger, lineId, PATIENT) === 0,
    ),
  )
  if (none(random, plans)) return undefined
  return {
    type: 'ElectSelfPay',
    on: recently(random, moment.today),
    visit: oneOf(random, plans, 'v-unknown'),
    agreedOn: addDays(moment.today, -random.int(0, 60)),
    reference: 'form 2',
  }
}

export const endSelfPay: Generate<'EndSelfPay'> = (random, moment) => {
  const running = moment.state.agreements.elections.where('running').map(({ event }) => event.electionId)
  if (none(random, running)) return undefined
  return { type: 'EndSelfPay', on: moment.today, election: oneOf(random, running, 'e-unknown'), reason: 'asked for it' }
}

/** How its commands come into random lives. */
export const agreementWays: Ways<AgreementCommand> = {
  RecordNotice: { make: recordNotice, often: 1, collecting: 0 },
  ElectSelfPay: { make: electSelfPay, often: 2, collecting: 0 },
  EndSelfPay: { make: endSelfPay, often: 1, collecting: 0, instead: 'ElectSelfPay' },
}
