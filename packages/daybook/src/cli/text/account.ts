import type { NextAction } from '@daybook/core/account'
import type { AccountBeforeBooks, AccountSections, AccountSummary, HealthItem } from '@daybook/projections/summary'
import { tableLines, wrapped } from '../table.ts'
import { clean, lineWidth, paint } from '../terminal.ts'
import { beforeTheBooksWords, counted, money, waitWords } from './words.ts'

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

const placeWords = (line?: string, visit?: string): readonly string[] =>
  line !== undefined ? [`on line ${line}`] : visit !== undefined ? [`on visit ${visit}`] : []

/** What a reviewer should look at. */
const healthWords = ({ kind, amount, rule, since, line, visit, payment, holding, problems }: HealthItem): string => {
  const what: Readonly<Record<HealthItem['kind'], string>> = {
    unposted: 'not settled, so not posted',
    unmatched: 'has not found its item',
    negative: 'below zero',
    missingDiagnosis: 'claimed without a diagnosis',
    claimData: `claimed with wrong data (${(problems ?? []).map(({ element }) => element).join(', ')})`,
    qmb: holding === undefined ? `asked of a QMB (${rule})` : `of a QMB (${rule}), held`,
  }
  const where = payment === undefined ? placeWords(line, visit) : [`of payment ${payment}`]
  return [money(amount), ...where, what[kind], ...(since === undefined ? [] : [`since ${since}`])].join(' ')
}

