import { addDays, type Day } from '../kernel/day.ts'
import { accept, type Decide, precondition, type RuleHit, rejectIfAny } from '../kernel/decision.ts'
import type { AccountId } from '../kernel/ids.ts'
import type { PersonContext } from './context.ts'
import { accountHits, datingHits, datumHits, instantHits, openHits } from './decide-file.ts'
import type { PersonEvent } from './events.ts'
import { practiceDay } from './may.ts'
import type { StandingCommand } from './standing-commands.ts'
import type { ComplaintId, IdentityCheckId, SpokespersonId } from './standing-events.ts'
import type { PersonState } from './state.ts'
import { endsOn, isSameReach, type Since, type Stood } from './stood.ts'

const NEEDED = 2

const unless = (is: boolean, rule: string, reason: string): readonly RuleHit[] =>
  is ? [] : [precondition(rule, reason)]

/** Nothing ends before it began. */
const anyEnds = <E extends Since>(all: Iterable<Stood<E>>, on: Day): boolean =>
  [...all].some((each) => endsOn(each, on))

/** The attorney who is released: with several, the accounts say which; a word that is left out ends no other's part. */
const attorneyHits = (
  { attorneys }: PersonState,
  { on, accounts }: Extract<StandingCommand, { type: 'ReleaseAttorney' }>,
): readonly RuleHit[] => {
  const standing = attorneys.filter((each) => endsOn(each, on)).map(({ event }) => event)
  if (accounts !== undefined) {
    return unless(
      standing.some((each) => isSameReach(each.accounts, accounts)),
      'person.noAttorney',
      `no attorney is on file on ${on} for these accounts and no others: ${accounts.join(', ')}`,
    )
  }
  const [first] = standing
  const isOne = standing.every((each) => isSameReach(each.accounts, first?.accounts))
  return [
    ...unless(standing.length > 0, 'person.noAttorney', `no attorney is on file on ${on}`),
    ...unless(isOne, 'person.whichAttorney', 'attorneys are on file for other accounts each: say which (accounts)'),
  ]
}

const allAccounts = (state: PersonState, accounts: readonly AccountId[] = []): readonly RuleHit[] =>
  accounts.flatMap((account) => accountHits(state, account))

