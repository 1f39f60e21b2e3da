import type { OnFile, Stands, Told } from './told.ts'
import { PRACTICE, shownIn, zonesOfCode, zonesOfState } from './zones.ts'

// May a person be reached? Reckoned from what was said, in the plainest way: each paragraph is one of reference §4.2 to §4.5,
// written from there. No rule of the catalogue, no state of the product, none of its clocks.

export interface Question {
  readonly at: number
  readonly account: string
  readonly medium: string
  readonly datum: string
  readonly purpose?: string | undefined
  readonly level?: number | undefined
  /** The contact itself, where it is on file: it is not counted against itself. */
  readonly contact?: string | undefined
  /** It was begun before: whether the number is still theirs, and takes it, was asked then. */
  readonly begun: boolean
  /** Everything that is owed on the account is in dispute. */
  readonly disputed: boolean
}

const CALLS_PER_PERSON = 7
const calls: ReadonlySet<string> = new Set(['call', 'autodialedCall', 'prerecordedCall'])
const timed: ReadonlySet<string> = new Set([...calls, 'text', 'email', 'visit'])
const agreed: ReadonlySet<string> = new Set(['text', 'autodialedCall', 'prerecordedCall'])

const holds = <T>({ day, at, until }: Stands<T>, now: number, today: number): boolean =>
  (at === undefined ? day <= today : at <= now) && (until === undefined || today < until)

const isOnFile = ({ from, retired }: OnFile, today: number): boolean =>
  from <= today && (retired === undefined || today < retired)

const whereIs = ({ kind, state, value }: OnFile): readonly string[] => {
  if (kind === 'address') return zonesOfState[state ?? ''] ?? []
  return kind === 'phone' ? (zonesOfCode[value.slice(2, 5)] ?? []) : []
}

/** Whether the datum takes the medium at all: reference §11.6, F32. */
const fits = ({ kind, line, returned }: OnFile, medium: string): boolean => {
  if (medium === 'email') return kind === 'email'
  if (medium === 'mail') return kind === 'address' && returned === undefined
  if (medium === 'visit') return kind === 'address'
  return kind === 'phone' && !(medium === 'text' && line === 'landline')
}

/** What the person said last about a channel, at a number, on topics. */
const lastWord = (told: Told, now: number, today: number, which: (each: Told['consents'][number]) => boolean) =>
  told.consents.filter((each) => which(each) && (each.at === undefined ? each.day <= today : each.at <= now)).at(-1)

const consentReasons = (told: Told, { at, medium, datum }: Question, on: OnFile, today: number): string[] => {
  const reasons: string[] = []
  const about = (channel: string) =>
    lastWord(
      told,
      at,
      today,
      (each) => each.channel === channel && each.datum === datum && (each.scope === 'billing' || each.scope === 'all'),
    )
  const word = about(medium)
  if (agreed.has(medium)) {
    if (word?.granted !== true) reasons.push('no consent')
    const matters = new Set(told.consents.map((each) => `${each.channel} ${each.datum} ${each.scope}`))
    const stopped = [...matters].some(
      (matter) =>
        lastWord(told, at, today, (each) => `${each.channel} ${each.datum} ${each.scope}` === matter)?.granted ===
        false,
    )
    if (stopped) reasons.push('stopped elsewhere')
  }
  if (medium === 'text' && !on.seen.some((day) => day <= today && today - day <= 60))
    reasons.push('number not looked up')
  if (medium === 'email') {
    if (word?.granted === false || (!word && on.seen.every((day) => day > today)))
      reasons.push('neither used nor agreed')
    if (on.place === 'work' && word?.granted !== true) reasons.push('employer’s address')
  }
  // The practice is in Minnesota: Minn. Stat. 332C.02.
  if (medium === 'autodialedCall' || medium === 'prerecordedCall') reasons.push('robot')
  if (calls.has(medium) && about('call')?.granted === false) reasons.push('no calls to this number')
  return reasons
}

const standingReasons = (told: Told, question: Question, on: OnFile, today: number): string[] => {
  const { at, account, medium, datum, purpose = 'collect', level = 0 } = question
  const reasons: string[] = []
  const standing = <T>(all: Iterable<Stands<T>>): T[] =>
    [...all].filter((each) => holds(each, at, today)).map(({ what }) => what)
  if (purpose === 'collect' && standing(told.ceases).length > 0) reasons.push('cease')
  if (standing(told.attorneys).some((accounts) => !accounts || accounts.includes(account))) reasons.push('attorney')
  const only = standing(told.confidential).at(-1)
  if (only !== undefined && only !== datum) reasons.push('confidential channel')
  if (level > 1 && standing(told.vulnerable).length > 0) reasons.push('vulnerable')
  if (standing(told.places.values()).includes(on.place)) reasons.push('place')
  const refused = standing(told.media.values())
  if (refused.includes(medium) || (calls.has(medium) && refused.includes('call'))) reasons.push('medium')
  if (purpose === 'collect' && question.disputed) reasons.push('disputed')
  return reasons
}

