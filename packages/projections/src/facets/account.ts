import type { AccountEvent, AccountState } from '@daybook/core/account'
import type { MoneyEvent } from '../explanation/telling.ts'
import { agreements } from './agreements.ts'
import { autopay } from './autopay.ts'
import { claims } from './claims.ts'
import { coverage } from './coverage.ts'
import { credits } from './credits.ts'
import { disputes } from './disputes.ts'
import { inquiries } from './inquiries.ts'
import { ledger } from './ledger.ts'
import { letters } from './letters.ts'
import { notes } from './notes.ts'
import { payments } from './payments.ts'
import { placement } from './placement.ts'
import { plans } from './plans.ts'
import { promises } from './promises.ts'
import { registration } from './registration.ts'
import { reviews } from './reviews.ts'
import { statements } from './statements.ts'
import type { Told } from './told.ts'
import { work } from './work.ts'

/** For every facet of an account what is told of it: all of them, or it does not compile. */
export type ToldByFacet<State = AccountState> = { readonly [Facet in keyof State]: Told }

/** What is told of an account, facet by facet. Each has a file of its name beside this one. */
export const facets = {
  agreements,
  autopay,
  claims,
  coverage,
  credits,
  disputes,
  inquiries,
  ledger,
  letters,
  notes,
  payments,
  placement,
  plans,
  promises,
  registration,
  reviews,
  statements,
  work,
} as const satisfies ToldByFacet

type Facets = typeof facets
export type FacetName = keyof Facets
type Each<T> = T extends unknown ? keyof T : never

/** `true` where nothing is missing; else a type that says what, and is not `true`. */
type Complete<Says extends string, Missing> = [Missing] extends [never] ? true : { readonly [S in Says]: Missing }
type AllTrue<Answers extends readonly true[]> = Answers

type Pieces<Explanation> = Explanation extends { readonly pieces: infer Given } ? keyof Given : never

/** Whether every event is told, by a table of facets; else which are not. */
export type EventsTold<Table extends { readonly [Facet in keyof Table]: Told }> = [
  Complete<'has no words', Exclude<AccountEvent['type'], Each<Table[keyof Table]['words']>>>,
  Complete<
    'moves money and explains it nowhere',
    Exclude<MoneyEvent['type'], Pieces<Table[keyof Table]['explanation']>>
  >,
]

/** What the compiler asks of the table above: forget an event, and its error names it. */
export type EveryEventIsTold = AllTrue<[...EventsTold<Facets>]>
