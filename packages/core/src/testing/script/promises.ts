import type { PromiseCommand } from '../../account/promises/commands.ts'
import type { PromiseStatus } from '../../account/promises/state.ts'
import { addDays } from '../../kernel/day.ts'
import type { Random } from '../random.ts'
import { amount, type Generate, type Moment, none, oneOf, ownLines, recently, slip, type Ways } from './moment.ts'

// What guarantors promise, and what becomes of it.

const standing = ({ state }: Moment, ...wanted: readonly PromiseStatus[]): readonly string[] =>
  [...state.promises.promises.values()].filter(({ status }) => wanted.includes(status)).map((each) => each.promiseId)

const pays = (random: Random, { today }: Moment) => {
  const first = addDays(today, random.int(0, 20))
  return random.pick([
    { amount: amount(random), due: first },
    { amount: random.int(1, 5_000), due: first },
    {
      amount: random.int(1, 2_000),
      firstDue: first,
      every: random.pick(['week', 'twoWeeks', 'month'] as const),
      times: 2,
    },
    {
      parts: [
        { amount: random.int(1, 2_000), due: first },
        { amount: random.int(1, 2_000), due: addDays(first, random.int(0, 9)) },
      ],
    },
  ])
}

const recordPromise: Generate<'RecordPromise'> = (random, moment) => {
  const lines = ownLines(moment)
  if (none(random, lines)) return undefined
  return {
    type: 'RecordPromise',
    on: random.oneIn(4) ? recently(random, moment.today) : moment.today,
    promise: `w${moment.number}`,
    pays: pays(random, moment),
    madeBy: random.pick(['guarantor', 'spouse']),
    channel: random.pick(['phone', 'inPerson']),
    ...(random.oneIn(3) && lines.length > 0 ? { lines: slip(random, [random.pick(lines)]) } : {}),
  }
}

const evaluatePromise: Generate<'EvaluatePromise'> = (random, moment) => {
  const open = standing(moment, 'open')
  if (none(random, open)) return undefined
  return { type: 'EvaluatePromise', on: moment.today, promise: oneOf(random, open, 'w-unknown') }
}

const closePromise: Generate<'ClosePromise'> = (random, moment) => {
  const some = random.oneIn(4) ? standing(moment, 'open', 'kept') : standing(moment, 'broken', 'partlyKept')
  if (none(random, some)) return undefined
  return { type: 'ClosePromise', on: moment.today, promise: oneOf(random, some, 'w-unknown'), reason: 'called' }
}

/** How its commands come into random lives. */
export const promiseWays: Ways<PromiseCommand> = {
  RecordPromise: { make: recordPromise, often: 3, collecting: 6 },
  EvaluatePromise: { make: evaluatePromise, often: 2, collecting: 6, instead: 'RecordPromise' },
  ClosePromise: { make: closePromise, often: 1, collecting: 2, instead: 'EvaluatePromise' },
}
