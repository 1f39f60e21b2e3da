// May a person be reached? Worked out again from what the desk said, in the plainest way: local times by the machine's zone
// data, no rule of the catalogue, no state of the aggregate. What it says must be what `mayContact` says.

/** Of two files of one human being, or of two people. */
export type File = 'one' | 'two'

export interface Said {
  readonly file: File
  readonly kind:
    | 'call'
    | 'talk'
    | 'callback'
    | 'consent'
    | 'stop'
    | 'used'
    | 'window'
    | 'cease'
    | 'uncease'
    | 'attorney'
    | 'confidential'
    | 'noTexts'
  readonly at: number
  readonly account?: string
  readonly datum?: string
  readonly connected?: boolean
  readonly spoken?: boolean
  readonly channel?: string
  readonly window?: { readonly from: number; readonly until: number; readonly days?: readonly number[] }
}
export interface Life {
  /** Where each file says that they live. */
  readonly states: Readonly<Record<File, string>>
  readonly areaCode: string
  readonly perPerson: number
  /** Somebody has said that the two files are of one human being. */
  readonly together: boolean
  /** Phones, e-mails and addresses that are the same on both files. */
  readonly same: readonly string[]
  readonly said: readonly Said[]
}
export interface Question {
  readonly file: File
  readonly at: number
  readonly account: string
  readonly medium: string
  readonly datum: string
}

const NY = 'America/New_York'
const CHI = 'America/Chicago'
const DEN = 'America/Denver'
const LA = 'America/Los_Angeles'
const HNL = 'Pacific/Honolulu'
const PHX = 'America/Phoenix'
export const zonesOfState: Readonly<Record<string, readonly string[]>> = {
  MA: [NY],
  NY: [NY],
  MN: [CHI],
  IL: [CHI],
  CO: [DEN],
  AZ: [PHX, DEN],
  CA: [LA],
  HI: [HNL],
}
export const zonesOfCode: Readonly<Record<string, readonly string[]>> = {
  '212': [NY],
  '617': [NY],
  '312': [CHI],
  '612': [CHI],
  '303': [DEN],
  '602': [PHX],
  '415': [LA],
  '808': [HNL],
}

const formats = new Map<string, Intl.DateTimeFormat>()
const shown = new Map<string, { readonly day: number; readonly minute: number; readonly week: number }>()
/** Day since 1970 and minute of the day that clocks of a zone show. */
export const local = (at: number, zone: string) => {
  const minuteOf = Math.floor(at / 60_000)
  const key = `${zone} ${minuteOf}`
  const known = shown.get(key)
  if (known) return known
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    })
    formats.set(zone, format)
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 1, day: date = 1, hour = 0, minute = 0 } = parts as Record<string, number>
  const day = Date.UTC(year, month - 1, date) / 86_400_000
  const result = { day, minute: hour * 60 + minute, week: (day + 4) % 7 }
  if (shown.size > 200_000) shown.clear()
  shown.set(key, result)
  return result
}

const isCall = (medium: string) => medium === 'call' || medium === 'prerecordedCall'

