import { type DeskDay, datumOf, type Move, ofPerson } from './desk-day.ts'
import { numberIn, type Owing, type Town, towns } from './people.ts'

// Somebody is looked for who can not be reached: what is found comes on file, and is no consent (reference §11.6).

const foundIn = ({ random, next }: DeskDay, who: Owing, from: Town) => {
  const { state, town } = from
  const datum = `d${next()}`
  if (random.chance(30)) {
    who.data.push({ datum, kind: 'address' })
    const value = `${random.between(1, 99)} Ash Lane, ${town}, ${state}`
    return { datum, kind: 'address', value, state, place: 'home' } as const
  }
  who.data.push({ datum, kind: 'phone' })
  const value = numberIn(from, random)
  return { datum, kind: 'phone', value, place: 'mobile', line: 'mobile' } as const
}

const looksFor: Move = (day, who) => {
  const { random, put, next, on, later } = day
  const skipTrace = `t${next()}`
  const because = random.pick(['returnedMail', 'wrongNumber', 'disconnected', 'moved', 'noAnswer'] as const)
  const lost = because === 'returnedMail' ? datumOf(who, 'address', random) : datumOf(who, 'phone', random)
  const start = {
    type: 'StartSkipTrace',
    on,
    skipTrace,
    because,
    ...(lost === undefined ? {} : { datum: lost }),
  } as const
  const minute = random.between(480, 960)
  const begun = put(minute, ofPerson(who, start))
  const sources = ['registration', 'ncoa', 'append', 'creditHeader'] as const
  for (const [n, source] of sources.entries()) {
    if (random.chance(40)) continue
    const found = random.chance(45) ? [foundIn(day, who, random.chance(50) ? who.town : random.pick(towns))] : []
    put(minute + 5, ofPerson(who, { type: 'RecordSkipTraceStep', on: later(n), skipTrace, source, found }), n, begun)
  }
  const outcome = random.pick(['found', 'notFound', 'notNeeded'] as const)
  const days = random.between(4, 12)
  put(700, ofPerson(who, { type: 'CloseSkipTrace', on: later(days), skipTrace, outcome }), days, begun)
}

export const searchMoves: readonly (readonly [weight: number, move: Move])[] = [[2, looksFor]]
