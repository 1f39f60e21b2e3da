import type { AccountCommandInput } from '@daybook/core/account'
import { addDays, type Day } from '@daybook/core/kernel'
import type { PersonCommandInput } from '@daybook/core/person'
import type { Practice } from './generate.ts'
import { type Random, seeded } from './random.ts'

// What the desk of the practice did beside the files: whom it met, how they are reached, what they agreed to and took back, and
// how it tried to reach them. A line a step, in the order in which they happened. Who is meant is said by a visit's number.

/** Stands where a command names the account: that of the step's visit. */
export const OF_THE_VISIT = 'of the visit'

export interface DeskStep {
  /** An instant, by the practice's clock. */
  readonly at: string
  /** The patient control number of a visit of the account. */
  readonly visit: string
  readonly step:
    | { readonly kind: 'meet'; readonly person: string; readonly name: string }
    | { readonly kind: 'account'; readonly command: AccountCommandInput }
    | { readonly kind: 'person'; readonly command: PersonCommandInput }
}

interface Met {
  readonly visit: string
  readonly name: string
  /** The day on which the first claim was sent. */
  readonly since: Day
}

/** As many as `npm start` has time for. */
const PEOPLE = 60

const proper = (text: string): string => text.charAt(0) + text.slice(1).toLowerCase()

/** Grown-ups with a claim of their own, each family name and given name once. */
const peopleOf = ({ files }: Practice): readonly Met[] => {
  const found = new Map<string, Met>()
  for (const file of files) {
    if (file.kind !== '837') continue
    for (const { patient, patientControlNumber: visit } of file.documents.flatMap(({ claims }) => claims)) {
      const { first, last, born } = patient
      if (typeof first !== 'string' || typeof last !== 'string' || typeof born !== 'string' || born > '2000-01-01')
        continue
      const name = `${proper(first)} ${proper(last)}`
      if (!found.has(name)) found.set(name, { visit, name, since: file.date })
    }
  }
  return [...found.values()].slice(0, PEOPLE)
}

/** Phone numbers that are kept for stories. */
const number = (random: Random): string =>
  `${random.pick(['218', '612', '715', '605', '928', '808'])}5550${random.between(100, 199)}`

const personId = (n: number): string => `0197ab12-0000-7000-8000-${String(1_000 + n).padStart(12, '0')}`

/** In summer and in winter within the hours of an office in Minnesota. */
const atMinute = (day: Day, minute: number): string =>
  new Date(Date.parse(`${day}T14:00:00.000Z`) + minute * 60_000).toISOString()

