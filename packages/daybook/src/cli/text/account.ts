import type { AccountBeforeBooks, AccountSections, AccountSummary } from '@daybook/projections/summary'
import { tableLines } from '../table.ts'
import { clean, paint } from '../terminal.ts'
import { beforeTheBooksWords, money } from './words.ts'

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`  ${title}`, ...lines.map((line) => `    ${clean(line)}`)]

const balanceTable = ({ balances }: AccountSummary): readonly string[] => {
  const right = (title: string) => ({ title, right: true })
  const [head = '', ...rows] = tableLines(
    [{ title: '' }, ...['active', 'placed', 'credits', 'bad debt'].map(right)],
    balances.map(({ label, active, placed, credits, badDebt }) => [
      label,
      ...[active, placed, credits, badDebt].map(money),
    ]),
  )
  return rows.length > 0 ? [paint('dim', `  ${head}`), ...rows.map((row) => `  ${row}`)] : []
}

/** Each section of the page for people, in the order in which they read it: all of them, or it does not compile. */
const sections: { readonly [Name in keyof AccountSections]: (summary: AccountSummary) => readonly string[] } = {
  balances: balanceTable,
  totals: ({ totals: { owed, credits, unapplied, net } }) => [
    `  owed ${money(owed)}, credits ${money(credits)}, unapplied ${money(unapplied)}: net ${money(net)}`,
  ],
  credits: ({ credits }) =>
    section(
      'credits',
      credits.map(
        ({ credit, owner, amount, ageDays, provisional }) =>
          `${money(amount)} of ${owner}, ${ageDays} days${provisional ? ', provisional' : ''} (${credit})`,
      ),
    ),
  plans: ({ plans }) =>
    section(
      'plans',
      plans.map(({ plan, status, total, remaining, nextDue }) => {
        const next = nextDue ? `, next ${money(nextDue.open)} due ${nextDue.due}` : ''
        return `${status}: ${money(remaining)} of ${money(total)} left${next} (${plan})`
      }),
    ),
  holdings: ({ holdings }) =>
    section(
      'held off the patient',
      holdings.map(
        ({ amount, coverage, blockedBy, since, holding }) =>
          `${money(amount)} at ${coverage.label} since ${since}, blocked by ${blockedBy.join(', ')} (${holding})`,
      ),
    ),
  denials: ({ denials }) =>
    section(
      'denials',
      denials.map(
        ({ amount, coverage, category, pending, reasons, since }) =>
          `${money(amount)} ${pending ? 'not yet decided' : 'denied'} by ${coverage.label} on ${since}, ${category}: ${reasons.join('; ')}`,
      ),
    ),
  placements: ({ placements }) =>
    section(
      'placements',
      placements.map(
        ({ agency, kind, placedOn, amount }) => `${money(amount)} at ${agency} since ${placedOn}, ${kind}`,
      ),
    ),
  visits: ({ visits }) =>
    section(
      'visits',
      visits.flatMap(({ visit, lines }) => [
        visit,
        ...lines.map(({ code, from, charge, balance, voided, line }) => {
          const state = voided ? 'voided' : `open ${money(balance)}`
          return `  ${code} of ${from}: charged ${money(charge)}, ${state} (${line})`
        }),
      ]),
    ),
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
    ...Object.values(sections).flatMap((lines) => lines(summary)),
  ]
}
