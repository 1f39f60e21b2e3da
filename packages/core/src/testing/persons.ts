import { type Instant, toDay } from '../kernel/day.ts'
import type { Decision } from '../kernel/decision.ts'
import type { GroupId, PersonId } from '../kernel/ids.ts'
import { epochMilliseconds, fromEpochMilliseconds } from '../kernel/local-time.ts'
import {
  newPerson,
  type Others,
  type PersonCommand,
  type PersonCommandInput,
  type PersonContext,
  type PersonEvent,
  type PersonState,
  person,
  personCommand,
} from '../person/index.ts'
import { contextOf, type Office, whenAt } from './history.ts'
import type { Random } from './random.ts'
import { personWays, somePersonCommand } from './script/person-ways.ts'

// Random lives of people: two files that may be said to be one human being, command by command, as the service decides them.

export type PersonFile = 'p1' | 'p2'
export type PersonBook = Readonly<Record<PersonFile, PersonState>>

/** One command on a file, what was decided, and both files before and after. */
export interface PersonStep {
  readonly file: PersonFile
  readonly command: PersonCommand
  readonly now: Instant
  readonly before: PersonBook
  readonly context: PersonContext
  readonly decision: Decision<PersonEvent>
  readonly after: PersonBook
}

export const otherOf = (file: PersonFile): PersonFile => (file === 'p1' ? 'p2' : 'p1')

/** What the other file says of the same human being, where they are said to be one. */
export const othersIn = (book: PersonBook, file: PersonFile): Others | undefined => {
  const { group } = book[file]
  if (!group) return undefined
  const other = book[otherOf(file)]
  return { files: other.group?.groupId === group.groupId ? [other] : [], begun: [] }
}

const stepOf = (
  book: PersonBook,
  file: PersonFile,
  input: PersonCommandInput,
  at: string,
  number: number,
  office: Office,
) => {
  const command = personCommand.parse(input)
  const given = contextOf(office, at, number)
  const group = book.p1.group?.groupId ?? book.p2.group?.groupId ?? ('g1' as GroupId)
  const context: PersonContext = { ...given, others: othersIn(book, file), group }
  const decision = person.decide(book[file], command, context)
  const after = decision.ok ? { ...book, [file]: person.fold(book[file], decision.events) } : book
  const step: PersonStep = { file, command, now: context.now, before: book, context, decision, after }
  return step
}

/** A life from random choices: each command is made for the file as it then is, good or bad, hours or days after the last. */
export const randomPersons = (
  random: Random,
  { office, longest = 40 }: { readonly office: Office; readonly longest?: number },
): readonly PersonStep[] => {
  // At a desk that calls day by day caps are met; elsewhere weeks pass.
  const calls = random.oneIn(3)
  const from = random.pick(['2026-03-05', '2026-06-10', '2026-10-29', '2027-02-03'])
  const steps: PersonStep[] = []
  let book: PersonBook = { p1: newPerson, p2: newPerson }
  let now = whenAt(office, from).now
  const give = (file: PersonFile, input: PersonCommandInput): PersonStep => {
    const step = stepOf(book, file, input, now, steps.length + 1, office)
    steps.push(step)
    book = step.after
    return step
  }
  for (const file of ['p1', 'p2'] as const) {
    const on = toDay(from)
    give(file, { type: 'OpenPerson', on, personId: file, name: 'Jo Roe' })
    give(file, { type: 'NameAccount', on, account: file === 'p1' ? 'a1' : 'a2', role: 'guarantor' })
    const home = { kind: 'address', value: '1 Main St', state: 'MN', place: 'home' } as const
    give(file, { type: 'RecordDatum', on, datum: 'home', source: 'person', ...home })
    const mobile = { kind: 'phone', value: '612-555-0101', place: 'mobile', line: 'mobile' } as const
    give(file, { type: 'RecordDatum', on, datum: 'mobile', source: 'person', ...mobile })
  }
  for (let number = 1; number <= longest && !random.exhausted(); number += 1) {
    const hours = random.pick(calls ? [0, 1, 2, 5] : [0, 1, 3, 8, 20, random.int(0, 240)])
    now = fromEpochMilliseconds(epochMilliseconds(now) + hours * 3_600_000 + 1)
    const file = random.pick(['p1', 'p1', 'p2'] as const)
    const { today } = whenAt(office, now)
    const moment = { state: book[file], other: otherOf(file), now, today, number }
    const isCall = calls && random.oneIn(2)
    const input = isCall ? personWays.RecordCallAttempt.make(random, moment) : somePersonCommand(random, moment)
    const step = give(file, input)
    // Who says that two are one, or are not, says it of both.
    if (input.type === 'JudgeLikePerson' && step.decision.ok) give(otherOf(file), { ...input, other: file as PersonId })
  }
  return steps
}