const timeReasons = (told: Told, at: number, zones: readonly string[], today: number): string[] =>
  zones.length === 0
    ? ['nobody knows where']
    : zones.flatMap((zone) => {
        const { minute, week } = shownIn(zone, at)
        const inWindow = [...told.times.values()].some(
          (each) =>
            holds(each, at, today) &&
            (each.what.days?.includes(week) ?? true) &&
            minute >= each.what.from &&
            minute < each.what.until,
        )
        return [...(minute < 480 || minute >= 1_260 ? ['hour'] : []), ...(inWindow ? ['inconvenient'] : [])]
      })

const countReasons = (
  told: Told,
  question: Question,
  on: OnFile,
  zones: readonly string[],
  inMass: boolean,
): string[] => {
  const { at, account } = question
  const earlier = [...told.contacts.values()].filter((each) => each.at <= at && each.contact !== question.contact)
  const wishes = told.wishes.filter((each) => each.at <= at)
  const within = (zone: string, day: number, of: string) =>
    wishes.some((wish) => {
      const days = day - shownIn(zone, wish.at).day
      return wish.account === of && days >= 0 && days < 7
    })
  const wasAsked = (call: (typeof earlier)[number]) =>
    zones.length > 0 &&
    zones.every((zone) =>
      wishes.some((wish) => {
        if (wish.account !== call.account || wish.at > call.at) return false
        const days = shownIn(zone, call.at).day - shownIn(zone, wish.at).day
        return days >= 0 && days < 7
      }),
    )
  const counted = earlier.filter((each) => each.isCall && !each.isFree && !wasAsked(each))
  const about = counted.filter((each) => each.account === account)
  const isAtWork = (call: (typeof earlier)[number]) => told.data.get(call.datum ?? '')?.place === 'work'
  return zones.flatMap((zone) => {
    const today = shownIn(zone, at).day
    const lately = (all: typeof earlier, days: number) =>
      all.filter((each) => {
        const ago = today - shownIn(zone, each.at).day
        return ago >= 0 && ago < days
      }).length
    const reasons: string[] = []
    if (!within(zone, today, account)) {
      if (lately(about, 7) >= 7) reasons.push('seven calls')
      if (lately(counted, 7) >= CALLS_PER_PERSON) reasons.push('seven calls to the person')
      const talked = earlier.filter((each) => each.account === account && each.talkedAt !== undefined)
      if (talked.some((each) => today - shownIn(zone, each.talkedAt ?? 0).day < 7)) reasons.push('spoken with')
    }
    if (inMass) {
      if (
        on.place !== 'work' &&
        lately(
          about.filter((each) => !isAtWork(each)),
          7,
        ) >= 2
      )
        reasons.push('MA at home')
      if (on.place === 'work' && lately(about.filter(isAtWork), 30) >= 2) reasons.push('MA at work')
    }
    return reasons
  })
}

/** Everything against it; empty where it is free. */
export const against = (told: Told, question: Question): readonly string[] => {
  const { at, medium, datum } = question
  const today = shownIn(PRACTICE, at).day
  const on = told.data.get(datum)
  if (!on || !(question.begun || isOnFile(on, today))) return ['not on file']
  const current = [...told.data.values()].filter((each) => isOnFile(each, today))
  const addresses = current.filter(({ kind }) => kind === 'address')
  const likely = [...new Set([on, ...addresses].flatMap(whereIs))]
  const zones = likely.length > 0 ? likely : [...new Set(current.flatMap(whereIs))]
  const states = addresses.flatMap(({ state }) => state ?? [])
  // Whose state nobody knows may live in Massachusetts.
  const inMass = states.length === 0 || states.includes('MA')
  const isCall = calls.has(medium)
  return [
    ...new Set([
      ...(question.begun || fits(on, medium) ? [] : ['does not take it']),
      ...consentReasons(told, question, on, today),
      ...standingReasons(told, question, on, today),
      ...(timed.has(medium) ? timeReasons(told, at, zones, today) : []),
      ...(isCall ? countReasons(told, question, on, zones, inMass) : []),
    ]),
  ]
}
