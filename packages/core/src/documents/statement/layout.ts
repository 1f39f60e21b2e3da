import { formatCents } from '../../kernel/cents.ts'
import { clearText } from '../../kernel/classes.ts'
import type { Block, Page } from './blocks.ts'
import type { Addressee, ItemisedContent, ReceiptContent, Sender, ServiceLine, StatementContent } from './content.ts'
import { type Notice, notices } from './notices.ts'
import { activityWords, apartWords, consequences, openings, titles } from './words.ts'

// What stands where on a page: version 1 of the template. What it prints is kept by its hash, so a change of a word here is
// a version of its own beside this one, never a change of this one.

export const senderBlock = (sender: Sender): Block => ({
  kind: 'lines',
  label: 'From',
  lines: [sender.name, ...sender.address, sender.phone, ...(sender.website === '' ? [] : [sender.website])],
})

export const addresseeBlock = (to: Addressee): Block => ({
  kind: 'lines',
  label: 'To',
  lines: [clearText(to.name), clearText(to.address)].filter((line) => line !== ''),
})

/** `2026-06-01`, or `2026-06-01 to 2026-06-03`. */
const span = ({ from, to }: Pick<ServiceLine, 'from' | 'to'>): string => (from === to ? from : `${from} to ${to}`)

const services = (lines: readonly ServiceLine[], caption: string): Block => ({
  kind: 'table',
  caption,
  columns: [
    { title: 'Date' },
    { title: 'Service' },
    { title: 'Charge', figures: true },
    { title: 'Insurance', figures: true },
    { title: 'Adjusted', figures: true },
    { title: 'You paid', figures: true },
    { title: 'Other', figures: true },
    { title: 'Elsewhere', figures: true },
    { title: 'You owe', figures: true },
  ],
  rows: lines.map((line) => [
    span(line),
    line.code,
    ...[line.charge, line.insurance, line.adjustments, line.paid, line.other, -line.elsewhere, line.balance].map(
      formatCents,
    ),
  ]),
  total: [
    'Together',
    '',
    ...(['charge', 'insurance', 'adjustments', 'paid', 'other'] as const).map((figure) =>
      formatCents(lines.reduce((sum, line) => sum + line[figure], 0)),
    ),
    formatCents(-lines.reduce((sum, line) => sum + line.elsewhere, 0)),
    formatCents(lines.reduce((sum, line) => sum + line.balance, 0)),
  ],
})

const elsewhere: Block = {
  kind: 'words',
  text: 'Elsewhere: what insurance has still to decide, or a collection agency has. It is not asked for here.',
}

const howToPay = ({ waysToPay, phone, answers }: Sender): readonly Block[] => [
  { kind: 'heading', text: 'How to pay, and whom to ask' },
  { kind: 'list', items: waysToPay },
  { kind: 'words', text: `Questions: ${answers}, ${phone}.` },
]

const patientFact = (content: Pick<StatementContent | ItemisedContent, 'patients'>): readonly [string, string] => [
  content.patients.length === 1 ? 'Patient' : 'Patients',
  content.patients.map(({ name }) => clearText(name)).join('; '),
]

const filled = ({ text }: Notice, { phone, answers, assistancePhone, assistanceUrl }: Sender): string =>
  text
    .replaceAll('{phone}', phone)
    .replaceAll('{answers}', answers)
    .replaceAll('{assistancePhone}', assistancePhone)
    .replaceAll('{assistanceUrl}', assistanceUrl)

const noticeBlocks = (
  named: readonly { readonly id: string; readonly version: number }[],
  sender: Sender,
): readonly Block[] =>
  named.flatMap(({ id, version }) => {
    const notice = notices.find((each) => each.id === id && each.version === version)
    return notice
      ? [
          {
            kind: 'notice' as const,
            title: notice.title,
            text: filled(notice, sender),
            conspicuous: notice.conspicuous,
          },
        ]
      : []
  })

const age = ({ from, to }: { from: number; to?: number | undefined }): string =>
  to === undefined ? `${from} days and more` : `${from} to ${to} days`

