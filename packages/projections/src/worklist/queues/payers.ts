import {
  type AccountState,
  type Adjudication,
  coverageType,
  type Denial,
  type Line,
  receivableOf,
} from '@daybook/core/account'
import {
  addDays,
  type CoverageId,
  type Day,
  daysBetween,
  formatCents,
  type LineId,
  maxDay,
  minDay,
  PATIENT,
} from '@daybook/core/kernel'
import type { PracticePolicy } from '@daybook/core/policy'
import type { Matter, Work, WorkContext } from '../work.ts'

// What payers owe and have not answered for: every cent at a coverage that no denial, holding or stub accounts for.

/** What a coverage has heard and said of a line. */
interface Said {
  /** The last claim with the line that went to this coverage. */
  readonly sentOn?: Day
  /** The last decision of this coverage on the line that stands. */
  readonly decidedOn?: Day
  /** The day of the decision of this coverage that was taken back and whose correction is awaited, and that of the reversal. */
  readonly tookBack?: { readonly decidedOn: Day; readonly on: Day }
  /** The decision of an earlier payer, after which this one is next; `crossed`: that payer has sent the claim on itself. */
  readonly nextSince?: Day
  readonly crossed?: boolean
  /** The last day that the coverage covered, where it ended before the service. */
  readonly endedOn?: Day
  /** From an older book, which alone knows what was claimed: the day on which this one begins. */
  readonly broughtForwardOn?: Day
}

/** What stands at a coverage for lines of a visit of which the same was heard and said. Amount in cents. */
export interface PayerMatter extends Matter, Said {
  readonly visit: string
  readonly coverage: string
  readonly payer: string
  readonly filingIndicator?: string
}

export type PayerQueue = 'payerFollowUp' | 'secondaryToBill' | 'terminatedCoverage' | 'unbilled'
export const payerQueues = ['payerFollowUp', 'secondaryToBill', 'terminatedCoverage', 'unbilled'] as const

/** CLP02 19, 20, 21: processed by this payer and sent on to the next one. */
const forwarded = new Set(['19', '20', '21'])

const latestOf = (days: readonly Day[]): Day | undefined =>
  days.reduce<Day | undefined>((a, b) => (a ? maxDay(a, b) : b), undefined)

interface Open {
  readonly line: Line
  readonly coverage: CoverageId
  readonly amount: number
}

/** What is open at each coverage of each line, less what a denial or a holding has on a list of its own. */
const openLines = (state: AccountState): readonly Open[] => {
  const listed = new Map<string, number>()
  const list = (coverage: CoverageId, lines: readonly { readonly lineId: LineId; readonly amount: number }[]) => {
    for (const { lineId, amount } of lines) {
      const key = `${coverage} ${lineId}`
      listed.set(key, (listed.get(key) ?? 0) + amount)
    }
  }
  const isOpen = ({ event, resolved }: Denial) => resolved === undefined && !event.amountHeld
  for (const denial of state.claims.denials.values())
    if (isOpen(denial)) list(denial.event.coverageId, denial.event.lines)
  for (const { open, event } of state.ledger.holdings.values()) if (open) list(event.coverageId, event.lines)
  return state.ledger.layers.where('open').flatMap((layer): readonly Open[] => {
    const line = state.ledger.lines.get(layer.lineId)
    if (layer.party === PATIENT || !line) return []
    const { coverageId: coverage } = layer.party
    const key = `${coverage} ${layer.lineId}`
    const elsewhere = Math.max(0, Math.min(listed.get(key) ?? 0, receivableOf(layer)))
    listed.set(key, (listed.get(key) ?? 0) - elsewhere)
    const amount = receivableOf(layer) - elsewhere
    return amount > 0 ? [{ line, coverage, amount }] : []
  })
}

/** CLP02 2, 3, 20, 21: decided after another payer. */
const decidedAsLater = new Set(['2', '3', '20', '21'])

const decisionDay = ({ event }: Adjudication): Day => event.effectiveDate

/**
 * True where the payer before has decided since this one did, as if it came first: what it said, and what it was sent, was of
 * another order of the payers. It is to be billed with the decision of the payer before.
 */
const isOvertaken = (
  { coverage: { coverages } }: AccountState,
  last: Adjudication | undefined,
  own: readonly Adjudication[],
  coverage: CoverageId,
): boolean => {
  const orderOf = (id: CoverageId): number => coverages.get(id)?.order ?? 0
  const decided = own.findLast(({ reversed }) => !reversed)
  return (
    last !== undefined &&
    decided !== undefined &&
    decided.at < last.at &&
    orderOf(last.event.coverageId) < orderOf(coverage) &&
    !decidedAsLater.has(decided.event.status)
  )
}

/** What the coverage, and those before it, have said of the line. */
const saidOf = (state: AccountState, { line: { lineId, visitId, dosFrom, broughtForward }, coverage }: Open): Said => {
  const all = state.claims.adjudications
    .by('visit', visitId)
    .filter(({ event }) => !event.predetermination && event.lines.some((one) => one.lineId === lineId))
  const own = all.filter(({ event }) => event.coverageId === coverage)
  const reversed = own.findLast(({ pending }) => pending)
  const last = all.filter(({ event, reversed }) => event.coverageId !== coverage && !reversed).at(-1)
  const overtaken = isOvertaken(state, last, own, coverage)
  const decidedOn = overtaken ? undefined : latestOf(own.filter(({ reversed }) => !reversed).map(decisionDay))
  const endedOn = state.coverage.coverages.get(coverage)?.to
  const sentOn = latestOf(
    (state.claims.submissions.get(visitId) ?? [])
      .filter((sent) => sent.coverageId === coverage && sent.lines.includes(lineId))
      .map(({ effectiveDate }) => effectiveDate)
      .filter((day) => !overtaken || last === undefined || day >= decisionDay(last)),
  )
  const { booksBegin } = state.ledger
  return {
    ...(sentOn ? { sentOn } : {}),
    ...(decidedOn ? { decidedOn } : {}),
    ...(reversed?.reversedOn ? { tookBack: { decidedOn: decisionDay(reversed), on: reversed.reversedOn } } : {}),
    ...(last ? { nextSince: decisionDay(last), crossed: forwarded.has(last.event.status) } : {}),
    ...(endedOn !== undefined && dosFrom > endedOn ? { endedOn } : {}),
    ...(broughtForward && booksBegin ? { broughtForwardOn: booksBegin } : {}),
  }
}