const promiseWords: Readonly<Record<string, string>> = { partlyKept: 'kept in part' }

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
      plans.flatMap(({ plan, status, total, remaining, nextDue, schedule, held }) => {
        const next = nextDue ? `, next ${money(nextDue.open)} due ${nextDue.due}` : ''
        return [
          `${status}: ${money(remaining)} of ${money(total)} left${next} (${plan})`,
          ...(held === undefined ? [] : [`  ${money(held)} of it is in dispute: not asked for`]),
          ...schedule.map(({ number, due, amount, paid, missed }) => {
            const so = paid >= amount ? 'paid' : paid > 0 ? `${money(paid)} paid` : missed ? 'missed' : ''
            return `  ${String(number).padStart(2)}  ${due}  ${money(amount)}${so === '' ? '' : `  ${so}`}`
          }),
        ]
      }),
    ),
  autopay: ({ autopay = [] }) =>
    section(
      'autopay',
      autopay.flatMap(({ autopay: id, plan, method, since, endedOn, drafts }) => [
        `${method} for ${plan} since ${since}${endedOn === undefined ? '' : `, ended ${endedOn}`} (${id})`,
        ...drafts.map(({ draft, on, amount, status, code }) => {
          const how = code === undefined ? status : `${status} ${code}`
          return `  ${on}  ${money(amount)}  ${how} (${draft})`
        }),
      ]),
    ),
  promises: ({ promises = [] }) =>
    section(
      'promises',
      promises.map(({ promise, status, madeOn, parts, missing }) => {
        const said = parts.map(({ due, amount }) => `${money(amount)} by ${due}`).join(', ')
        const left = missing === undefined ? '' : `; ${money(missing.amount)} missing, in time until ${missing.lastDay}`
        return `${promiseWords[status] ?? status}: ${said}, made on ${madeOn}${left} (${promise})`
      }),
    ),
  disputes: ({ disputes = [] }) =>
    section(
      'disputes',
      disputes.map(({ dispute, kind, lines, receivedOn, status, outcome, frozen }) =>
        [
          `${kind} on ${lines.join(', ')} since ${receivedOn}`,
          outcome === undefined ? status : `${status}: ${outcome}`,
          ...(frozen ? ['not billed meanwhile'] : []),
        ]
          .join(', ')
          .concat(` (${dispute})`),
      ),
    ),
  documents: ({ documents = [] }) =>
    section(
      'statements and letters',
      documents.map(({ document, kind, on, amountDue, dueOn, channel, delivery }) => {
        const asks = amountDue === undefined ? '' : `: ${money(amountDue)} by ${dueOn}`
        return `${on} ${kind}${asks}, ${delivery ?? 'not sent yet'} (${channel}, ${document})`
      }),
    ),
  inquiries: ({ inquiries = [] }) =>
    section(
      'inquiries',
      inquiries.map(
        ({ inquiry, topic, by, receivedOn, identifiers, escalatedTo }) =>
          `${topic}, asked by ${by} on ${receivedOn}, verified by ${identifiers}${escalatedTo === undefined ? '' : `, with ${escalatedTo}`} (${inquiry})`,
      ),
    ),
  health: ({ health = [] }) => section('to review', health.map(healthWords)),
  reviews: ({ reviews }) =>
    reviews === undefined
      ? []
      : section(`reviewed on ${reviews.reviewedOn}`, [
          ...reviews.findings.map(
            ({ finding, kind, amount, line, visit, foundOn, says }) =>
              `${[...(amount === undefined ? [] : [money(amount)]), kind, ...placeWords(line, visit)].join(' ')}, found on ${foundOn}: ${says} (${finding})`,
          ),
          ...(reviews.findings.length === 0 ? ['nothing is left of what was found'] : []),
        ]),
  holdings: ({ holdings }) =>
    section(
      'held off the patient',
      holdings.map(
        ({ amount, coverage, blockedBy, since, holding }) =>
          `${money(amount)} at ${coverage.label} since ${since}, blocked by ${blockedBy.join(', ')} (${holding})`,
      ),
    ),
  selfPay: ({ selfPay = [] }) =>
    section(
      'paid past the plan',
      selfPay.map(
        ({ election, visit, status, agreedOn }) =>
          `visit ${visit}, agreed on ${agreedOn}: ${status === 'holds' ? 'paid in full, the plan hears nothing of it' : 'waits for the whole payment'} (${election})`,
      ),
    ),
  denials: ({ denials }) =>
    section(
      'denials',
      denials.map(
        ({ denial, amount, coverage, category, pending, reasons, since }) =>
          `${money(amount)} ${pending ? 'not yet decided' : 'denied'} by ${coverage.label} on ${since}, ${category}: ${reasons.join('; ')} (${denial})`,
      ),
    ),
  placements: ({ placements }) =>
    section(
      'placements',
      placements.map(({ placement, agency, kind, placedOn, amount, left, toTell }) =>
        [
          `${money(amount)} at ${agency} since ${placedOn}`,
          ...(left === undefined ? [] : [`${money(left)} of it still there`]),
          `${kind} (${placement})`,
          ...(toTell === undefined ? [] : [`${counted(toTell, 'change')} to be told`]),
        ].join(', '),
      ),
    ),
  workItems: ({ workItems }) =>
    section(
      'to do',
      workItems.map(
        ({ workItem, message, due }) => `${message}${due === undefined ? '' : `, due ${due}`} (${workItem})`,
      ),
    ),
  persons: ({ persons }) =>
    section(
      'persons',
      (persons ?? []).map(({ person, name, role }) => `${role}${name === undefined ? '' : ` ${name}`} (${person})`),
    ),
  patients: ({ patients }) =>
    section(
      'patients',
      patients.map(({ patient, name, born, relationship }) =>
        [`${name}${born === undefined ? '' : `, born ${born}`}`, `${relationship} of the guarantor (${patient})`].join(
          ', ',
        ),
      ),
    ),
  coverages: ({ coverages }) =>
    section(
      'coverages',
      coverages.map(({ coverage, patientName, payerName, memberId, order, from, to, stub }) => {
        const days = from === undefined && to === undefined ? '' : `, ${from ?? ''}–${to ?? ''}`
        const member = memberId === undefined ? '' : `, member ${memberId}`
        return `${order}. ${payerName} for ${patientName}${member}${days}${stub ? ', to be completed' : ''} (${coverage})`
      }),
    ),
  payments: ({ payments }) =>
    section(
      'payments',
      payments.map(({ payment, receivedOn, amount, tender, externalRef, status, unapplied, reversed, refunded }) => {
        const parts = [
          ...(status === 'posted' ? [] : [status]),
          ...(unapplied === 0 ? [] : [`unapplied ${money(unapplied)}`]),
          ...(reversed === 0 ? [] : [`reversed ${money(reversed)}`]),
          ...(refunded === 0 ? [] : [`refunded ${money(refunded)}`]),
        ]
        const how = `${tender}${externalRef === undefined ? '' : ` ${externalRef}`}`
        return `${receivedOn} ${money(amount)} by ${how}${parts.map((part) => `, ${part}`).join('')} (${payment})`
      }),
    ),
  refunds: ({ refunds }) =>
    section(
      'refunds',
      refunds.map(
        ({ refund, status, payee, amount, method, approvedOn }) =>
          `${money(amount)} to ${payee} by ${method}, approved ${approvedOn}, ${status} (${refund})`,
      ),
    ),
  writeOffs: ({ writeOffs }) =>
    section(
      'written off',
      writeOffs.map(
        ({ adjustment, party, category, on, amount, reversed }) =>
          `${on} ${money(amount)} of ${party.label}, ${category}${reversed === 0 ? '' : `, ${money(reversed)} given back`} (${adjustment})`,
      ),
    ),
  visits: ({ visits }) =>
    section(
      'visits',
      visits.flatMap(({ visit, patient, patientControlNumber, lines }) => [
        `${patient}${patientControlNumber === undefined ? '' : `, claim ${patientControlNumber}`} (${visit})`,
        ...lines.map(({ code, from, charge, balance, voided, line }) => {
          const state = voided ? 'voided' : `open ${money(balance)}`
          return `  ${code} of ${from}: charged ${money(charge)}, ${state} (${line})`
        }),
      ]),
    ),
}

/** What is to be done next, why, and what it waits for. */
const nextLines = (next: NextAction | undefined, zone: string): readonly string[] => {
  if (!next) return []
  const { nextAction, because, allowed, blockedBy, due, reviewOn, step } = next
  const days = [
    ...(due === undefined ? [] : [`due ${due}`]),
    ...(step === 'none' ? [] : [`looked at again ${reviewOn}`]),
  ]
  const may = allowed || nextAction.startsWith('wait') ? '' : ': not now'
  return [
    ...wrapped(clean([`${nextAction}${may}`, because, ...days].join('; ')), '  next  ', '        ', lineWidth),
    ...waitWords(blockedBy, zone).flatMap((words) => wrapped(clean(words), '        ', '          ', lineWidth)),
  ]
}

type Summary = (AccountSummary & { readonly next?: NextAction }) | AccountBeforeBooks

/** An account on one page, for people. */
export const accountLines = (summary: Summary, zone = 'UTC'): readonly string[] => {
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
    ...nextLines(summary.next, zone),
    ...Object.values(sections).flatMap((lines) => lines(summary)),
  ]
}
