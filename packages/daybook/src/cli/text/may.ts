import { printable, shown } from '@daybook/core/kernel'
import type { MayReply, ReplyWay } from '../../book/person-answers.ts'
import { clean, paint } from '../terminal.ts'
import { hitLines } from './remittance.ts'
import { fromWhen } from './words.ts'

const clocks = ({ zones }: ReplyWay): string =>
  zones.map(({ zone, time }) => (time === undefined ? zone : `${time} in ${zone}`)).join(', ')

const wayLines = (way: ReplyWay, zone: string): readonly string[] => {
  const what = `${clean(way.value)} (${way.place}${way.zones.length > 0 ? `; ${clocks(way)}` : ''}), datum ${printable(way.datum)}`
  // The person's own clocks say when; of several the first.
  const theirs = way.zones[0]?.zone ?? zone
  const head = way.allowed
    ? `${paint('green', 'yes')}  ${what}`
    : `${paint('red', 'no')}   ${what}${fromWhen(way, theirs)}`
  const warnings =
    way.warnings.length === 0 ? [] : [`  ${paint('yellow', 'warning')}`, ...hitLines({ hits: way.warnings }, theirs)]
  return [head, ...(way.allowed ? [] : hitLines(way, theirs)), ...warnings]
}

const who = ({ person, name, askedOf }: MayReply): string => {
  if (person === undefined) return ''
  if (askedOf !== undefined)
    return ` to ${clean(askedOf)}, of whom it is asked where ${name === undefined ? printable(person) : clean(name)} is`
  return name === undefined ? ` to person ${printable(person)}` : ` to ${clean(name)} (${printable(person)})`
}

/** Whether somebody may be reached, for people: each way with every reason. */
export const mayLines = (reply: MayReply, zone: string): readonly string[] => [
  `${reply.medium} about account ${shown(reply.account)}${who(reply)}: ${
    reply.allowed ? paint('green', 'allowed') : paint('red', 'not allowed')
  }${reply.allowed ? '' : fromWhen(reply, reply.ways[0]?.zones[0]?.zone ?? zone)}`,
  ...hitLines(reply, zone),
  ...(reply.warnings ?? []).map(({ rule, reason }) => `  ${paint('yellow', 'warning')}  ${rule}: ${reason}`),
  ...reply.ways.flatMap((way) => wayLines(way, zone)),
  ...(reply.attorneys ?? []).map(({ name, reach }) => `  ${clean(name)}${reach ? `, ${clean(reach)}` : ''}`),
]