export const decideStanding: Decide<PersonState, StandingCommand, PersonEvent, PersonContext> = {
  RecordCease: (state, { on, written, at }, context) =>
    rejectIfAny(datingHits(state, { on, at }, context)) ??
    accept([{ type: 'CeaseRecorded', effectiveDate: on, written, ...(at ? { at } : {}) }]),
  WithdrawCease: (state, { on, reason }, context) =>
    rejectIfAny([
      ...datingHits(state, { on }, context),
      ...unless(anyEnds(state.ceases, on), 'person.noCease', `on ${on} the person had not asked for no contact`),
    ]) ?? accept([{ type: 'CeaseWithdrawn', effectiveDate: on, reason }]),
  RecordAttorney: (state, { type: _type, on, at, accounts, ...said }, context) =>
    rejectIfAny([...datingHits(state, { on, at }, context), ...allAccounts(state, accounts)]) ??
    accept([
      {
        type: 'AttorneyRecorded',
        effectiveDate: on,
        ...said,
        ...(accounts ? { accounts } : {}),
        ...(at ? { at } : {}),
      },
    ]),
  ReleaseAttorney: (state, command, context) => {
    const { on, because, reason, accounts } = command
    return (
      rejectIfAny([...datingHits(state, { on }, context), ...attorneyHits(state, command)]) ??
      accept([{ type: 'AttorneyReleased', effectiveDate: on, because, reason, ...(accounts ? { accounts } : {}) }])
    )
  },
  SetConfidentialChannel: (state, { on, datum, at }, context) =>
    rejectIfAny([...datingHits(state, { on, at }, context), ...datumHits(state, datum)]) ??
    accept([{ type: 'ChannelRestricted', effectiveDate: on, datumId: datum, ...(at ? { at } : {}) }]),
  EndConfidentialChannel: (state, { on, reason }, context) =>
    rejectIfAny([
      ...datingHits(state, { on }, context),
      ...unless(anyEnds(state.restrictions, on), 'person.noRestriction', `on ${on} no confidential channel was agreed`),
    ]) ?? accept([{ type: 'ChannelRestrictionEnded', effectiveDate: on, reason }]),
  FlagVulnerability: (state, { type: _type, on, ...said }, context) =>
    rejectIfAny(datingHits(state, { on }, context)) ??
    accept([{ type: 'VulnerabilityFlagged', effectiveDate: on, ...said }]),
  EndVulnerability: (state, { on, reason }, context) =>
    rejectIfAny([
      ...datingHits(state, { on }, context),
      ...unless(anyEnds(state.vulnerabilities, on), 'person.notVulnerable', `on ${on} the person was not flagged`),
    ]) ?? accept([{ type: 'VulnerabilityEnded', effectiveDate: on, reason }]),
  RecordComplaint: (state, { on, complaint, account, topic, about }, context) => {
    const known = complaint !== undefined && state.complaints.has(complaint)
    const hits = [
      ...datingHits(state, { on }, context),
      ...(account === undefined ? [] : accountHits(state, account)),
      ...unless(!known, 'person.complaintKnown', `complaint ${complaint} was used before`),
    ]
    return (
      rejectIfAny(hits) ??
      accept([
        {
          type: 'ComplaintLogged',
          effectiveDate: on,
          complaintId: complaint ?? (context.newId('complaint') as ComplaintId),
          topic,
          about,
          answerBy: addDays(on, context.policy.policy.contact.complaintDays),
          ...(account === undefined ? {} : { accountId: account }),
        },
      ])
    )
  },
  AnswerComplaint: (state, { on, complaint, answer }, context) => {
    const open = state.complaints.get(complaint)
    return (
      rejectIfAny([
        ...datingHits(state, { on }, context),
        ...unless(open !== undefined, 'person.complaintUnknown', `there is no complaint ${complaint}`),
        ...unless(open?.answeredOn === undefined, 'person.complaintAnswered', `complaint ${complaint} is answered`),
      ]) ?? accept([{ type: 'ComplaintAnswered', effectiveDate: on, complaintId: complaint, answer }])
    )
  },
  NameSpokesperson: (state, { type: _type, on, spokesperson, accounts, ...said }, context) =>
    rejectIfAny([
      ...datingHits(state, { on }, context),
      ...allAccounts(state, accounts),
      ...unless(
        spokesperson === undefined || !state.spokespersons.has(spokesperson),
        'person.spokespersonKnown',
        `spokesperson ${spokesperson} was used before`,
      ),
    ]) ??
    accept([
      {
        type: 'SpokespersonNamed',
        effectiveDate: on,
        spokespersonId: spokesperson ?? (context.newId('spokesperson') as SpokespersonId),
        ...said,
        ...(accounts ? { accounts } : {}),
      },
    ]),
  EndSpokesperson: (state, { on, spokesperson, reason }, context) =>
    rejectIfAny([
      ...datingHits(state, { on }, context),
      ...unless(
        state.spokespersons.has(spokesperson),
        'person.spokespersonUnknown',
        `there is no spokesperson ${spokesperson}`,
      ),
    ]) ?? accept([{ type: 'SpokespersonEnded', effectiveDate: on, spokespersonId: spokesperson, reason }]),
  CheckIdentity: (state, { check, account, as, matched, at: said, note }, context) => {
    const at = said ?? context.now
    const known = check !== undefined && state.identityChecks.has(check)
    const refused = rejectIfAny([
      ...openHits(state),
      ...(account === undefined ? [] : accountHits(state, account)),
      ...instantHits(at, context),
      ...unless(!known, 'person.checkKnown', `identity check ${check} was used before`),
    ])
    if (refused) return refused
    const different = [...new Set(matched)]
    const fields = {
      effectiveDate: practiceDay(context, at),
      identityCheckId: check ?? (context.newId('identityCheck') as IdentityCheckId),
      as: as ?? ('person' as const),
      matched: different,
      at,
      ...(account === undefined ? {} : { accountId: account }),
    }
    return different.length >= NEEDED
      ? accept([{ type: 'IdentityVerified', ...fields }])
      : accept([{ type: 'IdentityVerificationFailed', ...fields, ...(note === undefined ? {} : { note }) }])
  },
}
