import { type Day, isUnknownZone, parseDay, shown } from '@daybook/core/kernel'
import { presets } from '@daybook/core/policy'
import { decideRule, describeRules } from '../../book/rules.ts'
import { instantOf, systemClock } from '../../book/world.ts'
import { systemZones } from '../../book/zones.ts'
import { JsonFault, parseJson, readJson } from '../json-file.ts'
import { type SharedOptions, UsageError } from '../options.ts'
import { ownRulesOf } from '../own-rules.ts'
import { jsonText, say } from '../terminal.ts'
import { catalogueLines, decisionLines } from '../text/rules.ts'

interface Options extends SharedOptions {
  readonly facts?: string
  readonly asOf?: string
}

const factsFrom = async (given: string): Promise<unknown> => {
  try {
    return /^\s*[{[]/.test(given) ? parseJson(given, '--facts') : await readJson(given)
  } catch (error) {
    throw error instanceof JsonFault ? new UsageError(error.message) : error
  }
}

const todayIn = (zone: string): Day | undefined => {
  const local = systemZones.at(instantOf(systemClock), zone)
  return isUnknownZone(local) ? undefined : local.day
}

const dayFor = (asOf: string | undefined, zone: string) => {
  const day = asOf === undefined ? todayIn(zone) : parseDay(asOf)
  if (day === undefined) throw new UsageError(`--as-of: ${shown(asOf)} is not a day that exists (YYYY-MM-DD)`)
  return day
}

/** `daybook rules [ID] [--facts …]`: the catalogue of this version; no book is opened. */
export const run = async ([id]: readonly string[], options: Options): Promise<number> => {
  const own = await ownRulesOf(options)
  if (options.facts === undefined) {
    for (const line of options.json ? [jsonText(describeRules(id, own))] : catalogueLines(describeRules(id, own)))
      say(line)
    return 0
  }
  if (id === undefined) throw new UsageError('--facts needs the id of a rule: daybook rules PC-02 --facts …')
  const { practice = 'physicianPracticeMN' } = options
  const policy = Object.entries(presets).find(([name]) => name === practice)?.[1]
  if (!policy)
    throw new UsageError(`there is no preset ${shown(practice)}: choose one of ${Object.keys(presets).join(', ')}`)
  const today = dayFor(options.asOf, policy.practice.timeZone)
  const at = { today, policy: { version: 1, policy } }
  const answer = decideRule(id, await factsFrom(options.facts), at, own)
  for (const line of options.json ? [jsonText(answer)] : decisionLines(answer, policy.practice.timeZone)) say(line)
  return 0
}
