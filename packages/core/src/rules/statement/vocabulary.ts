import { dayOrNever, type FactWords, type GateWords, money, text, texts, yes } from '../fact.ts'

// Statements and letters about what the patient owes.

export const facts = {
  'statement.amountDue': [money, 'what the statement asks for'],
  'statement.assistanceNamed': [
    yes,
    'whether the practice has said who helps with assistance, and where its policy is',
  ],
  'statement.dueOn': [dayOrNever, 'the day on which the next step of the ladder is due'],
  'statement.kind': [text, 'what is sent: statement or letter'],
  'statement.lastOn': [dayOrNever, 'the day of the last statement'],
  'statement.mentions': [texts, 'what the letter says will happen'],
  'statement.pausedBy': [texts, 'what pauses the ladder for all that is owed'],
  'statement.profileMissing': [texts, 'what the practice has not said of itself'],
  'statement.resumedOn': [dayOrNever, 'the day on which the last pause ended'],
  'statement.returnedOn': [dayOrNever, 'the day on which the last statement came back'],
} as const satisfies FactWords

export const gates = {
  /** A statement or a letter is to go out. */
  issueStatement: 'evidence',
} as const satisfies GateWords
