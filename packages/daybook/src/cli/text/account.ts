import type { AccountBeforeBooks, AccountSummary } from '@daybook/projections/summary'
import { tableLines } from '../table.ts'
import { clean, paint } from '../terminal.ts'
import { beforeTheBooksWords, money } from './words.ts'

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`  ${title}`, ...lines.map((line) => `    ${clean(line)}`)]

const balanceTable = ({ balances, totals }: AccountSummary): readonly string[] => {
  const right = (title: string) => ({ title, right: true })
  const [head = '', ...rows] = tableLines(
    [{ title: '' }, ...['active', 'placed', 'credits', 'bad debt'].map(right)],
    balances.map(({ label, active, placed, credits, badDebt }) => [
      label,
      ...[active, placed, credits, badDebt].map(money),
    ]),
  )
  const { owed, credits, unapplied, net } = totals
  return [
    ...(rows.length > 0 ? [paint('dim', `  ${head}`), ...rows.map((row) => `  ${row}`)] : []),
    `  owed ${money(owed)}, credits ${money(credits)}, unapplied ${money(unapplied)}: net ${money(net)}`,
  ]
}

/** An account on one page, for people. */
export const accountLines = (summary: AccountSummary | AccountBeforeBooks): readonly string[] => {
  const { account, asOf, guarantor, openedOn, openedFrom } = summary
  const who = [guarantor.name ?? 'no name', guarantor.state, guarantor.standing].filter(Boolean).join(', ')
  const opening = `  guarantor ${clean(who)}; opened ${openedOn} from ${clean(openedFrom)}`
  if (summary.beforeTheBooks) {
    const none = `  ${beforeTheBooksWords(summary.beforeTheBooks)}`
    return [paint('bold', `Account ${account} as of ${asOf}`), opening, none]
  }
  const { standing } = summary
  return [
    paint('bold', `Account ${account} as of ${asOf}: ${[standing.phase, ...standing.flags].join(', ')}`),
    opening,
    ...balanceTable(summary),
    ...section(
      'credits',
      summary.credits.map(
        ({ credit, owner, amount, ageDays, provisional }) =>
          `${money(amount)} of ${owner}, ${ageDays} days${provisional ? ', provisional' : ''} (${credit})`,
      ),
    ),
    ...section(
      'plans',
      summary.plans.map(({ plan, status, total, remaining, nextDue }) => {
        const next = nextDue ? `, next ${money(nextDue.open)} due ${nextDue.due}` : ''
        return `${status}: ${money(remaining)} of ${money(total)} left${next} (${plan})`
      }),
    ),
    ...section(
      'held off the patient',
      summary.holdings.map(
        ({ amount, coverage, blockedBy, since, holding }) =>
          `${money(amount)} at ${coverage.label} since ${since}, blocked by ${blockedBy.join(', ')} (${holding})`,
      ),
    ),
    ...section(
      'denials',
      summary.denials.map(
        ({ amount, coverage, category, pending, reasons, since }) =>
          `${money(amount)} ${pending ? 'not yet decided' : 'denied'} by ${coverage.label} on ${since}, ${category}: ${reasons.join('; ')}`,
      ),
    ),
    ...section(
      'placements',
      summary.placements.map(
        ({ agency, kind, placedOn, amount }) => `${money(amount)} at ${agency} since ${placedOn}, ${kind}`,
      ),
    ),
    ...section(
      'visits',
      summary.visits.flatMap(({ visit, lines }) => [
        visit,
        ...lines.map(({ code, from, charge, balance, voided, line }) => {
          const state = voided ? 'voided' : `open ${money(balance)}`
          return `  ${code} of ${from}: charged ${money(charge)}, ${state} (${line})`
        }),
      ]),
    ),
  ]
}
