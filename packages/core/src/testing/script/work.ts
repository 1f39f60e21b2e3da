import type { WorkCommand } from '../../account/work/commands.ts'
import { addDays } from '../../kernel/day.ts'
import { type Generate, none, recently, type Ways } from './moment.ts'

// Who works what, and what is put off.

const queues = ['selfPay', 'denials', 'credits'] as const

const assignWork: Generate<'AssignWork'> = (random, { today }) => ({
  type: 'AssignWork',
  on: recently(random, today),
  ...(random.oneIn(3) ? {} : { queue: random.pick(queues) }),
  to: random.pick(['anna', 'ben']),
})

const unassignWork: Generate<'UnassignWork'> = (random, { today, state }) => {
  const assigned = [...state.work.assigned.values()]
  if (none(random, assigned)) return undefined
  const { queue } = assigned.at(-1) ?? {}
  return { type: 'UnassignWork', on: today, ...(queue === undefined ? {} : { queue }) }
}

const snoozeWork: Generate<'SnoozeWork'> = (random, { today }) => ({
  type: 'SnoozeWork',
  on: today,
  queue: random.pick(queues),
  until: addDays(today, random.int(-2, 40)),
  reason: 'waits for the employer',
})

/** How its commands come into random lives. */
export const workWays: Ways<WorkCommand> = {
  AssignWork: { make: assignWork, often: 1, collecting: 1 },
  SnoozeWork: { make: snoozeWork, often: 1, collecting: 1 },
  UnassignWork: { make: unassignWork, often: 1, collecting: 1, instead: 'AssignWork' },
}
