import * as Effect from 'effect/Effect'
import type { Given, Writing, WritingAsked } from '../account/context.ts'
import type { AccountCommand, AccountState } from '../account/rooms.ts'
import type { Addressee } from '../documents/statement/content.ts'
import { precondition, type RuleHit } from '../kernel/decision.ts'
import type { AccountId, DatumId, PersonId } from '../kernel/ids.ts'
import { personStream } from '../kernel/streams.ts'
import { consentFor } from '../person/gate-facts.ts'
import type { MayAnswer, Way } from '../person/may.ts'
import { mayContact } from '../person/may.ts'
import { type Human, humanOf, isSameNumber } from '../person/others.ts'
import type { PersonState } from '../person/state.ts'
import type { ReadError, UnreadableEvent } from '../ports/errors.ts'
import { accountContext, type Desk, loadAccount } from './desk.ts'
import { type Files, filesOf } from './person-files.ts'
import type { ExecuteError } from './service.ts'

// Whether the guarantor may be written to is on their own stream (decision 0015). It is read before the account decides,
// handed in, and kept with the decision as what it was read from.

/** Commands that write to somebody. */
const writes: ReadonlySet<AccountCommand['type']> = new Set([
  'IssueLetter',
  'IssueStatement',
  'IssueReceipt',
  'IssueItemisation',
])

/** Who stands behind the account as guarantor; of several, the first who was named. */
export const guarantorOf = ({ registration }: AccountState): PersonId | undefined =>
  [...registration.persons].find(([, { role }]) => role === 'guarantor')?.[0]

/** Everything goes to one place (45 CFR 164.522(b)). */
const confidentialDatum = ({ restrictions }: Human, today: string) =>
  restrictions.findLast(({ event, until }) => event.effectiveDate <= today && (until === undefined || today < until))
    ?.event.datumId

/** Every reason against it, of all ways, each once. */
const reasonsOf = ({ hits, ways }: MayAnswer): readonly RuleHit[] => [
  ...new Map(
    [...hits, ...ways.flatMap((way) => way.hits)].map((hit) => [`${hit.rule} ${hit.reason}`, hit] as const),
  ).values(),
]

/** Rules that pass by themselves when it is later in the day. */
const hourRules: ReadonlySet<string> = new Set(['CT-03', 'CT-03.policy', 'CT-03.declared'])

const noConsent = {
  email: precondition(
    'statements.emailConsent',
    'nobody has agreed to be sent documents by e-mail there',
    'GrantConsent, or send it by mail or into their hand',
  ),
  portal: precondition(
    'statements.portalConsent',
    'nobody has agreed to have documents on the portal, with a notice to an e-mail that may be used',
    'GrantConsent, or send it by mail or into their hand',
  ),
} as const

/** The portal is elsewhere than the one place where everything goes. */
const confidentialElsewhere = precondition(
  'statements.confidential',
  'everything goes to one place alone, and the portal is another (45 CFR 164.522(b))',
  'leave out how it goes',
)

/** A complaint that nobody has answered, about this account or about none. */
const openComplaint = ({ complaints }: PersonState, asked: string, account: AccountId) => {
  const found = [...complaints.values()].find(({ event }) => event.complaintId === asked)
  if (!found || found.answeredOn !== undefined) return undefined
  const { accountId, effectiveDate: on } = found.event
  return accountId === undefined || accountId === account ? { on } : undefined
}

