import type { Cents } from '../../kernel/cents.ts'
import { amountOn, firstDayOf } from '../../kernel/dated.ts'
import type { Day } from '../../kernel/day.ts'
import { accept, type Decide, precondition, type RuleHit, reject, rejectIfAny } from '../../kernel/decision.ts'
import { PATIENT } from '../../kernel/effects.ts'
import type { LineId, VisitId } from '../../kernel/ids.ts'
import type { Context } from '../context.ts'
import { ask } from '../facts.ts'
import { linesOfVisit, owedOn } from '../ledger/balances.ts'
import { allOwedThrough, notYet, owedThrough } from '../ledger/owed-by-day.ts'
import { datingHits, twiceHits } from '../preconditions.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { AgreementCommand } from './commands.ts'
import { endEvents } from './end.ts'
import type { ElectionId, NoticeId, NoticeRecorded } from './events.ts'
import { adviceShare } from './facts.ts'
import { electionQuestion } from './gate-facts.ts'
import { electionOn, endedElectionOn } from './state.ts'

/** The lines of a visit that a command means: those named, else all that are not voided. */
const meant = (
  state: AccountState,
  visit: VisitId,
  named: readonly LineId[] | undefined,
): { readonly lines: readonly LineId[]; readonly hits: readonly RuleHit[] } => {
  const live = linesOfVisit(state.ledger, visit).filter(({ voided }) => !voided)
  const lines = named ?? live.map(({ lineId }) => lineId)
  const strange = lines.filter((line) => !live.some(({ lineId }) => lineId === line))
  return {
    lines,
    hits: [
      ...(lines.length === 0
        ? [precondition('agreements.noLine', `visit ${visit} has no charge`, 'post it first')]
        : []),
      ...strange.map((line) => precondition('ledger.lineUnknown', `line ${line} is no open charge of visit ${visit}`)),
      ...twiceHits(lines),
    ],
  }
}

/** Lines that a patient may elect to pay on a day: nothing of them is anybody's but a plan's, and no election runs. */
const electable = (state: AccountState, lines: readonly LineId[], on: Day): readonly RuleHit[] =>
  lines.flatMap((line) => {
    const running = electionOn(state.agreements, line) ?? endedElectionOn(state.agreements, line, on)
    return [
      ...(running
        ? [
            precondition(
              'agreements.elected',
              `${running.event.electionId} ${running.status === 'ended' ? 'ran then' : 'runs'} on line ${line}`,
            ),
          ]
        : []),
      ...plansHits(state, line, on),
    ]
  })

/** All of a line is a plan's, on the day and since: what the patient owed of it then is not elected by saying so later. */
const plansHits = ({ ledger }: AccountState, line: LineId, on: Day): readonly RuleHit[] => {
  const patients = owedThrough(ledger, line, PATIENT)
  const isPlans = owedOn(ledger, line) > 0 && owedOn(ledger, line, PATIENT) === 0 && amountOn(patients, on) === 0
  if (!isPlans) {
    return [precondition('agreements.notThePlans', `line ${line} is not all the plan’s: there is nothing to elect`)]
  }
  const from = firstDayOf(1, on, [allOwedThrough(ledger, line)])
  return from === undefined || from <= on
    ? []
    : [notYet('ledger.notYetOwed', `line ${line} is owed from ${from}, not on ${on}`, from)]
}

/** Nobody signs on a day to come, before the day from which it is to count, or before the patient was born. */
const signedHits = (
  { registration }: AccountState,
  visit: VisitId,
  signed: { readonly how: 'signed' | 'agreed'; readonly on: Day },
  on: Day,
  today: Day,
): readonly RuleHit[] => {
  const patient = registration.visits.get(visit)?.patientId
  const born = patient && registration.patients.get(patient)?.born
  const { how, on: day } = signed
  if (day > today) {
    return [precondition('facts.inFuture', `${how} on ${day}: nobody can vouch for a day to come`)]
  }
  return [
    ...(day > on
      ? [precondition('facts.contradict', `${how} on ${day}: it does not count from ${on}, before that`)]
      : []),
    ...(typeof born === 'string' && day < born
      ? [precondition('facts.contradict', `${how} on ${day}, before the patient was born`)]
      : []),
  ]
}

type Notice = Extract<AgreementCommand, { type: 'RecordNotice' }>['notice']

/** The notice as it is stored: a cost share without an amount is that of the advice on file. */
const noticeOf = (
  state: AccountState,
  lines: readonly LineId[],
  notice: Notice,
): NoticeRecorded['notice'] | RuleHit => {
  if (notice.kind === 'abn') return notice
  const amount = notice.amount ?? adviceShare(state, lines)
  if (amount === undefined) {
    const none = 'no payer has said what of these lines is the patient’s'
    return precondition('agreements.noCostShare', none, 'give the amount of the payer’s notice')
  }
  return amount < 0
    ? precondition('agreements.belowZero', 'a cost share is not below zero')
    : { ...notice, amount: amount as Cents }
}

export const decide: Decide<AccountState, AgreementCommand, AccountEvent, Context> = {
  RecordNotice: (state, { on, id, visit, lines: named, notice }, context) => {
    const { lines, hits } = meant(state, visit, named)
    const said = noticeOf(state, lines, notice)
    const all = [
      ...datingHits(state, on, context),
      ...hits,
      ...(id !== undefined && state.agreements.notices.has(id)
        ? [precondition('agreements.known', `notice ${id} is on file`)]
        : []),
      ...(notice.kind === 'abn'
        ? signedHits(state, visit, { how: 'signed', on: notice.signedOn }, on, context.today)
        : []),
      ...('rule' in said ? [said] : []),
    ]
    const rejection = rejectIfAny(all)
    if (rejection || 'rule' in said) return rejection ?? accept<AccountEvent>([])
    const noticeId = id ?? (context.newId('notice') as NoticeId)
    return accept([
      { type: 'NoticeRecorded', effectiveDate: on, visitId: visit, noticeId, lines: [...lines], notice: said },
    ])
  },
  ElectSelfPay: (state, { on, election, visit, lines: named, agreedOn, reference }, context) => {
    const { lines, hits } = meant(state, visit, named)
    const gate = ask(state, electionQuestion(state, { visit, lines, agreedOn, on }), context)
    const rejection = rejectIfAny([
      ...datingHits(state, on, context),
      ...hits,
      ...electable(state, lines, on),
      ...(election !== undefined && state.agreements.elections.has(election)
        ? [precondition('agreements.known', `election ${election} is on file`)]
        : []),
      ...signedHits(state, visit, { how: 'agreed', on: agreedOn }, on, context.today),
      ...gate.hits,
    ])
    if (rejection) return rejection
    const electionId = election ?? (context.newId('election') as ElectionId)
    return accept<AccountEvent>(
      [
        {
          type: 'SelfPayElected',
          effectiveDate: on,
          visitId: visit,
          electionId,
          lines: [...lines],
          agreedOn,
          reference,
        },
      ],
      { allowedBy: gate.passed, warnings: gate.warnings },
    )
  },
  EndSelfPay: (state, { on, election: electionId, reason }, context) => {
    const election = state.agreements.elections.get(electionId)
    const dating = datingHits(state, on, context)
    if (!election || election.status === 'ended') {
      return reject([precondition('agreements.notRunning', `no election ${electionId} runs`), ...dating])
    }
    const how = { on, because: 'withdrawn' as const, reason }
    return rejectIfAny(dating) ?? accept<AccountEvent>(endEvents(state, election, how, context))
  },
}
