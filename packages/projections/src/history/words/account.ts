import type { AccountEvent } from '@daybook/core/account'
import type { Words } from '../tell.ts'
import { claimWords } from './claims.ts'
import { coverageWords } from './coverage.ts'
import { creditWords } from './credits.ts'
import { ledgerWords } from './ledger.ts'
import { paymentWords } from './payments.ts'
import { placementWords } from './placement.ts'
import { planWords } from './plans.ts'
import { registrationWords } from './registration.ts'

/** A sentence for everything that can happen to an account, by event type: all of them, or it does not compile. */
export const accountWords: Words<AccountEvent> = {
  ...registrationWords,
  ...coverageWords,
  ...ledgerWords,
  ...paymentWords,
  ...claimWords,
  ...creditWords,
  ...planWords,
  ...placementWords,
}
