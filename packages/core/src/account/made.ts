import { brings } from './rooms.ts'

type Brings = typeof brings

/** What a command can make: a payment, a plan, a refund … */
export type Made = Brings[keyof Brings]
/** Ids of what a command has made, by the name under which other commands take them; of several of a kind the first. */
export type MadeIds = { readonly [Kind in Made]?: string }

const kindOf = (type: string): Made | undefined => (brings as Readonly<Record<string, Made>>)[type]

/** The ids of what these events have brought into the book. */
export const madeBy = (events: Iterable<{ readonly type: string }>): MadeIds => {
  const ids: { [Kind in Made]?: string } = {}
  for (const event of events) {
    const kind = kindOf(event.type)
    const id: unknown = kind && Reflect.get(event, `${kind}Id`)
    if (kind && typeof id === 'string') ids[kind] ??= id
  }
  return ids
}
