import { type FactWords, text, texts, yes } from '../fact.ts'

// The practice, and who asks and approves in it. An empty list of roles: nobody.

export const facts = {
  'approval.distinct': [yes, 'whether another person than the maker approved'],
  'approval.roles': [texts, 'the roles of who approved'],
  'approval.secondRoles': [texts, 'the roles of a second person, neither the maker nor the first, who approved'],
  'maker.roles': [texts, 'the roles of who asks'],
  'practice.entityType': [text, 'the kind of provider'],
  'practice.state': [text, 'the state where care is given'],
} as const satisfies FactWords
