import { type Day, minDay } from '../kernel/day.ts'
import { type Of, precondition, type RuleHit } from '../kernel/decision.ts'
import type { LineId, VisitId } from '../kernel/ids.ts'
import { linesOfVisit } from './ledger/balances.ts'
import { beforeTheBooks } from './preconditions.ts'
import { pairOf } from './registration/state.ts'
import type { AccountCommand, AccountState } from './rooms.ts'

// What was said or done about something is of no day before it was there (decision 0014). Where a facet keeps the standing
// of what it is told of, it judges that itself; what no facet has looked at is judged here, in one place.

/** What a command speaks of, in words, and from when it is there. */
interface There {
  readonly what: string
  readonly from: Day | undefined
}

type Speaks<Type extends AccountCommand['type']> = (
  state: AccountState,
  command: Of<AccountCommand, Type>,
) => readonly There[]

/** The account as an account: somebody reviews it, works it, holds it. */
const theAccount = ({ registration }: AccountState): readonly There[] => [
  { what: 'this account', from: registration.account?.openedOn },
]

/** A service may be talked about from its day on, also where its account or visit was opened later. */
const served = (state: AccountState, lines: readonly LineId[]): readonly There[] =>
  lines.map((id) => ({ what: `line ${id}`, from: state.ledger.lines.get(id)?.dosFrom }))

const visited = (state: AccountState, visits: readonly VisitId[]): readonly There[] =>
  visits.map((id) => {
    const opened = state.registration.visits.get(id)?.openedOn
    const days = linesOfVisit(state.ledger, id).map(({ dosFrom }) => dosFrom)
    const [first, ...others] = opened === undefined ? days : [opened, ...days]
    return { what: `visit ${id}`, from: first && others.reduce(minDay, first) }
  })

/**
 * What is not here says itself how it always was, or may have been said before: charges, payments, advices and corrections
 * have days of their own (two-clocks.md); a coverage, a patient, who answers for them and a signed notice are what they are
 * whenever the account learns of them; somebody may have called, asked or been told before anything was on file.
 */
const speaksOf: { readonly [Type in AccountCommand['type']]?: Speaks<Type> } = {
  AcknowledgeRefund: ({ credits }, { refund: id }) => {
    const refund = credits.refunds.get(id)
    return [{ what: `refund ${id}`, from: (refund?.issued ?? refund?.approved)?.effectiveDate }]
  },
  AssignWork: theAccount,
  EndSelfPay: ({ agreements }, { election }) => [
    { what: `election ${election}`, from: agreements.elections.get(election)?.event.effectiveDate },
  ],
  JudgeSamePerson: (state, { patient: patientId, other }) => [
    ...theAccount(state),
    { what: 'the hint', from: state.registration.samePersons.get(pairOf({ patientId, other }))?.since },
  ],
  LinkPerson: theAccount,
  OpenDispute: (state, { lines, payment, placement }) => [
    ...served(state, lines),
    ...(payment === undefined
      ? []
      : [{ what: `payment ${payment}`, from: state.payments.payments.get(payment)?.receivedOn }]),
    ...(placement === undefined
      ? []
      : [{ what: `placement ${placement}`, from: state.placement.known.get(placement)?.effectiveDate }]),
  ],
  PauseDunning: theAccount,
  RecordDraftNotice: ({ autopay: slice }, { autopay }) => [
    { what: `autopay ${autopay}`, from: slice.autopays.get(autopay)?.authorized.effectiveDate },
  ],
  RequestItemisation: (state, { visits }) => visited(state, visits ?? []),
  ResolveWorkItem: ({ claims }, { workItem }) => [
    { what: `work item ${workItem}`, from: claims.workItems.get(workItem)?.effectiveDate },
  ],
  ReviewAccount: theAccount,
  SnoozeWork: theAccount,
  UnassignWork: theAccount,
  UnlinkPerson: ({ registration }, { person }) => [
    { what: `person ${person}`, from: registration.persons.get(person)?.effectiveDate },
  ],
}

/** One hit for each thing that a command speaks of before it was there. */
export const thereSinceHits = (state: AccountState, command: AccountCommand): readonly RuleHit[] => {
  const speaks = speaksOf[command.type] as Speaks<typeof command.type> | undefined
  if (!speaks || !('on' in command)) return []
  const { on } = command
  // That is refused already, for all of it.
  if (beforeTheBooks(state, on)) return []
  return speaks(state, command as never).flatMap(({ what, from }) =>
    from !== undefined && on < from
      ? [
          precondition(
            'account.beforeItWas',
            `${what} is there from ${from}, not on ${on}`,
            `name ${from} or a later day`,
          ),
        ]
      : [],
  )
}
