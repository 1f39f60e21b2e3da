import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { everyEvent } from '../../src/testing/index.ts'

// The pages of the domain are no part of this repository: where they are absent the tests below are skipped.
const domain = new URL('../../../../../shared/domain/', import.meta.url)
const present = existsSync(domain)
const page = (name: string): string => readFileSync(new URL(name, domain), 'utf8')

/** Names that no page has, each with the reason for it. */
const ourOwn: Readonly<Record<string, string>> = {
  WithholdSettled: 'errata 19: what a payer withholds is receivable later; this is how it ends',
  DepositRecorded: 'what DepositReconciled and DepositVariance say is computed: a line of the bank, and what is in it',
  DepositWithdrawn: 'a line that was recorded wrongly',
  DepositExplained: 'what a person says of a DepositVariance',
  AccessRecorded: 'what the pages call PhiAccessed: also a refusal, which shows nobody anything',
  ContactReviewed: 'who has looked at a contact that stood against rules; the pages have a work item and no end of it',
  DocumentPartKept: 'a document of thousands of services is more than one event holds (decision 0027)',
  CorrespondenceIssued: 'a letter beside the ladder (decision 0032): LetterIssued is a step of it',
  QueueDelegated: 'errata: CoverageDelegated of the pages, for coverage is insurance here',
  DelegationRevoked: 'the end of QueueDelegated before its last day',
  WorkItemUnassigned: 'the end of WorkItemAssigned',
  WorkItemSnoozed: 'work that is put off waits with its reason and its day (law Q6)',
  SamePersonHinted: 'two patients of two accounts may be one; the pages merge accounts, and this merges nothing',
  SamePersonJudged: 'what a person said of such a hint',
  PatientCorrectedByPayer: 'what NM1 74 of an 835 says; the pages name no event for it',
  GuarantorConfirmed: 'who answers for an account opened from a claim is said later; GuarantorAssigned would move it',
  VisitOpened: 'the visit is the unit that moves between accounts (design §3.6); the pages call it an account',
  CobOrderSet: 'the fact of the command SetCobOrder',
  BalanceBroughtForward: 'opening balances of a converted book, against the control account openingBalance',
  PaymentCapturePending: 'what PaymentCaptureFailed and PaymentCaptureSettled are the end of',
  ClaimWorkItemResolved: 'closes what ClaimWorkItemRaised opened',
  ClaimWorkItemRaised: 'WorkItemCreated is the worklist’s; this one says what a payer’s paper left for a person',
  InstalmentReopened: 'a reversed payment unpays what it had paid on the plan (law H6)',
  PlanCureOffered: 'reference §5.3: written notice before default takes effect',
  PlanCured: 'reference §5.3: the plan stands again (law H7)',
  PlanRecomputed: 'law H10: insurance or an adjustment reduced what the plan covers',
  PlanCancelled: 'law H9',
  DraftNoticeSent: 'reference §5.6: notice of a varying amount (12 CFR 1005.10(d)(1))',
  DraftPresented: 'an amount was given to the bank or the card network; the pages post payments alone',
  DraftSettled: 'and was paid',
  DraftReturned: 'or came back, by its code',
  PlanPartHeld: 'reference §7.1: what is in dispute of a plan is frozen, the rest goes on',
  PlanPartReleased: 'and until when',
  PlanDeferred: 'reference §5.3: hardship deferral, with the schedule after it',
  PlanReaged: 'reference §5.3 has AccountReaged; what is made current is one plan, and no amount has another age',
  PlanNoticeSent: 'reference §5.3: the cure notice before default takes effect, and the offer to renegotiate',
  PlanDisclosed: 'reference §5.4: disclosures before consummation, as data',
  DisputeAcknowledged: 'reference §7.1: Acknowledged',
  DisputeInvestigated: 'reference §7.1: Investigating, with what was found',
  DisputeDecided: 'reference §7.1: Upheld, PartiallyUpheld or Rejected, with the words of the letter',
  InquiryReceived: 'the fact of the command RecordInquiry',
  PhiWithheld: 'who asks is not verified: nothing about the patient is said',
  InquirerVerified: 'and was verified later',
  InquiryExtended: 'reference §4.7: the one extension of an accounting of disclosures (PR-04)',
  AttachmentAdded: 'a document of a note, by its hash and place',
  ReceiptIssued: 'duty F10 has receipts as a view; what was handed out is a fact',
  ItemisationRequested: 'reference §7.1: an itemised statement on request, with its 30 days',
  ItemisationIssued: 'and that it was given',
  DeliveryRecorded: 'StatementReturned and all other steps of a document on its way, as one ledger',
  PromiseReopened: 'postings of its time have changed: what was said of a promise is judged again',
  PromiseClosed: 'nobody waits for a promise any more: settled, planned, withdrawn or followed up',
  PlanSuspended: 'postings.md 37: a reversal alone is provisional for a plan on its items',
  PlanResumed: 'and the plan goes on with the correction',
  RefundOwedAgain: 'postings.md 34: a payment taken back after a refund',
  RefundDebtCancelled: 'and the refund was never cashed',
  RemittanceClaimsRecorded: 'the claims of a remittance in chunks: an event has a size limit',
  RemittanceClaimRetried: 'marks a held claim before its account takes it, so that nobody rejects it meanwhile',
  SubmittedClaimHeld: 'law Q6: a claim of an 837 that is not taken is on a list, as RemittanceClaimHeld',
  SubmittedClaimTaken: 'and no longer, when it is taken',
  SubmittedClaimDismissed: 'or when a person says that it is not to be',
  AgencyNoticeRaised: 'law J4: what an agency has to be told, one a change',
  AgencyTold: 'and that it was told',
  PayerRefunded: 'a remittance keeps its own refunds: row 19 is of credits of an account',
  PayerRefundVoided: 'and one that never reached the payer',
  GivenBackNamed: 'decision 0021: what an advice gave back beside its claims ends a withhold once, whoever names it',
  GivenBackFreed: 'and is there again where the account did not take it',
  WithholdGivenUp: 'what a payer withheld beside its claims (PLB E3) never comes: as WithholdSettled of a visit',
  WithholdReturned:
    'what a payer withheld beside its claims (PLB E3) comes by money of its own: as WithholdSettled of a visit',
  RemittanceClaimRejected: 'a person gives up on a held claim, as RemittanceRejected on a whole remittance',
  NoticeRecorded: 'the fact of the command RecordNotice (postings.md 39): an ABN, a confirmed cost share',
  SelfPayHolds: 'an election holds once its lines are paid in full (45 CFR 164.522(a)(1)(vi))',
  SelfPayEnded: 'and holds no longer when a payment bounces',
  MigrationDone: 'decision 0023: what an older book lacks is made once, and that is on record',
  ReferenceAssigned: 'design §3.7: the registry that answers whose a number is',
  PersonLinked: 'and on the account: registration says who stands behind it (decision 0015)',
  PersonUnlinked: 'and who does no more',
  PersonOpened: 'decision 0015: a human being has a stream of their own; the pages keep people on accounts',
  PersonAccountNamed: 'and stands behind accounts',
  PersonAccountEnded: 'or does not any more',
  PersonLikenessHinted:
    'decision 0028: another person may be the same human being; the pages speak of person groups and name no event',
  PersonLikenessJudged: 'and somebody has said whether',
  PersonGrouped: 'who is one human being with others, as their own file says it',
  PersonUngrouped: 'and is so no more',
  GroupMemberAdmitted: 'and as the stream of the group says it',
  GroupMemberReleased: 'and no more',
  GroupContactBegun: 'what is begun for any of them, on the stream that all of them share',
  SkipTraceStarted: 'the pages have the command StartSkipTrace and no event of it',
  SkipTraceStepTaken: 'where it was looked, and what was found (reference §11.6)',
  SkipTraceClosed: 'and how the search ended',
  LanguageNeeded: 'the outcome languageNeeded of reference §11.5, as a fact of the person',
  ContactDatumConfirmed: 'reference §11.6: each datum has a date and a confidence, and is looked at again',
  ConsentGranted: 'what ConsentRevoked takes back (reference §4.5: ConsentLedger)',
  CallbackRequested: '12 CFR 1006.14(b)(3)(i): a call that the person asked for is not counted',
  InconvenienceDeclared: 'reference §4.3: times, places and media that the person declared inconvenient',
  InconvenienceWithdrawn: 'and until when',
  CeaseWithdrawn: 'the person wants to be reached again',
  AttorneyReleased: '12 CFR 1006.6(b)(2): the attorney consents, or does not answer',
  ChannelRestrictionEnded: 'the end of ChannelRestricted',
  VulnerabilityEnded: 'the end of VulnerabilityFlagged',
  ComplaintAnswered: 'the end of ComplaintLogged',
  SpokespersonNamed: '12 CFR 1006.6(d)(1), 45 CFR 164.510(b): who else may be spoken to',
  SpokespersonEnded: 'and until when',
  IdentityVerified: 'the other end of IdentityVerificationFailed',
  ContactBegun: 'a contact that was asked for and allowed, on record before anybody dials (decision 0014)',
  VisitMade: 'the fact of the command RecordVisit',
  DiscrepancyResolved: 'the end of DiscrepancyFound: the pages have the command ResolveFinding and no event of it',
  PolicyPublished: 'the fact of the command PublishPolicyVersion',
}

