import type { Aggregate } from '../kernel/aggregate.ts'
import type { Decision } from '../kernel/decision.ts'
import { type PersonCommand, personCommand } from './commands.ts'
import type { PersonContext } from './context.ts'
import { decideContact } from './decide-contact.ts'
import { decideFile } from './decide-file.ts'
import { decideLikeness } from './decide-likeness.ts'
import { decideSkipTrace } from './decide-skip-trace.ts'
import { decideStanding } from './decide-standing.ts'
import { type PersonEvent, personCodec } from './events.ts'
import { foldPerson, newPerson, type PersonState } from './state.ts'

type Handle = (state: PersonState, command: PersonCommand, context: PersonContext) => Decision<PersonEvent>

const decide = { ...decideFile, ...decideLikeness, ...decideSkipTrace, ...decideStanding, ...decideContact }

const made = [
  ['datum', 'datumId'],
  ['contact', 'contactId'],
  ['group', 'groupId'],
  ['inconvenience', 'inconvenienceId'],
  ['complaint', 'complaintId'],
  ['skipTrace', 'skipTraceId'],
  ['spokesperson', 'spokespersonId'],
  ['check', 'identityCheckId'],
] as const

/** Ids of what events have brought into the book, by the name that commands give them. */
export const madeOfPerson = (events: Iterable<{ readonly type: string }>): Readonly<Record<string, string>> => {
  const ids: Record<string, string> = {}
  for (const event of events) {
    for (const [kind, field] of made) {
      const id: unknown = Reflect.get(event, field)
      if (typeof id === 'string') ids[kind] ??= id
    }
  }
  return ids
}

/** One human being: who they are, how they are reached, what they agreed to, what happened (decision 0015). */
export const person: Aggregate<PersonState, PersonCommand, PersonEvent, PersonContext> = {
  name: 'person',
  codec: personCodec,
  commandSchema: personCommand,
  initial: newPerson,
  fold: foldPerson,
  decide: (state, command, context) => (decide[command.type] as Handle)(state, command, context),
  madeBy: madeOfPerson,
}
