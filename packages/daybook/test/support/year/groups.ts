import { type Move, ofPerson } from './desk-day.ts'
import type { Owing } from './people.ts'

// Files of one human being: hinted at, judged to be one, taken apart again. And now and then people who are not one.

const anotherOf = (who: Owing): Owing | undefined => who.human.files.find((each) => each !== who)

const reason = 'the same birth day and number'

const joins: Move = ({ random, put, on }, who) => {
  const others = who.human.files.filter((each) => each !== who)
  if (others.length === 0) return
  const other = random.pick(others).person
  const minute = random.between(480, 1_020)
  if (random.chance(40)) put(minute, ofPerson(who, { type: 'HintLikePerson', on, other, by: ['phone'] }))
  put(minute + 1, ofPerson(who, { type: 'JudgeLikePerson', on, other, same: true, reason }))
}

const leaves: Move = ({ random, put, on }, who) => {
  if (!anotherOf(who)) return
  put(random.between(480, 1_020), ofPerson(who, { type: 'LeaveGroup', on, reason: 'a namesake' }))
}

const areTwo: Move = ({ random, put, on }, who) => {
  const other = anotherOf(who)?.person
  if (other === undefined) return
  const judged = { type: 'JudgeLikePerson', on, other, same: false, reason: 'born elsewhere' } as const
  put(random.between(480, 1_020), ofPerson(who, judged))
}

export const groupMoves: readonly (readonly [weight: number, move: Move])[] = [
  [8, joins],
  [1, leaves],
  [1, areTwo],
]