export const payerMatters = (state: AccountState): readonly PayerMatter[] => {
  const matters = new Map<string, PayerMatter>()
  for (const open of openLines(state)) {
    const { line, coverage, amount } = open
    const known = state.coverage.coverages.get(coverage)
    // A coverage known by name alone has a list of its own, with all that stands there.
    if (known?.stub) continue
    const said = saidOf(state, open)
    const key = `${line.visitId} ${coverage} ${JSON.stringify(said)}`
    const found = matters.get(key)
    matters.set(key, {
      visit: line.visitId,
      coverage,
      payer: known?.payerName ?? coverage,
      ...(known?.filingIndicator ? { filingIndicator: known.filingIndicator } : {}),
      amount: (found?.amount ?? 0) + amount,
      since: found ? minDay(found.since, line.dosTo) : line.dosTo,
      ...said,
    })
  }
  return [...matters.values()]
}

const cadenceOf = (matter: PayerMatter, { followUp }: PracticePolicy) => {
  const kind = coverageType(matter.filingIndicator)
  return kind === 'medicare' ? followUp.medicare : kind === 'commercial' ? followUp.commercial : followUp.others
}

/** Work for a matter that is waited for: from its first day on, again and again, and from a day for a supervisor. */
const waitedFor = (
  matter: PayerMatter,
  from: Day,
  says: string,
  next: string,
  { policy }: WorkContext,
): Work<PayerQueue> => {
  const { after, repeat, escalate } = cadenceOf(matter, policy)
  return {
    queue: 'payerFollowUp',
    subject: `${matter.visit} ${matter.coverage}`,
    amount: matter.amount,
    since: from,
    waits: { says, until: addDays(from, after) },
    reasons: [says, `looked at every ${repeat} days`],
    nextAction: next,
    deadline: { due: addDays(from, escalate), legal: false, source: 'policy: then a supervisor takes it' },
  }
}

const workOf = (matter: PayerMatter, context: WorkContext): Work<PayerQueue> => {
  const { payer, amount, sentOn: sent, decidedOn, tookBack, nextSince, endedOn, broughtForwardOn } = matter
  const cents = formatCents(amount)
  const base = { subject: `${matter.visit} ${matter.coverage}`, amount }
  if (endedOn !== undefined) {
    return {
      ...base,
      queue: 'terminatedCoverage',
      since: matter.since,
      reasons: [`${cents} stands at ${payer}, whose coverage ended ${endedOn}, before the service of ${matter.since}`],
      nextAction: 'find out who covered the day; move it there, or to the patient by the termination',
    }
  }
  if (tookBack !== undefined) {
    const says = `${payer} took back its decision of ${tookBack.decidedOn} on ${tookBack.on}; ${cents} waits for the correction`
    return waitedFor(matter, tookBack.on, says, 'ask the payer for the corrected decision', context)
  }
  if (decidedOn !== undefined && (sent === undefined || sent <= decidedOn)) {
    return {
      ...base,
      queue: 'payerFollowUp',
      since: decidedOn,
      reasons: [`${payer} decided on ${decidedOn}, and ${cents} still stands there, on no denial`],
      nextAction: 'ask what the payer still owes; appeal it, send it on, or write it off',
    }
  }
  if (sent !== undefined) {
    const days = Math.max(0, daysBetween(sent, context.asOf))
    const says = `${payer} has ${cents} since ${sent} and has not answered`
    return waitedFor(
      matter,
      sent,
      days > 0 ? `${says}, for ${days} days` : says,
      'ask the payer for the claim status',
      context,
    )
  }
  if (broughtForwardOn !== undefined) {
    const says = `${cents} was brought forward at ${payer}; what was claimed, the older book knows`
    return waitedFor(matter, broughtForwardOn, says, 'ask the payer for the claim status', context)
  }
  if (nextSince !== undefined) {
    const wait = matter.crossed ? context.policy.posting.crossoverDays : 0
    const from = addDays(nextSince, wait)
    return {
      ...base,
      queue: 'secondaryToBill',
      since: nextSince,
      ...(matter.crossed
        ? { waits: { says: `the payer before sent it on to ${payer} on ${nextSince}`, until: from } }
        : {}),
      reasons: [`the payer before decided on ${nextSince}; ${cents} is ${payer}'s and was not billed there`],
      nextAction: `bill ${payer} with the decision of the payer before`,
    }
  }
  return {
    ...base,
    queue: 'unbilled',
    since: matter.since,
    reasons: [`${cents} of the service of ${matter.since} was never claimed from ${payer}`],
    nextAction: 'submit the claim',
  }
}

export const payerWork = (matters: readonly PayerMatter[], context: WorkContext): readonly Work<PayerQueue>[] =>
  matters.map((matter) => workOf(matter, context))
