import { contactsOf, filesOf, type HumanTold, isThis, lastAgreed, saidOf } from './human.ts'
import type { OnFile, Stands, Told } from './told.ts'
import { PRACTICE, shownIn, zonesOfCode, zonesOfState } from './zones.ts'

// May a person be reached? Reckoned from what was said, in the plainest way: each paragraph is one of reference §4.2 to §4.5,
// written from there. No rule of the catalogue, no state of the product, none of its clocks.

export interface Question {
  readonly at: number
  readonly account: string
  readonly medium: string
  /** Absent: an attorney is reached by what is the attorney's. */
  readonly datum?: string | undefined
  /** Whom; absent: the person. */
  readonly other?: string | undefined
  /** Of an e-mail or a text: it does not say how to opt out. */
  readonly isSilent?: boolean | undefined
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

const whereIs = ({ kind, state, value, zone }: OnFile): readonly string[] => {
  if (zone !== undefined) return [zone]
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

type Word = Told['consents'][number]
const sinceOf = ({ at, day }: Word): number => at ?? day * 86_400_000

/** What was said last in a file about a channel at a number, on topics. */
const lastWord = (told: Told, now: number, today: number, which: (each: Word) => boolean): Word | undefined =>
  told.consents.filter((each) => which(each) && (each.at === undefined ? each.day <= today : each.at <= now)).at(-1)

/**
 * Whether the person agreed to a channel at a number about what they owe: on the datum that is used, and nothing that was said of
 * the same number, under another name or in another file of theirs, has taken it back since.
 */
const wordOn = (human: HumanTold, { at, datum = '' }: Question, channel: string, today: number) => {
  const lastOf = (told: Told, of: string) =>
    lastWord(
      told,
      at,
      today,
      (each) => each.channel === channel && each.datum === of && (each.scope === 'billing' || each.scope === 'all'),
    )
  const own = lastOf(human.own, datum)
  const takenBack = filesOf(human).some((told) =>
    [...told.data.keys()].some((of) => {
      if ((told === human.own && of === datum) || !isThis(human, datum, told, of)) return false
      const word = lastOf(told, of)
      return word?.granted === false && (!own || isSince(word, own))
    }),
  )
  return takenBack ? 'revoked' : own === undefined ? 'none' : own.granted ? 'granted' : 'revoked'
}

/** On one day, what was said without an hour stands where it was written down. */
const isSince = (word: Word, before: Word): boolean =>
  word.day === before.day && (word.at === undefined || before.at === undefined)
    ? true
    : sinceOf(word) >= sinceOf(before)

/**
 * STOP on any matter in any file ends all billing messages, until that matter is granted again at that number, in whatever file
 * (reference §4.5: a ledger by channel, number and scope).
 */
const stoppedSomewhere = (human: HumanTold, at: number, today: number): boolean => {
  const last = new Map<string, Word>()
  for (const [n, told] of filesOf(human).entries()) {
    for (const word of told.consents) {
      if (word.at === undefined ? word.day > today : word.at > at) continue
      const reached = told.data.get(word.datum)
      const number = reached ? `${reached.kind} ${reached.value.trim().toLowerCase()}` : `${n} ${word.datum}`
      const matter = `${word.channel} ${number} ${word.scope}`
      const before = last.get(matter)
      if (!before || isSince(word, before)) last.set(matter, word)
    }
  }
  return [...last.values()].some(({ granted }) => !granted)
}

const consentReasons = (human: HumanTold, question: Question, on: OnFile, today: number): string[] => {
  const { at, medium } = question
  const reasons: string[] = []
  const word = wordOn(human, question, medium, today)
  if (agreed.has(medium)) {
    if (word !== 'granted') reasons.push('no consent')
    if (stoppedSomewhere(human, at, today)) reasons.push('stopped elsewhere')
  }
  if (medium === 'text' && !on.seen.some((day) => day <= today && today - day <= 60))
    reasons.push('number not looked up')
  if (medium === 'email') {
    if (word === 'revoked' || (word === 'none' && on.seen.every((day) => day > today)))
      reasons.push('neither used nor agreed')
    if (on.place === 'work' && word !== 'granted') reasons.push('employer’s address')
  }
  if (calls.has(medium) && wordOn(human, question, 'call', today) === 'revoked') reasons.push('no calls to this number')
  if ((medium === 'text' || medium === 'email') && question.isSilent) reasons.push('no way out')
  return reasons
}

/** Whether somebody else may be spoken to about the account: it stands on the file that is asked. */
const maySpeak = ({ own }: HumanTold, { at, account, other }: Question, today: number): boolean =>
  [...own.speakers.values()].some(
    (each) => each.what.as === other && holds(each, at, today) && (each.what.accounts?.includes(account) ?? true),
  )

const isRepresented = (human: HumanTold, { at, account }: Question, today: number): boolean =>
  saidOf(human, (told) => told.attorneys).some(
    (each) => holds(each, at, today) && (each.what?.includes(account) ?? true),
  )

/** Whether it is one who may be spoken to at all: reference §4.3, third parties; whom an attorney represents, through that one. */
const partyReasons = (human: HumanTold, question: Question, today: number): string[] => {
  const { other = 'person' } = question
  const represented = isRepresented(human, question, today)
  if (other === 'attorney') return represented ? [] : ['third party']
  return [
    ...(represented ? ['attorney'] : []),
    ...(other === 'person' || maySpeak(human, question, today) ? [] : ['third party']),
  ]
}

/** What stands whoever is reached: a cease; what is in dispute; in Minnesota no robots (Minn. Stat. 332C.02). */
const alwaysReasons = (human: HumanTold, question: Question, today: number): string[] => {
  const { at, medium, purpose = 'collect' } = question
  const ceased = saidOf(human, (told) => told.ceases).some((each) => holds(each, at, today))
  return [
    ...(purpose === 'collect' && ceased ? ['cease'] : []),
    ...(purpose === 'collect' && question.disputed ? ['disputed'] : []),
    ...(medium === 'autodialedCall' || medium === 'prerecordedCall' ? ['robot'] : []),
  ]
}

const standingReasons = (human: HumanTold, question: Question, on: OnFile, today: number): string[] => {
  const { at, medium, datum = '', level = 0 } = question
  const reasons: string[] = []
  const standing = <T>(which: (told: Told) => Iterable<Stands<T>>): T[] =>
    saidOf(human, which)
      .filter((each) => holds(each, at, today))
      .map(({ what }) => what)
  const only = lastAgreed(human, (each) => holds(each, at, today))
  if (only && !isThis(human, datum, only.told, only.datum)) reasons.push('confidential channel')
  if (level > 1 && standing((told) => told.vulnerable).length > 0) reasons.push('vulnerable')
  if (standing((told) => told.places.values()).includes(on.place)) reasons.push('place')
  const refused = standing((told) => told.media.values())
  if (refused.includes(medium) || (calls.has(medium) && refused.includes('call'))) reasons.push('medium')
  return reasons
}

const timeReasons = (human: HumanTold, at: number, zones: readonly string[], today: number): string[] =>
  zones.length === 0
    ? ['nobody knows where']
    : zones.flatMap((zone) => {
        const { minute, week } = shownIn(zone, at)
        const inWindow = saidOf(human, (told) => told.times.values()).some(
          (each) =>
            holds(each, at, today) &&
            (each.what.days?.includes(week) ?? true) &&
            minute >= each.what.from &&
            minute < each.what.until,
        )
        return [...(minute < 480 || minute >= 1_260 ? ['hour'] : []), ...(inWindow ? ['inconvenient'] : [])]
      })

const countReasons = (
  human: HumanTold,
  question: Question,
  on: OnFile,
  zones: readonly string[],
  inMass: boolean,
): string[] => {
  const { at, account } = question
  const earlier = contactsOf(human).filter(
    (each) => each.at <= at && !(each.isOwn && each.contact === question.contact),
  )
  const wishes = filesOf(human)
    .flatMap((told) => told.wishes)
    .filter((each) => each.at <= at)
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
          about.filter((each) => !each.toWork),
          7,
        ) >= 2
      )
        reasons.push('MA at home')
      if (
        on.place === 'work' &&
        lately(
          about.filter((each) => each.toWork),
          30,
        ) >= 2
      )
        reasons.push('MA at work')
    }
    return reasons
  })
}

