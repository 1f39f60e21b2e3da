import { z } from 'zod'

/**
 * What kind of information a leaf of an event holds. `phi` and `pii` may be stored encrypted and later shredded;
 * the others stay clear, so that books balance after shredding (design §3.15).
 */
export type LeafClass = 'phi' | 'pii' | 'financial' | 'date' | 'code' | 'id' | 'count'

/** Every leaf of every event schema stands in here; a test walks them and fails on one that does not. */
export const leafClasses = z.registry<{ class: LeafClass }>()

/**
 * Registers the class of a leaf schema and gives it back.
 * @throws RangeError when the schema has another class: schemas are shared, and all their other uses would change too.
 */
export const classified = <S extends z.ZodType>(schema: S, leafClass: LeafClass): S => {
  const known = leafClasses.get(schema)?.class
  if (known !== undefined && known !== leafClass) throw new RangeError(`a ${known} leaf can not become ${leafClass}`)
  leafClasses.add(schema, { class: leafClass })
  return schema
}

/** An encrypted leaf, as stored when a key vault is in use: AES-256-GCM, key id, initialisation vector, ciphertext. */
export const encryptedLeaf = z.strictObject({
  $enc: classified(z.literal('v1'), 'code'),
  kid: classified(z.string().max(64), 'id'),
  iv: classified(z.base64().max(64), 'code'),
  ct: classified(z.base64().max(65_536), 'code'),
})
export interface EncryptedLeaf extends z.infer<typeof encryptedLeaf> {}

// The class stands on the pair: the clear schema may be shared (`phi(day)`), and other days stay dates.
const personal = <S extends z.ZodType>(schema: S, leafClass: LeafClass) =>
  classified(z.union([schema, encryptedLeaf]), leafClass)

/** Protected health information: anything that says who the patient is together with care or payment (45 CFR 160.103). */
export const phi = <S extends z.ZodType>(schema: S) => personal(schema, 'phi')
/** Personal information of somebody who need not be the patient: a guarantor, a contact. */
export const pii = <S extends z.ZodType>(schema: S) => personal(schema, 'pii')

/** A coded value of a known list or format (X12 code, modifier, category). Never free text. */
export const code = (max = 64) => classified(z.string().min(1).max(max), 'code')
/** What a document says in a field of its own: a name, a number, a line of words by a program. May be empty. */
export const text = (max = 80) => classified(z.string().max(max), 'code')
/** A member of a fixed list. */
export const oneOf = <const T extends readonly [string, ...string[]]>(values: T) => classified(z.enum(values), 'code')
/** A whole, non-negative count that is not money. */
export const count = () => classified(z.int().nonnegative(), 'count')
/** Yes or no. */
export const flag = () => classified(z.boolean(), 'code')
/** Free text that a person typed: always treated as PHI, because nobody can promise what people type. */
export const freeText = (max = 2_000) => phi(z.string().max(max))
/** Leaves that say why (law B12), with when their event goes without words. */
export const whyLeaves = z.registry<{ unless?: (event: Readonly<Record<string, unknown>>) => boolean }>()
/**
 * Why a person decided, or a process undid: the event keeps the words and is not whole without them (law B12), `unless`
 * another of its fields says it already.
 */
export const why = (unless?: (event: Readonly<Record<string, unknown>>) => boolean) => {
  const leaf = freeText()
  whyLeaves.add(leaf, unless ? { unless } : {})
  return leaf
}
/** What a person must say on a command: not empty, and more than blanks (law B12). */
export const said = (max: number) =>
  z.string().min(1, { abort: true }).max(max).regex(/\S/, 'says nothing: it is blank')
/** Why a person asks for something, on a command. The event that keeps it stores it as `freeText`. */
export const reason = said(2_000)

/** The clear text of a personal leaf; undefined where there is none to compare: absent, empty, encrypted. */
export const clearOf = (leaf: string | EncryptedLeaf | undefined): string | undefined =>
  typeof leaf === 'string' && leaf !== '' ? leaf : undefined

/** The clear text of a personal leaf, or what to show when it is encrypted. */
export const clearText = (leaf: string | EncryptedLeaf | undefined, hidden = '(protected)'): string =>
  typeof leaf === 'string' ? leaf : leaf === undefined ? '' : hidden
