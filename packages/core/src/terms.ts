import { access } from './policy/sections/access.ts'
import { autopay } from './policy/sections/autopay.ts'
import { contact } from './policy/sections/contact.ts'
import { disputes } from './policy/sections/disputes.ts'
import { followUp } from './policy/sections/follow-up.ts'
import { inquiries } from './policy/sections/inquiries.ts'
import { letters } from './policy/sections/letters.ts'
import { onAccount } from './policy/sections/on-account.ts'
import { placement } from './policy/sections/placement.ts'
import { plans } from './policy/sections/plans.ts'
import { posting } from './policy/sections/posting.ts'
import { practice } from './policy/sections/practice.ts'
import { profile } from './policy/sections/profile.ts'
import { promises } from './policy/sections/promises.ts'
import { statements } from './policy/sections/statements.ts'
import { work } from './policy/sections/work.ts'
import { worklist } from './policy/sections/worklist.ts'
import { writeOff } from './policy/sections/write-off.ts'
import * as agreementWords from './rules/agreement/vocabulary.ts'
import * as autopayWords from './rules/autopay/vocabulary.ts'
import * as claimsWords from './rules/claims/vocabulary.ts'
import * as contactWords from './rules/contact/vocabulary.ts'
import * as disputeWords from './rules/dispute/vocabulary.ts'
import * as guarantorWords from './rules/guarantor/vocabulary.ts'
import * as inquiryWords from './rules/inquiry/vocabulary.ts'
import * as ledgerWords from './rules/ledger/vocabulary.ts'
import * as letterWords from './rules/letter/vocabulary.ts'
import * as nsaWords from './rules/nsa/vocabulary.ts'
import * as placementWords from './rules/placement/vocabulary.ts'
import * as planWords from './rules/plan/vocabulary.ts'
import * as practiceWords from './rules/practice/vocabulary.ts'
import * as promiseWords from './rules/promise/vocabulary.ts'
import * as standingWords from './rules/standing/vocabulary.ts'
import * as statementWords from './rules/statement/vocabulary.ts'
import * as tplWords from './rules/tpl/vocabulary.ts'

// The terms of the house, by capability, one a line and sorted: what a practice decides, and what rules speak of.

/** The sections of a practice's policy, by the name that decisions and files read them by. */
export const sections = {
  access,
  autopay,
  contact,
  disputes,
  followUp,
  inquiries,
  letters,
  onAccount,
  placement,
  plans,
  posting,
  practice,
  profile,
  promises,
  statements,
  work,
  worklist,
  writeOff,
} as const
export type SectionName = keyof typeof sections

/** The words of the rules: the facts that they may ask for, the gates that they stand at (`rules/vocabulary.ts`). */
export const words = {
  agreement: agreementWords,
  autopay: autopayWords,
  claims: claimsWords,
  contact: contactWords,
  dispute: disputeWords,
  guarantor: guarantorWords,
  inquiry: inquiryWords,
  ledger: ledgerWords,
  letter: letterWords,
  nsa: nsaWords,
  placement: placementWords,
  plan: planWords,
  practice: practiceWords,
  promise: promiseWords,
  standing: standingWords,
  statement: statementWords,
  tpl: tplWords,
} as const
