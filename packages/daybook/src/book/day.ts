import {
  type AccountCommand,
  type AutopayId,
  askedFor,
  type DraftId,
  letterOwed,
  type PromiseId,
  review,
} from '@daybook/core/account'
import { type AccountId, addDays, type Day, type PlanId, toCents } from '@daybook/core/kernel'
import type { PolicyVersion } from '@daybook/core/policy'
import {
  accountContext,
  type Desk,
  executeOnAccount,
  executeOnPerson,
  firstReceipt,
  guarded,
  likePersons,
  previewOnAccount,
} from '@daybook/core/service'
import { listPlans, ownerLabels, type PlanRow, personsBySign } from '@daybook/projections/lists'
import { isHeldBackAlone, worklist } from '@daybook/projections/worklist'
import * as Effect from 'effect/Effect'
import type { DayReport, DayStep } from './answers.ts'
import { deskOf } from './desk.ts'
import { invalidQuery, orFault } from './errors.ts'
import { dayOptions, questionGiven } from './given.ts'
import { askedOn, dayAsked, todayOf } from './moments.ts'
import type { OpenBook } from './open-book.ts'
import { inBook } from './questions.ts'
import type { DaybookShape } from './shape.ts'
import { askedLater } from './statements.ts'

// What nobody asks for and time brings about: a plan that is not paid is missed, offered a cure, in default, or too old to
// be accepted; a promise whose time has passed is broken; what a plan asks is drawn where that was authorised; a statement or a
// letter of the ladder is due; a letter is owed that tells what was decided or changed; two persons look like one. The list of
// plans, the worklist and the lists of persons say who has one, so no other account is read.

/** Rows of the list at once. */
const PAGE = 200

/** Plans for which a day may bring something; completed and cancelled ones have ended. */
const goesOn: ReadonlySet<string> = new Set(['proposed', 'active', 'suspended', 'defaulted'])

/** What of a step says whose it is, and what was looked at. */
type Whose = 'account' | 'guarantor' | 'plan' | 'promise' | 'autopay' | 'statement' | 'letter' | 'person'

/** Something to look at: whose it is, and what it is called in the report. */
interface Matter extends Pick<DayStep, Whose> {
  readonly command: AccountCommand
  /** One id for one account, matter and day: run again, what was written is found and not written twice. */
  readonly commandId: string
}

const ofPlan = ({ account, guarantor, plan }: PlanRow, on: Day): Matter => ({
  account,
  ...(guarantor === undefined ? {} : { guarantor }),
  plan,
  command: { type: 'EvaluatePlan', on, plan: plan as PlanId },
  commandId: `day:${on}:${account}:plan:${plan}`,
})

const plansOn = (book: OpenBook, day: Day) =>
  Effect.gen(function* () {
    const plans: Matter[] = []
    for (let after: string | undefined; ; ) {
      const page = { asOf: todayOf(book), limit: PAGE, ...(after === undefined ? {} : { after }) }
      const { rows, next } = yield* inBook(book, listPlans(page))
      plans.push(...rows.filter(({ status }) => goesOn.has(status)).map((row) => ofPlan(row, day)))
      if (next === undefined) return plans
      after = next
    }
  })

/** Promises whose time has passed, as the worklist has them: those that wait for the next business day too. */
const promisesOn = (book: OpenBook, day: Day) =>
  Effect.gen(function* () {
    const { localTime } = book.desk.service.world
    const { policy } = yield* book.refreshPolicy
    const { now } = yield* askedOn(book, { asOf: day })
    const { items, waiting } = yield* inBook(
      book,
      worklist({ asOf: day, now, localTime, policy, queue: 'promises:broken' }),
    )
    const found = [...items, ...waiting].flatMap(({ account, subject }) => (account ? [{ account, subject }] : []))
    const owners = yield* inBook(book, ownerLabels({ accounts: found.map(({ account }) => account), remittances: [] }))
    return found.map(({ account, subject }): Matter => {
      const guarantor = owners.get(account)
      return {
        account,
        ...(guarantor === undefined ? {} : { guarantor }),
        promise: subject,
        command: { type: 'EvaluatePromise', on: day, promise: subject as PromiseId },
        commandId: `day:${day}:${account}:promise:${subject}`,
      }
    })
  })

/**
 * Drafts that the plans ask for by a day, as the worklist has them: those that want notice first too, so that the report says what
 * waits. What came back is presented again by a person alone.
 */
