import { addBusinessDays } from '../kernel/business-days.ts'
import { clearOf } from '../kernel/classes.ts'
import type { Day, Instant } from '../kernel/day.ts'
import { accept, type Decide, precondition, type RuleHit, reject, rejectIfAny } from '../kernel/decision.ts'
import type { AccountId } from '../kernel/ids.ts'
import { isUnknownZone } from '../kernel/local-time.ts'
import { aheadHits } from '../policy/dated-ahead.ts'
import type { PersonContext } from './context.ts'
import type { PersonEvent } from './events.ts'
import type { FileCommand } from './file-commands.ts'
import { practiceDay } from './may.ts'
import type { ContactDatumAdded, DatumId, InconvenienceId } from './reach-events.ts'
import type { PersonState } from './state.ts'
import { phoneNumber } from './zones.ts'

/** The law gives ten business days to honour a revocation (47 CFR 64.1200(a)(10)). */
const HONOUR_DAYS = 10

export const openHits = (state: PersonState): readonly RuleHit[] =>
  state.person ? [] : [precondition('person.notOpen', 'nobody has opened this person', 'open the person first')]

/** Preconditions of what counts from a day, and where an instant is said from that. */
export const datingHits = (
  state: PersonState,
  { on, at }: { readonly on: Day; readonly at?: Instant | undefined },
  context: PersonContext,
): readonly RuleHit[] => [
  ...openHits(state),
  ...aheadHits(on, context),
  ...(at === undefined ? [] : instantHits(at, context)),
  ...(at === undefined || practiceDay(context, at) === on
    ? []
    : [precondition('person.anotherDay', `${at} is not on ${on} at the practice`)]),
]

/** Nobody reports what has not happened. */
export const instantHits = (at: Instant, { now }: PersonContext): readonly RuleHit[] =>
  at <= now ? [] : [precondition('contact.notYet', `${at} has not come yet: it is ${now}`)]

export const accountHits = (state: PersonState, account: AccountId): readonly RuleHit[] =>
  state.accounts.has(account)
    ? []
    : [precondition('person.accountUnknown', `the person does not stand behind account ${account}`, 'NameAccount')]

export const datumHits = (state: PersonState, datum: DatumId): readonly RuleHit[] =>
  state.data.has(datum) ? [] : [precondition('person.datumUnknown', `there is no datum ${datum} on this person's file`)]

const zoneHits = (zone: string | undefined, { localTime, now }: PersonContext): readonly RuleHit[] =>
  zone === undefined || !isUnknownZone(localTime.at(now, zone))
    ? []
    : [precondition('person.unknownZone', `${zone} is no time zone that is known here`, 'name an IANA zone')]

type Command<Type extends FileCommand['type']> = Extract<FileCommand, { type: Type }>
type Datum = Command<'RecordDatum'>

/** The value as it is kept; a fault where it is none. */
const keptValue = ({ kind, value }: Datum): { readonly value: Datum['value'] } | { readonly fault: string } => {
  const clear = clearOf(value)
  if (clear === undefined || kind === 'address') return { value }
  if (kind === 'email') {
    return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(clear) ? { value: clear } : { fault: 'not an e-mail address' }
  }
  const number = phoneNumber(clear)
  return number === undefined ? { fault: 'not a phone number of ten digits' } : { value: number }
}

const confidenceOf = ({ confidence, source }: Datum): ContactDatumAdded['confidence'] => {
  if (confidence !== undefined) return confidence
  if (source === 'person' || source === 'registration') return 'high'
  return source === 'append' || source === 'creditHeader' ? 'low' : 'medium'
}

const known = (is: boolean, rule: string, reason: string): readonly RuleHit[] =>
  is ? [precondition(rule, reason)] : []

/** A phone, e-mail or address as it comes on file; or why it does not. */
export const datumAdded = (
  state: PersonState,
  command: Datum,
  context: PersonContext,
): { readonly event: ContactDatumAdded } | { readonly hits: readonly [RuleHit, ...RuleHit[]] } => {
  const { on, datum, kind, place, line, state: inState, zone, source } = command
  const value = keptValue(command)
  const hits = [
    ...datingHits(state, { on }, context),
    ...known(datum !== undefined && state.data.has(datum), 'person.datumKnown', `datum ${datum} was used before`),
    ...('fault' in value ? [precondition('person.noDatum', value.fault)] : []),
    ...zoneHits(zone, context),
  ]
  const [first, ...more] = hits
  if (first) return { hits: [first, ...more] }
  return {
    event: {
      type: 'ContactDatumAdded',
      effectiveDate: on,
      datumId: datum ?? (context.newId('datum') as DatumId),
      kind,
      value: 'value' in value ? value.value : '',
      place,
      source,
      confidence: confidenceOf(command),
      ...(line === undefined ? {} : { line }),
      ...(inState === undefined ? {} : { state: inState.toUpperCase() }),
      ...(zone === undefined ? {} : { zone }),
    },
  }
}

