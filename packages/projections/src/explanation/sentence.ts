import { formatCents, PATIENT } from '@daybook/core/kernel'
import type { Part, PartKind, PartyExplanation } from './parts.ts'

/** Kinds whose words already say that they make the balance smaller: shown with the amount turned round. */
const reduces: ReadonlySet<PartKind> = new Set([
  'discount',
  'withheld',
  'priorPayer',
  'planPaid',
  'writeOff',
  'paid',
  'voided',
])

interface Phrase {
  readonly kind: PartKind
  readonly words: string
  readonly amount: number
}

/** Takes what was undone off what it undid: a person wants to read what stands, the parts keep both sides. */
const netted = (parts: readonly Part[]): readonly Phrase[] => {
  const phrases = new Map<string, Phrase>()
  for (const part of parts) {
    const { kind, words } = part.undoes ?? part
    const key = `${kind}\n${words}`
    phrases.set(key, { kind, words, amount: (phrases.get(key)?.amount ?? 0) + part.amount })
  }
  return [...phrases.values()].filter(({ amount }) => amount !== 0)
}

const phrase = ({ kind, words, amount }: Phrase): string =>
  `${words} ${formatCents(reduces.has(kind) ? -amount : amount)}`

const isTransfer = (part: Phrase): boolean => part.kind === 'movedHere' || part.kind === 'movedAway'

const closing = (parties: readonly PartyExplanation[]): readonly string[] => {
  const owing = parties
    .filter(({ balance }) => balance !== 0)
    .map(({ party, label, balance, open }) => {
      if (party === PATIENT) {
        return balance > 0 ? `you owe ${formatCents(balance)}` : `you are ${formatCents(-balance)} in credit`
      }
      if (balance < 0) return `${label} is ${formatCents(-balance)} in credit`
      const undecided = open.some(({ kind }) => kind === 'undecided') ? ' and has not decided yet' : ''
      return `${label} owes ${formatCents(balance)}${undecided}`
    })
  return owing.length > 0 ? owing : ['nothing is owed']
}

/**
 * One line's explanation as a sentence: `billed 350.00, discount 90.00, plan paid 140.00, deductible 100.00,
 * coinsurance 20.00, you owe 120.00`. First what was charged and what took it down, then what of the rest became the
 * patient's and why payers still hold some, what the patient did about it, and who owes what.
 */
export const sentenceOf = (parties: readonly PartyExplanation[]): string => {
  const payers = parties.filter(({ party }) => party !== PATIENT)
  const patient = parties.filter(({ party }) => party === PATIENT)
  const byPayers = netted(payers.flatMap(({ parts }) => parts)).filter((part) => !isTransfer(part))
  const byPatient = netted(patient.flatMap(({ parts }) => parts)).filter((part) => part.kind !== 'movedAway')
  const stillOpen = payers.flatMap(({ open }) =>
    open
      .filter(({ kind }) => kind !== 'overpaid' && kind !== 'undecided')
      .map(({ words, amount }) => {
        const [what, why] = words.split(/: (.*)/s)
        return `${what} ${formatCents(amount)}${why ? ` (${why})` : ''}`
      }),
  )
  const billedToPatient = byPatient.filter(({ kind }) => kind === 'billed' || kind === 'broughtForward')
  const rest = byPatient.filter((part) => !billedToPatient.includes(part))
  const pieces = [...[...billedToPatient, ...byPayers].map(phrase), ...stillOpen, ...rest.map(phrase)]
  return [...pieces, ...closing(parties)].join(', ')
}