/** What its phones and addresses say of where a human being may be on a day, beside the datum that is used. */
const whereOn = (human: HumanTold, on: OnFile, today: number) => {
  const current = filesOf(human).flatMap((told) => [...told.data.values()].filter((each) => isOnFile(each, today)))
  const addresses = current.filter(({ kind }) => kind === 'address')
  const likely = [...new Set([on, ...addresses].flatMap(whereIs))]
  const states = addresses.flatMap(({ state }) => state ?? [])
  return {
    zones: likely.length > 0 ? likely : [...new Set(current.flatMap(whereIs))],
    // Whose state nobody knows may live in Massachusetts.
    inMass: states.length === 0 || states.includes('MA'),
  }
}

/** Everything against it; empty where it is free. */
export const against = (human: HumanTold, question: Question): readonly string[] => {
  const { at, medium, datum } = question
  const today = shownIn(PRACTICE, at).day
  if (!human.own.accounts.has(question.account)) return ['another’s account']
  const whoever = [...alwaysReasons(human, question, today), ...partyReasons(human, question, today)]
  // An attorney is reached by what is the attorney's, at any hour, and is not counted: reference §4.2.
  if (question.other === 'attorney') return datum === undefined ? whoever : [...whoever, 'not the attorney’s']
  const on = datum === undefined ? undefined : human.own.data.get(datum)
  if (!on || !(question.begun || isOnFile(on, today))) return ['not on file']
  const { zones, inMass } = whereOn(human, on, today)
  return [
    ...new Set([
      ...(question.begun || fits(on, medium) ? [] : ['does not take it']),
      ...whoever,
      ...consentReasons(human, question, on, today),
      ...standingReasons(human, question, on, today),
      ...(timed.has(medium) ? timeReasons(human, at, zones, today) : []),
      ...(calls.has(medium) ? countReasons(human, question, on, zones, inMass) : []),
    ]),
  ]
}

/** What stands against talking about the account with who is there: reference §4.7, two identifiers of today. */
export const againstTalking = (human: HumanTold, question: Question, check: string | undefined): readonly string[] => {
  const { at, other = 'person' } = question
  const today = shownIn(PRACTICE, at).day
  const found = check === undefined ? undefined : human.own.checks.get(check)
  const isKnown =
    found !== undefined &&
    found.as === other &&
    found.matched >= 2 &&
    found.at <= at &&
    shownIn(PRACTICE, found.at).day === today
  const represented = other === 'attorney' && isRepresented(human, question, today)
  const may = other === 'person' || represented || maySpeak(human, question, today)
  return [...(isKnown ? [] : ['not identified']), ...(may ? [] : ['third party'])]
}