/** Takes down what is done with one of them, from the day after their first claim until the last day. */
class Story {
  readonly steps: DeskStep[] = []
  readonly #met: Met
  readonly #random: Random
  readonly #until: Day
  constructor(met: Met, random: Random, until: Day) {
    this.#met = met
    this.#random = random
    this.#until = until
  }
  /** A step so many days after they were met, where that has come; gives its day and its instant. */
  put(days: number, minute: number, step: (on: Day, at: string) => DeskStep['step']): void {
    const on = addDays(this.#met.since, days)
    if (on > this.#until) return
    const at = atMinute(on, minute)
    this.steps.push({ at, visit: this.#met.visit, step: step(on, at) })
  }
  person(
    days: number,
    command: (on: Day, at: string) => PersonCommandInput,
    minute = this.#random.between(0, 420),
  ): void {
    this.put(days, minute, (on, at) => ({ kind: 'person', command: command(on, at) }))
  }
  account(days: number, command: (on: Day) => AccountCommandInput, minute = this.#random.between(0, 420)): void {
    this.put(days, minute, (on) => ({ kind: 'account', command: command(on) }))
  }
}

const storyOf = (met: Met, n: number, random: Random, until: Day): readonly DeskStep[] => {
  const story = new Story(met, random, until)
  const { name } = met
  const person = personId(n)
  story.account(1, (on) => ({ type: 'ConfirmGuarantor', on, name, state: 'MN', reason: 'signed the form' }), 0)
  story.put(1, 1, () => ({ kind: 'meet', person, name }))
  const home = `${random.between(1, 99)} Example Road, Duluth, MN 55804`
  const datum = { type: 'RecordDatum', source: 'registration' } as const
  story.person(
    1,
    (on) => ({ ...datum, on, datum: 'home', kind: 'address', value: home, state: 'MN', place: 'home' }),
    2,
  )
  const phone = { kind: 'phone', value: number(random), place: 'mobile', line: 'mobile' } as const
  story.person(1, (on) => ({ ...datum, on, datum: 'mobile', ...phone }), 2)
  const hasMail = random.chance(50)
  const mail = { kind: 'email', value: `person${n}@example.com`, place: 'home' } as const
  if (hasMail) story.person(2, (on) => ({ ...datum, on, datum: 'mail', ...mail }))
  const said = { datum: 'mobile', channel: 'text', scope: 'billing' } as const
  const agrees = random.chance(45)
  if (agrees) {
    story.person(3, (on, at) => ({ type: 'GrantConsent', on, at, ...said, source: 'form' }))
    story.person(4, (on) => ({ type: 'ConfirmDatum', on, datum: 'mobile', by: 'used' }))
  }
  if (hasMail && random.chance(30)) {
    story.person(5, (on) => ({
      type: 'GrantConsent',
      on,
      datum: 'mail',
      channel: 'email',
      scope: 'billing',
      source: 'portal',
    }))
  }
  // The share is the patient's by then: some are tried, on some days more than once.
  for (let call = 0; call < random.between(1, 5); call += 1) {
    const days = random.between(20, 200)
    const contact = `c${n}-${call}`
    const minute = random.pick([random.between(0, 400), random.between(0, 400), random.between(-240, 740)])
    const about = { account: OF_THE_VISIT, contact, datum: 'mobile' } as const
    story.person(days, () => ({ type: 'BeginContact', ...about, medium: 'call' }), minute)
    const outcome = random.pick(['noAnswer', 'noAnswer', 'leftLimitedMessage', 'rightParty', 'busy'] as const)
    if (random.chance(70)) story.person(days, () => ({ type: 'RecordCallAttempt', ...about, outcome }), minute + 2)
  }
  if (agrees) {
    const days = random.between(25, 60)
    const about = { account: OF_THE_VISIT, contact: `t${n}`, medium: 'text', datum: 'mobile' } as const
    story.person(days, () => ({ type: 'BeginContact', ...about }), 60)
    story.person(days, () => ({ type: 'RecordMessage', ...about, template: 'reminder' }), 61)
    if (random.chance(30))
      story.person(days + 1, (on, at) => ({ type: 'RevokeConsent', on, at, ...said, means: 'stopWord' }))
  }
  if (random.chance(15)) {
    const what = { kind: 'time', from: 720, until: 840 } as const
    story.person(random.between(5, 90), (on) => ({ type: 'DeclareInconvenience', on, inconvenience: `i${n}`, what }))
  }
  if (n % 20 === 4) story.person(random.between(60, 150), (on, at) => ({ type: 'RecordCease', on, at, written: true }))
  if (random.chance(8))
    story.person(random.between(5, 90), (on) => ({ type: 'FlagVulnerability', on, kind: 'illness' }))
  if (random.chance(8))
    story.person(2, (on) => ({ type: 'NoteLanguage', on, language: random.pick(['so', 'es', 'hmn']) }))
  if (random.chance(25)) {
    const days = random.between(20, 120)
    const inquiry = `q${n}`
    const asked = { type: 'RecordInquiry', inquiry, topic: 'balance', channel: 'phone', by: 'guarantor' } as const
    const identifiers: ('name' | 'born')[] = ['name', 'born']
    story.account(days, (on) => ({ ...asked, on, identifiers, says: 'what is this for?' }))
    const answer = { type: 'AnswerInquiry', inquiry, channel: 'phone', phi: true, answer: 'the visit' } as const
    story.account(days + 2, (on) => ({ ...answer, on }))
  }
  if (random.chance(30))
    story.account(random.between(10, 150), (on) => ({ type: 'AddNote', on, summary: 'asked for patience' }))
  return story.steps
}

/** What the desk did, in the order of its instants. */
export const deskOf = (practice: Practice, seed: number, until: Day): readonly DeskStep[] => {
  const random = seeded(seed)
  return peopleOf(practice)
    .flatMap((met, n) => storyOf(met, n, random, until))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

/** As it lies in the folder: a step a line. */
export const printDesk = (steps: readonly DeskStep[]): string =>
  steps.map((step) => `${JSON.stringify(step)}\n`).join('')