/** Whether nothing stands against it. */
export const bruteForce = (life: Life, { file, at, account, medium, datum }: Question): boolean => {
  const files: readonly File[] = life.together ? ['one', 'two'] : [file]
  const said = life.said.filter((one) => one.at <= at && files.includes(one.file))
  const any = (kind: Said['kind']) => said.filter((one) => one.kind === kind)
  const own = (kind: Said['kind']) => any(kind).filter((one) => one.file === file)
  /** One name for one number, whichever file it is on. */
  const numberOf = (one: Pick<Said, 'file' | 'datum'>) =>
    life.same.includes(one.datum ?? '') ? one.datum : `${one.file} ${one.datum}`
  const asked = numberOf({ file, datum })
  const states = files.map((each) => life.states[each])
  const practiceToday = local(at, CHI).day
  const addressZones = states.flatMap((state) => zonesOfState[state] ?? [])
  const phoneZones = zonesOfCode[life.areaCode] ?? []
  const zones = [...new Set([...addressZones, ...(datum === 'address' || datum === 'email' ? [] : phoneZones)])]

  if (medium === 'prerecordedCall') return false // Minnesota: the practice is there
  // Of two ways that one human being asked for, the last one replaces the other, whichever file it was told to.
  const agreed = any('confidential').at(-1)
  if (agreed && asked !== numberOf({ file: agreed.file, datum: 'address' })) return false
  if (any('attorney').length > 0) return false
  for (const each of files) {
    const lastCease = any('cease').findLast((one) => one.file === each)
    const lastEnd = any('uncease').findLast((one) => one.file === each)
    if (lastCease && !(lastEnd && lastEnd.at >= lastCease.at)) return false
  }

  const words = (channel: string, all: readonly Said[]) =>
    all
      .filter((one) => (one.kind === 'consent' || one.kind === 'stop') && one.channel === channel)
      .toSorted((a, b) => a.at - b.at)
  const lastAt = (channel: string, all: readonly Said[]) =>
    words(channel, all).findLast((one) => numberOf(one) === asked)?.kind
  if (medium === 'text') {
    if (any('noTexts').length > 0) return false
    if (lastAt('text', own('consent').concat(own('stop'))) !== 'consent' || lastAt('text', said) !== 'consent') {
      return false
    }
    const stillStopped = any('stop').some(
      (stop) =>
        !any('consent').some(
          (one) => numberOf(one) === numberOf(stop) && one.channel === stop.channel && one.at >= stop.at,
        ),
    )
    if (stillStopped) return false
    const used = own('used').findLast((one) => one.datum === datum)
    if (!used || practiceToday - local(used.at, CHI).day > 60) return false
  }
  if (medium === 'email') {
    if (lastAt('email', said) === 'stop') return false
    const last = lastAt('email', own('consent').concat(own('stop')))
    if (last === 'stop') return false
    if (last !== 'consent' && own('used').every((one) => one.datum !== datum)) return false
  }
  if (medium !== 'mail') {
    for (const zone of zones) {
      const { minute, week } = local(at, zone)
      if (minute < 480 || minute >= 1_260) return false
      for (const { window } of any('window')) {
        if (!window || (window.days && !window.days.includes(week))) continue
        if (minute >= window.from && minute < window.until) return false
      }
    }
  }
  if (!isCall(medium)) return true

  const wishes = any('callback').filter((one) => one.account === account)
  const calls = any('call').filter((one) => one.connected)
  for (const zone of zones) {
    const today = local(at, zone).day
    const isWished = wishes.some((wish) => {
      const first = local(wish.at, zone).day
      return today >= first && today <= first + 6
    })
    const counted = calls.filter(
      (call) =>
        !zones.every((each) =>
          any('callback').some((wish) => {
            if (wish.account !== call.account || wish.at > call.at) return false
            const days = local(call.at, each).day - local(wish.at, each).day
            return days >= 0 && days <= 6
          }),
        ),
    )
    const inWeek = (call: Said) => {
      const { day } = local(call.at, zone)
      return day > today - 7 && day <= today
    }
    if (!isWished) {
      if (counted.filter((call) => call.account === account && inWeek(call)).length >= 7) return false
      if (counted.filter(inWeek).length >= life.perPerson) return false
      const talks = [...any('talk'), ...any('call').filter((one) => one.spoken)].filter(
        (one) => one.account === account,
      )
      if (talks.some((talk) => today - local(talk.at, zone).day < 7)) return false
    }
    if (states.includes('MA')) {
      const about = counted.filter((call) => call.account === account)
      const atWork = about.filter((call) => call.datum === 'work')
      const atHome = about.filter((call) => call.datum !== 'work')
      if (datum !== 'work' && atHome.filter(inWeek).length >= 2) return false
      const inMonth = (call: Said) => local(call.at, zone).day > today - 30
      if (datum === 'work' && atWork.filter(inMonth).length >= 2) return false
    }
  }
  return true
}
