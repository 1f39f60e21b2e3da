import { clearOf } from '../kernel/classes.ts'
import { isCall } from '../kernel/contact.ts'
import type { ContactId } from './contact-events.ts'
import type { GroupContactBegun } from './group-events.ts'
import type { ConsentGranted, ConsentRevoked, DatumId, InconvenienceDeclared } from './reach-events.ts'
import type { Contact, Datum, PersonState } from './state.ts'
import type { Since, Stood } from './stood.ts'

// One human being who is in the book as several persons is asked about as one: by each file with what the others say
// beside it (decision 0028). Only what keeps somebody from being reached goes across: nobody is let speak for them, nothing
// is agreed to, and no phone is theirs, by another's file.

/** What is known of the same human being beside the file that is asked. */
export interface Others {
  readonly files: readonly PersonState[]
  /** What was begun for any of them while they were one. */
  readonly begun: readonly GroupContactBegun[]
}

/** What rules look at, of all files together. Data of another file have names of their own. */
export interface Human extends Pick<PersonState, 'attorneys' | 'callbacks' | 'ceases' | 'data' | 'language'> {
  readonly contacts: readonly Contact[]
  /** Of all files, each about the datum that it was said of: `isSameNumber` tells which of them are one. */
  readonly consents: readonly (ConsentGranted | ConsentRevoked)[]
  readonly inconveniences: readonly Stood<InconvenienceDeclared>[]
  /** The last that was agreed on stands last. */
  readonly restrictions: PersonState['restrictions']
  readonly vulnerabilities: PersonState['vulnerabilities']
}

const idOf = ({ person }: PersonState): string => person?.personId ?? ''

/** A name that no datum and no contact of the file itself has: theirs have no stroke after the id of a person. */
const elsewhere = <Id extends string>(file: PersonState, id: Id): Id => `${idOf(file)}/${id}` as Id

/** `phone +16125550101`; undefined where it is encrypted. */
const sameAs = ({ added }: Datum): string | undefined => {
  const value = clearOf(added.value)
  return value === undefined ? undefined : `${added.kind} ${value.trim().toLowerCase()}`
}

/** Whether two names are of one phone, address or e-mail: what was said of it was said of the number, under whatever name. */
export const isSameNumber = (human: Pick<Human, 'data'>, one: DatumId, other: DatumId): boolean =>
  one === other || numberOf(human, one) === numberOf(human, other)

/** What a name is of: the phone, address or e-mail itself; where that is encrypted, or nothing is on file, the name. */
export const numberOf = ({ data }: Pick<Human, 'data'>, id: DatumId): string => {
  const datum = data.get(id)
  return (datum && sameAs(datum)) ?? id
}

const contactBegun = (event: GroupContactBegun): Contact => {
  const { contactId, accountId, medium, at, datumId, with: other, purpose, location, effectiveDate } = event
  const counted = isCall(medium) && other !== 'attorney' && purpose !== 'location'
  const asked = location ? { asked: location } : {}
  const common = { contactId, accountId, medium, at, datumId, counted, with: other, purpose, ...asked }
  return { ...common, day: effectiveDate, reported: ['ContactBegun'], against: [] }
}

/** What was begun and does not stand on the file yet: whoever began it may have died before it was told. */
const notTold = (file: PersonState, { begun }: Others): readonly Contact[] =>
  begun.filter((each) => each.personId === idOf(file) && !file.contacts.has(each.contactId)).map(contactBegun)

const contactsOf = (other: PersonState, others: Others): readonly Contact[] =>
  [...other.contacts.values(), ...notTold(other, others)].map((contact) => ({
    ...contact,
    contactId: elsewhere(other, contact.contactId as ContactId),
    ...(contact.datumId === undefined ? {} : { datumId: elsewhere(other, contact.datumId) }),
  }))

/** What counts from the begin of a day was said before what was said on that day at an instant. */
const sinceOf = ({ effectiveDate, at }: Since): string => `${effectiveDate} ${at ?? ''}`

const bySince = <E extends Since>(all: readonly Stood<E>[]): readonly Stood<E>[] =>
  all.toSorted((a, b) => (sinceOf(a.event) < sinceOf(b.event) ? -1 : sinceOf(a.event) > sinceOf(b.event) ? 1 : 0))

const together = (state: PersonState, others: Others): Human => {
  const { files } = others
  const elsewhereSaid = files.flatMap((file) =>
    file.consents.map((each) => ({ ...each, datumId: elsewhere(file, each.datumId) })),
  )
  const elsewhereAgreed = files.flatMap((file) =>
    file.restrictions.map(({ event, until }) => ({
      event: { ...event, datumId: elsewhere(file, event.datumId) },
      ...(until === undefined ? {} : { until }),
    })),
  )
  const language = state.language ?? files.find((file) => file.language !== undefined)?.language
  return {
    contacts: [
      ...state.contacts.values(),
      ...notTold(state, others),
      ...files.flatMap((file) => contactsOf(file, others)),
    ],
    data: new Map([
      ...state.data,
      ...files.flatMap((file) => [...file.data].map(([id, datum]) => [elsewhere(file, id), datum] as const)),
    ]),
    callbacks: [...state.callbacks, ...files.flatMap((file) => file.callbacks)],
    consents: [...state.consents, ...elsewhereSaid],
    inconveniences: [state, ...files].flatMap((file) => [...file.inconveniences.values()]),
    ceases: [...state.ceases, ...files.flatMap((file) => file.ceases)],
    attorneys: [...state.attorneys, ...files.flatMap((file) => file.attorneys)],
    restrictions: bySince([...state.restrictions, ...elsewhereAgreed]),
    vulnerabilities: [...state.vulnerabilities, ...files.flatMap((file) => file.vulnerabilities)],
    ...(language === undefined ? {} : { language }),
  }
}

const alone = (state: PersonState): Human => ({
  ...state,
  contacts: [...state.contacts.values()],
  inconveniences: [...state.inconveniences.values()],
})

const known = new WeakMap<Others, { readonly state: PersonState; readonly human: Human }>()

/** A file with what others say of the same human being. */
export const humanOf = (state: PersonState, others: Others | undefined): Human => {
  if (!others || others.files.length + others.begun.length === 0) return alone(state)
  const before = known.get(others)
  if (before?.state === state) return before.human
  const human = together(state, others)
  known.set(others, { state, human })
  return human
}
