import type { AccountCommandInput } from '../../account/rooms.ts'
import type { Random } from '../random.ts'
import { agreementWays } from './agreements.ts'
import { autopayWays } from './autopay.ts'
import { ledgerWays } from './charges.ts'
import { claimWays } from './claims.ts'
import { coverageWays } from './coverages.ts'
import { disputeWays } from './disputes.ts'
import { inquiryWays } from './inquiries.ts'
import { letterWays } from './letters.ts'
import type { CommandType, Moment, Way } from './moment.ts'
import { paymentWays } from './money.ts'
import { noteWays } from './notes.ts'
import { placementWays } from './placement.ts'
import { planWays } from './plans.ts'
import { promiseWays } from './promises.ts'
import { creditWays } from './refunds.ts'
import { registrationWays } from './registration.ts'
import { reviewWays } from './reviews.ts'
import { statementWays } from './statements.ts'
import { workWays } from './work.ts'

/**
 * A way for every command there is, a line a facet, sorted: one that is missing does not compile, so no law can fail to
 * meet it.
 */
export const ways: { readonly [T in CommandType]: Way<T> } = {
  ...agreementWays,
  ...autopayWays,
  ...claimWays,
  ...coverageWays,
  ...creditWays,
  ...disputeWays,
  ...inquiryWays,
  ...ledgerWays,
  ...letterWays,
  ...noteWays,
  ...paymentWays,
  ...placementWays,
  ...planWays,
  ...promiseWays,
  ...registrationWays,
  ...reviewWays,
  ...statementWays,
  ...workWays,
}

/** The desks at which lives are lived. */
export type DeskKind = 'often' | 'collecting' | 'planning'

const drawn = (how: DeskKind): readonly CommandType[] =>
  (Object.keys(ways) as CommandType[]).flatMap((type) => Array.from({ length: ways[type][how] ?? 0 }, () => type))

const desks = { often: drawn('often'), collecting: drawn('collecting'), planning: drawn('planning') }

const commandOf = (type: CommandType, random: Random, moment: Moment): AccountCommandInput => {
  const { make, instead = 'PostCharge' } = ways[type]
  return make(random, moment) ?? commandOf(instead, random, moment)
}

/** One command for an account as it stands, good or bad, as they come at one of the desks. */
export const draw = (desk: DeskKind, random: Random, moment: Moment): AccountCommandInput =>
  commandOf(random.pick(desks[desk]), random, moment)