/** The names on a page. `InstalmentDue/Paid` and `CreditBalanceIdentified / Resolved` name the second in full, too. */
const namesOn = (text: string): ReadonlySet<string> => {
  const found = new Set<string>()
  for (const [whole] of text.matchAll(/[A-Z][A-Za-z0-9]+(?:`? ?\/ ?`?[A-Z][A-Za-z0-9]+)*/g)) {
    const [first = '', ...others] = whole.replace(/[` ]/g, '').split('/')
    const stem = first.replace(/[A-Z][a-z0-9]+$/, '')
    for (const name of [first, ...others, ...others.map((other) => stem + other)]) found.add(name)
  }
  return found
}

const names = everyEvent.map((definition) => definition.type)

describe('event names', () => {
  it('are unique across all aggregates: a type alone names an event', () => {
    expect(new Set(names).size).toBe(names.length)
  })

  it('a page that names two events by one stem names both', () => {
    expect([...namesOn('`CreditBalanceIdentified`/`Resolved`, InstalmentDue/Paid and so on')]).toEqual([
      'CreditBalanceIdentified',
      'Resolved',
      'CreditBalanceResolved',
      'InstalmentDue',
      'Paid',
      'InstalmentPaid',
    ])
  })
})

describe.skipIf(!present)('the domain’s event names (skipped where ../shared/domain is absent)', () => {
  const pages = present ? ['features.md', 'reference.md', 'postings.md'].map(page).join('\n') : ''
  const onAPage = namesOn(pages)

  it('errata: each of ours is on a page, or in the list of names of our own', () => {
    expect(onAPage).toContain('ChargePosted')
    expect(names.filter((name) => !onAPage.has(name) && ourOwn[name] === undefined)).toEqual([])
  })

  it('the list of our own holds nothing else', () => {
    expect(Object.keys(ourOwn).filter((name) => onAPage.has(name) || !names.includes(name))).toEqual([])
  })

  it('errata, names that differ: none of ours is one of those that lost', () => {
    const errata = page('errata.md')
    const rows = errata
      .slice(errata.indexOf('## Names that differ'))
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.replace(/\([^)]*\)/g, '').split('|'))
    // After a semicolon a row goes on to names that it does not decide between.
    const lost = rows.flatMap(([, , found = '']) => found.replace(/;.*/, '').match(/\b[A-Z][a-z]+[A-Za-z]*\b/g) ?? [])
    expect(lost).toContain('RemitPosted')
    expect(names.filter((name) => lost.includes(name))).toEqual([])
  })
})