const answered = (
  { file: found, others, readAt }: Files,
  id: PersonId,
  account: AccountId,
  name: Addressee['name'],
  context: Given,
): NonNullable<Given['writing']> => {
  const given = { ...context, others }
  const human = humanOf(found, others)
  const datum = confidentialDatum(human, given.today)
  const confidential = datum !== undefined
  const isEmail = datum !== undefined && human.data.get(datum)?.added.kind === 'email'
  /**
   * A document holds what no reminder does: by e-mail it goes only where that was agreed to, or was asked for as the one place,
   * not wherever the person was seen.
   */
  const isPaperless = (at: DatumId, by: 'email' | 'portal'): boolean =>
    (datum !== undefined && isSameNumber(human, at, datum)) ||
    consentFor({ own: found, human }, { medium: by, datum: at }, given) === 'granted'
  const waitsForItsHour = ({ datum: at, allowed, earliest, hits }: Way, by: 'email' | 'portal'): boolean =>
    !allowed && earliest !== undefined && isPaperless(at, by) && hits.every(({ rule }) => hourRules.has(rule))
  return ({ letterLevel, purpose, by }: WritingAsked): Writing => {
    // By e-mail where it was agreed to, or is the one place; else on paper.
    const agreed = confidential ? by.filter((each) => each !== 'portal') : by
    const media = by.length > 1 && isEmail ? (['email'] as const) : agreed
    const answers = media.map((medium) => ({
      // What goes out of what stands on the portal is a notice by e-mail.
      ...mayContact(found, { account, medium: medium === 'mail' ? 'mail' : 'email', purpose, letterLevel }, given),
      channel: medium,
    }))
    const common = {
      confidential,
      readAt,
      ...(human.language === undefined ? {} : { language: human.language }),
      complaint: (asked: string) => openComplaint(found, asked, account),
    }
    const unagreed: RuleHit[] = []
    for (const answer of answers) {
      const open = answer.hits.length === 0 ? answer.ways.filter(({ allowed }) => allowed) : []
      const { channel } = answer
      const way = channel === 'mail' ? open[0] : open.find(({ datum: at }) => isPaperless(at, channel))
      if (!way) {
        // Nobody asked for the portal: that it was not agreed to is no news.
        const isAsked = channel === 'email' || (channel === 'portal' && by.length === 1)
        if (open.length > 0 && isAsked) unagreed.push(noConsent[channel])
        const later =
          channel !== 'mail' && answer.hits.length === 0
            ? answer.ways.find((each) => waitsForItsHour(each, channel))
            : undefined
        // Who has agreed to e-mail gets none of it on paper because it is early: it waits for its hour.
        if (later && media.length > 1) return { hits: later.hits, warnings: later.warnings, passed: [], ...common }
        continue
      }
      const address = found.data.get(way.datum)?.added.value
      const called = name ?? found.person?.name
      const to: Addressee = {
        channel,
        personId: id,
        datumId: way.datum,
        ...(called === undefined ? {} : { name: called }),
        ...(address === undefined ? {} : { address }),
      }
      return { hits: [], warnings: way.warnings, passed: way.passed, to, ...common }
    }
    const last = answers.at(-1)
    const elsewhere = agreed.length < by.length && media.length === 0 ? [confidentialElsewhere] : []
    return {
      hits: [...elsewhere, ...(last ? [...unagreed, ...reasonsOf(last)] : [])],
      warnings: [],
      passed: [],
      ...common,
    }
  }
}

/** What the guarantor's own stream says of writing to them about an account, now; undefined where nobody is named. */
export const writingTo = (
  desk: Desk,
  accountId: AccountId,
  state: AccountState,
): Effect.Effect<Given['writing'], ReadError | UnreadableEvent> =>
  Effect.gen(function* () {
    const id = guarantorOf(state)
    if (id === undefined) return undefined
    const stream = personStream(id)
    const files = yield* filesOf(desk, id)
    const { world } = desk.service
    const now = world.now()
    const given = accountContext(desk)({ commandId: '', stream, now, today: world.dayOf(now), actor: desk.actor })
    return answered(files, id, accountId, state.registration.guarantor?.name, given)
  })

/** The same for a command that writes to somebody; other commands do without. */
export const writingFor = (
  desk: Desk,
  accountId: AccountId,
  command: Pick<AccountCommand, 'type'>,
): Effect.Effect<Given['writing'], ExecuteError> =>
  writes.has(command.type)
    ? Effect.flatMap(loadAccount(desk, accountId), (state) => writingTo(desk, accountId, state))
    : Effect.succeed(undefined)