const draftsOn = (book: OpenBook, day: Day) =>
  Effect.gen(function* () {
    const { localTime, sha256 } = book.desk.service.world
    const { policy } = yield* book.refreshPolicy
    const { now } = yield* askedOn(book, { asOf: day })
    const { items } = yield* inBook(book, worklist({ asOf: day, now, localTime, policy, queue: 'draftsDue' }))
    const due = items.filter(({ queue, since }) => queue !== 'draftsDue:waiting' && since <= day)
    const found = due.flatMap(({ account, subject, amount }) => (account ? [{ account, subject, amount }] : []))
    const owners = yield* inBook(book, ownerLabels({ accounts: found.map(({ account }) => account), remittances: [] }))
    return found.map(({ account, subject, amount }): Matter => {
      const guarantor = owners.get(account)
      const commandId = `day:${day}:${account}:draft:${subject}`
      return {
        account,
        ...(guarantor === undefined ? {} : { guarantor }),
        autopay: subject,
        command: {
          type: 'PresentDraft',
          on: day,
          autopay: subject as AutopayId,
          draft: `draft-${sha256(commandId).slice(0, 32)}` as DraftId,
          amount: toCents(amount),
        },
        commandId,
      }
    })
  })

/** Why no statement is looked for on a day. */
const noStatements = (book: OpenBook, day: Day, { policy }: PolicyVersion): string | undefined => {
  if (day !== todayOf(book)) return 'what is printed is of today'
  return policy.profile.name === '' ? 'the practice has not said who it is (policy, profile)' : undefined
}

/** Accounts to which a statement or a letter is due, and whose own gates let it go: the guarantor is asked with each. */
const statementsOn = (book: OpenBook, day: Day) =>
  Effect.gen(function* () {
    const { localTime } = book.desk.service.world
    const inForce = yield* book.refreshPolicy
    const { now } = yield* askedOn(book, { asOf: day })
    const context = accountContext(book.desk)({
      commandId: 'day',
      stream: 'day',
      now,
      today: day,
      actor: book.desk.actor,
    })
    const { items } = yield* inBook(
      book,
      worklist({
        asOf: day,
        now,
        localTime,
        policy: inForce.policy,
        queue: 'statementsDue',
        review: (gate, state) => review(gate, state, { ...context, writing: askedLater(state) }),
      }),
    )
    // Who may not be contacted is asked as well: the report of the day says what waits, and why.
    const found = items.flatMap(({ account, allowed, blockedBy }) =>
      account !== undefined && (allowed || isHeldBackAlone(blockedBy)) ? [account] : [],
    )
    const owners = yield* inBook(book, ownerLabels({ accounts: found, remittances: [] }))
    return found.map((account): Matter => {
      const guarantor = owners.get(account)
      return {
        account,
        ...(guarantor === undefined ? {} : { guarantor }),
        statement: true,
        command: { type: 'IssueStatement', on: day },
        commandId: `day:${day}:${account}:statement`,
      }
    })
  })

/**
 * Letters that policy owes to somebody, as the worklist has them: their words all stand in the book, so nobody has to type any. What
 * happened longer ago, before a practice owed letters for one, is not written about without a look.
 */
const lettersOn = (book: OpenBook, day: Day) =>
  Effect.gen(function* () {
    const { localTime } = book.desk.service.world
    const { policy } = yield* book.refreshPolicy
    const { now } = yield* askedOn(book, { asOf: day })
    const { items } = yield* inBook(book, worklist({ asOf: day, now, localTime, policy, queue: 'lettersDue' }))
    const from = addDays(day, -policy.letters.madeWithin)
    const recent = items.filter(({ since }) => since >= from)
    const found = recent.flatMap(({ account, subject, queue }) => {
      const about = letterOwed.safeParse(queue.split(':')[1])
      return account !== undefined && about.success ? [{ account, about: about.data, concerns: subject }] : []
    })
    const owners = yield* inBook(book, ownerLabels({ accounts: found.map(({ account }) => account), remittances: [] }))
    return found.map(({ account, about, concerns }): Matter => {
      const guarantor = owners.get(account)
      return {
        account,
        ...(guarantor === undefined ? {} : { guarantor }),
        letter: about,
        command: { type: 'IssueLetter', on: day, letter: askedFor({ about, concerns }) },
        commandId: `day:${day}:${account}:letter:${about}:${concerns}`,
      }
    })
  })

