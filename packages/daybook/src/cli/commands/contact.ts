import { callOutcome, type PersonCommandInput } from '@daybook/core/person'
import type { MayRequest } from '../../book/requests.ts'
import { locationOf, type MediumNamed, mediumOf, type ReachOptions } from '../media.ts'
import { UsageError } from '../options.ts'
import { jsonText, say } from '../terminal.ts'
import { outcomeLines } from '../text/command.ts'
import { idFor, withBook } from '../with-book.ts'

interface Options extends ReachOptions {
  readonly begin?: boolean
  readonly outcome?: string
  readonly spoke?: string
  readonly inbound?: boolean
  readonly discussed?: boolean
  readonly check?: string
  readonly commitment?: string
  readonly next?: string
  readonly met?: boolean
  readonly template?: string
  readonly level?: string
  readonly datum?: string
  readonly contact?: string
  readonly note?: string
  readonly said?: string
}

/** Fields without those that were not given. */
const given = (fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

const levelOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  if (/^\d$/.test(text)) return Number(text)
  throw new UsageError('--level takes a number from 0 to 9')
}

const spoken = (by: MediumNamed, { spoke, inbound = false, discussed = false, ...options }: Options) => {
  if (by !== 'call' && by !== 'visit') throw new UsageError('--spoke goes with --call or --visit')
  const direction = inbound ? 'inbound' : 'outbound'
  const { check, commitment, next: nextStep } = options
  return { type: 'RecordConversation', medium: by, direction, discussed, summary: spoke, check, commitment, nextStep }
}

const called = ({ outcome, note }: Options) => {
  if (outcome === undefined)
    throw new UsageError('say how the call ended: --outcome noAnswer …, or --spoke with what was said')
  const known = callOutcome.safeParse(outcome)
  return { type: 'RecordCallAttempt', note, ...(known.success ? { outcome: known.data } : { code: outcome }) }
}

/** What happened, as a command of the person without what all have in common. */
const reported = (by: MediumNamed, options: Options): Readonly<Record<string, unknown>> => {
  if (options.spoke !== undefined && options.outcome !== undefined)
    throw new UsageError('give --outcome or --spoke: who spoke was reached')
  if (options.spoke !== undefined) return spoken(by, options)
  if (by === 'call') return called(options)
  if (by === 'visit') return { type: 'RecordVisit', met: options.met ?? false, note: options.note }
  return { type: 'RecordMessage', medium: by, template: options.template, letterLevel: levelOf(options.level) }
}

/** `daybook contact ACCOUNT --call|--text|--email|--mail|--visit`: asks and records (`--begin`), or reports what happened. */
export const run = async ([id = '']: readonly string[], options: Options): Promise<number> => {
  const by = mediumOf(options)
  const { begin = false, at, purpose, with: other, datum, contact } = options
  if (begin && at !== undefined) throw new UsageError('--begin asks for now: --at goes with what was done')
  const what = begin
    ? { type: 'BeginContact', medium: by, letterLevel: levelOf(options.level) }
    : { ...reported(by, options), at }
  return await withBook(options, 'reads', async (book) => {
    const account = await idFor(book, 'account', id)
    const named = options.person === undefined ? {} : { person: await idFor(book, 'person', options.person) }
    const { person } = await book.may({ account, by, ...named } as MayRequest)
    if (person === undefined)
      throw new UsageError('no person is named as guarantor of this account: open one, or name another with --person')
    const command = given({
      ...{ ...what, account, datum, contact, purpose, with: other },
      location: locationOf(options, options.said),
    }) as PersonCommandInput
    const answer = await book.executeOnPerson(person, command)
    const { timeZone } = (await book.policy()).policy.practice
    const lines = outcomeLines(`${command.type} to person ${person}`, answer, timeZone)
    for (const line of options.json ? [jsonText({ account, person, ...answer })] : lines) say(line)
    return answer.ok ? 0 : 1
  })
}
