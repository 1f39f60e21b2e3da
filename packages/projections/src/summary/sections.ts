import type { facets } from '../facets/account.ts'

/** What each facet says on the page about an account. */
type Parts = (typeof facets)[keyof typeof facets]['summary']
type Each<Part, Room extends 'sections' | 'flags'> = Part extends { readonly [R in Room]: infer Given } ? Given : never
type Keys<Given> = Given extends unknown ? keyof Given : never
type Sections = Each<Parts, 'sections'>
type Written<Given, Name extends PropertyKey> = Given extends { readonly [N in Name]: (page: never) => infer Section }
  ? Section
  : never

/** Every section of the page, from the facets' own. */
export type AccountSections = { readonly [Name in Keys<Sections>]: Written<Sections, Name> }
/** Every flag that a facet may raise. */
export type Flag = Keys<Each<Parts, 'flags'>>
