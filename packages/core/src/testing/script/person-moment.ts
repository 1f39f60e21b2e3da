import type { Day } from '../../kernel/day.ts'
import type { PersonCommandInput } from '../../person/commands.ts'
import type { PersonState } from '../../person/state.ts'
import type { Random } from '../random.ts'
import { oneOf } from './moment.ts'

// What a generator of a person's life sees, and the words that it draws from.

/** What a generator sees: the person so far, the day, the instant, and how many commands were given. */
export interface PersonMoment {
  readonly state: PersonState
  readonly today: Day
  readonly now: string
  readonly number: number
}

export type PersonCommandType = PersonCommandInput['type']

/** Makes a command of one kind for the person as they stand; undefined where there is nothing that it could be about. */
export type GenerateOfPerson<T extends PersonCommandType> = (
  random: Random,
  moment: PersonMoment,
) => Extract<PersonCommandInput, { type: T }> | undefined

export interface WayOfPerson<T extends PersonCommandType> {
  readonly make: GenerateOfPerson<T>
  /** How often it is drawn beside the others. */
  readonly often: number
}

export const accounts = ['a1', 'a1', 'a1', 'a2'] as const
export const scopes = ['billing', 'billing', 'all', 'clinical', 'marketing'] as const
export const media = [
  'call',
  'call',
  'call',
  'text',
  'email',
  'mail',
  'visit',
  'autodialedCall',
  'prerecordedCall',
] as const
/** Whom people name to speak for them, and who is reached now and then. */
export const others = ['spouse', 'guardian', 'attorney', 'thirdParty', 'parent'] as const
export const some = <T>(random: Random, value: T, of = 2): T | undefined => (random.oneIn(of) ? value : undefined)

export const someDatum = (random: Random, { state }: PersonMoment, kind?: 'phone' | 'email' | 'address'): string =>
  oneOf(
    random,
    [...state.data.values()]
      .filter(({ added }) => kind === undefined || added.kind === kind)
      .map(({ added }) => added.datumId),
    'd-unknown',
  )
export const kindFor = (medium: (typeof media)[number]) => {
  if (medium === 'email') return 'email' as const
  return medium === 'mail' || medium === 'visit' ? ('address' as const) : ('phone' as const)
}
