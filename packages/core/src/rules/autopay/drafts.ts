import { addDays, type Day, toDay } from '../../kernel/day.ts'
import { type GateRule, gateRule, type RuleVector, sinceBefore } from '../rule.ts'
import { blocked, vector } from '../vectors.ts'
import { block, notApplicable, notBefore, pass } from '../verdicts.ts'
import { returnOf } from './returns.ts'

// PL-05 and its parts (ids of the house): preauthorised transfers and cards on file, reference §5.6.

const described = {
  version: 1,
  capability: 'plan',
  jurisdiction: 'federal',
  provenance: 'K',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  reads: 'today',
} as const

const NOTICE_DAYS = 10
/** The last day on which notice of a varying amount is in time for a draft of a day (12 CFR 1005.10(d)(1)). */
export const varyingNoticeBy = (draftOn: Day): Day => addDays(draftOn, -NOTICE_DAYS)

const varying = (sent: string, over: RuleVector['facts'] = {}): RuleVector['facts'] => ({
  'draft.method': 'ach',
  'draft.varies': true,
  'draft.noticeSentOn': sent === 'never' ? sent : toDay(sent),
  ...over,
})

export const varyingAmount = gateRule({
  ...described,
  id: 'PL-05',
  title: 'A transfer of another amount is drawn ten days after notice of amount and date',
  citation: '12 CFR 1005.10(d)(1)',
  gates: ['presentDraft'],
  needs: ['draft.method', 'draft.varies', 'draft.noticeSentOn'],
  judge: (draft, { today, effectiveDate }) => {
    if (draft['draft.method'] !== 'ach' || !draft['draft.varies']) return notApplicable
    const sent = draft['draft.noticeSentOn']
    if (sent === 'never') {
      return block(`the amount varies and no notice of it was sent: it was due by ${varyingNoticeBy(effectiveDate)}`, {
        earliest: addDays(today, NOTICE_DAYS),
        requiredAction: 'RecordDraftNotice',
      })
    }
    return notBefore(addDays(sent, NOTICE_DAYS), effectiveDate, `the amount varies, notice was sent on ${sent}`)
  },
  vectors: [
    vector('100.00 becomes 120.00 on 2026-12-15, notice on 2026-12-05', varying('2026-12-05'), 'pass', '2026-12-15'),
    vector(
      'notice on 2026-12-06',
      varying('2026-12-06'),
      { blocked: true, earliest: toDay('2026-12-16') },
      '2026-12-15',
    ),
    vector('no notice', varying('never'), { blocked: true, earliest: toDay('2026-12-25') }, '2026-12-15'),
    vector('the amount that was authorised', varying('never', { 'draft.varies': false }), 'notApplicable'),
    vector('a card', varying('never', { 'draft.method': 'card' }), 'notApplicable'),
  ],
})

const authorised = (over: RuleVector['facts'] = {}): RuleVector['facts'] => ({
  'draft.method': 'ach',
  'autopay.signed': true,
  'autopay.copyGiven': true,
  'autopay.conditioned': false,
  'autopay.disclosed': true,
  ...over,
})

export const inWriting = gateRule({
  ...described,
  id: 'PL-05.authorised',
  title: 'Transfers from a bank account are authorised in writing, with a copy to the consumer',
  citation: '12 CFR 1005.10(b)',
  gates: ['authorizeAutopay'],
  needs: ['draft.method', 'autopay.signed', 'autopay.copyGiven'],
  judge: (autopay) => {
    if (autopay['draft.method'] !== 'ach') return notApplicable
    if (!autopay['autopay.signed']) return block('it is not in writing, signed or similarly authenticated')
    return autopay['autopay.copyGiven'] ? pass : block('the patient was given no copy')
  },
  vectors: [
    vector('signed, with a copy', authorised(), 'pass'),
    vector('spoken', authorised({ 'autopay.signed': false }), blocked),
    vector('no copy', authorised({ 'autopay.copyGiven': false }), blocked),
    vector('a card', authorised({ 'draft.method': 'card', 'autopay.copyGiven': false }), 'notApplicable'),
  ],
})

export const notConditioned = gateRule({
  ...described,
  id: 'PL-05.condition',
  title: 'Credit is not conditioned on preauthorised transfers',
  citation: '12 CFR 1005.10(e)(1)',
  gates: ['authorizeAutopay'],
  needs: ['draft.method', 'autopay.conditioned'],
  judge: (autopay) => {
    if (autopay['draft.method'] !== 'ach') return notApplicable
    return autopay['autopay.conditioned'] ? block('the plan was given only on condition of it') : pass
  },
  vectors: [
    vector('by free choice', authorised(), 'pass'),
    vector('as a condition of the plan', authorised({ 'autopay.conditioned': true }), blocked),
  ],
})

