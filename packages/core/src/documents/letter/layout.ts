import { formatCents } from '../../kernel/cents.ts'
import { clearText } from '../../kernel/classes.ts'
import type { Block, Page } from '../statement/blocks.ts'
import { addresseeBlock, senderBlock } from '../statement/layout.ts'
import type { LetterContent } from './content.ts'
import { letterNotices } from './notices.ts'
import { factWords, letterOpenings, letterTitles, outcomeWords } from './words.ts'

// What stands where on a letter: version 1. What it prints is kept by its hash, so a change of a word here is a version of
// its own beside this one, never a change of this one.

const figures = ({ facts }: LetterContent): readonly (readonly [string, string])[] =>
  facts.map(({ what, on, amount }) => [
    factWords[what],
    [...(amount === undefined ? [] : [formatCents(amount)]), ...(on === undefined ? [] : [on])].join(', '),
  ])

const services = ({ lines }: LetterContent): readonly Block[] =>
  lines.length === 0
    ? []
    : [
        {
          kind: 'table',
          caption: 'The services that it is about',
          columns: [{ title: 'Date' }, { title: 'Service' }, { title: 'You owe today', figures: true }],
          rows: lines.map(({ from, code, amount }) => [from, code, formatCents(amount)]),
          total: ['Together', '', formatCents(lines.reduce((sum, { amount }) => sum + amount, 0))],
        },
      ]

const schedule = ({ schedule: parts }: LetterContent): readonly Block[] =>
  parts.length === 0
    ? []
    : [
        {
          kind: 'table',
          caption: 'What is to be paid, and when',
          columns: [{ title: 'Due' }, { title: 'Amount', figures: true }],
          rows: parts.map(({ due, amount }) => [due, formatCents(amount)]),
          total: ['Together', formatCents(parts.reduce((sum, { amount }) => sum + amount, 0))],
        },
      ]

const notices = ({ notices: named, sender }: LetterContent): readonly Block[] => {
  const blocks = named.flatMap(({ id, version }): readonly Block[] => {
    const notice = letterNotices.find((each) => each.id === id && each.version === version)
    if (!notice) return []
    const text = notice.text.replaceAll('{phone}', sender.phone).replaceAll('{answers}', sender.answers)
    return [{ kind: 'notice', title: notice.title, text, conspicuous: false, language: notice.language }]
  })
  return blocks.length === 0 ? [] : [{ kind: 'heading', text: 'Your rights, and help' }, ...blocks]
}

/** The page of a letter. */
export const letterV1 = (content: LetterContent): Page => {
  const { about, outcome, answer, patients, sender } = content
  const said = outcome === undefined ? undefined : outcomeWords[outcome]
  const names = patients.map(({ name }) => clearText(name)).join('; ')
  return {
    title: letterTitles[about],
    blocks: [
      senderBlock(sender),
      addresseeBlock(content.to),
      {
        kind: 'facts',
        facts: [
          ['Date', content.on],
          ['Account', content.accountNumber],
          ...(names === '' ? [] : ([[patients.length === 1 ? 'Patient' : 'Patients', names]] as const)),
        ],
      },
      { kind: 'words', text: letterOpenings[about] },
      ...(said === undefined ? [] : [{ kind: 'words' as const, text: said, strong: true as const }]),
      ...(answer === undefined ? [] : [{ kind: 'words' as const, text: clearText(answer) }]),
      ...(content.facts.length === 0 ? [] : [{ kind: 'facts' as const, facts: figures(content) }]),
      ...services(content),
      ...schedule(content),
      ...notices(content),
      { kind: 'words', text: `Questions: ${sender.answers}, ${sender.phone}.` },
      ...(sender.taglines.length === 0 ? [] : [{ kind: 'list' as const, items: sender.taglines }]),
    ],
  }
}
