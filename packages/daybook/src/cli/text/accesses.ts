import type { Listed } from '../../book/answers.ts'
import type { Access } from '../../privacy/access-answers.ts'
import { clean, paint } from '../terminal.ts'
import { clockTime, counted } from './words.ts'

/** Whom it was about: one by its id, many by their number. */
const whom = ({ accounts, persons, remittances }: Access): string => {
  const some = [
    ...(accounts.length === 1
      ? [`account ${accounts[0]}`]
      : accounts.length > 1
        ? [counted(accounts.length, 'account')]
        : []),
    ...(persons.length === 1
      ? [`person ${persons[0]}`]
      : persons.length > 1
        ? [counted(persons.length, 'person')]
        : []),
    ...(remittances.length === 1
      ? [`remittance ${remittances[0]}`]
      : remittances.length > 1
        ? [counted(remittances.length, 'remittance')]
        : []),
  ]
  return some.length === 0 ? 'nobody by name' : some.join(', ')
}

const accessLine = (access: Access, zone: string): string => {
  const { at, by, roles, question, purpose, outcome, withheld } = access
  const who = roles.length === 0 ? clean(by) : `${clean(by)} (${roles.join(', ')})`
  const kept = outcome === 'refused' ? '  refused' : withheld.length > 0 ? `  without ${withheld.join(', ')}` : ''
  return `${clockTime(at, zone)}  ${who}  ${question}  ${whom(access)}  for ${purpose}${kept}`
}

/** Who looked at what, oldest first. */
export const accessLines = ({ items, next }: Listed<Access>, zone: string): readonly string[] => [
  paint('bold', `${counted(items.length, 'look')}${next === undefined ? '' : `, and more: --after ${next}`}`),
  ...items.map((access) => accessLine(access, zone)),
]