export const cardConsent = gateRule({
  ...described,
  id: 'PL-05.card',
  title: 'A card is kept on file by consent, after amount, frequency and how to cancel were shown',
  jurisdiction: 'card networks',
  citation: 'card network rules on stored credentials (reference §5.6)',
  gates: ['authorizeAutopay'],
  needs: ['draft.method', 'autopay.disclosed'],
  judge: (autopay) => {
    if (autopay['draft.method'] !== 'card') return notApplicable
    return autopay['autopay.disclosed'] ? pass : block('amount, frequency and how to cancel were not shown')
  },
  vectors: [
    vector('shown', authorised({ 'draft.method': 'card' }), 'pass'),
    vector('not shown', authorised({ 'draft.method': 'card', 'autopay.disclosed': false }), blocked),
    vector('a bank account', authorised({ 'autopay.disclosed': false }), 'notApplicable'),
  ],
})

export const revokedNotDrawn = gateRule({
  ...described,
  id: 'PL-05.revoked',
  title: 'Nothing is drawn by an authorisation that was revoked',
  citation: '12 CFR 1005.10(c); Nacha Operating Rules 2.3.2 (reference §5.6)',
  gates: ['presentDraft'],
  needs: ['autopay.stands'],
  judge: ({ 'autopay.stands': stands }) => (stands ? pass : block('the authorisation stands no longer')),
  vectors: [
    vector('it stands', { 'autopay.stands': true }, 'pass'),
    vector('it was revoked', { 'autopay.stands': false }, blocked),
  ],
})

/** How often an entry that came back may be presented again, and within how many days of the first (Nacha 2.12.4). */
const AGAIN = 2
const AGAIN_DAYS = 180

const again = (code: string, times: number, over: RuleVector['facts'] = {}): RuleVector['facts'] => ({
  'draft.method': 'ach',
  'draft.lastReturn': code,
  'draft.presentations': times,
  'draft.firstOn': toDay('2026-01-05'),
  ...over,
})

export const presentedAgain = gateRule({
  ...described,
  id: 'PL-05.again',
  title: 'What came back for want of funds is presented again twice within 180 days; other returns are not',
  jurisdiction: 'Nacha',
  citation: 'Nacha Operating Rules 2.12.4 (reinitiation)',
  gates: ['presentDraft'],
  needs: ['draft.method', 'draft.lastReturn', 'draft.presentations', 'draft.firstOn'],
  judge: (draft, { effectiveDate, policy }) => {
    const { 'draft.lastReturn': code, 'draft.firstOn': first } = draft
    if (code === 'none' || first === 'never') return notApplicable
    const { again: may, words } = returnOf(code)
    if (!may)
      return block(`${code}, ${words}: it is not presented again`, { requiredAction: 'ask for another way to pay' })
    const { cardPresentments, cardDays } = policy.policy.autopay
    const isAch = draft['draft.method'] === 'ach'
    const [times, days] = isAch ? [AGAIN, AGAIN_DAYS] : [cardPresentments, cardDays]
    if (draft['draft.presentations'] >= times)
      return block(`presented again ${draft['draft.presentations']} times; ${times} are allowed`)
    return effectiveDate <= addDays(first, days)
      ? pass
      : block(`first presented on ${first}, more than ${days} days ago`)
  },
  vectors: [
    vector('R01, the first time again', again('R01', 0), 'pass'),
    vector('R09, the second time again', again('R09', 1), 'pass'),
    vector('R01, the third time again', again('R01', 2), blocked),
    vector('R01 on the 180th day', again('R01', 0), 'pass', '2026-07-04'),
    vector('R01 on the 181st day', again('R01', 0), blocked, '2026-07-05'),
    ...['R02', 'R03', 'R04', 'R07', 'R10', 'R29'].map((code) => vector(`${code} never`, again(code, 0), blocked)),
    vector('not presented before', again('none', 0), 'notApplicable'),
    vector(
      'a card that had not enough',
      again('insufficientFunds', 0, { 'draft.method': 'card' }),
      'pass',
      '2026-01-20',
    ),
    vector('a card that was declined', again('declined', 0, { 'draft.method': 'card' }), blocked),
  ],
})

const fromAccount = (monitored: boolean): RuleVector['facts'] => ({
  'draft.method': 'ach',
  'draft.monitored': monitored,
})

export const monitored = gateRule({
  ...described,
  id: 'PL-05.monitored',
  title: 'Who draws from bank accounts has a process that finds entries of fraud',
  jurisdiction: 'Nacha',
  citation: 'Nacha Operating Rules, fraud monitoring, phase 2 (every originator that is no consumer)',
  effective: { from: toDay('2026-06-19') },
  gates: ['presentDraft'],
  needs: ['draft.method', 'draft.monitored'],
  judge: (draft) => {
    if (draft['draft.method'] !== 'ach') return notApplicable
    return draft['draft.monitored']
      ? pass
      : block('the practice does not say that it monitors what it draws', { requiredAction: 'change the policy' })
  },
  vectors: [
    vector('a bank account, monitored', fromAccount(true), 'pass', '2026-06-19'),
    vector('a bank account, not monitored, on the first day of the rule', fromAccount(false), blocked, '2026-06-19'),
    vector('the day before the rule', fromAccount(false), 'notApplicable', '2026-06-18'),
    vector('a card', { ...fromAccount(false), 'draft.method': 'card' }, 'notApplicable', '2026-06-19'),
  ],
})

export const autopayRules: readonly GateRule[] = [
  inWriting,
  notConditioned,
  cardConsent,
  varyingAmount,
  revokedNotDrawn,
  presentedAgain,
  monitored,
]