const statementPage = (content: StatementContent): Page => {
  const { sender, level, lines } = content
  const service = new Map(lines.map((line) => [line.lineId, line]))
  const activity: Block = {
    kind: 'table',
    caption: content.previousOn === undefined ? 'What has happened' : 'What has happened since the last statement',
    columns: [{ title: 'Date' }, { title: 'What' }, { title: 'Service' }, { title: 'Amount', figures: true }],
    rows: [
      [
        content.previousOn ?? 'Before',
        content.previousOn === undefined ? 'Balance before' : 'Balance of the last statement',
        '',
        formatCents(content.previousBalance),
      ],
      ...content.activity.map(({ on, what, lineId, amount }) => {
        const line = lineId === undefined ? undefined : service.get(lineId)
        return [on, activityWords[what], line ? `${line.code} of ${line.from}` : '', formatCents(amount)]
      }),
    ],
    total: ['Balance', '', '', formatCents(content.balance)],
  }
  const asked: Block = {
    kind: 'table',
    caption: 'What we ask for now',
    columns: [{ title: 'What' }, { title: 'Amount', figures: true }],
    rows: [
      ['Balance', formatCents(content.balance)],
      ...content.apart.map(({ why, amount }) => [apartWords[why], formatCents(-amount)]),
    ],
    total: ['Amount due', formatCents(content.amountDue)],
  }
  const instalments: readonly Block[] =
    content.instalments.length === 0
      ? []
      : [
          {
            kind: 'table',
            caption: 'Instalments of your payment plan in this amount',
            columns: [{ title: 'Due' }, { title: 'Amount', figures: true }],
            rows: content.instalments.map(({ due, amount }) => [due, formatCents(amount)]),
          },
        ]
  const opening = openings[level] ?? ''
  return {
    title: titles[level] ?? 'Statement of your account',
    blocks: [
      senderBlock(sender),
      addresseeBlock(content.to),
      {
        kind: 'facts',
        facts: [
          ['Date', content.on],
          ['Number', String(content.number)],
          ['Account', content.accountNumber],
          patientFact(content),
          ['Amount due', formatCents(content.amountDue)],
          ['Please pay by', content.dueOn],
        ],
      },
      ...(opening === '' ? [] : [{ kind: 'words' as const, text: opening, strong: true as const }]),
      ...content.mentions.flatMap((mention) => {
        const text = consequences[mention]
        return text === undefined ? [] : [{ kind: 'words' as const, text }]
      }),
      { kind: 'heading', text: 'Your account' },
      activity,
      asked,
      ...instalments,
      {
        kind: 'table',
        caption: 'Amount due by age',
        columns: [{ title: 'Age' }, { title: 'Amount', figures: true }],
        rows: content.aging.map((row) => [age(row), formatCents(row.amount)]),
      },
      { kind: 'heading', text: 'Services' },
      services(lines, 'What you owe on each service'),
      elsewhere,
      ...howToPay(sender),
      { kind: 'heading', text: 'Your rights, and help' },
      ...noticeBlocks(content.notices, sender),
      ...(sender.taglines.length === 0 ? [] : [{ kind: 'list' as const, items: sender.taglines }]),
    ],
  }
}

/** A receipt; one with a number of its own says it, and whether it is the first of its payment (version 2). */
export const receiptPage = (content: ReceiptContent): Page => ({
  title: content.copy ? 'Receipt (copy)' : 'Receipt',
  blocks: [
    senderBlock(content.sender),
    addresseeBlock(content.to),
    {
      kind: 'facts',
      facts: [
        ['Date', content.on],
        ...(content.number === undefined ? [] : ([['Receipt number', String(content.number)]] as const)),
        ['Account', content.accountNumber],
        ['Received on', content.receivedOn],
        ['Paid by', content.tender],
        ['Amount', formatCents(content.amount)],
      ],
    },
    {
      kind: 'table',
      caption: 'What it paid',
      columns: [{ title: 'Date of service' }, { title: 'Service' }, { title: 'Amount', figures: true }],
      rows: [
        ...content.applied.map(({ from, code, amount }) => [from, code, formatCents(amount)]),
        ...(content.onAccount === 0 ? [] : [['Rest', 'On account', formatCents(content.onAccount)]]),
      ],
      total: ['Together', '', formatCents(content.amount)],
    },
    { kind: 'words', text: `Questions: ${content.sender.answers}, ${content.sender.phone}. Thank you.` },
  ],
})

const itemisedPage = (content: ItemisedContent): Page => ({
  title: 'Itemised bill',
  blocks: [
    senderBlock(content.sender),
    addresseeBlock(content.to),
    {
      kind: 'facts',
      facts: [['Date', content.on], ['Account', content.accountNumber], patientFact(content)],
    },
    services(content.lines, 'Every service'),
    elsewhere,
    { kind: 'words', text: `Questions: ${content.sender.answers}, ${content.sender.phone}.` },
  ],
})

/** The page of a document, as version 1 lays it out. */
export const layoutV1 = (content: StatementContent | ReceiptContent | ItemisedContent): Page => {
  switch (content.kind) {
    case 'statement':
    case 'letter':
      return statementPage(content)
    case 'receipt':
      return receiptPage(content)
    case 'itemised':
      return itemisedPage(content)
  }
}
