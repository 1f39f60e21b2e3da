import type { ReviewCommand } from '../../account/reviews/commands.ts'
import { discrepancyKinds } from '../../account/reviews/events.ts'
import { amount, type Generate, type Moment, none, oneOf, recently, someLine, type Ways } from './moment.ts'

// What people find who look an account through.

const open = ({ state }: Moment): readonly string[] =>
  state.reviews.findings.where('open').map(({ findingId }) => findingId)

const reviewAccount: Generate<'ReviewAccount'> = (random, moment) => {
  const { today, number } = moment
  const found = Array.from({ length: random.pick([0, 1, 1, 2]) }, (_, at) => ({
    finding: `f${number}-${at}`,
    kind: random.pick(discrepancyKinds),
    says: 'does not fit the paper',
    ...(random.oneIn(2) ? { amount: amount(random) } : {}),
    ...(random.oneIn(2) ? { line: someLine(random, moment) } : {}),
  }))
  const on = random.oneIn(4) ? recently(random, today) : today
  return { type: 'ReviewAccount', on, review: `rv${number}`, findings: found }
}

const resolveFinding: Generate<'ResolveFinding'> = (random, moment) => {
  const findings = open(moment)
  if (none(random, findings)) return undefined
  return {
    type: 'ResolveFinding',
    on: random.oneIn(4) ? recently(random, moment.today) : moment.today,
    finding: oneOf(random, findings, 'f-unknown'),
    how: random.pick(['corrected', 'noError', 'handedOn']),
    reason: 'looked at it',
  }
}

/** How its commands come into random lives. */
export const reviewWays: Ways<ReviewCommand> = {
  ReviewAccount: { make: reviewAccount, often: 1, collecting: 1 },
  ResolveFinding: { make: resolveFinding, often: 1, collecting: 1, instead: 'ReviewAccount' },
}
