import { selfPayRules } from './agreement/self-pay.ts'
import { autopayRules } from './autopay/drafts.ts'
import { legalWaits } from './claims/legal-waits.ts'
import { agencyComputations, agencyEmail } from './contact/agency.ts'
import { contactConsentRules } from './contact/consent.ts'
import { frequencyRules } from './contact/frequency.ts'
import { locationRules } from './contact/location.ts'
import { privacyComputations, privacyRules } from './contact/privacy.ts'
import { contactStandingRules } from './contact/standing.ts'
import { timePlaceMediumRules } from './contact/time-place-medium.ts'
import { disputeClocks } from './dispute/clocks.ts'
import { disputeRules } from './dispute/freeze.ts'
import { guarantorConfirmed } from './guarantor/confirmed.ts'
import { guarantorOfAge } from './guarantor/of-age.ts'
import { callerActsForPatient, callerVerified } from './inquiry/verified.ts'
import { allocationTargets } from './ledger/allocation.ts'
import { codeListConstraints } from './ledger/code-list.ts'
import { ledgerComputations } from './ledger/computations.ts'
import { patientResponsibilityRules } from './ledger/patient-responsibility.ts'
import { smallBalance } from './ledger/small-balance.ts'
import { writeOffApproval } from './ledger/write-off-approval.ts'
import { writeOffGrounds } from './ledger/write-off-grounds.ts'
import { truthfulLetters } from './letter/truthful.ts'
import { balanceBilling } from './nsa/balance-billing.ts'
import { checklistRules } from './placement/checklist.ts'
import { standingRules } from './placement/standing.ts'
import { waitingPeriodRules } from './placement/waiting-periods.ts'
import { planChangeRules } from './plan/changes.ts'
import { planDefaultRules } from './plan/default.ts'
import { disclosureRules } from './plan/disclosures.ts'
import { incomeCapRules } from './plan/income-caps.ts'
import { instalmentSchedule } from './plan/schedule.ts'
import { planTermRules } from './plan/terms.ts'
import { promiseJudged, promiseRules } from './promise/terms.ts'
import type { Rule } from './rule.ts'
import { ladderCalendar, ladderRules } from './statement/ladder.ts'
import { letterRules, noticeRules } from './statement/letter.ts'
import { statementStandingRules } from './statement/standing.ts'
import { otherPartyOpen } from './tpl/other-party.ts'

/** Every rule that the house knows. Their order is the order in which hits are listed. */
export const rules: readonly Rule[] = [
  ...ledgerComputations,
  ...legalWaits,
  ...patientResponsibilityRules,
  balanceBilling,
  otherPartyOpen,
  ...selfPayRules,
  codeListConstraints,
  allocationTargets,
  writeOffApproval,
  smallBalance,
  ...writeOffGrounds,
  guarantorConfirmed,
  guarantorOfAge,
  instalmentSchedule,
  ...incomeCapRules,
  ...planTermRules,
  ...planChangeRules,
  ...disclosureRules,
  ...planDefaultRules,
  ...autopayRules,
  promiseJudged,
  ...promiseRules,
  ...disputeClocks,
  ...disputeRules,
  callerVerified,
  callerActsForPatient,
  ladderCalendar,
  ...ladderRules,
  ...statementStandingRules,
  ...letterRules,
  ...truthfulLetters,
  ...noticeRules,
  ...checklistRules,
  ...standingRules,
  ...waitingPeriodRules,
  ...frequencyRules,
  ...timePlaceMediumRules,
  ...contactStandingRules,
  ...locationRules,
  ...contactConsentRules,
  agencyEmail,
  ...agencyComputations,
  ...privacyRules,
  ...privacyComputations,
]