export const decideFile: Decide<PersonState, FileCommand, PersonEvent, PersonContext> = {
  OpenPerson: (state, { type: _type, on, ...said }, context) =>
    rejectIfAny([
      ...known(state.person !== undefined, 'person.open', 'this person is open already'),
      ...aheadHits(on, context),
    ]) ?? accept([{ type: 'PersonOpened', effectiveDate: on, ...said }]),
  NameAccount: (state, { on, account, role }, context) => {
    const refused = rejectIfAny(datingHits(state, { on }, context))
    if (refused) return refused
    if (state.accounts.get(account)?.role === role) return accept([])
    return accept([{ type: 'PersonAccountNamed', effectiveDate: on, accountId: account, role }])
  },
  EndAccount: (state, { on, account, reason }, context) =>
    rejectIfAny([...datingHits(state, { on }, context), ...accountHits(state, account)]) ??
    accept([{ type: 'PersonAccountEnded', effectiveDate: on, accountId: account, reason }]),
  NoteLanguage: (state, { on, language }, context) =>
    rejectIfAny(datingHits(state, { on }, context)) ??
    accept(state.language === language ? [] : [{ type: 'LanguageNeeded', effectiveDate: on, language }]),
  RecordDatum: (state, command, context) => {
    const one = datumAdded(state, command, context)
    return 'hits' in one ? reject(one.hits) : accept([one.event])
  },
  ConfirmDatum: (state, { on, datum, by }, context) =>
    rejectIfAny([
      ...datingHits(state, { on }, context),
      ...datumHits(state, datum),
      // A text may go to a number for some time after it was seen: nobody has seen it tomorrow.
      ...known(on > context.today, 'person.notYet', `${on} has not come yet`),
    ]) ?? accept([{ type: 'ContactDatumConfirmed', effectiveDate: on, datumId: datum, by }]),
  RetireDatum: (state, { on, datum, because }, context) => {
    const refused = rejectIfAny([...datingHits(state, { on }, context), ...datumHits(state, datum)])
    if (refused) return refused
    const retired = state.data.get(datum)?.retired
    if (retired && retired.effectiveDate <= on) return accept([])
    return accept([{ type: 'ContactDatumRetired', effectiveDate: on, datumId: datum, because }])
  },
  RecordReturnedMail: (state, { on, datum }, context) =>
    rejectIfAny([
      ...datingHits(state, { on }, context),
      ...datumHits(state, datum),
      ...known(
        (state.data.get(datum)?.added.kind ?? 'address') !== 'address',
        'person.noAddress',
        `datum ${datum} is no address`,
      ),
    ]) ?? accept([{ type: 'ReturnedMailRecorded', effectiveDate: on, datumId: datum }]),
  GrantConsent: (state, { type: _type, on, datum, at, ...said }, context) =>
    rejectIfAny([...datingHits(state, { on, at }, context), ...datumHits(state, datum)]) ??
    accept([{ type: 'ConsentGranted', effectiveDate: on, datumId: datum, ...said, ...(at ? { at } : {}) }]),
  RevokeConsent: (state, { type: _type, on, datum, at, ...said }, context) =>
    rejectIfAny([...datingHits(state, { on, at }, context), ...datumHits(state, datum)]) ??
    accept([
      {
        type: 'ConsentRevoked',
        effectiveDate: on,
        datumId: datum,
        ...said,
        honourBy: addBusinessDays('FED_OBSERVED', on, HONOUR_DAYS),
        ...(at ? { at } : {}),
      },
    ]),
  RequestCallback: (state, { account, at: said }, context) => {
    const at = said ?? context.now
    const refused = rejectIfAny([...openHits(state), ...accountHits(state, account), ...instantHits(at, context)])
    const effectiveDate = practiceDay(context, at)
    return refused ?? accept([{ type: 'CallbackRequested', effectiveDate, accountId: account, at }])
  },
  DeclareInconvenience: (state, { on, inconvenience, what, at }, context) =>
    rejectIfAny([
      ...datingHits(state, { on, at }, context),
      ...known(
        inconvenience !== undefined && state.inconveniences.has(inconvenience),
        'person.inconvenienceKnown',
        `inconvenience ${inconvenience} was used before`,
      ),
    ]) ??
    accept([
      {
        type: 'InconvenienceDeclared',
        effectiveDate: on,
        inconvenienceId: inconvenience ?? (context.newId('inconvenience') as InconvenienceId),
        what,
        ...(at ? { at } : {}),
      },
    ]),
  WithdrawInconvenience: (state, { on, inconvenience, reason }, context) =>
    rejectIfAny([
      ...datingHits(state, { on }, context),
      ...known(
        !state.inconveniences.has(inconvenience),
        'person.inconvenienceUnknown',
        `there is no inconvenience ${inconvenience} on this person's file`,
      ),
    ]) ?? accept([{ type: 'InconvenienceWithdrawn', effectiveDate: on, inconvenienceId: inconvenience, reason }]),
}