/** Persons who look like one human being, and of whom nobody was told: a hint on the file of one of them (decision 0028). */
const likenessesIn = (
  book: OpenBook,
  desk: Desk,
  day: Day,
  { by, dryRun }: { readonly by: string; readonly dryRun: boolean },
) =>
  Effect.gen(function* () {
    const pairs = yield* orFault(likePersons(desk, yield* inBook(book, personsBySign())))
    const steps: DayStep[] = []
    for (const { person, other, by: signs, account } of pairs) {
      const of = { person, account }
      if (dryRun) {
        steps.push({ ...of, outcome: 'would', events: ['PersonLikenessHinted'] })
        continue
      }
      const command = { type: 'HintLikePerson', on: day, other, by: signs } as const
      const executing = executeOnPerson(desk, person, command, `day:${day}:${person}:like:${other}`, { by })
      const outcome = yield* orFault(guarded(executing))
      if (!outcome.ok) steps.push({ ...of, outcome: 'refused', events: [], hits: outcome.hits })
      else if (!('nothingToDo' in outcome)) {
        const { events, repeated } = yield* firstReceipt(book.events, outcome)
        steps.push({ ...of, outcome: repeated ? 'before' : 'done', events: [...events] })
      }
    }
    return steps
  })

/** What the day brings to a matter; undefined where it brings nothing. */
const evaluated = (book: OpenBook, desk: Desk, matter: Matter, by: string, dryRun: boolean) =>
  Effect.gen(function* () {
    const { command, commandId, ...of } = matter
    const step = (more: Omit<DayStep, Whose>): DayStep => ({ ...of, ...more })
    // What is due and may not go yet is no fault: it waits, and the report says for what.
    const refused = of.statement || of.letter || of.autopay ? ('waits' as const) : ('refused' as const)
    if (dryRun) {
      const decision = yield* orFault(previewOnAccount(desk, of.account, command, commandId))
      if (!decision.ok) return step({ outcome: refused, events: [], hits: decision.hits })
      const events = decision.events.map(({ type }) => type)
      return events.length === 0 ? undefined : step({ outcome: 'would', events })
    }
    // What is wrong with one account does not stop the run for the others.
    const executed = guarded(executeOnAccount(desk, of.account as AccountId, command, commandId, { by }))
    const outcome = yield* orFault(executed)
    if (!outcome.ok) return step({ outcome: refused, events: [], hits: outcome.hits })
    if ('nothingToDo' in outcome) return undefined
    const { events, repeated } = yield* firstReceipt(book.events, outcome)
    return step({ outcome: repeated ? 'before' : 'done', events: [...events] })
  })

export const dayIn = (book: OpenBook): DaybookShape['day'] =>
  Effect.fn('Daybook.day')(function* (options = {}) {
    yield* questionGiven(dayOptions, options)
    const { dryRun = false, onProgress } = options
    const day = yield* dayAsked(book, 'date', options.date)
    const today = todayOf(book)
    if (day > today) return yield* invalidQuery('date', `${day} has not come yet: today is ${today}`)
    yield* book.refreshPolicy
    if (!dryRun) yield* book.beforeWriting
    const asking = deskOf(book, options)
    const desk: Desk = { ...asking, actor: { id: 'system', roles: ['system'] } }
    const plans = yield* plansOn(book, day)
    const steps: DayStep[] = []
    const evaluateAll = (matters: readonly Matter[], before: number) =>
      Effect.gen(function* () {
        for (const [at, matter] of matters.entries()) {
          const step = yield* evaluated(book, desk, matter, asking.actor.id, dryRun)
          if (step) steps.push(step)
          onProgress?.(before + at + 1, before + matters.length)
          yield* Effect.yieldNow
        }
      })
    yield* evaluateAll(plans, 0)
    // Nobody waits for a promise while a plan asks for the same: one whose plan has just ended is looked at in the same run.
    const promises = yield* promisesOn(book, day)
    yield* evaluateAll(promises, plans.length)
    const first = plans.length + promises.length
    // Nobody can have drawn money on a day that has passed; what is drawn is drawn before anything is asked for in writing.
    const drafts = day === today ? yield* draftsOn(book, day) : []
    yield* evaluateAll(drafts, first)
    // A plan that went into default, or a promise that broke, is asked for again: statements come after them.
    const none = noStatements(book, day, yield* book.refreshPolicy)
    const statements = none === undefined ? yield* statementsOn(book, day) : []
    yield* evaluateAll(statements, first + drafts.length)
    const letters = none === undefined ? yield* lettersOn(book, day) : []
    yield* evaluateAll(letters, first + drafts.length + statements.length)
    const likenesses = day === today ? yield* likenessesIn(book, desk, day, { by: asking.actor.id, dryRun }) : []
    steps.push(...likenesses)
    const report: DayReport = {
      date: day,
      dryRun,
      plans: plans.length,
      promises: promises.length,
      drafts: drafts.length,
      statements: statements.length,
      letters: letters.length,
      likenesses: likenesses.length,
      ...(none === undefined ? {} : { noStatements: none }),
      steps,
    }
    return report
  })
