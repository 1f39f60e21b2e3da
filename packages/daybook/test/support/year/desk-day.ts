import type { PersonCommandInput } from '@daybook/core/person'
import type { Random } from '../../../../../bench/practice/random.ts'
import { atPractice } from './clock.ts'
import type { Account, Owing } from './people.ts'
import type { AccountCommandInput, Deed } from './step.ts'

/** A day as the desk fills it: steps of this one, and of days to come. */
export interface DeskDay {
  readonly random: Random
  readonly on: string
  /** A number that no other step of the year has. */
  readonly next: () => number
  /** The day so many days later. */
  readonly later: (days: number) => string
  /** At a minute of the day, or of one so many days later. */
  readonly put: (minute: number, deed: Deed, later?: number, ifDone?: number) => number
}

/** Minutes of the day: mostly when people work, now and then early, late, or on the last minute that is allowed. */
export const someMinute = (random: Random): number =>
  random.pick([
    random.between(480, 1_020),
    random.between(480, 1_020),
    random.between(480, 1_020),
    random.between(360, 1_330),
    random.pick([419, 420, 479, 480, 539, 540, 600, 1_139, 1_199, 1_200, 1_259, 1_260, 1_320]),
  ])

export const iso = (day: string, minute: number): string => new Date(atPractice(day, minute)).toISOString()

export const ofAccount = ({ account }: Account, command: AccountCommandInput): Deed => ({
  kind: 'account',
  account,
  command,
})
export const ofPerson = ({ person }: Owing, command: PersonCommandInput): Deed => ({ kind: 'person', person, command })

/** One of what is on file of a kind; now and then one that is not of it. */
export const datumOf = (who: Owing, kind: 'phone' | 'email' | 'address', random: Random): string | undefined => {
  const fitting = who.data.filter((each) => each.kind === kind)
  const from = fitting.length > 0 && !random.chance(2) ? fitting : who.data
  return from.length === 0 ? undefined : random.pick(from).datum
}

export type Move = (day: DeskDay, who: Owing, account: Account) => void
