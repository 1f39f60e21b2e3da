import {
  type AccountState,
  type Adjudication,
  coverageType,
  type Denial,
  linesOfVisit,
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
  type VisitId,
} from '@daybook/core/kernel'
import type { PracticePolicy } from '@daybook/core/policy'
import type { Matter, Work, WorkContext } from '../work.ts'

// What payers owe and have not answered for: every cent at a coverage that no denial, holding or stub accounts for.

/** What stands at a coverage for a visit, and what the coverage has heard and said of it. Amount in cents. */
export interface PayerMatter extends Matter {
  readonly visit: string
  readonly coverage: string
  readonly payer: string
  readonly filingIndicator?: string
  /** The last claim that went to this coverage for the visit. */
  readonly sentOn?: Day
  /** The last decision of this coverage that stands, a denial that was closed, or money that came since. */
  readonly decidedOn?: Day
  /** A reversal of this coverage waits for its correction since then. */
  readonly reversedOn?: Day
  /** The decision of an earlier payer, after which this one is next; `crossed`: that payer has sent the claim on itself. */
  readonly nextSince?: Day
  readonly crossed?: boolean
  /** The last day that the coverage covered, where it ended before the service. */
  readonly endedOn?: Day
}

export type PayerQueue = 'payerFollowUp' | 'secondaryToBill' | 'terminatedCoverage' | 'unbilled'
export const payerQueues = ['payerFollowUp', 'secondaryToBill', 'terminatedCoverage', 'unbilled'] as const

/** CLP02 19, 20, 21: processed by this payer and sent on to the next one. */
const forwarded = new Set(['19', '20', '21'])

const latestOf = (days: readonly Day[]): Day | undefined =>
  days.reduce<Day | undefined>((a, b) => (a ? maxDay(a, b) : b), undefined)

interface Standing {
  readonly visit: VisitId
  readonly coverage: CoverageId
  amount: number
  since: Day
  readonly lines: Set<LineId>
}

/** What is open at each coverage of each visit, less what a denial or a holding has on a list of its own. */
const standing = (state: AccountState): readonly Standing[] => {
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
  const byVisit = new Map<string, Standing>()
  for (const layer of state.ledger.layers.where('open')) {
    if (layer.party === PATIENT) continue
    const { coverageId } = layer.party
    const key = `${coverageId} ${layer.lineId}`
    const elsewhere = Math.min(listed.get(key) ?? 0, receivableOf(layer))
    if (elsewhere > 0) listed.set(key, (listed.get(key) ?? 0) - elsewhere)
    const rest = receivableOf(layer) - Math.max(0, elsewhere)
    if (rest <= 0) continue
    const visitKey = `${layer.visitId} ${coverageId}`
    const found = byVisit.get(visitKey)
    const line = state.ledger.lines.get(layer.lineId)
    const since = line?.dosTo ?? layer.openedOn
    if (found) {
      found.amount += rest
      found.since = minDay(found.since, since)
      found.lines.add(layer.lineId)
    } else {
      byVisit.set(visitKey, {
        visit: layer.visitId,
        coverage: coverageId,
        amount: rest,
        since,
        lines: new Set([layer.lineId]),
      })
    }
  }
  return [...byVisit.values()]
}

const decisionDay = ({ event }: Adjudication): Day => event.effectiveDate

/** What the coverage, and those before it, have said of the visit. */
const saidOf = (state: AccountState, { visit, coverage, lines }: Standing) => {
  const all = state.claims.adjudications.by('visit', visit).filter(({ event }) => !event.predetermination)
  const own = all.filter(({ event }) => event.coverageId === coverage)
  const decided = latestOf(own.filter(({ reversed }) => !reversed).map(decisionDay))
  const reversed = latestOf(own.filter(({ pending }) => pending).map(decisionDay))
  const before = all.filter(({ event, reversed: back }) => event.coverageId !== coverage && !back)
  const last = before.at(-1)
  const ends = linesOfVisit(state.ledger, visit).filter(({ lineId }) => lines.has(lineId))
  const to = state.coverage.coverages.get(coverage)?.to
  const ended = to !== undefined && ends.some(({ dosFrom }) => dosFrom > to)
  const sent = latestOf(
    (state.claims.submissions.get(visit) ?? [])
      .filter(({ coverageId, frequency }) => coverageId === coverage && !frequency.startsWith('8'))
      .map(({ effectiveDate }) => effectiveDate),
  )
  return {
    ...(sent ? { sentOn: sent } : {}),
    ...(decided ? { decidedOn: decided } : {}),
    ...(reversed ? { reversedOn: reversed } : {}),
    ...(last ? { nextSince: decisionDay(last), crossed: forwarded.has(last.event.status) } : {}),
    ...(ended && to ? { endedOn: to } : {}),
  }
}

export const payerMatters = (state: AccountState): readonly PayerMatter[] =>
  standing(state).flatMap((at): readonly PayerMatter[] => {
    const { visit, coverage, amount, since } = at
    const known = state.coverage.coverages.get(coverage)
    // A coverage known by name alone has a list of its own, with all that stands there.
    if (known?.stub) return []
    const filing = known?.filingIndicator
    return [
      {
        visit,
        coverage,
        payer: known?.payerName ?? coverage,
        ...(filing ? { filingIndicator: filing } : {}),
        amount,
        since,
        ...saidOf(state, at),
      },
    ]
  })

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
  const { payer, amount, sentOn: sent, decidedOn, reversedOn, nextSince, endedOn } = matter
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
  if (reversedOn !== undefined) {
    const says = `${payer} took back its decision of ${reversedOn}; ${cents} waits for the correction`
    return waitedFor(matter, reversedOn, says, 'ask the payer for the corrected decision', context)
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
