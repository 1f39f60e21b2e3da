import { shown } from '@daybook/core/kernel'
import { type PracticePolicy, presets, type Role, role } from '@daybook/core/policy'
import * as Effect from 'effect/Effect'
import type { Book } from '../book/book.ts'
import type { OpenOptions } from '../book/requests.ts'
import { addressOf, withoutPassword } from '../book/url.ts'
import { openDaybook } from '../promise-api.ts'
import { type SharedOptions, UsageError } from './options.ts'
import { ownRulesOf } from './own-rules.ts'
import { openBar } from './progress.ts'
import { complain } from './terminal.ts'

const isPreset = (name: string): name is keyof typeof presets => Object.hasOwn(presets, name)
const [theOnlyPreset] = Object.keys(presets).filter(isPreset)

/** Whether opening it makes a book. What is no URL of a store, or a server that is away, says so when it is opened. */
export const isNewBook = async (url: string): Promise<boolean> => {
  const address = addressOf(url)
  if ('_tag' in address) return false
  if (address.kind === 'memory') return true
  const { isNothingYet } = await import('../book/addresses.ts')
  return await Effect.runPromise(
    Effect.match(isNothingYet(address), { onSuccess: (isNew) => isNew, onFailure: () => false }),
  )
}

/** The policy that a new book begins with: never silent, so what was not chosen by name is said. */
const practiceFor = (isNew: boolean, { db, practice }: SharedOptions): PracticePolicy | undefined => {
  if (practice !== undefined) {
    if (isPreset(practice)) return presets[practice]
    throw new UsageError(`there is no preset ${shown(practice)}: choose one of ${Object.keys(presets).join(', ')}`)
  }
  if (!isNew || theOnlyPreset === undefined) return undefined
  complain(
    `new book ${withoutPassword(db)} with the policy of the preset ${theOnlyPreset} (--practice chooses one by name)`,
  )
  return presets[theOnlyPreset]
}

const rolesFor = ({ roles: given }: SharedOptions): readonly Role[] =>
  given.map((name) => {
    const known = role.safeParse(name)
    if (known.success) return known.data
    throw new UsageError(`there is no role ${shown(name)}: choose of ${role.options.join(', ')}`)
  })

/** Shows how far the making of what an older book lacks is, and says what was made. */
const watchMigrations = async (): Promise<Required<Pick<OpenOptions, 'onMigration'>>> => {
  const bar = await openBar('events')
  return {
    onMigration: ({ what, done, of, made, kept }) => {
      bar.show(done, of, what)
      if (made === undefined) return
      bar.close()
      const asItWas = kept === undefined ? '' : `; as it was it is kept in ${kept}`
      if (made > 0)
        complain(`an older book: ${made.toLocaleString('en-US')} ${what} were made from its log, once${asItWas}`)
    },
  }
}

/**
 * Runs a command on the book that its options name. Who only reads does not make a book: a mistyped `--db` should say
 * so, not answer from an empty one.
 */
export const withBook = async <A>(
  options: SharedOptions,
  use: 'reads' | 'writes',
  work: (book: Book) => Promise<A>,
): Promise<A> => {
  const { db, actor, onBehalfOf, clockIsRight = false, key, views, accessLog } = options
  const isNew = await isNewBook(db)
  if (use === 'reads' && db !== 'memory:' && isNew) {
    throw new UsageError(
      `there is no book at ${shown(withoutPassword(db), 200)}: import something first, or name another one with --db`,
    )
  }
  const roles = rolesFor(options)
  const practice = practiceFor(isNew, options)
  const own = await ownRulesOf(options)
  const watched = await watchMigrations()
  const opening = {
    actor,
    roles,
    clockIsRight,
    ...own,
    ...watched,
    ...(practice ? { practice } : {}),
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    ...(key === undefined ? {} : { key }),
    ...(views === undefined ? {} : { views }),
    ...(accessLog === undefined ? {} : { accessLog }),
  }
  await using book = await openDaybook(db, opening)
  for (const notice of book.notices) complain(notice)
  return await work(book)
}

/**
 * The same for a command that has nothing to write, which it knows before it begins: a new book is not made for it. The
 * command is run all the same, on a book that is gone with it, to tell what was wrong.
 */
export const withoutNewBook = async <A>(options: SharedOptions, work: (book: Book) => Promise<A>): Promise<A> => {
  const { db } = options
  const practice = options.practice ?? theOnlyPreset
  const result = await withBook(
    { ...options, db: 'memory:', views: 'memory:', accessLog: 'memory:', ...(practice ? { practice } : {}) },
    'writes',
    work,
  )
  if (db !== 'memory:') complain(`no book was made at ${withoutPassword(db)}: there was nothing to put into it`)
  return result
}

type Kind = 'account' | 'remittance' | 'submission' | 'deposit' | 'person' | 'any'

/** The id that a beginning names, or in words why it names none. */
export const idNamed = async (
  book: Book,
  kind: Kind,
  text: string,
): Promise<{ readonly id: string } | { readonly why: string }> => {
  const beginning = text.trim().replace(/^(account|remittance|submission|deposit|person)-/, '')
  if (beginning === '') return { why: 'give an id, or its beginning: worklist and history show them' }
  const found = (await book.find(beginning)).filter((one) => kind === 'any' || one.kind === kind)
  const [only] = found
  if (only && (found.length === 1 || only.id === beginning)) return { id: only.id }
  const what = kind === 'any' ? 'account, remittance, held claim, line of the bank or person' : kind
  if (!only) return { why: `there is no ${what} ${shown(text)} in this book` }
  const some = found.slice(0, 3).map(({ id }) => id)
  return { why: `several ids begin with ${shown(text)}, such as ${some.join(', ')}: give more of it` }
}

/** The one id that a beginning names: ids are long, and the tables show their beginnings. @throws UsageError */
export const idFor = async (book: Book, kind: Kind, text: string): Promise<string> => {
  const named = await idNamed(book, kind, text)
  if ('why' in named) throw new UsageError(named.why)
  return named.id
}
