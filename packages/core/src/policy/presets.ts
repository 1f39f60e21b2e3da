import { toCents } from '../kernel/cents.ts'
import type { PracticePolicy } from './policy.ts'

/**
 * A physician practice in Minnesota: reference §0.3's default fixture. Section signs name the page of the domain
 * reference that gives the figure; "house" marks a figure that no page gives and that this preset chose.
 */
const physicianPracticeMN: PracticePolicy = {
  name: 'physicianPracticeMN',
  practice: { entityType: 'physician_practice', state: 'MN', timeZone: 'America/Chicago' },
  posting: {
    futureDays: 30, // house: two-clocks says "≤ policy days"
    insuranceAgingFrom: 'dateOfService', // two-clocks, §2.1
    patientAgingFrom: 'recorded', // two-clocks: nobody is past due on a debt nobody told them of
    expectedZero: 'workItem', // house, of the two that postings clarification 11 offers: nothing leaves A/R unseen
    qmbWithoutNextPayer: 'hold', // house, of the two that postings.md offers: a person looks first
    electronicTender: 'onCapture', // two-clocks: card: captured
    unappliedDays: 30, // §1.8(6)
    refundDays: 30, // §1.10; Minn. Stat. 62J.808 gives the same after a review
    crossoverDays: 30, // postings.md, CLP02 19–21
  },
  writeOff: {
    // §1.9; rows without an amount there have none here. A role stands in a row also by being above the named one.
    approvals: [
      { category: 'charity', upTo: toCents(500_000), roles: ['faCounsellor', 'faSupervisor', 'director'] }, // §1.9
      { category: 'charity', roles: ['faSupervisor', 'director'] }, // §1.9
      { category: 'presumptive', upTo: toCents(500_000), roles: ['faCounsellor', 'faSupervisor', 'director'] }, // as charity
      { category: 'presumptive', roles: ['faSupervisor', 'director'] }, // as charity
      { category: 'smallDebit', roles: ['system', 'supervisor', 'manager', 'director'] }, // §1.9: system batch
      { category: 'administrative', roles: ['supervisor', 'manager', 'director', 'system'] }, // §1.9
      { category: 'courtesy', roles: ['manager', 'compliance'], together: true }, // §1.9: manager + compliance
      { category: 'promptPay', roles: ['supervisor', 'manager', 'director'] }, // house
      { category: 'selfPayDiscount', roles: ['supervisor', 'manager', 'director'] }, // house
      { category: 'settlement', upTo: toCents(500_000), roles: ['supervisor', 'manager', 'director'] }, // house, as §1.9 bad debt
      { category: 'settlement', roles: ['director'] }, // house, as §1.9 bad debt
      { category: 'bankruptcy', roles: ['supervisor', 'manager', 'compliance', 'director'] }, // house
      { category: 'estate', roles: ['supervisor', 'manager', 'compliance', 'director'] }, // house
      { category: 'statutoryPlan', roles: ['system', 'supervisor', 'manager', 'director'] }, // house: the statute leaves no choice
      { category: 'qmb', roles: ['system', 'biller', 'supervisor', 'manager', 'director'] }, // house: the statute leaves no choice
      { category: 'medicaid', roles: ['system', 'biller', 'supervisor', 'manager', 'director'] }, // house: the statute leaves no choice
      { category: 'nsa', roles: ['supervisor', 'manager', 'compliance', 'director'] }, // house
      { category: 'timeLimit', roles: ['supervisor', 'manager', 'director'] }, // house
    ],
    smallBalance: toCents(999), // §1.9
    smallBalanceInactiveDays: 60, // §1.9
  },
  plans: {
    incomeShare: 500, // §5.1(2): 5 % of gross monthly income
    minimumInstalment: toCents(2_500), // §5.1(3)
    longestTerm: [
      { upTo: toCents(25_000), months: 3 }, // §5.1(3)
      { upTo: toCents(100_000), months: 12 },
      { upTo: toCents(500_000), months: 24 },
      { months: 36 },
    ],
    graceDays: 5, // §5.3
    missedBelow: 9_000, // §5.3: partial < 90 %
    defaultAfterConsecutive: 2, // §5.3
    defaultAfterCumulative: 3, // §5.3
    defaultAfterDaysPastDue: 30, // §5.3
    cureDays: 15, // §5.3: 10–15 days
    proposalDays: 30, // house
    amendmentsPerYear: 2, // §5.3
  },
  placement: {
    minimumBalance: toCents(2_500), // §9.1(1)
    noticesBefore: 3, // §9.1(3)
    finalNoticeDays: 30, // §9.1(3)
    daysSinceLastPayment: 30, // §9.1(7)
    eligibilityCheckedDays: 30, // §9.1(2)
    ageOfMajority: 18, // house: Minn. Stat. 645.451
    approvers: [
      { upTo: toCents(50_000), roles: ['rep', 'senior', 'supervisor', 'manager', 'director'] }, // §1.9 bad debt
      { upTo: toCents(500_000), roles: ['supervisor', 'manager', 'director'] },
      { roles: ['director'] },
    ],
    notInUse: [], // §9.1: all must pass
  },
  worklist: {
    balanceWeight: 40, // §11.2, all of these but the last
    balanceCap: toCents(500_000),
    ageWeight: 20,
    propensityWeight: 15,
    urgencyWeight: 25,
    age: { peakFrom: 60, peakTo: 120, tailFrom: 365, tailShare: 2_000 }, // errata 20
    urgency: [
      { withinDays: 3, share: 10_000 },
      { withinDays: 7, share: 7_000 },
      { withinDays: 14, share: 4_000 },
    ],
    brokenPromise: 15,
    promiseDueToday: 12,
    appointmentSoon: 12,
    newInsurance: 10,
    contactAttempt: 3,
    recentPayment: 10,
    recentPaymentDays: 14,
  },
}

/** Policies to begin with. Chosen by name, never silently (design §3.13). */
export const presets = { physicianPracticeMN } as const
