import { filesOf, type HumanTold } from './human.ts'
import { against, type Question } from './reckoning.ts'
import { dayNumber, PRACTICE, shownIn, zoneNames } from './zones.ts'

// The first instant at which nothing is against a contact any more, where nothing else happens: by trying, one after the
// other, all instants at which a day begins, calls may be made again, or a time that somebody called inconvenient ends.

const MINUTE = 60_000
const DAY_MINUTES = 1_440
const HOUR = 60 * MINUTE
/** Massachusetts looks back thirty days. */
const DAYS = 33

/** What an end of time can take away: all else waits for somebody. */
const passing: ReadonlySet<string> = new Set([
  ...['hour', 'inconvenient', 'seven calls', 'seven calls to the person', 'spoken with', 'MA at home', 'MA at work'],
])

/** When clocks of a zone show a minute of a day: of two, on the day on which they go back, the later one. */
const whenShown = (zone: string, day: number, minute: number): number => {
  const wanted = day * DAY_MINUTES + minute
  let at = wanted * MINUTE + 8 * HOUR
  for (let n = 0; n < 2; n += 1) {
    const shown = shownIn(zone, at)
    at += (wanted - shown.day * DAY_MINUTES - shown.minute) * MINUTE
  }
  return at
}

const ends = (human: HumanTold): readonly number[] => [
  ...new Set([
    0,
    480,
    ...filesOf(human).flatMap((told) => [...told.times.values()].map(({ what }) => what.until % 1_440)),
  ]),
]

/** Undefined where no end of time brings it. */
export const earliestOf = (human: HumanTold, question: Question): number | undefined => {
  const now = against(human, question)
  if (now.length === 0) return question.at
  if (!now.every((each) => passing.has(each))) return undefined
  const first = shownIn(PRACTICE, question.at).day - 1
  const minutes = ends(human)
  for (let day = first; day < first + DAYS; day += 1) {
    const tried = zoneNames.flatMap((zone) => minutes.map((minute) => whenShown(zone, day, minute)))
    const free = [...new Set(tried)]
      .filter((at) => at > question.at)
      .sort((a, b) => a - b)
      .find((at) => against(human, { ...question, at }).length === 0)
    if (free !== undefined) return free
  }
  return undefined
}

/** In words what is wrong with an answer; undefined where it is the same instant. */
export const unlikeEarliest = (human: HumanTold, question: Question, said: string | undefined): string | undefined => {
  const free = earliestOf(human, question)
  const saidAt = said === undefined ? undefined : said.length === 10 ? dayNumber(said) * 86_400_000 : Date.parse(said)
  if (free === saidAt) return undefined
  return `said to be free at ${said ?? 'no time'}, and is at ${free === undefined ? 'no time' : new Date(free).toISOString()}`
}
